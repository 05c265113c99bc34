"""The command line as real processes: what it prints, what it says, how it ends (SPEC section 6)."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
import pytest_asyncio
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

import settings
import worker
from db import migrate
from db.pool import Pool
from desk.workers import published
from domain.rules import Rules
from embedded.catcher import Catcher
from embedded.home import temporary_home
from sample import files
from tests.acceptance.programs import Outcome, Program, run
from tests.cast import CAST
from tests.fill import fill, moved
from tests.scenes import book, claim, do, send

COMMANDS = (
    *("demo", "up", "serve"),
    *(
        "migrate",
        "load",
        "sample",
        "launch",
        "follow-ups",
        "status",
        "analytics",
        "pending",
        "show",
        "reply",
        "pause",
    ),
    "resume",
    *("inbox", "inbox show", "inbox ignore", "inbox add", "assign", "outcome", "reopen"),
    *(
        "suppress",
        "unsuppress",
        "stop",
        "withdraw",
        "close-role",
        *("approvals", "approve", "refuse"),
        "hold-all",
        "release-all",
        "schedule",
        "schedule set",
        "token",
        "token add",
        "token list",
        "token revoke",
        "reconcile",
    ),
)
_KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")

Starter = Callable[..., Awaitable[Outcome]]


@pytest.fixture
def starter(tmp_path: Path) -> Starter:
    """Runs a command with these settings and nothing of the developer's own."""

    async def start(*arguments: str, **environment: str) -> Outcome:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        own = {"HOME": str(tmp_path), "OUTREACH_HOME": str(tmp_path / "home"), "COLUMNS": "200"}
        outcome = await run(["starter.py", *arguments], kept | own | environment, tmp_path)
        assert "Traceback" not in outcome.err
        return outcome

    return start


@pytest.fixture
def cli(starter: Starter, database_url: str) -> Starter:
    """Runs a command on the test's database."""

    async def start(*arguments: str, **environment: str) -> Outcome:
        return await starter(*arguments, **({"DATABASE_URL": database_url} | environment))

    return start


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """The named cast as the CRM's files, as if today were its day."""
    folder = tmp_path / "records"
    folder.mkdir()
    today = datetime.now(UTC).date()
    for (name, _), (_, rows) in zip(files.FILES.items(), CAST, strict=True):
        files.write(folder, name, [moved(row, today) for row in rows])
    return folder


@pytest_asyncio.fixture
async def cast(pool: Pool) -> Pool:
    """The named cast in the database, as if today were its day."""
    await fill(pool, today=datetime.now(UTC).date())
    return pool


@pytest.fixture
def address(temporal: WorkflowEnvironment) -> str:
    """Where the tests' Temporal answers."""
    return str(temporal.client.service_client.config.target_host)


async def test_loaded_records_are_planned_in_the_shape_of_the_spec(cli: Starter, records: Path) -> None:
    loaded = await cli("load", str(records), "--json")
    assert loaded.code == 0
    assert loaded.json["counts"]["candidate"] == {"inserted": 8, "updated": 0, "unchanged": 0}
    planned = await cli("launch", "--dry-run", "--json")
    assert planned.code == 0
    assert planned.err == ""
    assert list(planned.json) == ["as_of", "planned", "passed_over"]
    assert planned.json["planned"][0] == {
        "role_id": "r-port",
        "company_id": "blue",
        "cycle_id": None,
        "urgent": True,
        "candidate_ids": ["dara", "emil", "bela"],
        "recipients": ["ana@blue.example"],
        "sender": "sofia@beyond.example",
    }
    assert {"role_id": "r-web", "reason": "weekly_limit"} in planned.json["passed_over"]


