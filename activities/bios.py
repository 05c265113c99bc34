"""R13: the texts a letter uses for its candidates: kept, refined now, or the candidate's own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bios.model import Refiner
from bios.source import PROMPT_VERSION, source_hash, tidy
from db import cycles, letters
from db.pool import Pool, transaction, translated
from domain.records import Candidate, Role


@dataclass(frozen=True, slots=True)
class Biographer:
    """Gathers bios before an e-mail is claimed, so that no lock waits for a language model.

    `refiner` None (no key) means the candidates' own bios, tidied; an e-mail never fails because of the
    model.
    """

    pool: Pool
    refiner: Refiner | None = None

    async def bios(self, cycle_id: str, now: datetime) -> dict[str, str]:
        """Returns the text to use for each candidate a cycle still puts forward."""
        with translated():
            pitches = await cycles.pitches(self.pool, cycle_id)
        people = [letters.candidate(one) for one in pitches]
        if self.refiner is None or not people:
            return {one.id: tidy(one) for one in people}
        async with transaction(self.pool) as conn:
            role = await letters.role(conn, (await cycles.sql.find.one(conn, cycle=cycle_id))["role_id"])
            kept = await self._kept(conn, role, people)
        texts = {one.id: kept.get(one.id) for one in people}
        missing = [one for one in people if texts[one.id] is None]
        fresh = await self._refine(role, missing, now) if missing else {}
        return {one.id: texts[one.id] or fresh.get(one.id) or tidy(one) for one in people}

    async def _kept(self, conn: object, role: Role, people: Sequence[Candidate]) -> dict[str, str]:
        assert self.refiner is not None
        hashes = {one.id: source_hash(one, role) for one in people}
        return await letters.kept_bios(
            conn, role.id, hashes, prompt_version=PROMPT_VERSION, model=self.refiner.model
        )

    async def _refine(self, role: Role, people: Sequence[Candidate], now: datetime) -> dict[str, str]:
        """Asks the model for all at once, once (R13): a text that failed its check is kept as none."""
        assert self.refiner is not None
        async with transaction(self.pool) as conn:
            skills = await letters.known_skills(conn)
        refined = await asyncio.gather(*(self.refiner.refine(one, role, skills) for one in people))
        async with transaction(self.pool) as conn:
            for one, result in zip(people, refined, strict=True):
                if result.source == "model" or result.judged:
                    await letters.keep_bio(
                        conn,
                        one.id,
                        role.id,
                        source_hash(one, role),
                        prompt_version=PROMPT_VERSION,
                        model=self.refiner.model,
                        text=result.text if result.source == "model" else "",
                        now=now,
                    )
        return {one.id: result.text for one, result in zip(people, refined, strict=True)}
