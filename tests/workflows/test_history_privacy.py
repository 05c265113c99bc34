"""Nothing that Temporal keeps or shows names a person, an address, a text or a server's words (SPEC 5).

Every stage searches its histories when it is left; here the rest of what the Web UI shows is searched too.
"""

from __future__ import annotations

from typing import Any

from google.protobuf.json_format import MessageToDict

from desk import steering
from domain.letters import Accepted, Outage, Uncertain
from tests import history
from tests.cast import ADA, CAST, LI, SOFIA, TOM
from tests.stage import Stage


def quoting(*_: Any) -> Any:
    raise RuntimeError(f"cannot reach {TOM.first_name} {TOM.last_name} <{TOM.email}>: {ADA.bio}")


async def test_nothing_that_temporal_shows_names_anybody(play: Stage) -> None:
    words = f"450 4.2.1 <{TOM.email}> {TOM.first_name} is over quota"
    play.outbox.answers = [
        Outage("smtp_450", words),
        Uncertain(words),
        quoting,
        Accepted({LI.email: f"550 no {LI.first_name} here"}),
        Outage("smtp_450", words, retry_after=9e6),
    ]
    acme = await play.underway(letters=0)
    await acme.forward(hours=50)
    pending = (await acme.handle.describe()).raw_description.pending_activities
    assert pending and pending[0].last_failure.message
    await _search(play)
    await steering.withdraw(play.office, ADA.id, await acme.now())
    await acme.told("pause")
    await acme.told("resume")
    await acme.forward(days=30)
    assert (await acme.row())["outcome"] == "no_response" and await acme.children()
    await _search(play)


def test_the_search_finds_what_it_looks_for() -> None:
    words = history.personal(CAST)
    assert {TOM.email, ADA.bio, "Sofia", "Marsh", SOFIA.phone, "Byron"} <= words
    hidden = {"payload": {"data": "IkhpIFRvbSwi"}, "note": "ada, r-data"}
    assert history.named(words, history.texts(hidden)) == {"Tom"}


async def _search(play: Stage) -> None:
    """Searches ids, attributes, summaries, details, and the failures of steps that are being retried."""
    seen = 0
    async for found in play.client.list_workflows():
        handle = play.client.get_workflow_handle(found.id)
        shown = [MessageToDict((await handle.describe()).raw_description)]
        shown.append(MessageToDict(await handle.query("__temporal_workflow_metadata")))
        named = history.named(history.personal(CAST), history.texts(shown))
        assert not named, f"{found.id} names {sorted(named)}"
        seen += 1
    assert seen > 1