async def test_sample_records_are_written_once_and_load(cli: Starter, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "records"
    assert "load" in (await cli("sample", str(folder))).out
    loaded = await cli("load", str(folder), "--json")
    assert loaded.json["counts"]["role"]["inserted"] == 24
    again = await cli("sample", str(folder))
    assert (again.code, again.out) == (1, "")
    assert "companies.csv" in again.err
    assert (await cli("load", "")).code == 2


async def test_previews_and_words_leave_the_fixed_shape_alone(cli: Starter, cast: Pool) -> None:
    outcome = await cli("launch", "--dry-run", "--json", "--preview", "--verbose", "--max-roles", "1")
    assert list(outcome.json) == ["as_of", "planned", "passed_over", "previews"]
    assert outcome.json["previews"][0]["bios"] == {"dara": "own", "emil": "own", "bela": "own"}
    assert "score 0.9" in outcome.err


async def test_another_day_can_be_looked_at(cli: Starter, cast: Pool) -> None:
    outcome = await cli("launch", "--dry-run", "--as-of", "2026-12-24", "--json")
    assert outcome.json["as_of"] == "2026-12-24"


async def test_a_launch_says_that_everything_is_held(cli: Starter, cast: Pool) -> None:
    await do(cast, "update control set hold_all = true")
    outcome = await cli("launch", "--dry-run", "--json")
    assert "no e-mail goes out until `release-all`" in outcome.err
    assert outcome.json["planned"]


async def test_a_closed_role_is_told_apart_from_an_unknown_one(cli: Starter, cast: Pool) -> None:
    closed = await cli("launch", "--dry-run", "--json", "--role", "r-old", "--role", "r-data")
    assert "r-old is closed" in closed.err
    assert [one["role_id"] for one in closed.json["planned"]] == ["r-data"]
    unknown = await cli("launch", "--dry-run", "--role", "r-none")
    assert (unknown.code, unknown.out) == (1, "")
    assert "no role 'r-none'" in unknown.err


async def test_bad_records_are_named_and_change_nothing(cli: Starter, records: Path, pool: Pool) -> None:
    sheet = records / "matches.csv"
    sheet.write_text(sheet.read_text() + "ada,r-fleet,very\n")
    refused = await cli("load", str(records))
    assert refused.code == 1
    assert 'matches.csv line 22, score "very"' in refused.err
    assert await pool.fetchval("select count(*) from role") == 0
    skipped = await cli("load", str(records), "--skip-bad", "--json")
    assert skipped.code == 0
    assert skipped.json["bad"] == 1
    assert Path(skipped.json["bad_rows"]).exists()


@pytest.mark.parametrize("command", ["launch --dry-run", "launch", "status", "pending", "load records"])
async def test_before_migrate_every_command_says_to_migrate(
    cli: Starter, pool: Pool, records: Path, command: str
) -> None:
    await do(pool, "drop schema public cascade; create schema public")
    outcome = await cli(*command.split())
    assert outcome.code == 1
    assert "starter.py migrate" in outcome.err


@pytest.mark.parametrize("command", ["launch --dry-run", "launch"])
async def test_without_records_a_launch_says_to_load(cli: Starter, pool: Pool, command: str) -> None:
    outcome = await cli(*command.split())
    assert outcome.code == 1
    assert "no roles are loaded: run `starter.py load DIR`" in outcome.err


async def test_an_unreachable_postgresql_is_named_without_its_password(starter: Starter) -> None:
    outcome = await starter("status", DATABASE_URL="postgresql://me:secret@127.0.0.1:1/outreach")
    assert outcome.code == 1
    assert "127.0.0.1:1" in outcome.err
    assert "DATABASE_URL" in outcome.err
    assert "secret" not in outcome.err


async def test_an_unreachable_temporal_is_named_with_its_setting(cli: Starter, cast: Pool) -> None:
    outcome = await cli("launch", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert outcome.code == 1
    assert "127.0.0.1:1 (TEMPORAL_ADDRESS) does not answer (Connection refused)" in outcome.said
    assert "WARN" not in outcome.err


async def test_without_any_temporal_a_launch_says_what_to_start(cli: Starter, cast: Pool) -> None:
    outcome = await cli("launch")
    assert outcome.code == 1
    assert "starter.py up" in outcome.err
    assert "TEMPORAL_ADDRESS" in outcome.err


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("OUTREACH_WEEKLY_LIMIT", "many", "integer"),
        ("OUTREACH_FOLLOW_UP_INTERVAL", "soon", "48h"),
        ("OUTREACH_TIME_ZONE", "Mars/Olympus", "Europe/London"),
        ("OUTREACH_MAIL_URL", "mail.example", "smtp://"),
        ("DATABASE_URL", "mysql://me:secret@host/db", "postgresql://"),
    ],
)
async def test_a_wrong_setting_is_named_with_what_was_expected(
    cli: Starter, name: str, value: str, expected: str
) -> None:
    outcome = await cli("status", **{name: value})
    assert outcome.code == 1
    assert name in outcome.err
    assert expected in outcome.err
    assert "secret" not in outcome.err


