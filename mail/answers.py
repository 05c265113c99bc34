"""What an SMTP server's answer means for us: the one table (R11), with its sources.

The first row that fits decides how an answer to RCPT is read. Codes are RFC 5321 section 4.2, statuses
(`x.y.z`) RFC 3463 and its registry (RFC 5248), AUTH answers RFC 4954, refusals of our domain's
authenticity RFC 7372, null MX RFC 7505 and 7504; above x.7.100 they are Exchange's own.

| answer to RCPT                               | verdict | why                                              |
|----------------------------------------------|---------|--------------------------------------------------|
| 2xx                                          | TAKEN   | 250, 251                                         |
| any other below 500; 552, x.2.2, x.5.3, or   | LATER   | temporary: a full mailbox may be emptied, "too   |
| "quota", "too many", "rate limit" with x.7.z |         | many recipients" passes (5321 4.5.3.1.10), and   |
| or without a status                          |         | so does a rate limit                             |
| 530 534 535 538, x.7.8 to x.7.13, x.7.20 to  | OURS    | our login, our sender or our settings are        |
| x.7.30, x.1.7, x.1.8                         |         | refused, not a person                            |
| other x.1.z but x.1.0, x.2.z, x.4.4, x.6.7,  | GONE    | no such mailbox, disabled, no route; an address  |
| x.7.100 to x.7.199                           |         | that cannot travel without SMTPUTF8; Exchange's  |
|                                              |         | restrictions of one mailbox or group             |
| words on relaying, logging in, or a refused  | OURS    | as above; they win over "recipient rejected",    |
| sender                                       |         | which only says to whom it happened              |
| words on an unknown, refused or disabled     | GONE    | the address, whatever else is said in passing    |
| recipient, user, mailbox, account or address |         | ("see our policy page")                          |
| words on our host, its IP or name, block     | POLICY  | about us, unless another recipient was taken in  |
| lists, spam, SPF, DKIM, DMARC; x.7.200 and up|         | the same breath: then about this one             |
| x.1.0, x.4.1, 550 5.5.0, other x.7.z; without| GONE    | R11: who is refused without a word about us is   |
| a status, or x.0.z: all but the next row     |         | refused for good, else we would ask for ever     |
| other statuses; 500 502 503 504 555          | OURS    | the conversation or the system                   |

All other commands (banner, EHLO, STARTTLS, AUTH, MAIL, DATA and the answer after the message) are
about us or about the letter: whatever they refuse is an outage, for R11 lets only a refused
recipient be a permanent failure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from mail.headers import clean

_OUR_POLICY = (*range(8, 14), *range(20, 31))
_LONGEST_WORDS = 500
_LONGEST_WAIT = 3600.0
_STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_ADDRESS = re.compile(r"<[^>]*>|\S+@\S+")
_LINK = re.compile(r"\bhttps?:\S+", re.I)
_OUR_LOGIN = re.compile(
    r"\brelay(?!=)|rcpthosts|authenticat|\bauth\b|\blog ?in\b|\b(?:start)?tls\b|encrypt", re.I
)
_OUR_SENDER = re.compile(
    r"\bsender(?:'s)?(?: address| domain)? (?:is |was )?(?:reject|den[iy]|refus|block)"
    r"|\bsender(?: address| domain)? (?:is )?(?:unknown|invalid|verif|does not)"
    r"|\b(?:invalid|unknown|bad|forged|blocked) sender|\bsend ?as|\bdomain of sender",
    re.I,
)
_TOO_MUCH = re.compile(
    r"\btoo many\b|\bquota\b|\brate.?limit|\bthrottl|\b(?:mailbox|rate|limit)\b.*\b(?:full|exceeded)\b", re.I
)
_SOMEBODY = (
    r"(?<!sender )(?<!sender's )(?<!sending )(?<!your )(?<!your email )(?<!your e-mail )"
    r"(?<!source )(?<!client )(?<!host )(?<!ip )(?<!from )"
    r"\b(?:recipients?|addressee|users?|mailbox|accounts?|address)\b"
)
_NOT_THERE = (
    r"\b(?:unknown|reject(?:ed|s)?|refused|denied|blocked|suspended|disabled|inactive|invalid|unavailable"
    r"|no such|no longer|do(?:es)?(?: not|n't) (?:exist|have)"
    r"|not (?:found|exist|known|available|allowed|accepted))\b"
)
_RECIPIENT = re.compile(
    rf"{_SOMEBODY}[^;\n]{{0,60}}?{_NOT_THERE}"
    rf"|\b(?:unknown|no such|invalid|bad|disabled|inactive)\s+(?:\w+\s+)?{_SOMEBODY}",
    re.I,
)
_REPUTATION = re.compile(
    r"\bspam|block(?:ed|.?list)|black.?list|\bdns[bw]l\b|\brbl\b|reputation|\bspf\b|\bdkim\b|\bdmarc\b"
    r"|reverse dns|\bptr\b|client host|\b(?:ehlo|helo)\b|\bip\b"
    r"|\byour (?:host|server|domain|network|access|e?-?mail address|account)",
    re.I,
)
_WAIT = re.compile(r"\b(?:in|for|after|within)\s+(\d{1,5})\s*(s|sec|seconds?|m|min|minutes?)\b", re.I)
_QUEUE_IDS = (
    re.compile(r"\bqueued as <?([\w.@+-]+)", re.I),
    re.compile(r"\bid=([\w.@+-]+)", re.I),
    re.compile(r"^(?:2\.\d+\.\d+ )?ok:? +<?([\w.@+-]{10,})", re.I),
)
"""As Postfix, Exim and large services say it."""


class Verdict(Enum):
    """How an answer to RCPT is read; see the table above."""

    TAKEN = "taken"
    LATER = "later"
    GONE = "gone"
    POLICY = "policy"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer: its code and its text, lines joined by line feeds."""

    code: int
    text: str

    @property
    def status(self) -> tuple[int, int] | None:
        """Subject and detail of the enhanced status code (RFC 3463), or None."""
        found = _STATUS.match(self.text)
        return (int(found[2]), int(found[3])) if found else None

    @property
    def words(self) -> str:
        """Code and text on one clean line of bounded length, fit for a database."""
        return clean(f"{self.code} {self.text}")[:_LONGEST_WORDS]

    @property
    def said(self) -> str:
        """The text without the addresses that it quotes, which prove nothing."""
        return _ADDRESS.sub(" ", self.text)

    @property
    def queue_id(self) -> str:
        """The name that the server gave to an accepted message, or an empty string."""
        found = (pattern.search(self.text) for pattern in _QUEUE_IDS)
        return next((one[1] for one in found if one), "")

    @property
    def wait(self) -> float | None:
        """The seconds after which the server wants to be asked again, where it says so (an hour at most)."""
        found = _WAIT.search(self.text) if 400 <= self.code < 500 else None
        if found is None:
            return None
        return min(int(found[1]) * (60.0 if found[2].lower().startswith("m") else 1.0), _LONGEST_WAIT)


