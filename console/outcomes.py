"""Commands for what becomes of an answer: outcomes of candidates, answers and addresses taken back."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from console.options import Json, Thread, one_of, readable
from console.steering import PANEL, do

app = typer.Typer(rich_markup_mode="markdown")


MaybeAddress = Annotated[
    str | None,
    typer.Argument(metavar="ADDRESS", help="An e-mail address.", callback=readable, show_default=False),
]


class Became(StrEnum):
    """What became of a candidate after a reply."""

    interview = "interview"
    placed = "placed"
    declined = "declined"


@app.command(rich_help_panel=PANEL)
def outcome(
    id: Thread,
    candidate: Annotated[
        str, typer.Argument(help="The candidate's id.", callback=readable, show_default=False)
    ],
    became: Annotated[
        Became,
        typer.Argument(metavar="|".join(Became), parser=one_of(Became), help="What became of the candidate."),
    ],
    as_json: Json = False,
) -> None:
    """Records what became of a candidate after a reply.

    An interview keeps waiting for an outcome; its days start anew. Placed: the candidate leaves every
    other cycle at once. Declined: the candidate moves on to other roles at once.
    """
    from desk import outcomes

    do(lambda desk: outcomes.record(desk.office, id, candidate, became.value, desk.now), as_json)


@app.command(rich_help_panel=PANEL)
def reopen(id: Thread, as_json: Json = False) -> None:
    """Takes back an answer that was none, such as an automatic message: the thread goes on where it was.

    What comes next goes out when it was due, or now if that has passed; one e-mail at most. Not possible
    once an outcome is on record, the role is closed or has another open cycle.
    """
    from desk import reopening

    do(lambda desk: reopening.reopen(desk.office, id, desk.now), as_json, temporal="yes")


Company = Annotated[
    str | None,
    typer.Option("--company", metavar="ID", callback=readable, help="Everybody at this company instead."),
]


@app.command(rich_help_panel=PANEL)
def suppress(
    address: MaybeAddress = None,
    company: Company = None,
    reason: Annotated[
        str | None, typer.Option("--reason", callback=readable, help="Why; kept with the address.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Has nobody write to an address any more, or to anybody at a company, everywhere and at once.

    A thread that has nobody else to write to ends, and its candidates move on. No load brings it back.
    """
    from desk import company_suppressions, suppressions

    _refuse_unless_one(address, company)
    if company:
        do(lambda desk: company_suppressions.suppress(desk.office, company, reason or "", desk.now), as_json)
    else:
        do(lambda desk: suppressions.suppress(desk.office, address or "", reason or "", desk.now), as_json)


@app.command(rich_help_panel=PANEL)
def unsuppress(address: MaybeAddress = None, company: Company = None, as_json: Json = False) -> None:
    """Lets an address or a company be written to again. Threads that ended because of it stay ended."""
    from desk import company_suppressions, suppressions

    _refuse_unless_one(address, company)
    if company:
        lift = company_suppressions.unsuppress
        do(lambda desk: lift(desk.office, company, desk.now), as_json, temporal="no")
    else:
        do(lambda desk: suppressions.unsuppress(desk.office, address or "", desk.now), as_json, temporal="no")


def _refuse_unless_one(address: str | None, company: str | None) -> None:
    if (address is None) == (company is None):
        raise typer.BadParameter("expected an e-mail address, or --company ID")
