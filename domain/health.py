"""How the running parts are: what a monitor asks for, without a word about anybody."""

from __future__ import annotations

from typing import Literal

from domain.letters import Model

VERSION = "0.1.0"
"""This application's, as pyproject.toml says it."""

Standing = Literal["answers", "away", "old schema", "not set"]


class Versions(Model):
    """What runs."""

    outreach: str = VERSION
    schema_revision: str


class Health(Model):
    """Whether everything that is needed answers, and how much waits."""

    ok: bool
    database: Standing
    temporal: Standing
    mailbox: Standing
    unfinished: int | None = None
    """Messages and events that wait to be understood or told; None where nobody can say."""
    unmatched: int | None = None
    """Messages that wait for a person to say where they belong."""
    versions: Versions