def judge(answer: Answer) -> Verdict:
    """Reads an answer to RCPT by the table above, whatever a server makes up."""
    if 200 <= answer.code < 300:
        return Verdict.TAKEN
    if answer.code < 500 or answer.code == 552:
        return Verdict.LATER
    if answer.code in (530, 534, 535, 538):
        return Verdict.OURS
    return _by_status(answer) or _by_words(answer) or _by_default(answer)


def _by_status(answer: Answer) -> Verdict | None:
    """What the enhanced status (RFC 3463) settles alone; None where the words have to be heard."""
    match answer.status:
        case (2, 2) | (5, 3):
            return Verdict.LATER
        case (1, 7 | 8):
            return Verdict.OURS
        case (7, detail) if detail in _OUR_POLICY:
            return Verdict.OURS
        case (1, detail) if detail:
            return Verdict.GONE
        case (2, _) | (4, 4) | (6, 7):
            return Verdict.GONE
        case (7, detail) if 100 <= detail < 200:
            return Verdict.GONE
    return None


def _by_words(answer: Answer) -> Verdict | None:
    """Whom the words are about: too many of us, our login or sender, the recipient, or our good name."""
    if _TOO_MUCH.search(answer.said) and (answer.status is None or answer.status[0] in (0, 7)):
        return Verdict.LATER
    if _OUR_LOGIN.search(answer.said) or _OUR_SENDER.search(answer.said):
        return Verdict.OURS
    if _RECIPIENT.search(_LINK.sub(" ", answer.said)):
        return Verdict.GONE
    return Verdict.POLICY if _REPUTATION.search(answer.said) else None


def _by_default(answer: Answer) -> Verdict:
    """An answer whose words are about nobody."""
    match answer.status:
        case None | (0, _):
            return Verdict.OURS if answer.code in (500, 502, 503, 504, 555) else Verdict.GONE
        case (7, detail):
            return Verdict.POLICY if detail >= 200 else Verdict.GONE
        case (1, 0) | (4, 1):
            return Verdict.GONE
        case (5, 0) if answer.code == 550:
            return Verdict.GONE
    return Verdict.OURS
