"""What a list is asked for in its address: a search, filters, and where its page begins."""

from __future__ import annotations

from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field


class Asking(BaseModel):
    """The query of a list's address; what nobody asked for is left out of the next one."""

    model_config = ConfigDict(frozen=True)

    search: str = Field("", max_length=100)
    after: str = Field("", max_length=500)
    """The cursor of a page that is not the first."""

    def path(self, to: str, after: str = "") -> str:
        """Names the address of the same list at another page, by default the first."""
        asked = self.model_dump(exclude_defaults=True, exclude={"after"}, mode="json")
        query = urlencode(asked | ({"after": after} if after else {}))
        return f"{to}?{query}" if query else to

    @property
    def narrows(self) -> bool:
        """Whether anything was asked for but another page."""
        return bool(self.model_dump(exclude_defaults=True, exclude={"after"}))
