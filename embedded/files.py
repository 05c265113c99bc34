"""Private folders and files, and the disk's refusals in words a person can act on."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain import errors

_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns an OSError inside the block into `errors.Unavailable` (disk full) or `errors.UserError`.

    A TimeoutError, an OSError by descent only, passes.
    """
    try:
        yield
    except TimeoutError:
        raise
    except OSError as refused:
        reason = refused.strerror or str(refused)
        if refused.filename and str(refused.filename) != str(path):
            reason += f": {refused.filename}"
        if refused.errno in _FULL:
            raise errors.Unavailable(f"{path}: {reason}: make room on the disk and start again") from refused
        raise errors.UserError(
            f"{path} cannot be used ({reason}): mend it or choose another folder with OUTREACH_HOME"
        ) from refused


def make_folder(path: Path) -> Path:
    """Makes a folder that only its owner can enter, and the one above it; returns its absolute path."""
    with explained(path):
        path = path.absolute()
        for folder in (path.parent, path):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path.resolve()


def write_private(path: Path, text: str) -> None:
    """Replaces a file in one step, readable by its owner alone: readers see the old text or the new."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with explained(path):
        try:
            draft.touch(mode=0o600)
            draft.write_text(text, encoding="utf-8")
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
