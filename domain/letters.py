"""What a letter says and what became of it: the models between records, templates and the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

Stage = Literal["initial", "follow_up_1", "follow_up_2", "follow_up_3"]
STAGES: tuple[Stage, ...] = ("initial", "follow_up_1", "follow_up_2", "follow_up_3")

STAGE_NAMES: Mapping[Stage, str] = {
    "initial": "First e-mail",
    "follow_up_1": "Follow-up 1",
    "follow_up_2": "Follow-up 2",
    "follow_up_3": "Follow-up 3",
}


class Model(BaseModel):
    """An immutable value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Brand(Model):
    """Who writes, for the foot of every letter; all of it settings (R14)."""

    name: str = "Beyond Academy"
    website: str = "https://beyondacademy.com"
    postal_address: str = ""


class Sender(Model):
    """The specialist who signs."""

    name: str
    email: str
    title: str = ""
    phone: str = ""


class Recipient(Model):
    """A partner contact that the letter goes to."""

    contact_id: str
    first_name: str = ""
    last_name: str = ""
    email: str


class Profile(Model):
    """A candidate as a partner sees one: never with visa status or contact details (R13)."""

    candidate_id: str
    first_name: str
    last_name: str = ""
    bio: str
    skills: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    university: str = ""
    start_date: date
    end_date: date | None = None


class LetterContext(Model):
    """All that a template may use: one model for the four letters (R14)."""

    stage: Stage
    company_name: str
    company_industry: str = ""
    role_title: str
    role_industry: str = ""
    role_location: str = ""
    recipients: tuple[Recipient, ...]
    profiles: tuple[Profile, ...]
    sender: Sender
    brand: Brand
    urgent: bool = False
    subject: str | None = None
    """The thread's subject, fixed at the first e-mail; None while that is being written."""


class Letter(Model):
    """A rendered letter: a subject without line breaks, plain text, HTML with inlined styles."""

    subject: str
    text: str
    html: str
    closing: str = ""
    """How the text ends (signature, brand, way out): what stays as it is when a person edits the rest."""


class WayBack(Model):
    """How answers come back to the system; all of it settings, nothing of it is needed."""

    inbound_domain: str = ""
    """Where replies arrive: each cycle's letters then carry an address of their own in it."""
    base_url: str = ""
    """Where the web server is reached from outside; https for opt-outs by one click (RFC 8058)."""
    bounces: bool = False
    """Whether the envelope's sender is the reply address too, so that bounces arrive there."""


class Envelope(Model):
    """How a letter travels: addresses, and its place in the thread (RFC 5322 section 3.6.4)."""

    sender: Sender
    recipients: tuple[Recipient, ...]
    message_id: str
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    urgent: bool = False
    reply_to: str = ""
    """The cycle's own address for replies; empty where no inbound domain is set."""
    return_path: str = ""
    """Where bounces go (RFC 5321, MAIL FROM); empty means to the sender."""
    opt_out_url: str = ""
    """The page of the one recipient's opt-out by one click; empty where several are addressed."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A server took the message; `refused` maps addresses refused for good to the server's words.

    `deferred` maps those that were put off for so long that the letter went to the others without
    them: they missed this letter, nothing is known against their address.
    """

    refused: Mapping[str, str]
    service_id: str = ""
    deferred: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AllRefused:
    """Every recipient was refused for good, nothing was accepted (R11)."""

    refused: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outage:
    """Nothing was accepted and trying again may help: 4xx, refused login or sender, no connection.

    `code` is short and free of personal data (it may enter a history); `words` are the server's own
    and belong in the log row alone. `retry_after` is in seconds, where the server named a time.
    """

    code: str
    words: str
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The message was handed over and its end is unknown (R10)."""

    words: str


Delivery = Accepted | AllRefused | Outage | Uncertain
