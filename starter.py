"""The command line of Outreach (SPEC section 6): parse, call, print.

Exit code 0 for done, 1 for failed (said in words on stderr), 2 for wrong usage. Commands import what they
need when they run, so that `--help` and a dry run start at once.
"""

from __future__ import annotations

import contextlib
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console import access, analytics, approvals, inbox, machine, outcomes, schedule, steering
from console.options import Json, Thread, a_date, a_folder, all_readable, readable
from domain import errors

if TYPE_CHECKING:
    from console.office import Desk

app = typer.Typer(
    help="Pitches interns to partner companies by e-mail, follows up, and moves on.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)

SET_UP, PITCH, LOOK, RUN = "Set up", "Pitch", "Look", "Run by itself"

app.add_typer(machine.app)


@app.command(rich_help_panel=SET_UP)
def migrate(as_json: Json = False) -> None:
    """Brings the database's schema up to date; harmless where it is."""
    import asyncio

    import settings
    from console import office, output
    from db import migrate as schema

    async def main() -> str:
        async with office.database(settings.load()) as url:
            return await schema.upgrade(url)

    revision = asyncio.run(main())
    if as_json:
        output.print_json({"revision": revision})
    else:
        output.out().print(f"The schema is at revision {revision}.")


@app.command(rich_help_panel=SET_UP)
def load(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="Folder of the CRM's CSV files.", parser=a_folder, show_default=False
        ),
    ],
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Load the good rows; write the bad ones to DIR/bad-rows.csv.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Loads the CRM's records, all or nothing; it can be repeated.

    Reads companies.csv, contacts.csv, specialists.csv, roles.csv, candidates.csv and matches.csv. Rows are
    inserted or updated by id, rows that vanished stay. A bad row is named by file, line, column and value.
    """
    from console import loading
    from console.office import run

    run(lambda desk: loading.load(desk, folder, skip_bad=skip_bad, as_json=as_json), "if_there")


@app.command(rich_help_panel=SET_UP)
def sample(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="Folder to write to; made if need be.", parser=a_folder, show_default=False
        ),
    ],
    as_json: Json = False,
) -> None:
    """Writes sample records as the CRM's CSV files, their dates counted from today.

    A dozen companies, two dozen open roles, forty candidates; nobody in them is real. `load` reads them.
    """
    import settings
    from console import loading

    loading.sample(folder, settings.load().rules, as_json=as_json)


@app.command(rich_help_panel=PITCH)
def launch(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what a run would do now; change nothing.")
    ] = False,
    as_of: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=a_date, help="With --dry-run: as if it were this day."),
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show the e-mails as they would read.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Explain every choice in words.")] = False,
    max_roles: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=10**6, help="Stop after this many roles.")
    ] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", callback=all_readable, help="Look at this role alone; can be repeated."),
    ] = None,
    wait: Annotated[
        bool, typer.Option("--wait", help="Stay until every first e-mail is out or has a reason not to be.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Plans a run: gives out the week's slots and starts a cycle for each role that gets one.

    The best three candidates of a role are pitched together. Urgent roles come first, then the best
    scores. No company gets more first e-mails a week than its limit.
    """
    from console import launching
    from console.office import run

    if as_of is not None and not dry_run:
        raise typer.BadParameter("--as-of needs --dry-run: a run plans for today")
    if wait and dry_run:
        raise typer.BadParameter("--wait and --dry-run exclude each other: a dry run sends nothing")
    wish = launching.Wish(role, max_roles, as_of, preview, verbose, wait, as_json)
    work = launching.dry_run if dry_run else launching.launch
    run(lambda desk: work(desk, wish))


