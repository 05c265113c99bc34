"""Where the web server listens: an address of this machine and a port."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from domain.mail_url import is_loopback

_EXPECTED = "expected address:port such as 127.0.0.1:8000, [::1]:8000 or 0.0.0.0:8000; port 0 is any free one"


@dataclass(frozen=True, slots=True)
class Listen:
    """What `OUTREACH_LISTEN` names."""

    host: str = "127.0.0.1"
    port: int = 8000

    @classmethod
    def parse(cls, text: str) -> Listen:
        """Reads `address:port`, an IPv6 address in brackets; raises ValueError in words."""
        try:
            parts = urlsplit(f"//{text.strip()}")
            host, port = parts.hostname or "", parts.port
            if host != "localhost":
                ip_address(host)
        except ValueError:
            raise ValueError(_EXPECTED) from None
        if port is None or parts.netloc != text.strip() or "@" in parts.netloc:
            raise ValueError(_EXPECTED)
        return cls(host, port)

    @property
    def is_loopback(self) -> bool:
        """Whether nobody but this machine reaches it."""
        return is_loopback(self.host)

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"
