"""How well mail is understood, on a folder of labelled messages: `make eval-inbound CORPUS=folder`.

The folder's `index.jsonl` names a message a line: `path`, `source`, `tier`, `kind` (`human`, `auto_reply`,
`bounce_hard`, `bounce_soft`, `bounce`, `unsubscribe`, `other`, `not_bounce` or none), and what is known of it
(`expected_recipient`, `expected_status`, `expected_reason`, `expected_original_message_id`, `expected_text`,
`hardness`). Labels are other projects' own: `other` may be a complaint, `not_bounce` anything but a bounce.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.inbound import MAIL_KINDS, Meaning
from mail import inbound

_ACCEPTED: dict[str, set[str]] = {
    "other": {"other", "complaint"},
    "not_bounce": set(MAIL_KINDS) - {"bounce"},
}
_OWN_CODES = 900
"""Sisimai numbers its own reasons `x.0.9nn` where no server said a status: nothing to agree with."""


@dataclass(frozen=True)
class Case:
    """A labelled message and what was read in it."""

    label: dict[str, Any]
    meaning: Meaning | None
    seconds: float

    @property
    def expected(self) -> str:
        """The label in our words; hardness is counted apart."""
        kind = str(self.label.get("kind"))
        return "bounce" if kind.startswith("bounce") else kind

    @property
    def got(self) -> str:
        """The kind that was read, or that reading raised."""
        return self.meaning.kind if self.meaning else "EXCEPTION"

    @property
    def is_right(self) -> bool:
        """Whether label and reading agree; what has no label agrees with everything but an exception."""
        if self.expected == "None":
            return self.meaning is not None
        return self.got in _ACCEPTED.get(self.expected, {self.expected})


def main() -> None:
    """Measures, prints the table, and lists what went wrong."""
    root = Path(sys.argv[1])
    labels = [
        json.loads(line) for line in (root / "index.jsonl").read_text("utf-8").splitlines() if line.strip()
    ]
    cases = [_read(root, label) for label in labels]
    for title, part in (
        ("All", cases),
        ("Captured mail (tier real)", [c for c in cases if c.label.get("tier") == "real"]),
    ):
        print(f"\n{title}: {len(part)} messages")
        _confusion(part)
        _rates(part)
    _details(cases)
    _wrong(cases)
    times = sorted(case.seconds for case in cases)
    print(f"\n{len(times) / sum(times):,.0f} messages a second, the slowest {times[-1] * 1000:,.0f} ms")


def _read(root: Path, label: dict[str, Any]) -> Case:
    raw = (root / label["path"]).read_bytes()
    started = time.perf_counter()
    try:
        meaning = inbound.read(raw).meaning
    except Exception as wrong:
        print(f"EXCEPTION {label['path']}: {wrong!r}")
        meaning = None
    return Case(label, meaning, time.perf_counter() - started)


def _confusion(cases: list[Case]) -> None:
    counts = Counter((case.expected, case.got) for case in cases)
    columns = [*MAIL_KINDS, *({case.got for case in cases} - set(MAIL_KINDS))]
    print(f"  {'label':<14}" + "".join(f"{column:>12}" for column in columns))
    for row in sorted({case.expected for case in cases}):
        print(f"  {row:<14}" + "".join(f"{counts[row, column] or '·':>12}" for column in columns))


def _rates(cases: list[Case]) -> None:
    people = [case for case in cases if case.expected == "human"]
    machines = [case for case in cases if case.expected in ("auto_reply", "bounce", "unsubscribe", "other")]
    bounces = [case for case in cases if case.expected == "bounce"]
    others = [case for case in cases if case.expected not in ("bounce", "None")]
    read_as_bounce = [case for case in (*bounces, *others) if case.got == "bounce"]
    _say("people's replies taken for something else", people, lambda case: case.got != "human")
    _say("machine or opt-out mail taken for a person", machines, lambda case: case.got == "human")
    _say("bounce recall", bounces, lambda case: case.got == "bounce")
    _say("bounce precision", read_as_bounce, lambda case: case.expected == "bounce")
    _say("bounce false alarms", others, lambda case: case.got == "bounce")


def _details(cases: list[Case]) -> None:
    print("\nAgreement in detail")
    found = [(case.label, case.meaning) for case in cases if case.expected == "bounce" and case.meaning]
    for hardness in ("address", "delivery"):
        pairs = [
            (
                label["kind"] == "bounce_hard",
                meaning.address_dead if hardness == "address" else meaning.delivery_final,
            )
            for label, meaning in found
            if label.get("hardness") == hardness and label["kind"] != "bounce"
        ]
        _say(f"hardness of the {hardness}", pairs, lambda pair: pair[0] == pair[1])
    _say(
        "failing recipients",
        [
            (set(map(str.lower, label["expected_recipient"])), set(meaning.recipients))
            for label, meaning in found
            if label.get("expected_recipient")
        ],
        lambda pair: pair[0] == pair[1],
    )
    _say(
        "status that a server said",
        [
            (codes, meaning.status)
            for label, meaning in found
            if (codes := _said(label.get("expected_status") or []))
        ],
        lambda pair: pair[1] in pair[0],
    )
    _say(
        "original Message-ID",
        [
            (label["expected_original_message_id"], meaning.original_message_id)
            for label, meaning in found
            if label.get("expected_original_message_id")
        ],
        lambda pair: str(pair[0]).strip("<>") == str(pair[1]).strip("<>"),
    )
    texts: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.label.get("expected_text") is not None:
            texts[case.label["source"]].append(case)
            texts["all"].append(case)
    for source, part in sorted(texts.items()):
        _say(f"reply text exact, {source}", part, _text_is_right)


def _said(codes: Iterable[str]) -> list[str]:
    return [code for code in codes if int(code.split(".")[2]) < _OWN_CODES]


def _text_is_right(case: Case) -> bool:
    return case.meaning is not None and _squeezed(case.meaning.text) == _squeezed(case.label["expected_text"])


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _say(what: str, among: Iterable[Any], is_counted: Callable[[Any], bool]) -> None:
    items = list(among)
    hits = sum(map(is_counted, items))
    share = f"{hits / len(items):7.2%}" if items else "      –"
    print(f"  {what:<48}{hits:>5} of {len(items):<5}{share}")


def _wrong(cases: list[Case]) -> None:
    print("\nWrong ones (path, expected, got)")
    for line in _differences(cases):
        print(f"  {line}")


def _differences(cases: list[Case]) -> Iterator[str]:
    for case in cases:
        label, meaning = case.label, case.meaning
        if not case.is_right:
            yield f"kind      {label['path']}  {case.expected}  {case.got}"
        if meaning is None:
            continue
        if label.get("expected_text") is not None and not _text_is_right(case):
            yield f"text      {label['path']}  {label['expected_text'][:60]!r}  {meaning.text[:60]!r}"
        if meaning.kind == "bounce" and label.get("hardness"):
            hard = meaning.address_dead if label["hardness"] == "address" else meaning.delivery_final
            if label["kind"] != "bounce" and (label["kind"] == "bounce_hard") != hard:
                yield f"hardness  {label['path']}  {label['kind']} {label.get('expected_reason', '')}  {hard}"


if __name__ == "__main__":
    main()
