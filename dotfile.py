"""The `.env` file read strictly, and setting names that nobody knows: nothing is passed over in silence."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import Original, parse_stream

from domain import errors

log = logging.getLogger("outreach.settings")

ENCODING = "utf-8-sig"
"""UTF-8, with or without the mark that some editors write in front."""


def read(path: Path) -> dict[str, str]:
    """Reads a file of `NAME=value` lines, none where there is no file.

    A line that is none raises `errors.BadSetting` with its number and without its text, which may be secret.
    """
    if not path.is_file():
        return {}
    text = _text(path)
    for one in parse_stream(StringIO(text)):
        if one.error or (one.key is not None and one.value is None):
            raise errors.BadSetting(
                f"{path} line {_line(one.original)} cannot be read: expected NAME=value, or a comment after #"
            )
    return {name: value or "" for name, value in dotenv_values(stream=StringIO(text)).items()}


def _line(part: Original) -> int:
    """The line where a part's first word stands, below the empty lines that count with it."""
    before = part.string[: len(part.string) - len(part.string.lstrip())]
    return part.line + before.count("\n")


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as wrong:
        raise errors.BadSetting(f"{path} cannot be read: {wrong.strerror}") from None
    try:
        return content.decode(ENCODING)
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise errors.BadSetting(f"{path} line {line} cannot be read: expected text in UTF-8") from None


def refuse_unknown(names: Iterable[str], prefix: str, known: Iterable[str], *, but: str) -> None:
    """Raises `errors.BadSetting` for names with a prefix that are nearly a setting's: a slip of the pen.

    Other names that are no setting are logged, but for those that go on with `but` after the prefix: they
    are somebody else's.
    """
    known = {name.removeprefix(prefix): name for name in known}
    own = {name.upper().removeprefix(prefix) for name in names if name.upper().startswith(prefix)}
    unknown = sorted(name for name in own if prefix + name not in known.values())
    wrong = []
    for name in unknown:
        if near := _near(name, known):
            wrong.append(f"{prefix}{name} is no setting: did you mean {near}?")
        elif not name.startswith(but):
            log.warning("%s%s is no setting: docs/settings.md names every one", prefix, name)
    if wrong:
        raise errors.BadSetting("\n".join(wrong))


def _near(name: str, known: Mapping[str, str]) -> str | None:
    """The setting that a name begins, or that it is a letter or two away from."""
    begun = [one for one in sorted(known) if len(name) > 3 and one.startswith(name)]
    near = begun or get_close_matches(name, known, n=1, cutoff=0.85)
    return known[near[0]] if near else None
