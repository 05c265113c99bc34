"""Which names this server answers to, and whose pages may have it change anything.

A page on the web can make a browser send requests to a server on this machine, also under a name of its own
that leads here (DNS rebinding). It can change neither `Host` nor `Origin`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

SAFE = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing (RFC 9110 section 9.2.1)."""

_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::[0-9]{1,5})?", re.I)
"""A `Host` and nothing besides (RFC 9110 section 7.2): no user, no path."""


class Hosts:
    """Knows the server's names: this machine's own, plain addresses, and that of `OUTREACH_BASE_URL`."""

    def __init__(self, base_url: str | None = None) -> None:
        self._base = urlsplit(base_url or "").netloc.lower()

    def answers_to(self, host: str) -> bool:
        """Tells whether a request's `Host` is one of ours; a plain address cannot be led elsewhere."""
        if host and host.lower() == self._base:
            return True
        return _is_here(host) or _is_address(_name(host))

    def is_passed_on(self, host: str) -> bool:
        """Tells whether a request came by the name that the world knows, so that a proxy brought it."""
        return bool(host) and host.lower() == self._base and not _is_here(host)

    def comes_from_here(self, method: str, headers: Mapping[str, str], *, by_cookie: bool) -> bool:
        """Tells whether a request may pass, as far as pages elsewhere could have sent it.

        A link may lead here; no page elsewhere loads anything in passing. Programs name no origin; what
        changes something and a browser's cookie vouches for has to.
        """
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        ours = site in (None, "same-origin", "none")
        if method in SAFE:
            return ours or headers.get("sec-fetch-dest") == "document"
        if not ours:
            return False
        if origin is None:
            return not by_cookie or site is not None
        netloc = urlsplit(origin).netloc.lower() if origin != "null" else ""
        return bool(netloc) and netloc in (headers.get("host", "").lower(), self._base)


def _name(host: str) -> str:
    """Returns a `Host`'s name without its port; empty for what is none."""
    found = _HOST.fullmatch(host)
    return (found[1] or found[2]).lower() if found else ""


def _is_here(host: str) -> bool:
    name = _name(host)
    return (
        name == "localhost"
        or name.endswith(".localhost")
        or (_is_address(name) and ip_address(name).is_loopback)
    )


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
