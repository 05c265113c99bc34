"""Loads the CRM's records (SPEC section 4): one transaction, repeatable; rows that vanished stay.

What the system itself learnt lives in tables of its own, which a load never touches.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import email_validator

from db.bad_rows import BadRowsFile
from db.pool import Connection, translated
from db.sql import queries
from domain import errors
from domain.columns import Kind, kinds
from domain.imports import Reader
from domain.problems import BadRows, Problems

sql = queries("records")

email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()  # its documented switch: syntax alone is checked

MANY = 50_000
"""Matches from which it pays to fill the empty table without its indexes and foreign keys."""


@dataclass(frozen=True, slots=True)
class Count:
    """What a load did to one kind of record."""

    inserted: int
    updated: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of a load: counts by kind, ignored columns by file, and the bad rows left out."""

    counts: Mapping[str, Count]
    ignored_columns: Mapping[str, Sequence[str]]
    bad: Problems
    bad_rows: Path | None
    """Where the rows left out were written, or None if there are none."""


async def load(
    connection: Connection, folder: Path, *, skip_bad: bool = False, bad_rows_to: Path | None = None
) -> Loaded:
    """Loads the CSV files of a folder, those that are there, and tells what it did.

    Raises `problems.BadRows` with every bad row, nothing changed. With `skip_bad` the rest is loaded and
    the bad rows go to `bad_rows_to` (default `bad-rows.csv` in the folder). Raises `errors.BadRecords` if
    there is no file to load or one cannot be read. The connection is in no transaction and should have no
    command time-out: two million matches take half a minute.
    """
    files = _files(folder)
    bad_rows_to = bad_rows_to or folder / "bad-rows.csv"
    with translated(), BadRowsFile(bad_rows_to if skip_bad else None) as bad:
        async with connection.transaction():
            await sql.lock_load.run(connection)
            reader = await _reader(connection, bad, skip_bad)
            copied = {kind.name: await _copy(connection, reader, kind, path) for kind, path in files}
            if bad.problems.total and not skip_bad:
                raise BadRows(bad.problems)
            counts = {name: await _merge(connection, name, count) for name, count in copied.items()}
        await sql.settle.run(connection)
    return Loaded(counts, reader.ignored, bad.problems, bad.written)


def address(text: str) -> str:
    """Returns an e-mail address as the CRM spells it; an international domain in its ASCII form.

    Nothing is looked up, and reserved domains (`.invalid`, `.local`, `localhost`) are welcome. Raises
    ValueError for any other text, IP addresses included.
    """
    text = text.strip()
    found = email_validator.validate_email(
        text,
        check_deliverability=False,
        globally_deliverable="." in text.rpartition("@")[2],  # a dotted name ends in letters
        strict=True,
    )
    return text if text.isascii() else found.ascii_email or found.normalized


def _files(folder: Path) -> list[tuple[Kind, Path]]:
    known = [(kind, folder / kind.file) for kind in kinds(address).values()]
    there = [(kind, path) for kind, path in known if path.exists()]
    for _, path in there:
        if not (path.is_file() or path.is_dir()):  # a pipe or a device has no end
            raise errors.BadRecords(f"{path} cannot be read: expected a file")
    if not there:
        names = ", ".join(kind.file for kind, _ in known)
        what = "has none of the files" if folder.is_dir() else "is no folder; expected one with"
        raise errors.BadRecords(f"{folder} {what} {names}")
    return there


def _lines(path: Path) -> Iterator[str]:
    """Yields physical lines with their ends; bytes that are not UTF-8 come as lone surrogates."""
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            yield from file
    except OSError as broken:
        raise errors.BadRecords(f"{path} cannot be read: {broken.strerror}") from broken


async def _reader(connection: Connection, report: BadRowsFile, skip_bad: bool) -> Reader:
    standing = {row["kind"]: row["ids"] for row in await sql.standing.all(connection)}
    default = await sql.default_specialist.value(connection)
    return Reader(kinds(address), standing, report, default=default, skip_bad=skip_bad)


async def _copy(connection: Connection, reader: Reader, kind: Kind, path: Path) -> int:
    """Copies a file's good rows into a table beside the real one, as they are read; counts them."""
    incoming = f"incoming_{kind.name}"
    await getattr(sql, incoming).run(connection)
    rows = reader.rows(kind, _lines(path))
    done = await connection.copy_records_to_table(incoming, records=rows, columns=list(kind.columns))
    return int(done.removeprefix("COPY "))


async def _merge(connection: Connection, name: str, count: int) -> Count:
    """Inserts what is new, updates what is different, leaves alone what is not."""
    async with _bare_matches(connection, name, count):
        done = await getattr(sql, f"merge_{name}").one(connection)
    return Count(done["inserted"], done["updated"], count - done["inserted"] - done["updated"])


@asynccontextmanager
async def _bare_matches(connection: Connection, name: str, count: int) -> AsyncIterator[None]:
    """Takes the indexes and foreign keys off match while very many rows go into the empty table.

    They come back over all rows at once, and the foreign keys check every row then.
    """
    if name == "match":
        await sql.know_incoming_matches.run(connection)
    bare = name == "match" and count >= MANY and await sql.no_matches.value(connection)
    extras = await sql.match_extras.all(connection) if bare else []
    for extra in extras:
        await connection.execute(extra["off"])
    yield
    for extra in extras:
        await connection.execute(extra["again"])
