"""The port that every service's hook fits: one file each, one shared test suite (STYLE 11).

A hook is pure but for one thing: Amazon's signing certificates are fetched by a function it is given.
It reads no clock, stores nothing, and answers bytes from anybody with items or with one of the errors
below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain import errors
from domain.inbound import HookItem, Request

SMALL = 2**20
"""Bytes of a body that is parsed before it is known who sent it, or that never is large."""
LARGE = 30 * 2**20
"""Bytes of a body that may hold a message; the services take 25 to 30 MB."""


class Unauthenticated(errors.Refused):
    """Nothing shows that the service sent this; the words name no secret and are safe for a log."""


class Stale(Unauthenticated):
    """The service did sign it, but at a time too far from now."""


class Malformed(errors.UserError):
    """The service's own format is not kept; names the field and what was expected."""


class ServiceDown(errors.Unavailable):
    """What a request refers to could not be fetched now (a certificate, a message); trying again helps."""


class Hook(Protocol):
    """Understands what one service POSTs to us, whatever comes."""

    @property
    def name(self) -> str:
        """The service as it stands in our paths, such as `sendgrid`."""

    def admit(self, headers: Mapping[str, str]) -> int:
        """Returns how many bytes the body may have, going by the headers; names are in lower case.

        Raises `Unauthenticated` where the headers are enough to tell that the service did not send this.
        """

    async def authenticate(self, request: Request, now: datetime) -> str:
        """Returns if the service sent this, lately; raises `Unauthenticated` with the reason otherwise.

        The value is the one-time word that the signature covers instead of the body, else an empty string:
        who stores requests refuses a word that came before with another message (Mailgun). `now` is an
        aware instant. Raises `Malformed` where not even the signature can be looked for, and `ServiceDown`
        where a certificate cannot be fetched. What has to be parsed is parsed in a thread.
        """

    def read(self, request: Request) -> Sequence[HookItem]:
        """Returns all that an authenticated request tells, in the service's order; raises `Malformed`.

        Mail and events are told apart by what they are, not by the path they came on: a webhook that
        points at the wrong one of our two paths loses nothing. Kinds of events that nobody knows yet
        are `other`. Takes a moment for a large body: call it in a thread.
        """
