"""What no bio may carry: contact details, visa status, words addressed to a machine (SPEC R13).

Used twice: to clean what a candidate wrote, and to refuse what a model wrote. The patterns are lists in
`data/patterns/`; every repetition in them is bounded or ends at a character it does not hold, so that they
are linear in the text.
"""

from __future__ import annotations

import re
from functools import cache

from bios import data

_DIGITS = re.compile(r"(?<!\w)(?<!\d[.,])[+(]{0,2}\d(?:[\s().\-–/]{0,3}\d){6,40}(?![\w%])")
_NOT_PHONE = re.compile(
    r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d"
    r"|(?:\d{4}[-–/.]\d{1,2}[-–/.]\d{1,2}|\d{1,2}[-–/.]\d{1,2}[-–/.]\d{2,4})"
    r"(?:\s?[-–]\s?[\d–/.-]{6,10})?"
    r"|(?:19|20)\d\d(?:[ /–-]{1,3}(?:19|20)\d\d){1,8}"
)


def contact(text: str) -> str | None:
    """The first contact detail in a text (an address, a number, a link, a handle), else None."""
    if found := _any("contact").search(text):
        return found.group()
    return next((m.group() for m in _DIGITS.finditer(text) if _is_phone(m.group())), None)


def without_contacts(text: str, mark: str = " ") -> str:
    """The text with a mark instead of each contact detail."""
    text = _any("contact").sub(mark, text)
    return _DIGITS.sub(lambda found: mark if _is_phone(found.group()) else found.group(), text)


def states_visa(text: str) -> bool:
    """Whether a text speaks of visa, sponsorship, work permit or citizenship, in any of many languages."""
    return _any("visa").search(_any("not_visa").sub(" ", text)) is not None


def addresses_a_machine(text: str) -> bool:
    """Whether a text gives orders to whoever processes it, instead of speaking about a person."""
    return _any("machine").search(text) is not None


def speaks_of_itself(text: str) -> bool:
    """Whether an assistant speaks here of its own answer (`Here is a bio`, `Let me know`)."""
    return _any("meta").search(text) is not None


def _is_phone(digits: str) -> bool:
    """Seven digits and more, unless they are years or dates."""
    return _NOT_PHONE.fullmatch(digits.strip("+( ")) is None


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile(data.alternatives(f"patterns/{name}"), re.IGNORECASE)
