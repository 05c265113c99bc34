"""`OUTREACH_MAIL_URL`: by which way e-mail leaves, read once (SPEC section 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}")
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+", re.I)
_KEY = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class MailUrl:
    """A way that e-mail leaves by: a mail server of one's own, or a service. Its text shows no secret.

    `host` is a server's name, Mailgun's sending domain or Amazon's region; `key` and `secret` are a login,
    an API key, or the two halves of Amazon's.
    """

    scheme: str
    host: str = ""
    port: int = 0
    key: str | None = field(default=None, repr=False)
    secret: str | None = field(default=None, repr=False)
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def parse(cls, url: str) -> MailUrl:
        """Reads a mail URL; raises ValueError with what was expected, never with what was given."""
        scheme, _, rest = url.strip().partition("://")
        way = _WAYS.get(scheme.lower())
        if way is None:
            raise ValueError("expected " + ", ".join(_WAYS[name].example for name in _SHOWN))
        try:
            return way.read(_split(scheme.lower(), rest, way.options))
        except _Wrong as wrong:
            raise ValueError(f"expected {way.example}{wrong}") from None

    @property
    def resends_safely(self) -> bool:
        """Whether a second hand-over is recognisably the same e-mail: the default of R10 hangs on it."""
        return _WAYS[self.scheme].resends_safely

    @property
    def endpoint(self) -> str | None:
        """Where a service is asked instead of at its own address: a private gateway, or a test."""
        return self.options["endpoint"].rstrip("/") if "endpoint" in self.options else None

    def __str__(self) -> str:
        if self.scheme in ("smtp", "smtps"):
            return f"{self.scheme}://{self.host}:{self.port}"
        return f"{self.scheme}://***@{self.host}"


class _Wrong(Exception):
    """A mail URL of a known scheme that is not as expected; its text is what to say besides."""


@dataclass(frozen=True, slots=True)
class _Way:
    """What a scheme stands for: an example to show, the options it knows, how the rest is read."""

    example: str
    resends_safely: bool
    read: Callable[[MailUrl], MailUrl]
    options: tuple[str, ...] = ("endpoint",)


def _split(scheme: str, rest: str, known: tuple[str, ...]) -> MailUrl:
    """Takes the parts apart. The last @ ends the login: Amazon's secrets hold slashes."""
    login, at, place = rest.rpartition("@")
    key, _, secret = login.partition(":")
    place, _, query = place.partition("?")
    options = {name: unquote(value) for name, _, value in (one.partition("=") for one in query.split("&"))}
    options.pop("", None)
    if unknown := set(options) - set(known):
        words = f"the options {', '.join(known)}" if known else "no options"
        raise _Wrong(f" and {words}, not {', '.join(sorted(map(repr, unknown)))}")
    return MailUrl(
        scheme=scheme,
        host=place.removesuffix("/"),
        key=unquote(key) if at and key else None,
        secret=unquote(secret) if at and secret else None,
        options=options,
    )


def _server(found: MailUrl) -> MailUrl:
    try:
        place = urlsplit(f"//{found.host}")
        host, port = place.hostname, place.port
    except ValueError:
        raise _Wrong("") from None
    if not host or place.path:
        raise _Wrong("")
    default = 465 if found.scheme == "smtps" else 587
    return MailUrl(found.scheme, host, port or default, found.key, found.secret)


def _service(found: MailUrl) -> MailUrl:
    """A service that knows us by one key, at an address of its own."""
    if found.host:
        raise _Wrong("")
    return _keyed(found)


def _mailgun(found: MailUrl) -> MailUrl:
    if not _DOMAIN.fullmatch(found.host):
        raise _Wrong(" with your sending domain after the @")
    if found.options.get("region", "us") not in ("us", "eu"):
        raise _Wrong("; region is us or eu")
    return _keyed(found)


def _ses(found: MailUrl) -> MailUrl:
    keys = (found.key, found.secret, found.options.get("session_token", "none"))
    if not all(map(_is_key, keys)):
        raise _Wrong("")
    if not _REGION.fullmatch(found.host):
        raise _Wrong(" with a region such as eu-west-1 after the @")
    _check_endpoint(found)
    return found


def _keyed(found: MailUrl) -> MailUrl:
    if not _is_key(found.key) or found.secret:
        raise _Wrong("")
    _check_endpoint(found)
    return found


def _is_key(text: str | None) -> bool:
    """Whether it may stand in a request's header: plain characters, no spaces."""
    return text is not None and _KEY.fullmatch(text) is not None


def _check_endpoint(found: MailUrl) -> None:
    """Letters and keys travel encrypted, but to this very machine."""
    if found.endpoint is None:
        return
    try:
        place = urlsplit(found.endpoint)
        host, _ = place.hostname, place.port
    except ValueError:
        raise _Wrong("; endpoint is an https:// address") from None
    bare = not (place.username or place.query or place.fragment)
    secure = place.scheme == "https" or (place.scheme == "http" and is_loopback(host or ""))
    if not (host and bare and secure):
        raise _Wrong("; endpoint is an https:// address, or http:// on this very machine")


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is this very machine's."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


_WAYS: Mapping[str, _Way] = {
    "smtp": _Way("smtp://user:password@host:587", True, _server, ()),
    "smtps": _Way("smtps://user:password@host:465", True, _server, ()),
    "sendgrid": _Way("sendgrid://API_KEY@", False, _service),
    "ses": _Way(
        "ses://KEY_ID:SECRET@REGION", False, _ses, ("configuration_set", "session_token", "endpoint")
    ),
    "mailgun": _Way("mailgun://API_KEY@DOMAIN", True, _mailgun, ("region", "endpoint")),
    "postmark": _Way("postmark://SERVER_TOKEN@", True, _service, ("stream", "endpoint")),
    "resend": _Way("resend://API_KEY@", True, _service),
}
"""Whether each resends safely is stated, with its source, in the adapter of that name in `mail.services`."""

_SHOWN = tuple(_WAYS)
