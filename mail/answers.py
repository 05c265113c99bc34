"""What an SMTP server's answer means for us: the one table (R11), with its sources.

The first row that fits decides how an answer to RCPT is read. Codes are RFC 5321 section 4.2, statuses
(`x.y.z`) RFC 3463 and its registry (RFC 5248), AUTH answers RFC 4954, refusals of our domain's
authenticity RFC 7372, null MX RFC 7505 and 7504; above x.7.100 they are Exchange's own.

| answer to RCPT                               | verdict | why                                              |
|----------------------------------------------|---------|--------------------------------------------------|
| 2xx                                          | TAKEN   | 250, 251                                         |
| any other below 500; 552, x.2.2, x.5.3, or   | LATER   | temporary: a full mailbox may be emptied, and    |
| "quota", "too many" without a status         |         | "too many recipients" passes (5321 4.5.3.1.10)   |
| 530 534 535 538, x.7.8 to x.7.13, x.7.20 to  | OURS    | our login, our sender or our settings are        |
| x.7.27, x.1.7, x.1.8; words on relaying or   |         | refused, not a person                            |
| logging in, with x.7.z (z < 100) or none     |         |                                                  |
| other x.1.z and x.2.z, x.4.1, x.4.4, and     | GONE    | no such mailbox, disabled, no route; the last    |
| 550 5.5.0; x.6.7                             |         | two are how large hosts say "unknown user";      |
|                                              |         | an address that cannot travel without SMTPUTF8   |
| other x.7.z; without a status: 554, or words | POLICY  | about us, unless another recipient was taken in  |
| on reputation                                |         | the same breath: then about this one             |
| other statuses; 500 502 503 504 555          | OURS    | the conversation or the system                   |
| the rest (550, 551, 553, 556, …)             | GONE    | the address                                      |

All other commands (banner, EHLO, STARTTLS, AUTH, MAIL, DATA and the answer after the message) are
about us or about the letter: whatever they refuse is an outage, for R11 lets only a refused
recipient be a permanent failure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from mail.headers import clean

_OUR_POLICY = (*range(8, 14), *range(20, 28))
_LONGEST_WORDS = 500
_LONGEST_WAIT = 3600.0
_STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_ADDRESS = re.compile(r"<[^>]*>|\S+@\S+")
_OUR_LOGIN = re.compile(r"\brelay|rcpthosts|authenticat|\blog ?in\b", re.I)
_TOO_MUCH = re.compile(r"\btoo many\b|\bquota\b|\b(?:mailbox|rate|limit)\b.*\b(?:full|exceeded)\b", re.I)
_REPUTATION = re.compile(
    r"\bspam|block(?:ed|list)|black ?list|\bdns[bw]l\b|\brbl\b|reputation|\bspf\b|\bdkim\b|\bdmarc\b"
    r"|reverse dns|\bptr\b|client host|\bpolicy\b",
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
    return _judge_words(answer) if answer.status is None else _judge_status(answer, *answer.status)


def _judge_status(answer: Answer, subject: int, detail: int) -> Verdict:
    """A 5xx with an enhanced status (RFC 3463); of its words only those on our login count."""
    match subject, detail:
        case (2, 2) | (5, 3):
            return Verdict.LATER
        case (1, 7 | 8):
            return Verdict.OURS
        case (7, _):
            ours = detail in _OUR_POLICY or (detail < 100 and _OUR_LOGIN.search(answer.said))
            return Verdict.OURS if ours else Verdict.POLICY
        case (1 | 2, _) | (4, 1 | 4) | (6, 7):
            return Verdict.GONE
        case (5, 0) if answer.code == 550:
            return Verdict.GONE
    return Verdict.OURS


def _judge_words(answer: Answer) -> Verdict:
    """A 5xx without a status: the words where they are about us, else the code."""
    if _TOO_MUCH.search(answer.said):
        return Verdict.LATER
    if _OUR_LOGIN.search(answer.said) or answer.code in (500, 502, 503, 504, 555):
        return Verdict.OURS
    return Verdict.POLICY if answer.code == 554 or _REPUTATION.search(answer.said) else Verdict.GONE
