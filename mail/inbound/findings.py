"""What one reader of a message found, and why: the judge's words for an operator."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.inbound import Meaning


@dataclass(frozen=True, slots=True)
class Finding:
    """A meaning and the evidence that decided, in words."""

    meaning: Meaning
    because: tuple[str, ...] = field(default=())
