"""The folder `OUTREACH_HOME`: who runs services on it, where they answer, and what dead ones left there."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from domain import errors
from embedded import files, locks, postgres, processes, shared

_DEMO = "outreach-demo-"


@dataclass(frozen=True, slots=True)
class Services:
    """Where the services of a running `up` or `demo` answer."""

    pid: int
    database_url: str
    temporal_address: str
    temporal_ui_url: str
    mail_server: str | None = None
    """`smtp://…` of the mail catcher."""
    mail_folder: str | None = None
    web_url: str | None = None
    """Where the dashboard, the API and hooks are."""


class Home:
    """One home folder; `up` and `demo` hold it alone, other commands ask it what is running."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path).absolute()
        self._lock = self.path / "home.lock"
        self._services = self.path / "services.json"

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Holds the folder inside the block, making it first; what was published ends with it.

        Raises `errors.Refused` naming the process that already holds it.
        """
        self.path = files.make_folder(self.path)
        with files.explained(self.path):
            try:
                held = await locks.wait(self._lock, seconds=1)  # `running` takes it for a moment, shared
            except TimeoutError:
                raise errors.Refused(self._busy()) from None
        try:
            with files.explained(self.path):
                self._services.unlink(missing_ok=True)
                os.ftruncate(held, 0)
                os.pwrite(held, str(os.getpid()).encode(), 0)
            yield
        finally:
            self._services.unlink(missing_ok=True)
            os.close(held)

    def publish(self, services: Services) -> None:
        """Tells other commands where the services answer; called by the holder, once they do."""
        files.write_private(self._services, json.dumps(asdict(services), indent=2) + "\n")

    def running(self) -> Services | None:
        """Where the services answer, or None if nobody holds this folder or its services are not up yet."""
        if not self._lock.exists():
            return None
        with files.explained(self.path):
            free = locks.take(self._lock, shared=True)
            if free is not None:
                os.close(free)
                return None
            try:
                return Services(**json.loads(self._services.read_text(encoding="utf-8")))
            except (FileNotFoundError, ValueError, TypeError):
                return None

    def _busy(self) -> str:
        pid = self._lock.read_text(encoding="utf-8").strip() or "?"
        return (
            f"{self.path} is already in use by `up` or `demo`, process {pid}: use what it runs, end it with "
            f"Ctrl-C or `kill {pid}`, or choose another folder with OUTREACH_HOME"
        )


@asynccontextmanager
async def database(home: Path) -> AsyncIterator[str]:
    """The address of the home's PostgreSQL, for commands that need nothing else.

    A running one is shared, whoever started it; else it is started here. The last to leave ends it.
    """
    async with postgres.Postgres(home) as server:
        yield server.url


@asynccontextmanager
async def temporary_home(keep: Collection[str] = (), *, under: Path | None = None) -> AsyncIterator[Home]:
    """Holds a fresh folder for a demo or a test, and removes it at the end but for the names in `keep`.

    It is made `under` a folder, else where the system keeps temporary files. Folders of demos that were
    killed there are cleared away first, with every process they left.
    """
    under = under or Path(tempfile.gettempdir())
    await _clear_dead_demos(under)
    home = Home(Path(tempfile.mkdtemp(prefix=_DEMO, dir=under)))
    try:
        async with home.hold():
            yield home
    finally:
        await processes.unbroken(_remove, home.path, keep)


async def _clear_dead_demos(under: Path) -> None:
    for lock in under.glob(f"{_DEMO}*/home.lock"):
        with contextlib.suppress(FileNotFoundError):  # another demo clears it at the same time
            ours = lock.parent.lstat().st_uid == os.geteuid()  # a stranger's folder may name any process
            if ours and (held := locks.take(lock)) is not None:
                try:
                    if os.fstat(held).st_size:  # else its demo is only just being born: it names itself last
                        await _clear(lock.parent)
                finally:
                    os.close(held)


async def _clear(folder: Path) -> None:
    servers = [shared.Shared("", lock.parent) for lock in folder.glob("*/users.lock")]
    if all([await server.clear() for server in servers]):
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _remove(folder: Path, keep: Collection[str]) -> None:
    kept = {folder / name for name in keep if (folder / name).exists()}
    if not kept:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for item in set(folder.iterdir()) - kept - {folder / "home.lock"}:  # by which the next demo finds it
        if item.is_dir():
            shutil.rmtree(item, ignore_errors=True)
        else:
            item.unlink(missing_ok=True)
