"""Messages as mail programs and mail servers write them, made up here for the tests of `mail.inbound`."""

from __future__ import annotations

from textwrap import dedent

from domain.inbound import Mail, Meaning
from mail import inbound

LETTER = "<cycle.1@outreach.example>"
"""The Message-ID of the e-mail that everything here answers."""


def message(body: str = "", *, of: str = "text/plain; charset=utf-8", **fields: str) -> bytes:
    """A message to us from Petra Novak; `fields` replace and add header fields (`In_Reply_To`)."""
    head = {
        "Return-Path": "<petra@acme.example>",
        "Date": "Wed, 29 Jul 2026 10:00:00 +0200",
        "From": "Petra Novak <petra@acme.example>",
        "To": "Sam Lee <reply+k3y@outreach.example>",
        "Subject": "Re: Data Analyst at Acme",
        "Message-ID": "<answer.1@acme.example>",
        "In-Reply-To": LETTER,
        "MIME-Version": "1.0",
        "Content-Type": of,
        "Content-Transfer-Encoding": "8bit",
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in head.items() if value]
    return ("\n".join(lines) + "\n\n" + dedent(body).strip("\n") + "\n").encode()


def daemon(body: str, *, of: str = "text/plain; charset=utf-8", **fields: str) -> bytes:
    """A message of Acme's mail system."""
    return message(
        body,
        of=of,
        **{
            "Return_Path": "<>",
            "From": "Mail Delivery System <MAILER-DAEMON@mx.acme.example>",
            "Subject": "Undelivered Mail Returned to Sender",
            "In_Reply_To": "",
            **fields,
        },
    )


def report(
    fields: str, notice: str = "I could not deliver your message.", kind: str = "delivery-status", **head: str
) -> bytes:
    """A multipart/report (RFC 6522) of Acme's mail system, returning the head of our e-mail."""
    body = f"""\
--b
Content-Type: text/plain

{notice}

--b
Content-Type: message/{kind}

{dedent(fields).strip()}

--b
Content-Type: text/rfc822-headers

From: Sam Lee <sam@outreach.example>
To: petra@acme.example
Subject: Data Analyst at Acme
Message-ID: {LETTER}

--b--
"""
    return daemon(body, of=f'multipart/report; report-type={kind}; boundary="b"', **head)


def read(raw: bytes) -> Mail:
    """What we read in it."""
    return inbound.read(raw)


def meaning(raw: bytes) -> Meaning:
    """What it means."""
    return inbound.read(raw).meaning
