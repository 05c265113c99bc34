"""What this machine was set up with, as a person may see it: no secret is in it."""

from __future__ import annotations

from datetime import datetime

from domain.access import Token
from domain.letters import Model


class Setting(Model):
    """A setting by its name in the environment; `value` is masked where it is a secret."""

    name: str
    value: str
    given: bool
    """Somebody set it; else this is its default."""


class Setup(Model):
    """What a server was started with."""

    mail: str = ""
    """By which way e-mail leaves, in words."""
    mailbox: str = ""
    """The mailbox that is read; empty for none."""
    hooks: tuple[str, ...] = ()
    """The mail services whose hooks are taken."""
    language_model: str = ""
    """What refines bios; empty for the candidates' own words."""
    settings: tuple[Setting, ...] = ()


class Worker(Model):
    """A worker that takes work now."""

    id: str
    started_at: datetime


class Suppression(Model):
    """An address that nobody writes to, and why."""

    address: str
    reason: str
    created_at: datetime


class Standing(Model):
    """How the database stands for the people who look after it."""

    hold_all: bool
    """Nothing at all goes out."""
    postgresql: str
    """The server's version."""
    workers: tuple[Worker, ...]
    differences: tuple[str, ...]
    """What a worker was told otherwise than this server, in words."""
    tokens: tuple[Token, ...]
    suppressed: int
    """Addresses that nobody writes to."""