@pytest.mark.parametrize(
    "command",
    [
        *("show nobody", "reply nobody", "pause nobody", "resume nobody", "stop nobody"),
        *("withdraw nobody", "close-role nobody", "follow-ups --cycle nobody"),
        *("outcome nobody ada placed", "inbox --cycle nobody", "assign 1 nobody", "resume --company nobody"),
        *("suppress --company nobody", "unsuppress --company nobody"),
        "follow-ups --force --cycle nobody",
    ],
)
async def test_an_unknown_id_is_named(cli: Starter, cast: Pool, command: str) -> None:
    outcome = await cli(*command.split())
    assert (outcome.code, outcome.out) == (1, "")
    assert "'nobody'" in outcome.err


@pytest.mark.parametrize(
    "command",
    [
        *("", "nonsense", "show", "launch --max-roles 0", "launch --max-roles many"),
        *("launch --as-of 2026-06-01", "launch --dry-run --as-of 20270101", "launch --dry-run --wait"),
        *("follow-ups --force", "follow-ups --force --dry-run --cycle x", "resume x --sent --again"),
        *("outcome x ada hired", "outcome x ada", "resume", "resume x --company y", "assign one x"),
        *("resume --company y --sent", "inbox --json show 1", "inbox show 0", "inbox add nothing.eml"),
        *("inbox --unmatched --cycle x", "inbox show 1 --raw --json", "inbox add", "suppress"),
        *("suppress x --company y", "unsuppress"),
        *("schedule set --at noon", "schedule set --at 25:00", "withdraw x --as lost", "show a\tb"),
    ],
)
async def test_wrong_usage_ends_with_two(starter: Starter, command: str) -> None:
    outcome = await starter(*command.split(" "))
    assert outcome.code == 2
    assert outcome.out == "" or not command, "without a command the help is the answer"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("withdraw x --as lost", "expected withdrawn or placed, not 'lost'"),
        ("close-role x --as lost", "expected closed or filled, not 'lost'"),
        ("outcome x y lost", "expected interview or placed or declined, not 'lost'"),
        ("launch --dry-run --as-of 2027-W01-1", "expected a date such as 2026-09-01, not '2027-W01-1'"),
    ],
)
async def test_a_wrong_word_is_named_with_those_expected(starter: Starter, command: str, words: str) -> None:
    outcome = await starter(*command.split())
    assert outcome.code == 2
    assert words in " ".join(outcome.err.replace("│", " ").split())


