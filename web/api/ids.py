"""Ids in paths: the CRM's own strings, which may hold a slash, sent as `%2F` (SPEC section 4)."""

from __future__ import annotations

from starlette.convertors import Convertor

DEEDS = ("withdraw", "suppress", "unsuppress", "resume", "close")
"""Last words of paths under which something is done: they belong to no id."""


class Ids(Convertor[str]):
    """What `{id:crm}` in a path stands for."""

    regex = rf"(?:(?!/(?:{'|'.join(DEEDS)})/$).)+"

    def convert(self, value: str) -> str:
        """Leaves it as it is."""
        return value

    def to_string(self, value: str) -> str:
        """Leaves it as it is."""
        return value
