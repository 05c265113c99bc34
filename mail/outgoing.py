"""Chooses the way that e-mail leaves by, from a parsed `OUTREACH_MAIL_URL`."""

from __future__ import annotations

from domain.mail_url import MailUrl
from mail.connections import Server
from mail.services.http import HttpTransport, Service
from mail.services.mailgun import Mailgun
from mail.services.postmark import Postmark
from mail.services.resend import Resend
from mail.services.sendgrid import SendGrid
from mail.services.ses import Ses
from mail.services.sigv4 import Credentials
from mail.smtp import SmtpTransport
from mail.transport import Transport


def transport(url: MailUrl) -> Transport:
    """Builds the transport that a mail URL names; nothing is connected yet."""
    if url.scheme in ("smtp", "smtps"):
        return SmtpTransport(
            Server(
                host=url.host,
                port=url.port,
                implicit_tls=url.scheme == "smtps",
                username=url.key,
                password=url.secret,
            )
        )
    return HttpTransport(service(url))


def service(url: MailUrl) -> Service:
    """Builds the adapter of the mail service that a mail URL names."""
    key, endpoint, option = url.key or "", url.endpoint, url.options.get
    match url.scheme:
        case "sendgrid":
            return SendGrid(key, endpoint=endpoint)
        case "postmark":
            return Postmark(key, stream=option("stream"), endpoint=endpoint)
        case "resend":
            return Resend(key, endpoint=endpoint)
        case "mailgun":
            return Mailgun(key, url.host, region=option("region"), endpoint=endpoint)
        case "ses":
            credentials = Credentials(key, url.secret or "", option("session_token"))
            name = option("configuration_set")
            return Ses(credentials, url.host, configuration_set=name, endpoint=endpoint)
    raise ValueError(f"no mail service is called {url.scheme}")
