"""The e-mails that a plan would send, rendered as they would read today; no language model is asked (R12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from db import letters
from db.pool import Connection
from domain import errors
from domain.letters import Brand, Letter, LetterContext, Model, Recipient, Sender, Stage
from domain.planning import Planned
from domain.records import Candidate, Role

Source = Literal["kept", "own"]


class Proof(Model):
    """A letter as it would read; `bios` says whose words each candidate's text is.

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
        return await self.first(
            conn, planned.role_id, planned.company_id, planned.candidate_ids, urgent=planned.urgent
        )

    async def first(
        self,
        conn: Connection,
        role_id: str,
        company_id: str,
        candidate_ids: Sequence[str],
        *,
        urgent: bool,
        stage: Stage = "initial",
    ) -> Proof:
        """Renders a letter of a thread that has not begun, to all who would get it (R11)."""
        company = await letters.sql.company.one(conn, company=company_id)
        specialist = await letters.specialist(conn, company["specialist_id"])
        if specialist is None:
            raise errors.Refused(f"{company_id} has no specialist to write from")
        return await self.letter(
            conn,
            role_id,
            stage,
            to=await letters.recipients(conn, company_id),
            candidate_ids=candidate_ids,
            signed=letters.sender(specialist),
            urgent=urgent,
        )

    async def letter(
        self,
        conn: Connection,
        role_id: str,
        stage: Stage,
        *,
        to: Sequence[Recipient],
        candidate_ids: Sequence[str],
        signed: Sender,
        urgent: bool,
        subject: str | None = None,
    ) -> Proof:
        """Renders one letter; `subject` is its thread's, None while that has none."""
        role = await letters.role(conn, role_id)
        people = await letters.candidates(conn, candidate_ids)
        bios, sources = await self._bios(conn, role, people)
        context = await letters.context(
            conn,
            role_id,
            stage,
            to=to,
            people=people,
            bios=bios,
            signed=signed,
            brand=self.brand,
            urgent=urgent,
            subject=subject,
        )
        letter = self.render(context)
        return Proof(
            role_id=role_id,
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
