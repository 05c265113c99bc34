"""What the demo leaves to look at: figures, the Web UI, the folder of letters."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from db.pool import Pool, transaction
from db.sql import queries
from stack.services import Running

_WORDS = {
    "no_response": "ended in silence, their interns moved on",
    "responded": "were answered",
    "still waiting": "wait for a slot: a run of next week gives it to them",
    "still active": "are still under way",
}


_CAME_IN = {
    "human": "from people",
    "auto_reply": "automatic",
    "bounce": "returned",
    "unsubscribe": "opting out",
}


async def summary(pool: Pool, running: Running, *, stays: bool) -> RenderableType:
    """Sums the story up; names the Web UI if it `stays` to be looked at."""
    async with transaction(pool, readonly=True) as conn:
        endings = await queries("story").endings.all(conn)
        figures = await queries("story").figures.one(conn)
        came_in = await queries("story").came_in.all(conn)
    table = Table(box=None, pad_edge=False, show_header=False)
    for row in endings:
        table.add_row(str(row["count"]), _WORDS.get(row["ending"], row["ending"].replace("_", " ")))
    told = Text.assemble(
        (f"{figures['cycles']} cycles", "bold"),
        f" (next roles up to generation {figures['generations']}), ",
        (f"{figures['emails']} e-mails", "bold"),
        f" to {figures['companies']} companies, ",
        (f"{figures['replies']} replies", "bold green"),
        f", {figures['admitted']} admitted after a wait. Nobody was pitched to the same role twice.",
    )
    answers = ", ".join(f"{row['count']} {_CAME_IN.get(row['kind'], row['kind'])}" for row in came_in)
    told.append(f"\nWhat came back, each by its own e-mail: {answers or 'nothing'}.")
    places = Table(box=None, pad_edge=False, show_header=False)
    if stays:
        places.add_row("Dashboard", Text(running.services.web_url or "", "link cyan"))
        places.add_row("Temporal Web UI", Text(running.services.temporal_ui_url, "link cyan"))
    places.add_row("Letters (.eml)", Text(running.services.mail_folder or "", "cyan"))
    return Panel(Group(told, Text(), table, Text(), places), title="The story", border_style="green")
