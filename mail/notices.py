"""Writes a notice as a MIME message to a specialist, whose answer to it goes to the partner (RFC 3834)."""

from __future__ import annotations

import re
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import jinja2
from css_inline import CSSInliner

from domain import errors, letters_text, notices
from domain.letters import STAGE_NAMES, Brand, Envelope, Letter, Recipient, Sender
from domain.notices import Notice, NoticeContext
from mail import headers
from mail.compose import compose
from mail.letters import TEMPLATES, environment

_ID = re.compile(r"<[!-;=?-~]{3,900}>")
"""A Message-ID that a header can hold: what a stranger wrote there may be anything."""

_HELPERS = {
    "listed": letters_text.listed,
    "moment": notices.moment,
    "number": letters_text.number,
    "stage_names": STAGE_NAMES,
}


class Notices:
    """Renders notices; made once, compiles its templates then.

    Raises `errors.BadTemplate` for whatever cannot be compiled or rendered.
    """

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self._inliner = CSSInliner(load_remote_stylesheets=False)
        try:
            text = _environment(folder, autoescape=False)
            html = _environment(folder, autoescape=True)
            self._subject = text.get_template("notice/subject.txt")
            self._text = text.get_template("notice/body.txt")
            self._html = html.get_template("notice/body.html")
        except jinja2.TemplateError as wrong:
            raise errors.BadTemplate(f"notice: {wrong}") from wrong

    def render(self, context: NoticeContext) -> Letter:
        """Renders a notice; whatever came from outside is on one line, bounded, and escaped in HTML."""
        known = _known(context)
        try:
            return Letter(
                subject=letters_text.subject_line(self._subject.render(known)),
                text=self._text.render(known).strip() + "\n",
                html=self._inliner.inline(self._html.render(known)),
            )
        except Exception as wrong:  # a template can call anything, so anything can go wrong in it
            raise errors.BadTemplate(f"notice: {wrong}") from wrong


def message(
    letter: Letter, notice: Notice, *, to: Sender, brand: Brand, message_id: str, date: datetime
) -> EmailMessage:
    """Builds the message, from and to the specialist's own address, the one that every mail service accepts.

    An answer to it goes to the partner and continues the partner's own thread. Who answers by program is
    told that a program wrote (RFC 3834 section 5).
    """
    to_partner = answer_to(notice)
    partners = notice.message_id if to_partner and _ID.fullmatch(notice.message_id or "") else None
    envelope = Envelope(
        sender=Sender(name=brand.name, email=to.email),
        recipients=(Recipient(contact_id="", first_name=to.name, email=to.email),),
        message_id=message_id,
        in_reply_to=partners,
        references=(partners,) if partners else (),
    )
    made = compose(letter, envelope, date=date)
    made.set_raw("Auto-Submitted", "auto-generated")
    made.set_raw("X-Auto-Response-Suppress", "All")  # Exchange's own: an absence is not told to the partner
    if to_partner:
        name = letters_text.subject_line(notice.writer.name, notices.LONGEST_NAME)
        made.set_raw("Reply-To", headers.mailboxes([(name, to_partner)]))
    return made


def answer_to(notice: Notice) -> str:
    """The address that an answer to a notice goes to, or none: a complaint must not be answered.

    An address that only some mail servers can name (RFC 6531) is none: the notice has to arrive.
    """
    address = notice.writer.address
    if notice.kind == "complaint" or not headers.is_address(address):
        return ""
    return address if headers.wire_address(address).isascii() else ""


def message_id(notice_id: int, sender: str, *, token: str) -> str:
    """Names a notice for the world, angle brackets included; `token` is random and makes it unique."""
    host = headers.wire_address(f"@{sender.rpartition('@')[2]}").removeprefix("@")
    return f"<notice.{notice_id}.{token}@{host or 'localhost'}>"


def _known(context: NoticeContext) -> dict[str, Any]:
    """All that the templates know: the context's fields, and what follows from them."""
    text = notices.quoted(context.notice.text)
    flat = notices.bounded(context)
    notice, proposal = flat.notice, flat.proposal
    return {name: getattr(flat, name) for name in NoticeContext.model_fields} | {
        "quotation": "\n".join(letters_text.fold(line, "> ") or ">" for line in text.split("\n") if text),
        "said": [block.split("\n") for block in text.split("\n\n")] if text else [],
        "people": [notices.described(one) for one in notice.people],
        "answer_to": answer_to(notice),
        "meant": [notice.name_of(one) for one in proposal.candidate_ids] if proposal else [],
        "suggested": notice.suggested(proposal),
        "steps": notice.steps(),
        "addresses": flat.links.of(notice.cycle_id),
    }


def _environment(folder: Path, *, autoescape: bool) -> jinja2.Environment:
    """The letters' own, with what notices need besides; their plain text is not escaped."""
    made = environment(folder, autoescape=autoescape)
    made.globals.update(_HELPERS)
    if not autoescape:
        made.filters["paragraphs"] = letters_text.paragraphs
    return made
