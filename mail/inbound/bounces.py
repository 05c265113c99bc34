"""Bounces: is it one, who did not get the message, is the delivery over, is the address dead?

A bounce has to look like a machine's twice: by its structure (RFC 3462, RFC 3464) or by who sent it, and
by what it says. A person who forwards or quotes a bounce has neither a daemon's address nor a report of
their own, so their message stays theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.inbound import Meaning
from mail.inbound import addresses, detectors, failures, senders, wordings
from mail.inbound.findings import Finding
from mail.inbound.parsing import Post, header, parameter, parts
from mail.inbound.returned import Sheets

_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i|doorst|vs|vb|pd)\s*[:：]", re.I)
_ANSWERS = re.compile(r"\s*(?:re|aw|sv|antw|odp|ynt|ref|res|r|回复|答复)\s*[:：]", re.I)
_ALONE = re.compile(
    r"^[ \t>]*(?:(?:to|recipient|address)\s*:\s*)?<?([^\s<>:]+@[^\s<>:]+?)>?[.,;:]?(?:\s|$)", re.I | re.M
)
"""A line that begins with an address, as most mail systems name who did not get it."""
_FIELD = re.compile(r"^[ \t]{0,4}([A-Za-z-]{3,40}):((?:.*)(?:\n[ \t]+.*)*)", re.M)
_REPORTS = {"message/delivery-status", "message/global-delivery-status"}


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient of a delivery report (RFC 3464 section 2.3)."""

    recipient: str
    action: str
    status: str | None
    words: str


def find(message: Post, sheets: Sheets, own: str) -> Finding | None:
    """A bounce, or None where the evidence is not a machine's; `own` is its text without quotations."""
    because = _evidence(message, sheets, own)
    if not because:
        return None
    failed = list(_reported(sheets.report))
    if failed and all(one.action in ("delivered", "relayed", "expanded") for one in failed):
        return Finding(Meaning(kind="other"), ("a delivery report of success (RFC 3464)",))
    failed = [one for one in failed if one.action not in ("delivered", "relayed", "expanded")]
    final = _is_final(message, sheets, failed)
    dead, code = _judged(sheets, failed)
    return Finding(
        Meaning(
            kind="bounce",
            delivery_final=final,
            address_dead=dead and final,
            recipients=_recipients(message, sheets, failed),
            status=code,
            original_message_id=sheets.message_id or next(iter(addresses.answered(message)), None),
        ),
        tuple(because),
    )


def _evidence(message: Post, sheets: Sheets, own: str) -> list[str]:
    """The signs that a mail system reports a failed delivery; empty unless they suffice."""
    if _is_report(message) or (_has_report(message) and list(_reported(sheets.report))):
        return ["a delivery report is attached (RFC 3464)"]
    system = [
        ("a program that delivers mail signs as the author", senders.is_mailer(message)),
        ("a mailing list's program signs as the author", senders.is_list_robot(message)),
        ("X-Failed-Recipients names who did not get it", bool(header(message, "x-failed-recipients"))),
        ("a mail system signs as the author", senders.is_daemon(message)),
        ("the sender's path is empty (RFC 5321 section 4.5.5)", senders.has_no_path(message)),
    ]
    said = _said(message, sheets)
    signs = [words for words, true in (*system, *said) if true]
    spoken, in_words = sum(true for _, true in said), said[0][1] or said[1][1]
    sure, path = any(true for _, true in system[:3]), senders.has_no_path(message)
    if (sure and spoken) or (senders.is_daemon(message) and (in_words or spoken >= 2)):
        return signs
    answers = _ANSWERS.match(header(message, "subject")) and header(message, "in-reply-to")
    if path and (in_words or said[2][1]) and spoken >= (3 if answers else 2):
        return signs
    if spoken >= 2 and in_words and _is_automatic(message) and (spoken > 2 or _in_words(message, sheets)):
        return [*signs, "a machine says so that cannot be answered"]
    more = _by_address(message, sheets) or (said[0][1] and _by_wording(message, sheets, own, spoken))
    return [*signs, more] if more else []


def _said(message: Post, sheets: Sheets) -> list[tuple[str, bool]]:
    """What a failed delivery looks like, whoever reports it, and whether this does: subject, text, traces."""
    title = header(message, "subject")
    subject = wordings.SUBJECT.search(title) or failures.condemns(title)
    return [
        ("the subject speaks of a failed delivery", bool(subject)),
        ("the text speaks of a failed delivery", wordings.tell_of_failure(sheets.notice)),
        ("a server's refusal is quoted", failures.says_smtp_error(sheets.notice)),
        ("an address is said not to exist", failures.condemns(sheets.notice)),
        ("a message is returned", bool(sheets.returned.strip())),
    ]


