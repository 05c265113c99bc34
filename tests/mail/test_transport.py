"""SMTP keeps every transport's promises, and so does it when all mail is redirected."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from domain.letters import Accepted, Envelope, Outage, Recipient, Sender
from mail.connections import Limits, Server
from mail.redirect import Redirected, redirect
from mail.smtp import SmtpTransport
from tests.cast import JAMES
from tests.mail.badserver import HANG, KEEP_AND_DROP, BadServer
from tests.mail.transport_suite import EVERYBODY, WORDS, Service, TransportClaims, a_message

TESTER = "tester@beyond.example"
QUICK = Limits(slot=5, connect=2, command=2, conversation=4, data=2)


class SmtpService(Service):
    """The bad server, reached by SMTP."""

    def __init__(self, server: BadServer) -> None:
        self.server = server
        self.transport = SmtpTransport(Server(server.host, server.port), limits=QUICK)

    def received(self) -> list[EmailMessage]:
        return self.server.received()

    def refuse(self, *recipients: str) -> None:
        self.server.rcpt = dict.fromkeys(recipients, f"550 5.1.1 {WORDS}")

    def put_off(self) -> None:
        self.server.rcpt = dict.fromkeys([*EVERYBODY, TESTER], "451 4.7.1 Greylisted, try again later")

    def refuse_login(self) -> None:
        self.server.on["MAIL"] = "530 5.7.0 Authentication required"

    def refuse_sender(self) -> None:
        self.server.on["MAIL"] = "550 5.1.8 Sender address rejected"

    def lose_the_end(self) -> None:
        self.server.on["END"] = KEEP_AND_DROP

    async def hang(self) -> asyncio.Event:
        self.server.on["END"] = HANG
        return self.server.hanging

    async def go_away(self) -> None:
        await self.server.stop()

    def recover(self) -> None:
        self.server.on.clear()
        self.server.rcpt.clear()


@pytest.fixture
async def smtp(tmp_path: Path) -> AsyncIterator[SmtpService]:
    async with BadServer(tmp_path) as server:
        assert isinstance(server, BadServer)
        service = SmtpService(server)
        yield service
        await service.transport.close()


class TestSmtp(TransportClaims):
    @pytest.fixture
    def service(self, smtp: SmtpService) -> Service:
        return smtp


def test_the_how_to_names_all_that_the_suite_needs() -> None:
    words = (Path(__file__).parents[2] / "docs" / "how-to" / "add-a-transport.md").read_text("utf-8")
    assert all(f"`{name}`" in words for name in Service.__abstractmethods__)


async def redirected(smtp: SmtpService) -> tuple[object, EmailMessage]:
    transport = Redirected(smtp.transport, TESTER)
    delivery = await transport.send(a_message(), sender=JAMES.email, recipients=EVERYBODY)
    [message] = smtp.received()
    return delivery, message


async def test_a_redirected_message_reaches_one_address_alone(smtp: SmtpService) -> None:
    delivery, message = await redirected(smtp)
    assert delivery == Accepted(refused={}, service_id="000001")
    assert message["X-Catcher-Rcpt-To"] == TESTER
    assert [one.addr_spec for one in message["To"].addresses] == [TESTER]
    assert message["Cc"] is None and message["Bcc"] is None and message["Reply-To"] is None


async def test_a_redirected_message_shows_its_real_recipients(smtp: SmtpService) -> None:
    _, message = await redirected(smtp)
    assert message["X-Redirected-From"] == ", ".join(EVERYBODY)
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        assert all(one in body.get_content() for one in EVERYBODY)
        assert "three interns" in body.get_content()


async def test_a_redirected_message_keeps_its_subject_and_its_thread(smtp: SmtpService) -> None:
    _, message = await redirected(smtp)
    original = a_message()
    for name in ("Subject", "Message-ID", "References", "Date", "From"):
        assert str(message[name]) == str(original[name])


async def test_a_refused_redirect_address_is_an_outage_and_blames_nobody(smtp: SmtpService) -> None:
    smtp.refuse(TESTER)
    transport = Redirected(smtp.transport, TESTER)
    delivery = await transport.send(a_message(), sender=JAMES.email, recipients=EVERYBODY)
    assert isinstance(delivery, Outage)
    assert delivery.code == "redirect_refused" and "OUTREACH_REDIRECT_ALL_TO" in delivery.words
    assert smtp.received() == []


def test_the_notice_is_set_inside_the_html_body_and_escaped() -> None:
    message = EmailMessage()
    message["To"] = "tom@acme.example"
    message.set_content("Hi")
    message.add_alternative('<html><body class="a"><p>Hi</p></body></html>', subtype="html")
    recipient = Recipient(contact_id="k", email='"<b>"@x.example')
    envelope = Envelope(
        sender=Sender(name="J", email=JAMES.email), recipients=(recipient,), message_id="<a@x>"
    )
    changed = redirect(message, envelope, TESTER)
    rich = changed.get_body(("html",))
    assert rich is not None
    assert rich.get_content().startswith('<html><body class="a"><p style=')
    assert "<b>" not in rich.get_content() and "&lt;b&gt;" in rich.get_content()
    assert "Hi" in str(message.get_body(("plain",)))


async def test_a_redirected_transport_is_its_inner_transport_in_everything_else(smtp: SmtpService) -> None:
    transport = Redirected(smtp.transport, TESTER)
    assert (transport.name, transport.resends_safely) == ("smtp", True)
    assert transport.longest == smtp.transport.longest
    await transport.close()
