"""Refines bios with a language model (SPEC R13): asks, checks the answer, never fails a letter."""

from __future__ import annotations

import logging
from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

from bios import prompt, source
from bios.check import verdict
from bios.door import PATIENCE as PATIENCE
from bios.door import Door
from bios.facts import Facts
from domain import records

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refined:
    """The text to use, where it comes from, and, where it is the candidate's own, why.

    The reason may quote the candidate: it belongs in a log row, not in a history.
    """

    text: str
    source: Literal["model", "own"]
    reason: str = ""
    judged: bool = False
    """The model has answered and its text failed the check: asking again is not worth it."""


class Refiner(Door):
    """Refines bios through the model's door.

    Whatever happens there, `refine` returns within `patience` seconds: the model's text if it passed the
    check against the record, else the candidate's own. A result is worth keeping under (candidate id, role
    id, `source.source_hash`, `source.PROMPT_VERSION`, `model`).
    """

    async def refine(
        self, candidate: records.Candidate, role: records.Role, known_skills: Set[str]
    ) -> Refined:
        """Returns a checked text for one candidate and role, else the candidate's own, tidied.

        `known_skills` are all that the database knows. Raises nothing but `CancelledError`.
        """
        answer = await self.ask(prompt.messages(candidate, role))
        if answer is None:
            return Refined(source.tidy(candidate), "own", "the language model did not answer")
        judged = verdict(answer, Facts.of(candidate, role, known_skills))
        if not judged.ok:
            log.info("a refined bio was refused: %s", judged.rule)
            return Refined(source.tidy(candidate), "own", judged.reason, judged=True)
        return Refined(" ".join(answer.split()), "model")
