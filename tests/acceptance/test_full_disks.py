"""Full disks, of a mail server and of the database: said in words, nothing lost once there is room again."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from tests.acceptance import ledger, worlds
from tests.acceptance.theatre import Theatre

SMALL = ("candidate", "outreach_log")
"""The tables that are kept on the small disk."""


class Disk:
    """A file system of four megabytes, which a test fills to the last byte."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leaves no room at all."""
        with contextlib.suppress(OSError), self._ballast.open("wb", buffering=0) as ballast:
            while True:
                ballast.write(bytes(4096))

    def free(self) -> None:
        """Makes room again."""
        self._ballast.unlink(missing_ok=True)


@contextlib.contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    """Mounts a small file system on a folder for as long as the context lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "outreach-test", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True) if os.geteuid() == 0 else None
    if mounted is None or mounted.returncode:
        pytest.skip("only a root that may mount can make a small disk; the CI's can")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def mail_disk(tmp_path: Path) -> Iterator[Disk]:
    """The disk that the theatre's mail server will keep its messages on."""
    with disk(tmp_path / "mail") as small:
        yield small


@pytest_asyncio.fixture
async def table_disk(theatre: Theatre) -> AsyncIterator[Disk]:
    """The disk that some of the database's tables are on."""
    data = theatre.house.folder / "postgres" / "data"
    with disk(theatre.house.folder / "small") as small:
        place = small.folder / "tables"
        place.mkdir(mode=0o700)
        os.chown(place, data.stat().st_uid, data.stat().st_gid)
        await theatre.pool.execute(f"create tablespace small location '{place}'")
        try:
            await move(theatre, "small")
            yield small
        finally:
            small.free()
            await move(theatre, "pg_default")
            await theatre.pool.execute("drop tablespace small")


async def move(theatre: Theatre, tablespace: str) -> None:
    """Moves the tables to another disk, nobody else being there."""
    for program in theatre.programs:
        await program.kill()
    for table in SMALL:
        await theatre.pool.execute(f"alter table {table} set tablespace {tablespace}")


async def test_letters_wait_while_a_mail_server_has_no_room(mail_disk: Disk, theatre: Theatre) -> None:
    await theatre.load(worlds.alike(2))
    await theatre.worker()
    mail_disk.fill()

    await theatre.done("launch")
    await theatre.until("count(*) = 2 from outreach_log where error like '%452 4.3.1%'")
    mail_disk.free()

    await theatre.all_closed(within=60)
    await ledger.whole(theatre)
    assert not (await ledger.ledger(theatre)).uncertain
    assert not list(mail_disk.folder.glob("*.part"))


async def test_nothing_is_lost_or_doubled_while_the_database_has_no_room(
    theatre: Theatre, table_disk: Disk
) -> None:
    records = str(worlds.write(theatre.folder / "crm", worlds.alike(3), datetime.now(UTC).date()))
    table_disk.fill()
    refused = await theatre.command("load", records)
    assert refused.code == 1 and "no room left" in refused.said and "Traceback" not in refused.said
    assert await theatre.value("select count(*) from company") == 0
    table_disk.free()
    await theatre.done("load", records)
    worker = await theatre.worker()

    table_disk.fill()
    await theatre.done("launch")
    await worker.says("no room left")
    assert theatre.post.messages == 0
    table_disk.free()

    await theatre.all_closed(within=60)
    await ledger.whole(theatre)
    assert not (await ledger.ledger(theatre)).uncertain
