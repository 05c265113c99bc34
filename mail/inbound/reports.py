"""Machines' reports that are no bounces: complaints (RFC 5965), receipts (RFC 8098), a service's"
" notices."""

from __future__ import annotations

import json
import re
from typing import Any

from domain.inbound import Meaning
from mail.inbound import addresses, failures
from mail.inbound.findings import Finding
from mail.inbound.parsing import Post, content, guarded, header, parameter, parts
from mail.inbound.returned import Sheets

_COMPLAINTS = ("abuse", "fraud", "virus", "miscategorized")
_OPT_OUTS = ("opt-out", "opt-out-list", "unsubscribe")
_JMRP = re.compile(r"complaint about message from \[?[\d.:a-f]+", re.I)
"""The subject of Microsoft's Junk Mail Reporting Program, which returns the message and no fields."""
_SPAMCOP = re.compile(r"\[SpamCop \([\d.:a-f]+\) id:\d+\]", re.I)
_FIELD = re.compile(r"^([A-Za-z-]{3,40}):[ \t]*(.*)$", re.M)


def find(message: Post, sheets: Sheets) -> Finding | None:
    """A complaint, an opt-out by a mailbox provider, a receipt; None where it is none of them."""
    kinds = {part.get_content_type(): part for part in parts(message)}
    param = parameter(message, "report-type")
    if "message/feedback-report" in kinds or param == "feedback-report":
        return _feedback(sheets)
    if "message/disposition-notification" in kinds or param == "disposition-notification":
        return Finding(Meaning(kind="other"), ("a receipt that a message was shown or deleted (RFC 8098)",))
    if _SPAMCOP.match(header(message, "subject")) or (
        _JMRP.match(header(message, "subject")) and sheets.returned
    ):
        return _feedback(sheets)
    return _amazon(message)


def _feedback(sheets: Sheets) -> Finding:
    fields = [(name.lower(), value.strip()) for name, value in _FIELD.findall(sheets.report)]
    kind = next((value.lower() for name, value in fields if name == "feedback-type"), "abuse")
    who = [
        address
        for name, value in fields
        if name in ("original-rcpt-to", "removal-recipient")
        for address in addresses.addresses(value)
    ]
    said = "complaint" if kind in _COMPLAINTS else "unsubscribe" if kind in _OPT_OUTS else "other"
    meaning = Meaning(
        kind=said,
        recipients=tuple(dict.fromkeys(who or sheets.returned_to)) if said != "other" else (),
        original_message_id=sheets.message_id,
    )
    return Finding(meaning, (f"a feedback report of type {kind} (RFC 5965)",))


def _amazon(message: Post) -> Finding | None:
    """Amazon SES tells by mail what it else tells by SNS: JSON in a plain text."""
    text = next((content(part) for part in parts(message) if "amazonaws" in header(message, "from")), "")
    text = text.replace("!\n ", "")  # how some MTAs break lines that are too long
    found: Any = guarded(lambda: json.JSONDecoder().raw_decode(text[text.index("{") :])[0], None)
    if isinstance(found, dict) and isinstance(found.get("Message"), str):
        found = guarded(lambda: json.loads(found["Message"]), None)
    if not isinstance(found, dict):
        return None
    return guarded(lambda: _notice(found), None)


def _notice(found: dict[str, Any]) -> Finding | None:
    kind = found.get("notificationType") or found.get("eventType")
    mail = found.get("mail") or {}
    original = f"<{mail['messageId']}>" if mail.get("messageId") else None
    if kind == "Complaint":
        who = [one["emailAddress"].lower() for one in found["complaint"]["complainedRecipients"]]
        meaning = Meaning(kind="complaint", recipients=tuple(who), original_message_id=original)
        return Finding(meaning, ("Amazon SES forwards a complaint",))
    if kind != "Bounce":
        return Finding(Meaning(kind="other"), (f"Amazon SES tells of: {kind}",))
    bounce = found["bounce"]
    failed = bounce["bouncedRecipients"]
    words = " ".join(str(one.get("diagnosticCode", "")) for one in failed)
    code = next((one["status"] for one in failed if one.get("status")), failures.status(words))
    final = bounce.get("bounceType") != "Transient"
    meaning = Meaning(
        kind="bounce",
        delivery_final=final,
        address_dead=final and failures.is_dead(words, code),
        recipients=tuple(addresses.first(one["emailAddress"]) for one in failed),
        status=code,
        original_message_id=original,
    )
    return Finding(meaning, ("Amazon SES tells of a bounce",))
