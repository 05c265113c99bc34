"""Letters that the embedded mail catcher kept, as a person looks at them."""

from __future__ import annotations

from datetime import datetime

from domain.letters import Model


class Line(Model):
    """A caught letter in a list."""

    number: int
    at: datetime
    """When it was caught."""
    sender: str
    to: str
    subject: str


class Folder(Model):
    """A page of what was caught, newest first."""

    total: int
    lines: tuple[Line, ...]
    next: int | None
    """The next page's `before`; None on the last one."""


class Reader(Model):
    """Somebody whom a letter is written to, and who may answer it."""

    name: str
    address: str


class Caught(Line):
    """A caught letter in full."""

    text: str
    html: str
    headers: tuple[tuple[str, str], ...]
    """In their order, with the envelope as `X-Catcher-…` before them."""
    readers: tuple[Reader, ...]
    """Who may answer; nobody where an answer would lead nowhere."""
