"""A load is one transaction that can be repeated, names every bad row, and undoes nothing we learnt."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from db import records
from db.pool import Connection, connect
from db.records import Count, load
from domain import errors, problems
from domain.records import Record
from sample import files
from tests import cast

NAMES = {
    "specialists": "specialists.csv",
    "companies": "companies.csv",
    "contacts": "contacts.csv",
    "roles": "roles.csv",
    "candidates": "candidates.csv",
    "matches": "matches.csv",
}


@pytest_asyncio.fixture
async def connection(database_url: str) -> AsyncIterator[Connection]:
    """A connection to the test's own database."""
    connection = await connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the whole cast."""
    for name, rows in cast.CAST:
        files.write(tmp_path, NAMES[name], rows)
    return tmp_path


def put(folder: Path, *rows: Record) -> None:
    """Replaces one file by these rows."""
    files.write(folder, next(name for name, kind in files.FILES.items() if kind is type(rows[0])), rows)


def only(tmp_path: Path, *rows: Record) -> Path:
    """Makes a folder that holds these rows alone."""
    path = tmp_path / f"only-{len(list(tmp_path.iterdir()))}"
    path.mkdir()
    put(path, *rows)
    return path


async def table(connection: Connection, name: str) -> list[dict[str, Any]]:
    """Reads a whole table in the order of its first columns."""
    return [dict(row) for row in await connection.fetch(f"select * from {name} order by 1, 2")]


async def test_the_whole_cast_arrives_as_it_is(connection: Connection, folder: Path) -> None:
    loaded = await load(connection, folder)
    assert loaded.counts["match"] == Count(inserted=len(cast.CAST.matches), updated=0, unchanged=0)
    for name, rows in cast.CAST:
        kind = files.FILES[NAMES[name]].__name__.lower()
        written = sorted(
            (cast.columns(row) for row in rows), key=lambda row: tuple(map(str, row.values()))[:2]
        )
        assert await table(connection, kind) == written
    assert (loaded.bad.total, loaded.bad_rows, loaded.ignored_columns) == (0, None, {})


async def test_loading_again_changes_nothing(connection: Connection, folder: Path) -> None:
    await load(connection, folder)
    again = await load(connection, folder)
    assert {kind: (count.inserted, count.updated) for kind, count in again.counts.items()} == dict.fromkeys(
        ["specialist", "company", "contact", "role", "candidate", "match"], (0, 0)
    )
    assert again.counts["company"].unchanged == 3


async def test_rows_are_updated_by_id_and_rows_that_vanished_stay(
    connection: Connection, folder: Path
) -> None:
    await load(connection, folder)
    put(folder, cast.ADA.model_copy(update={"skills": ("Rust",)}), cast.BELA, cast.a_candidate("ivo"))
    put(folder, cast.a_match("ada", "r-data", 0.1), cast.a_match("ivo", "r-data", 0.2))
    loaded = await load(connection, folder)
    assert loaded.counts["candidate"] == Count(inserted=1, updated=1, unchanged=1)
    assert loaded.counts["match"] == Count(inserted=1, updated=1, unchanged=0)
    assert await connection.fetchval("select skills from candidate where id = 'ada'") == ["Rust"]
    assert await connection.fetchval("select count(*) from match") == len(cast.CAST.matches) + 1


async def test_a_file_may_come_alone_and_lean_on_the_database(
    connection: Connection, folder: Path, tmp_path: Path
) -> None:
    await load(connection, folder)
    loaded = await load(connection, only(tmp_path, cast.a_match("ada", "r-port", 0.4)))
    assert loaded.counts == {"match": Count(1, 0, 0)}


async def test_what_the_system_learnt_is_not_undone(connection: Connection, folder: Path) -> None:
    await load(connection, folder)
    for statement in (
        "insert into candidate_change values ('ada', 'withdrawn', now())",
        "insert into role_change values ('r-data', 'filled', now())",
        "insert into suppressed_company values ('blue', 'asked us to', now())",
        "insert into suppressed_address values ('li@acme.example', 'refused', now())",
    ):
        await connection.execute(statement)
    await load(connection, folder)
    assert await connection.fetchval("select status from candidate_now where id = 'ada'") == "withdrawn"
    assert await connection.fetchval("select status from role_now where id = 'r-data'") == "filled"
    assert await connection.fetchval("select suppressed from company_now where id = 'blue'")
    assert not await connection.fetch("select from partner_contact where company_id = 'blue'")
    partners = await connection.fetch("select id from partner_contact where company_id = 'acme'")
    assert [row["id"] for row in partners] == ["k-tom"]


async def test_only_who_is_called_partner_to_the_letter_is_written_to(
    connection: Connection, folder: Path
) -> None:
    put(folder, cast.TOM.model_copy(update={"layout_name": "Partner"}), cast.LI)
    await load(connection, folder)
    assert await connection.fetchval("select layout_name from contact where id = 'k-tom'") == "Partner"
    partners = await connection.fetch("select id from partner_contact where company_id = 'acme'")
    assert [row["id"] for row in partners] == [cast.LI.id]


async def test_bad_rows_are_all_named_at_once_and_nothing_is_changed(
    connection: Connection, folder: Path
) -> None:
    put(folder, cast.ADA.model_copy(update={"email": "ada"}), cast.BELA)
    with (folder / "matches.csv").open("a") as file:
        file.write("ada,r-data,0.5\nnobody,r-data,nan\n")
    with pytest.raises(errors.BadRecords) as bad:
        await load(connection, folder)
    assert isinstance(bad.value, problems.BadRows)
    places = [(one.file, one.column, one.value) for one in bad.value.problems.kept]
    assert ("candidates.csv", "email", "ada") in places
    assert ("matches.csv", "score", "nan") in places
    assert ("matches.csv", "candidate_id", "nobody") in places
    assert 'candidates.csv line 2, email "ada": expected an e-mail address' in str(bad.value)
    assert await table(connection, "specialist") == []


async def test_skipping_bad_rows_loads_the_rest_and_writes_them_to_a_file(
    connection: Connection, folder: Path
) -> None:
    put(folder, cast.ACME.model_copy(update={"time_zone": "Mars/Olympus"}), cast.BLUE, cast.CEDAR)
    loaded = await load(connection, folder, skip_bad=True)
    ids = [row["id"] for row in await table(connection, "role")]
    assert ids == ["r-care", "r-fleet", "r-old", "r-port"]
    assert loaded.counts["contact"] == Count(2, 0, 0)
    assert loaded.bad_rows == folder / "bad-rows.csv"
    rows = list(csv.DictReader(loaded.bad_rows.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == loaded.bad.total == 1 + 4 + 2 + 9
    assert rows[0] == {
        "file": "companies.csv",
        "line": "2",
        "column": "time_zone",
        "value": "Mars/Olympus",
        "expected": "an IANA time zone such as Europe/London",
        "row": "acme,Acme Robotics,Software,https://acme.example,Mars/Olympus,s-james,,no",
    }
    assert rows[1]["expected"] == "a company whose own row can be loaded"


async def test_a_bad_row_of_a_known_company_leaves_it_as_it_was(connection: Connection, folder: Path) -> None:
    await load(connection, folder)
    put(folder, cast.ACME.model_copy(update={"time_zone": "Mars/Olympus"}))
    loaded = await load(connection, folder, skip_bad=True, bad_rows_to=folder / "kept.csv")
    assert (loaded.bad.total, loaded.bad_rows) == (1, folder / "kept.csv")
    assert await connection.fetchval("select time_zone from company where id = 'acme'") == "Europe/London"


async def test_bad_bytes_and_byte_order_marks_are_met(connection: Connection, folder: Path) -> None:
    text = (folder / "companies.csv").read_bytes()
    (folder / "companies.csv").write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    path = folder / "candidates.csv"
    path.write_bytes(path.read_bytes().replace("佐藤".encode(), b"\xff\xed\xa0\x80"))
    loaded = await load(connection, folder, skip_bad=True)
    assert loaded.counts["company"].inserted == 3
    assert [(one.line, one.column) for one in loaded.bad.kept if one.file == "candidates.csv"] == [
        (9, "last_name")
    ]


async def test_odd_but_honest_text_survives(connection: Connection, tmp_path: Path) -> None:
    odd = cast.a_candidate(
        "o'dd; drop",
        email="odd@students.example",
        first_name='<b>"Ana"</b>\nIlić',
        bio="x" * 300_000 + "\u202e\ufffe𝔘𝔫𝔦 日本",
        skills=("C++", "naïve; no".replace(";", ","), '{"a": null}', "NULL", "\\N"),
        start_date=date.min,
        end_date=date.max,
    )
    await load(connection, only(tmp_path, odd))
    assert await table(connection, "candidate") == [cast.columns(odd)]


async def test_the_default_specialist_can_move_either_way(connection: Connection, folder: Path) -> None:
    await load(connection, folder)
    for ours, theirs in ((False, True), (True, False)):
        put(
            folder,
            cast.SOFIA.model_copy(update={"is_default": ours}),
            cast.JAMES.model_copy(update={"is_default": theirs}),
        )
        assert (await load(connection, folder)).counts["specialist"] == Count(0, 2, 0)


async def test_a_second_default_beside_the_one_in_the_database_is_refused(
    connection: Connection, folder: Path, tmp_path: Path
) -> None:
    await load(connection, folder)
    with pytest.raises(problems.BadRows, match="s-sofia is the default already"):
        await load(connection, only(tmp_path, cast.JAMES.model_copy(update={"is_default": True})))


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("Tom.Reed@Acme.EXAMPLE", "Tom.Reed@Acme.EXAMPLE"),
        ("PostMaster@ACME.Example", "PostMaster@ACME.Example"),
        (" Ana@ACME.Example\t", "Ana@ACME.Example"),
        ("x@acme.invalid", "x@acme.invalid"),
        ("x@corp.local", "x@corp.local"),
        ("x@mail.localhost", "x@mail.localhost"),
        ("x@localhost", "x@localhost"),
        ("tom@acme.test", "tom@acme.test"),
        ("josé@acme.example", "josé@acme.example"),
        ("tom@bücher.example", "tom@xn--bcher-kva.example"),
        ("tom", None),
        ("tom reed@acme.example", None),
        ("tom@acme .example", None),
        ("tom@acme\x07.example", None),
        ("<tom@acme.example>", None),
        ("tom@127.0.0.1", None),
        ("tom@[127.0.0.1]", None),
        ("Tom <tom@acme.example>", None),
        ("tom@acme.example, li@acme.example", None),
        ("tom@acme.example\nBcc: all@acme.example", None),
        ("tom..reed@acme.example", None),
        (f"{'t' * 65}@acme.example", None),
        (f"tom@{'a' * 64}.example", None),
        (f"tom@{'acme.' * 60}example", None),
    ],
)
def test_an_address_is_one_that_a_server_could_take(address: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(ValueError):
            records.address(address)
    else:
        assert records.address(address) == kept


async def test_a_folder_without_files_is_named_with_what_was_expected(
    connection: Connection, tmp_path: Path
) -> None:
    with pytest.raises(errors.BadRecords, match=r"has none of the files specialists\.csv, companies\.csv"):
        await load(connection, tmp_path)
    with pytest.raises(errors.BadRecords, match="is no folder"):
        await load(connection, tmp_path / "nowhere")


async def test_files_that_cannot_be_read_or_written_are_named(connection: Connection, folder: Path) -> None:
    put(folder, cast.BLUE.model_copy(update={"weekly_limit": -1}))
    with pytest.raises(errors.BadRecords, match=r"cannot be written to .*: No such file"):
        await load(connection, folder, skip_bad=True, bad_rows_to=folder / "nowhere" / "bad.csv")
    (folder / "roles.csv").unlink()
    (folder / "roles.csv").mkdir()
    with pytest.raises(errors.BadRecords, match=r"roles\.csv cannot be read: Is a directory"):
        await load(connection, folder)
    assert await table(connection, "specialist") == []


async def test_before_migrate_a_load_says_so(postgres: Any, folder: Path) -> None:
    connection = await connect(postgres.url)
    try:
        with pytest.raises(errors.NotMigrated, match="migrate"):
            await load(connection, folder)
    finally:
        await connection.close()


async def test_two_loads_at_once_take_turns(database_url: str, folder: Path) -> None:
    pair = [await connect(database_url) for _ in range(2)]
    done = await asyncio.gather(*(load(connection, folder) for connection in pair))
    assert sorted(loaded.counts["match"].inserted for loaded in done) == [0, len(cast.CAST.matches)]
    for connection in pair:
        await connection.close()


async def test_the_bare_table_gets_its_indexes_and_keys_back(
    connection: Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def shape() -> tuple[Any, ...]:
        return (
            await connection.fetch("select indexdef from pg_indexes where tablename = 'match' order by 1"),
            await connection.fetch(
                "select conname, pg_get_constraintdef(oid), convalidated from pg_constraint "
                "where conrelid = 'match'::regclass order by 1"
            ),
        )

    before = await shape()
    monkeypatch.setattr(records, "MANY", 1)
    assert (await load(connection, folder)).counts["match"].inserted == len(cast.CAST.matches)
    assert await shape() == before
    assert len(before[0]) == 3
