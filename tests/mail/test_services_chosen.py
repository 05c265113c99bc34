"""The mail URL chooses the transport, and knows what it will be like before there is one."""

from __future__ import annotations

import pytest

from domain.mail_url import MailUrl
from mail import outgoing
from mail.connections import Server
from mail.smtp import SmtpTransport
from tests.mail.playedservice import PlayedService
from tests.mail.services import PlayedMailgun, PlayedPostmark, PlayedResend, PlayedSendGrid, PlayedSes
from tests.mail.transport_suite import send

URLS = {
    "sendgrid": "sendgrid://key-5f3a9c@",
    "postmark": "postmark://key-5f3a9c@",
    "resend": "resend://key-5f3a9c@",
    "mailgun": "mailgun://key-5f3a9c@mg.beyond.example",
    "ses": "ses://AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY@eu-west-1?session_token=session+token/=",
}
PLAYED: dict[str, type[PlayedService]] = {
    "sendgrid": PlayedSendGrid,
    "postmark": PlayedPostmark,
    "resend": PlayedResend,
    "mailgun": PlayedMailgun,
    "ses": PlayedSes,
}


@pytest.mark.parametrize("name", URLS)
async def test_a_services_url_leads_to_it(name: str) -> None:
    async with PLAYED[name]() as played:
        gate = f"{'&' if '?' in URLS[name] else '?'}endpoint={played.url}/"
        url = MailUrl.parse(URLS[name] + gate)
        transport = outgoing.transport(url)
        await send(transport)
        await transport.close()
        assert (transport.name, len(played.taken)) == (name, 1)


@pytest.mark.parametrize("name", [*URLS, "smtp", "smtps"])
async def test_the_url_knows_whether_its_transport_resends_safely(name: str) -> None:
    url = MailUrl.parse(URLS.get(name, f"{name}://mail.example"))
    transport = outgoing.transport(url)
    await transport.close()
    assert url.resends_safely == transport.resends_safely


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (URLS["sendgrid"], "https://api.sendgrid.com"),
        (URLS["postmark"], "https://api.postmarkapp.com"),
        (URLS["resend"], "https://api.resend.com"),
        (URLS["mailgun"], "https://api.mailgun.net"),
        (f"{URLS['mailgun']}?region=eu", "https://api.eu.mailgun.net"),
        (URLS["ses"], "https://email.eu-west-1.amazonaws.com"),
    ],
)
def test_a_service_is_asked_at_its_own_address(url: str, host: str) -> None:
    assert outgoing.service(MailUrl.parse(url)).endpoint == host


async def test_a_mail_servers_url_leads_to_it() -> None:
    transport = outgoing.transport(MailUrl.parse("smtps://me:pass@mail.example"))
    assert isinstance(transport, SmtpTransport)
    assert transport._server == Server("mail.example", 465, True, "me", "pass")
    await transport.close()
