"""Locks on files that the kernel drops when their holder ends in any way, `kill -9` included (flock)."""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from pathlib import Path

_PAUSE = 0.02


def take(path: Path, *, shared: bool = False) -> int | None:
    """Takes the lock without waiting: a descriptor whose closing frees it, or None if others hold it.

    Raises OSError if the file cannot be made, FileNotFoundError if its folder is missing.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_nlink:  # else its folder was removed meanwhile: a lock on nothing
            return descriptor
    except BlockingIOError:
        pass
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


async def wait(path: Path, *, shared: bool = False, seconds: float) -> int:
    """Waits for the lock, at most `seconds`, and returns its descriptor; raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while (descriptor := take(path, shared=shared)) is None:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{path} stayed locked for {seconds:.0f} s")
        await asyncio.sleep(_PAUSE)
    return descriptor