@app.command("follow-ups", rich_help_panel=PITCH)
def follow_ups(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List them; nudge nothing.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say what happens to each, and why.")] = False,
    cycle: Annotated[
        str | None, typer.Option(metavar="ID", callback=readable, help="This cycle's alone.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="With --cycle: send its next follow-up now, before it is due.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show every line of a long list.")] = False,
    as_json: Json = False,
) -> None:
    """Lists pending follow-ups, and nudges what is overdue.

    Each cycle sends its follow-ups by itself; a nudge makes it look at once, for instance after an outage.
    """
    from console import following
    from console.office import run

    if force and cycle is None:
        raise typer.BadParameter("--force needs --cycle ID: it sends one cycle's next follow-up")
    if force and dry_run:
        raise typer.BadParameter("--force and --dry-run exclude each other")
    wish = following.Wish(cycle, dry_run, force, verbose, everything, as_json)
    run(lambda desk: following.follow_ups(desk, wish), "no" if dry_run else "if_there")


@app.command(rich_help_panel=LOOK)
def status(as_json: Json = False) -> None:
    """Shows figures: cycles, e-mails, replies, slots of the week, candidates."""
    from console import output, status
    from console.office import run
    from desk import figures

    async def main(desk: Desk) -> None:
        found = await figures.status(desk.office, desk.now)
        output.show(found, as_json, lambda: status.page(found, desk.clock))

    run(main)


@app.command(rich_help_panel=LOOK)
def pending(
    everything: Annotated[bool, typer.Option("--all", help="Show every line of a long list.")] = False,
    as_json: Json = False,
) -> None:
    """Shows what is due, overdue, stuck, held and waiting, and why; worst and urgent first."""
    from console import output, pending
    from console.office import run
    from desk import figures

    async def main(desk: Desk) -> None:
        found = await figures.pendings(desk.office, desk.now)
        shown = None if everything else pending.SHOWN
        output.show(found, as_json, lambda: pending.page(found, desk.clock, shown))
        for warning in found.warnings:
            output.warn(warning)

    run(main, "if_there")


@app.command(rich_help_panel=LOOK)
def show(id: Thread, as_json: Json = False) -> None:
    """Shows everything about a cycle: people, e-mails, what happened, what comes next."""
    from console import dossier, output
    from console.office import run
    from desk import figures

    async def main(desk: Desk) -> None:
        found = await figures.show(desk.office, id, web_ui=desk.web_ui)
        output.show(found, as_json, lambda: dossier.page(found, desk.clock))

    run(main)


@app.command(rich_help_panel=LOOK)
def classify(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|DIR…", help="Saved messages, or folders of them.", show_default=False),
    ],
    as_json: Json = False,
) -> None:
    """Says what saved messages mean, and why: a reply, an automatic one, a bounce, an opt-out.

    Needs no database. With `--json` one line a message, in the order of their paths; folders are read
    with all that is in them. A file without headers is taken for the text of a message.
    """
    from console import classifying

    classifying.classify(paths, as_json=as_json)


app.add_typer(analytics.app)
app.add_typer(inbox.app, name="inbox", rich_help_panel=LOOK)
app.add_typer(inbox.top)
app.add_typer(steering.app)
app.add_typer(approvals.app)
app.add_typer(outcomes.app)
app.add_typer(schedule.app, name="schedule", rich_help_panel=RUN)
app.add_typer(access.app, name="token", rich_help_panel=SET_UP)


@app.command(rich_help_panel=RUN)
def reconcile(as_json: Json = False) -> None:
    """Mends what fell between database and Temporal: lost cycles are started again where they were."""
    from console import loading, output
    from console.office import run
    from desk import reconcile

    async def main(desk: Desk) -> None:
        found = await reconcile.reconcile(desk.office, desk.now)
        output.show(found, as_json, lambda: loading.reconciled(found))

    run(main, "yes")


def main() -> None:
    """Runs a command; what goes wrong on purpose is said in words."""
    code = 0
    try:
        app()
    except errors.OutreachError as wrong:
        from console import output

        output.fail(str(wrong))
        code = 1
    except KeyboardInterrupt:
        code = 130
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    with contextlib.suppress(OSError):  # nobody reads any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # Temporal's threads may crash an interpreter that tears down under them (sdk-python#300)


if __name__ == "__main__":
    main()
