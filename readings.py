"""How a setting's text is read: each reader refuses what it cannot take, with what it expected."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, SecretStr

from domain import calendar
from domain.listen import Listen
from domain.window import Window

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
MOST_DAYS = 3650
"""Ten years: a date so far from today is one that Python and PostgreSQL still hold."""
MOST = 10_000
"""Beyond any use, and summed over 200,000 companies still an integer of PostgreSQL."""
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_RATE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*/\s*([smhd])")


def duration(value: Any) -> Any:
    """Reads `48h`, `90m`, `5s` or `2d` as a time span; anything else is refused."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(str(value).strip().lower())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if seconds > timedelta(days=MOST_DAYS).total_seconds() or not timedelta(seconds=seconds):
        raise ValueError(f"expected a time span above zero such as 48h, 90m or 5s, {MOST_DAYS}d at most")
    return timedelta(seconds=seconds)


def time_zone(value: Any) -> Any:
    """Reads an IANA time zone name such as Europe/London."""
    if isinstance(value, ZoneInfo):
        return value
    try:
        return calendar.named_zone(str(value).strip())
    except ValueError as missing:
        raise ValueError("expected an IANA time zone such as UTC or Europe/London") from missing


def address(text: str) -> str:
    """Reads one e-mail address by its syntax, reserved domains included; ASCII stays as it is spelt."""
    import email_validator

    email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()
    text = text.strip()
    dotted = "." in text.rpartition("@")[2]
    try:
        found = email_validator.validate_email(
            text, check_deliverability=False, globally_deliverable=dotted, strict=True
        )
    except email_validator.EmailNotValidError as wrong:
        raise ValueError("expected one e-mail address") from wrong
    return text if text.isascii() else found.normalized


def rate(value: Any) -> Any:
    """Reads `10/s`, `600/m` or `100/h` as a number a second; anything else is refused."""
    if isinstance(value, float):
        return value
    found = _RATE.fullmatch(str(value).strip().lower())
    count = float(found[1]) if found else 0.0
    if found is None or not 0 < count <= MOST:
        raise ValueError(f"expected e-mails per second, minute, hour or day, such as 10/s; {MOST} at most")
    return count / _UNITS[found[2]]


def listening(value: Any) -> Any:
    """Reads where the web server listens; anything but `address:port` is refused."""
    return value if isinstance(value, Listen) else Listen.parse(str(value))


def mail_domain(value: str) -> str:
    """Reads a domain that mail is addressed to, in ASCII and lower case."""
    try:
        return address(f"reply@{value.strip()}").rpartition("@")[2].encode("idna").decode("ascii").lower()
    except ValueError:
        raise ValueError("expected a domain such as replies.example.org") from None


def web_link(value: str) -> str:
    """Reads an address in the web: http or https, a host, perhaps more; nothing that a browser would run."""
    expected = "expected an address such as https://outreach.example.org"
    value = value.strip()
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(expected) from None
    plain = value.isascii() and value.isprintable() and " " not in value
    if parts.scheme not in ("http", "https") or not host or parts.username or not plain:
        raise ValueError(expected)
    return value


def web_address(value: str) -> str:
    """Reads where people reach the web server: http or https, a host, perhaps a path; no slash at its end."""
    parts = urlsplit(web_link(value))
    if parts.query or parts.fragment:
        raise ValueError("expected an address such as https://outreach.example.org, without ? and #")
    return parts.geturl().rstrip("/")


def header_word(value: SecretStr) -> SecretStr:
    """Reads a secret that travels in a header: plain characters without spaces."""
    text = value.get_secret_value()
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueError("expected plain characters without spaces")
    return value


Span = Annotated[timedelta, BeforeValidator(duration)]
Zone = Annotated[ZoneInfo, BeforeValidator(time_zone)]
Rate = Annotated[float, BeforeValidator(rate)]
Word = Annotated[SecretStr, AfterValidator(header_word)]
Link = Annotated[str, AfterValidator(web_link)]


def opening_hours(value: Any) -> Any:
    """Reads days and hours such as `Mon-Fri 09:00-17:00`."""
    return value if isinstance(value, Window) else Window.parse(str(value))


def spelt(span: timedelta) -> str:
    """A time span in the largest unit that says it whole: `48h`, `90m`, `5s`."""
    seconds = span.total_seconds()
    unit = next((one for one in "hm" if seconds % _UNITS[one] == 0), "s")
    return f"{seconds / _UNITS[unit]:.15g}{unit}"