def _by_address(message: Post, sheets: Sheets) -> str:
    """The sign that a mail system names a stranger, in whatever language."""
    fresh = senders.is_daemon(message) and not _is_answer(message)
    named = senders.is_mailer(message) and _in_words(message, sheets)
    condemned = failures.condemns(sheets.notice) and _in_words(message, sheets)
    if named or (fresh and (condemned or _alone(message, sheets.notice))):
        return "it names an address that is neither ours nor its own"
    return ""


def _by_wording(message: Post, sheets: Sheets, own: str, spoken: int) -> str:
    """The sign that a mail system writes under a name that tells nothing."""
    if not _is_unsigned(message, own):
        return ""
    answers = _ANSWERS.match(header(message, "subject"))
    named = _alone(message, sheets.notice) or _foreign(message, header(message, "subject"))
    if not answers and (spoken > 2 or named):
        return "it answers nothing"
    return "a known mailer's wording (flufl.bounce)" if detectors.recipients(message) else ""


def _is_answer(message: Post) -> bool:
    return bool(_ANSWERS.match(header(message, "subject")) or header(message, "in-reply-to"))


def _is_automatic(message: Post) -> bool:
    """Whether a machine wrote unasked: by its address, or as it says itself (RFC 3834 section 5)."""
    return senders.is_robot(message) or header(message, "auto-submitted").lower().startswith("auto-generated")


def _is_unsigned(message: Post, own: str) -> bool:
    """Whether a mail system may write under another name: of a failure, in no thread, forwarded by nobody."""
    taken_up = header(message, "in-reply-to") or _FORWARDED.match(header(message, "subject"))
    return not taken_up and wordings.tell_of_failure(own)


def _is_report(message: Post) -> bool:
    """Whether the message as a whole is a delivery report (RFC 6522)."""
    return parameter(message, "report-type") == "delivery-status"


def _has_report(message: Post) -> bool:
    """Whether a delivery report is a part of it (RFC 3464, RFC 6533)."""
    return any(part.get_content_type() in _REPORTS for part in parts(message))


def _reported(report: str) -> Iterator[Failure]:
    """The recipients of a delivery report, whatever stands around them."""
    for block in re.split(r"\n[ \t]*\n", report):
        fields = {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(block)}
        who = addresses.first(_typed(fields.get("original-recipient", ""))) or addresses.first(
            _typed(fields.get("final-recipient", ""))
        )
        if not who and "action" not in fields:
            continue
        said = fields.get("diagnostic-code", "")
        code = failures.status(said)
        if code is None or code.endswith(".0.0"):
            code = failures.status(fields.get("status", "")) or code
        yield Failure(who, fields.get("action", "").split(" ")[0].lower(), code, said)


def _typed(value: str) -> str:
    """An address without its type, `rfc822; a@b` (RFC 3464 section 2.1.2), its xtext undone (RFC 3461)."""
    value = value.partition(";")[2] or value
    return re.sub(r"\+([0-9A-F]{2})", lambda one: chr(int(one[1], 16)), value)


def _is_final(message: Post, sheets: Sheets, failed: list[Failure]) -> bool:
    actions = {one.action for one in failed}
    if "failed" in actions:
        return True
    if "delayed" in actions:
        return False
    return not wordings.tell_of_delay(f"{header(message, 'subject')}\n{sheets.notice}")


def _judged(sheets: Sheets, failed: list[Failure]) -> tuple[bool, str | None]:
    """Whether every failing address is dead, and the status to show."""
    said = failures.telling(sheets.notice)
    if not failed:
        code = failures.status(said)
        return failures.is_dead(said, code, sheets.notice), code
    shown = next((one.status for one in failed if one.status), failures.status(said))
    return all(failures.is_dead(one.words or said, one.status, sheets.notice) for one in failed), shown


def _recipients(message: Post, sheets: Sheets, failed: list[Failure]) -> tuple[str, ...]:
    """Who did not get it: the report says so, else a header, else the notice, else the returned head."""
    named = [one.recipient for one in failed if one.recipient]
    named = named or list(addresses.addresses(header(message, "x-failed-recipients")))
    named = named or detectors.recipients(message) or _in_words(message, sheets)
    return tuple(dict.fromkeys(named))


def _in_words(message: Post, sheets: Sheets) -> list[str]:
    """The failing addresses that a notice names: none of the sender's, and none of a mail system."""
    written = set(sheets.returned_to)
    said = _foreign(message, sheets.notice)
    alone = _alone(message, sheets.notice)
    named = [one for one in said if one in written] or alone or said[:1] or sheets.returned_to[:1]
    return named or _foreign(message, header(message, "subject"))[:1]


def _alone(message: Post, notice: str) -> list[str]:
    return _foreign(message, " ".join(_ALONE.findall(notice)))


def _foreign(message: Post, text: str) -> list[str]:
    ours = {*addresses.recipients(message, ()), addresses.author(message)[1]}
    found = (one for one in addresses.addresses(text) if one not in ours and not senders.is_system(one))
    return list(dict.fromkeys(found))