async def test_a_worker_explains_itself(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    outcome = await run(["worker.py", "--help"], kept, tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert "docs/settings.md" in outcome.out


async def test_what_is_no_file_is_not_loaded(cli: Starter, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "companies.csv")
    outcome = await cli("load", str(tmp_path))
    assert outcome.code == 1
    assert "companies.csv cannot be read: expected a file" in outcome.said


@pytest.mark.parametrize("command", ["launch --role ", "launch --role r-web --role ", "follow-ups --cycle "])
async def test_an_empty_id_is_refused_and_never_means_every_one(starter: Starter, command: str) -> None:
    outcome = await starter(*command.split(" "))
    assert (outcome.code, outcome.out) == (2, "")
    assert "expected an id" in outcome.err


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_explains_itself(starter: Starter, command: str) -> None:
    outcome = await starter(*command.split(), "--help")
    assert outcome.code == 0
    assert f"starter.py {command}" in outcome.said


async def test_a_reply_stands_without_temporal_and_a_second_one_is_harmless(cli: Starter, cast: Pool) -> None:
    now = datetime.now(UTC)
    (first, *_) = await book(cast, now=now)
    log_id = await send(cast, first, now=now)
    marked = await cli("reply", str(log_id), "--json")
    assert marked.code == 0
    assert marked.json["cycle_ids"] == [first]
    assert "could not be told" in marked.err
    again = await cli("reply", first)
    assert again.code == 0
    assert "already" in again.out
    assert await cast.fetchval("select outcome from outreach_cycle where id = $1", first) == "responded"


async def test_a_letter_that_waits_is_shown_and_decided(cli: Starter, cast: Pool) -> None:
    now, rules = datetime.now(UTC), Rules(approval="all")
    first, second, *_ = await book(cast, now=now)
    for one in (first, second):
        await claim(cast, one, now=now, rules=rules)
    listed = await cli("approvals")
    assert listed.code == 0 and "2 letters" in listed.out and first in listed.out
    waiting = (await cli("approvals", "--json")).json
    one, other = (next(d for d in waiting["drafts"] if d["cycle_id"] == cycle) for cycle in (first, second))
    shown = await cli("approvals", str(one["id"]))
    assert f"mark {one['hash'][:8]}" in shown.out and "Best wishes," in shown.out
    assert "2 letters for approval" in (await cli("status")).out
    unasked = await cli("approve", str(one["id"]))
    assert unasked.code == 2 and "nobody is here to be asked" in unasked.said
    wrong = await cli("approve", str(one["id"]), "--mark", "00000000")
    assert wrong.code == 1 and "not as it was shown" in wrong.said
    resumed = await cli("resume", first, OUTREACH_APPROVAL="all")
    assert resumed.code == 1 and f"`approve {one['id']}`" in resumed.said
    approved = await cli("approve", str(one["id"]), "--mark", one["hash"][:8], "--by", "Ana", "--json")
    assert approved.code == 0 and approved.json["cycle_ids"] == [first]
    late = await cli("refuse", str(one["id"]), "--by", "Tom")
    assert late.code == 1 and "approved by Ana at" in late.said
    refused = await cli("refuse", str(other["id"]))
    assert refused.code == 0 and "is stopped" in refused.out
    assert "its letter was approved by Ana" in (await cli("show", first)).out
    assert "No letter waits" in (await cli("approvals")).out


async def test_a_cycle_is_steered_and_shown(cli: Starter, cast: Pool) -> None:
    now = datetime.now(UTC)
    first, second, *_ = await book(cast, now=now)
    await send(cast, first, now=now)
    assert "held until you resume" in (await cli("pause", first)).out
    assert "goes on" in (await cli("resume", first)).out
    assert "stopped" in (await cli("stop", second)).out
    shown = (await cli("show", first, "--json")).json
    assert [event["kind"] for event in shown["events"]] == ["planned", "sent", "held", "released"]
    assert "ada" in (await cli("withdraw", "ada", "--as", "placed")).out
    assert "r-care" in (await cli("close-role", "r-care")).out
    assert "release-all" in (await cli("hold-all")).out
    pending = await cli("pending", "--json")
    assert pending.json["hold_all"] is True
    assert (await cli("release-all")).code == 0
    figures = (await cli("status", "--json")).json
    assert figures["outcomes"]["stopped"] == 1


async def test_what_came_in_is_listed_and_put_where_it_belongs(
    cli: Starter, cast: Pool, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    (first, *_) = await book(cast, now=now)
    await send(cast, first, now=now)
    letter = tmp_path / "a letter.eml"
    letter.write_bytes(
        b"From: Zo\xc3\xab <zoe@elsewhere.example>\r\nSubject: \x1b[31mHello\r\nMessage-ID: <z@e>\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\nWe met Ada.\r\n"
    )
    added = await cli("inbox", "add", str(letter), "--json")
    (message,) = added.json["messages"]
    assert (message["status"], message["source"], added.err) == ("unmatched", "file", "")
    number = str(message["id"])
    assert "1 message belongs to no cycle yet" in (await cli("pending")).err
    listed = await cli("inbox")
    assert "belongs to no cycle yet" in listed.out and "\x1b" not in listed.out
    assert [one["id"] for one in (await cli("inbox", "--unmatched", "--json")).json["messages"]] == [
        message["id"]
    ]
    assert "We met Ada." in (await cli("inbox", "show", number)).out
    assert (await cli("inbox", "show", number, "--raw")).out.startswith("From: Zo")
    assert "set aside" in (await cli("inbox", "ignore", number)).out
    assigned = await cli("assign", number, first)
    assert "the thread stopped" in assigned.out and "could not be told" in assigned.err
    assert "What came in" in (await cli("show", first)).out
    assert (await cli("inbox", "ignore", number)).code == 1
    assert (await cli("inbox", "show", "999")).code == 1


async def test_an_answer_has_outcomes_and_can_be_taken_back(
    cli: Starter, cast: Pool, address: str, temporal: WorkflowEnvironment
) -> None:
    now = datetime.now(UTC)
    ids = await book(cast, now=now)
    data, port = (next(one for one in ids if role in one) for role in ("r-data", "r-port"))
    for cycle in (data, port):
        await send(cast, cycle, now=now)
        await cli("reply", cycle)
    refused = await cli("reopen", port)
    assert refused.code == 1 and "starter.py up" in refused.err
    reopened = await cli("reopen", port, "--json", TEMPORAL_ADDRESS=address)
    assert reopened.code == 0, reopened.said
    assert await cast.fetchval("select status from outreach_cycle where id = $1", port) == "active"
    await temporal.client.get_workflow_handle(f"cycle-{port}").terminate()
    assert "interview" in (await cli("outcome", data, "ada", "interview")).out
    placed = await cli("outcome", data, "ada", "placed", "--json")
    assert placed.json["cycle_ids"][0] == data
    declined = await cli("outcome", data, "bela", "declined")
    assert "moves on" in declined.out and "could not be told" in declined.err
    again = await cli("outcome", data, "bela", "placed")
    assert again.code == 1 and "moved on to other roles" in again.err
    assert "declined" in (await cli("show", data)).out


async def test_an_address_is_suppressed_and_taken_back_and_a_company_goes_on(
    cli: Starter, cast: Pool
) -> None:
    suppressed = await cli("suppress", "Li@acme.example", "--reason", "left", "--json")
    assert suppressed.json["contact_ids"] == ["k-li"]
    assert "left" in (await cli("unsuppress", "li@acme.example")).out
    assert "is not suppressed" in (await cli("unsuppress", "li@acme.example")).out
    assert (await cli("suppress", "nobody")).code == 1
    company = await cli("suppress", "--company", "acme", "--reason", "asked", "--json")
    assert company.json["company_id"] == "acme"
    assert "asked" in (await cli("unsuppress", "--company", "acme")).out
    assert "No cycle of acme rests" in (await cli("resume", "--company", "acme")).out


async def test_follow_ups_lists_and_nudges(cli: Starter, cast: Pool) -> None:
    now = datetime.now(UTC)
    first, *_ = await book(cast, now=now)
    await send(cast, first, now=now)
    listed = await cli("follow-ups", "--dry-run", "--json")
    assert [(task["cycle_id"], task["overdue"]) for task in listed.json["tasks"]] == [(first, False)]
    await do(cast, "update follow_up_task set due_at = $1", now)
    await do(cast, "update outreach_cycle set next_action_at = $1 where id = $2", now, first)
    nudged = await cli("follow-ups", "--cycle", first, "--json")
    assert nudged.json["nudged"] == [first]
    assert "could not be told" in nudged.err


async def test_what_is_piped_has_no_colour(cli: Starter, cast: Pool) -> None:
    for command in ("status", "launch --dry-run --verbose", "pending", "--help"):
        outcome = await cli(*command.split())
        assert "\x1b" not in outcome.out + outcome.err


async def test_the_embedded_database_starts_for_a_command_and_stops_after_it(starter: Starter) -> None:
    async with temporary_home() as home:
        own = {"OUTREACH_HOME": str(home.path)}
        assert (await starter("migrate", "--json", **own)).json == {"revision": migrate.head()}
        assert (await starter("status", "--json", **own)).json["cycles"] == {}
        await asyncio.sleep(0)
        left = [
            one
            for one in psutil.process_iter(["cmdline"])
            if str(home.path) in " ".join(one.info["cmdline"] or ())
        ]
        assert left == []


@pytest_asyncio.fixture
async def at_work(
    cast: Pool, temporal: WorkflowEnvironment, database_url: str, tmp_path: Path, address: str
) -> AsyncIterator[dict[str, str]]:
    """A worker on the real steps, its e-mails caught; the settings by which a command finds it."""
    client = await worker.connect(address)
    async with Catcher(tmp_path / "mail") as catcher:
        own = settings.load(mail_url=catcher.url, task_queue="commands", database_url=database_url)
        async with worker.running(own, client, database_url):
            yield {"TEMPORAL_ADDRESS": address, "OUTREACH_TASK_QUEUE": "commands"}


async def test_a_launch_waits_until_every_first_e_mail_is_out(
    cli: Starter, cast: Pool, at_work: dict[str, str], tmp_path: Path
) -> None:
    done = await cli("launch", "--wait", "--json", **at_work)
    assert done.code == 0, done.said
    assert done.json["run_id"].startswith("run-")
    assert done.json["started"] == done.json["planned"] == len(list((tmp_path / "mail").glob("*.eml")))
    assert done.json["first_emails"] == {"sent": done.json["started"]}
    assert done.json["passed_over"]["weekly_limit"] == 1
    again = await cli("launch", **at_work)
    assert "0 cycles" in again.said
    first = await cast.fetchval("select min(id) from outreach_cycle")
    forced = await cli("follow-ups", "--force", "--cycle", first, **at_work)
    assert "goes out now" in forced.out
    assert forced.err == ""


async def test_a_launch_is_refused_where_letters_would_not_be_redirected_as_it_was_told(
    cli: Starter, cast: Pool, at_work: dict[str, str]
) -> None:
    own = at_work | {"OUTREACH_REDIRECT_ALL_TO": "me@beyond.example"}
    outcome = await cli("launch", **own)
    assert (outcome.code, outcome.out) == (1, "")
    difference = "OUTREACH_REDIRECT_ALL_TO is me@beyond.example here, not set for the worker "
    assert difference in outcome.said
    assert await cast.fetchval("select count(*) from outreach_cycle") == 0
    dry = await cli("launch", "--dry-run", **own)
    assert dry.code == 0 and difference in dry.err
    assert "every e-mail goes to" not in dry.err


async def test_a_launch_is_refused_where_letters_would_go_out_unapproved(
    cli: Starter, cast: Pool, at_work: dict[str, str]
) -> None:
    outcome = await cli("launch", **at_work, OUTREACH_APPROVAL="urgent")
    assert (outcome.code, outcome.out) == (1, "")
    assert "OUTREACH_APPROVAL is urgent here, off for the worker " in outcome.said
    assert await cast.fetchval("select count(*) from outreach_cycle") == 0


@pytest.mark.parametrize(
    ("name", "here", "there"), [("WEEKLY_LIMIT", "2", "1"), ("TIME_ZONE", "Asia/Tokyo", "UTC")]
)
async def test_a_launch_says_where_its_settings_differ_from_the_workers(
    cli: Starter, cast: Pool, at_work: dict[str, str], name: str, here: str, there: str
) -> None:
    own = at_work | {f"OUTREACH_{name}": here}
    for options in ([], ["--dry-run"]):
        outcome = await cli("launch", *options, **own)
        assert outcome.code == 0
        assert f"OUTREACH_{name} is {here} here, {there} for the worker " in outcome.err


async def test_a_redirect_is_promised_by_the_workers_alone(cli: Starter, cast: Pool) -> None:
    own = {"OUTREACH_REDIRECT_ALL_TO": "me@beyond.example"}
    alone = await cli("launch", "--dry-run", **own)
    assert "no worker runs, and the one that will goes by its own settings" in alone.err
    async with published(cast, "outreach", {"OUTREACH_REDIRECT_ALL_TO": "me@beyond.example"}):
        redirected = await cli("launch", "--dry-run", **own)
    assert "every e-mail goes to me@beyond.example instead" in redirected.err


async def test_a_launch_without_a_worker_says_what_to_start_and_when_the_run_is_ended(
    cli: Starter, cast: Pool, address: str, temporal: WorkflowEnvironment
) -> None:
    launching = asyncio.ensure_future(cli("launch", TEMPORAL_ADDRESS=address, OUTREACH_TASK_QUEUE="empty"))
    async with asyncio.timeout(30):
        run_id = await _first_run(temporal.client, "empty")
    await temporal.client.get_workflow_handle(run_id).terminate()
    outcome = await launching
    assert outcome.code == 1
    assert "no worker takes work from the task queue 'empty'" in outcome.err
    assert "worker.py" in outcome.err


async def test_ctrl_c_leaves_a_run_to_go_on_by_itself(
    cast: Pool, database_url: str, address: str, temporal: WorkflowEnvironment, tmp_path: Path
) -> None:
    environment = {"DATABASE_URL": database_url, "TEMPORAL_ADDRESS": address, "HOME": str(tmp_path)}
    launch = Program(
        ["starter.py", "launch"], environment | {"OUTREACH_TASK_QUEUE": "left"}, tmp_path / "log"
    )
    await launch.start()
    try:
        await launch.says("planning and starting cycles")
        launch.send(signal.SIGINT)
        assert await launch.ended() == 130
    finally:
        await launch.kill()
    assert "goes on by itself" in launch.output
    assert "Traceback" not in launch.output
    async with asyncio.timeout(30):
        run_id = await _first_run(temporal.client, "left")
    await temporal.client.get_workflow_handle(run_id).terminate()


async def test_the_daily_run_is_kept_by_commands(cli: Starter, address: str) -> None:
    own = {"TEMPORAL_ADDRESS": address, "OUTREACH_TIME_ZONE": "Europe/London"}
    assert "schedule set" in (await cli("schedule", "show", **own)).err
    put = await cli("schedule", "set", "--at", "07:30", "--json", **own)
    assert (put.json["at"], put.json["time_zone"]) == ("07:30", "Europe/London")
    assert "paused" in (await cli("schedule", "pause", **own)).out
    assert (await cli("schedule", "resume", "--json", **own)).json["paused"] is False
    assert (await cli("schedule", "delete", **own)).code == 0
    assert (await cli("schedule", "delete", **own)).code == 1


async def _first_run(client: Client, task_queue: str) -> str:
    """Looks until a workflow of a task queue is listed."""
    while True:
        async for found in client.list_workflows(f"TaskQueue = '{task_queue}'"):
            return found.id
        await asyncio.sleep(0.1)


async def test_analytics_are_a_page_json_or_a_table(cli: Starter, cast: Pool) -> None:
    ids = await book(cast, now=datetime.now(UTC))
    await send(cast, ids[0], now=datetime.now(UTC))
    page = await cli("analytics")
    assert "Replies by stage" in page.out
    found = (await cli("analytics", "--json")).json
    assert (found["threads"], found["replies"], found["reply_rate"]["small"]) == (1, 0, True)
    assert (await cli("analytics", "--until", "2026-01-01", "--json")).json["threads"] == 0
    table = await cli("analytics", "--csv")
    assert table.out.startswith("section,group,id,name,count,of,rate,low,high,small")
    assert "reply_rate,stage,initial,First e-mail,0,1,0," in table.out


@pytest.mark.parametrize(
    "wrong",
    [("--from", "yesterday"), ("--from", "2026-06-02", "--until", "2026-06-01"), ("--csv", "--json")],
)
async def test_analytics_of_no_period_are_wrong_usage(starter: Starter, wrong: tuple[str, ...]) -> None:
    outcome = await starter("analytics", *wrong)
    assert (outcome.code, outcome.out) == (2, "")
