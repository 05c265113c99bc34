"""Runs one server and ends it once nobody uses it any more; a process by itself, standard library only.

Users hold a shared lock on a file. The kernel drops it when they end in any way, `kill -9` included; the
guardian waits for the same lock alone, and getting it means that the last user is gone. It lives in a
session of its own, so that Ctrl-C reaches the users and not the server they are still using.

Started by `embedded.shared` with one argument, JSON: the fields of `shared.Start`, `environment`,
`folder` and `grace` (seconds). It inherits the lock that says a guardian lives, writes `server.json`,
and prints nothing but the reason for a failed start.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any


def main(job: dict[str, Any]) -> None:
    """Starts the server, and returns after its end."""
    if os.fork():
        os._exit(0)  # nobody has to wait for the guardian: the system's first process takes it over
    os.umask(0o077)
    woken = _alarm()
    folder = Path(job["folder"])
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    uid, gid = job["account"] or (None, None)
    server = subprocess.Popen(
        job["command"],
        env=job["environment"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        user=uid,
        group=gid,
        extra_groups=None if uid is None else [],
    )
    try:
        _record(folder, {"server": {"pid": server.pid, "command": job["command"]}, "details": job["details"]})
        threading.Thread(target=_await_last_user, args=(folder / "users.lock",), daemon=True).start()
        os.dup2(log, 1)
        os.dup2(log, 2)  # whoever started the guardian waits for its output to end
        os.read(woken, 1)
    finally:
        _end(server, job["grace"])


def _alarm() -> int:
    """A descriptor that becomes readable when the server ends, or when the guardian is told to end."""
    woken, alarm = os.pipe()
    os.set_blocking(alarm, False)
    signal.set_wakeup_fd(alarm)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    return woken


def _record(folder: Path, running: dict[str, Any]) -> None:
    draft = folder / ".server.json"
    draft.write_text(json.dumps({"guardian": os.getpid(), **running}), encoding="utf-8")
    draft.replace(folder / "server.json")


def _await_last_user(lock: Path) -> None:
    users = os.open(lock, os.O_RDWR)
    fcntl.flock(users, fcntl.LOCK_EX)  # kept until the guardian's end: new users wait for the server's end
    os.kill(os.getpid(), signal.SIGTERM)


def _end(server: subprocess.Popen[bytes], grace: float) -> None:
    """Ends the server: SIGINT is PostgreSQL's fast shutdown and Temporal's orderly one."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(grace)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
