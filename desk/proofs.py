"""The e-mails that a plan would send, rendered as they would read today; no language model is asked (R12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from db import letters
from db.pool import Connection
from domain import errors
from domain.letters import Brand, Letter, LetterContext, Model
from domain.planning import Planned
from domain.records import Candidate, Role

Source = Literal["kept", "own"]


class Proof(Model):
    """A first e-mail as it would read; `bios` says whose words each candidate's text is.

    `kept` is a refined bio of an earlier letter, `own` the candidate's own words, tidied.
    """

    role_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str
    bios: dict[str, Source]


@dataclass(frozen=True, slots=True)
class Press:
    """Prints proofs: templates and tidying come from their own rooms.

    `model` None (no key) means that letters carry the candidates' own bios (R13).
    """

    brand: Brand
    render: Callable[[LetterContext], Letter]
    tidy: Callable[[Candidate], str]
    source_hash: Callable[[Candidate, Role], str]
    prompt_version: str
    model: str | None

    async def proof(self, conn: Connection, planned: Planned) -> Proof:
        """Renders the first e-mail of a planned role."""
        role = await letters.role(conn, planned.role_id)
        company = await letters.sql.company.one(conn, company=planned.company_id)
        specialist = await letters.specialist(conn, company["specialist_id"])
        if specialist is None:
            raise errors.Refused(f"{planned.company_id} has no specialist to write from")
        signed = letters.sender(specialist)
        to = await letters.recipients(conn, planned.company_id)
        people = await letters.candidates(conn, planned.candidate_ids)
        bios, sources = await self._bios(conn, role, people)
        context = await letters.context(
            conn,
            planned.role_id,
            "initial",
            to=to,
            people=people,
            bios=bios,
            signed=signed,
            brand=self.brand,
            urgent=planned.urgent,
            subject=None,
        )
        letter = self.render(context)
        return Proof(
            role_id=planned.role_id,
            sender=f"{signed.name} <{signed.email}>",
            recipients=tuple(one.email for one in to),
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            bios=sources,
        )

    async def _bios(
        self, conn: Connection, role: Role, people: Sequence[Candidate]
    ) -> tuple[dict[str, str], dict[str, Source]]:
        kept: dict[str, str] = {}
        if self.model is not None:
            hashes = {one.id: self.source_hash(one, role) for one in people}
            kept = await letters.kept_bios(
                conn, role.id, hashes, prompt_version=self.prompt_version, model=self.model
            )
        texts = {one.id: kept.get(one.id) or self.tidy(one) for one in people}
        return texts, {one.id: "kept" if one.id in kept else "own" for one in people}
