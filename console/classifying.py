"""`classify`: what saved messages say, and why they were judged so; needs no database."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from console import output, words
from console.output import grid, heading, inset
from domain import errors
from domain.inbound import MAIL_KINDS, Mail, Meaning
from mail import inbound

_LARGEST = 64 << 20
"""Bytes read of one file: no mail service takes in more."""
_COLOURS = {"human": "green", "bounce": "red", "complaint": "red", "unsubscribe": "yellow"}


def classify(paths: Sequence[Path], *, as_json: bool) -> None:
    """Reads messages and prints what they say: a JSON line each, else a page or a table."""
    files = list(_files(paths))
    if as_json:
        for path in files:
            _print_line(_row(path, inbound.read(_bytes(path)).meaning))
    elif len(files) == 1:
        mail, because = inbound.explain(_bytes(files[0]))
        _print(_page(files[0], mail, because))
    else:
        _print(_table((path, inbound.read(_bytes(path))) for path in files))


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files named and those in the folders named, each once, in the order of their paths."""
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(one for one in path.rglob("*") if one.is_file() and not _hidden(one, path))
        elif path.exists():
            found.add(path)
        else:
            raise errors.NotFound(
                f"{path}: no such file or folder; expected a saved message or a folder of them"
            )
    return sorted(found, key=str)


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError as wrong:
        raise errors.UserError(f"{path} cannot be read: {wrong.strerror}") from None


def _row(path: Path, meaning: Meaning) -> dict[str, Any]:
    said = meaning.model_dump(mode="json")
    names = ("kind", "delivery_final", "address_dead", "recipients", "status", "original_message_id")
    return {"path": str(path)} | {name: said[name] for name in (*names, "returns_on", "text")}


def _print_line(row: dict[str, Any]) -> None:
    """One line of JSON in UTF-8; paths that are no text keep their bytes."""
    line = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogateescape")
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _print(parts: Iterable[RenderableType]) -> None:
    for part in parts:
        output.out().print(part)


def _table(read: Iterable[tuple[Path, Mail]]) -> Iterator[RenderableType]:
    table = grid("=message", "kind", "what it says")
    counts: Counter[str] = Counter()
    for path, mail in read:
        kind = mail.meaning.kind
        counts[kind] += 1
        table.add_row(
            words.line(str(path)), Text(words.said(kind), style=_COLOURS.get(kind, "")), _gist(mail)
        )
    yield table
    yield heading(words.count(sum(counts.values()), "message"))
    total = grid("", ">")
    for kind in MAIL_KINDS:
        total.add_row(words.said(kind), f"{counts[kind]:,}", style="" if counts[kind] else "dim")
    yield inset(total)


def _gist(mail: Mail) -> str:
    """A message in a few words, as far as they matter for its kind."""
    meaning = mail.meaning
    if meaning.kind == "bounce":
        return ", ".join(filter(None, (*meaning.recipients[:3], meaning.status, _fate(meaning))))
    if meaning.returns_on:
        return f"back on {words.day(meaning.returns_on)}"
    return words.line(meaning.text)[:60]


def _fate(meaning: Meaning) -> str:
    if meaning.address_dead:
        return "the address is dead"
    return "this delivery is over" if meaning.delivery_final else "the server still tries"


def _page(path: Path, mail: Mail, because: Sequence[str]) -> Iterator[RenderableType]:
    meaning = mail.meaning
    yield heading(words.said(meaning.kind), words.line(str(path)), style=_COLOURS.get(meaning.kind, ""))
    yield inset(_facts(mail))
    yield heading("Why")
    yield inset(Text("\n".join(words.line(one) for one in because)))
    if meaning.text:
        yield heading("In their own words" if meaning.kind in ("human", "unsubscribe") else "What it says")
        yield inset(Text(words.plain(meaning.text)))


def _facts(mail: Mail) -> Table:
    meaning = mail.meaning
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    rows = (
        ("From", f"{mail.sender_name} <{mail.sender}>".strip() if mail.sender else ""),
        ("To", ", ".join(mail.addressed_to)),
        ("Subject", mail.subject),
        ("Sent", mail.sent_at.isoformat(sep=" ") if mail.sent_at else ""),
        ("Answers", "\n".join(mail.answers[:5])),
        ("About", ", ".join(meaning.recipients)),
        ("Status", meaning.status or ""),
        ("Outcome", _fate(meaning) if meaning.kind == "bounce" else ""),
        ("Returned message", meaning.original_message_id or ""),
        ("First day back", words.day(meaning.returns_on) if meaning.returns_on else ""),
    )
    for name, value in rows:
        if value:
            table.add_row(name, words.plain(value))
    return table
