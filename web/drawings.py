"""The four charts of analytics: direct labels, few lines, and what rests on under ten is grey."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from domain.analytics import Analytics, Groups, StageRate
from domain.letters import STAGE_NAMES
from domain.rates import SMALL, Rate, Survival
from web.charts import ACCENT, INK, QUIET, WIDTH, Chart, Spec, legible

TOP = 10
"""Groups that are drawn; the table beside has more."""

_ROW, _TALL_ROW = 34, 40
_LETTERS = 21
"""Letters of a name on one of its two lines."""
_UNITS = ((48.0, 24.0, "days"), (2.0, 1.0, "hours"), (1 / 30, 1 / 60, "minutes"), (0.0, 1 / 3600, "seconds"))
"""From how many hours on time is shown in a unit, and its hours."""


_SAID = {"urgent": "Urgent", "not_urgent": "Not urgent", "": "None"}
"""Groups that no record names."""


def percent(share: float | None) -> str:
    """Says a share: `< 0.1%`, `6.4%`, `17%`."""
    if share is None:
        return "—"
    if 0 < share < 0.0005:
        return "< 0.1%"
    return f"{share:.1%}" if 0 < share < 0.0995 else f"{share:.0%}"


def all_of(found: Analytics, interval: timedelta) -> tuple[Chart, ...]:
    """Lists every chart of a period that has one; `interval` is the time between two e-mails (R6)."""
    if not found.threads:
        return ()
    return (
        by_stage(found),
        time_to_reply(found.time_to_reply, interval),
        funnel(found),
        *_by_group(found),
    )


def _by_group(found: Analytics) -> Iterator[Chart]:
    for kind in type(found.by).model_fields:
        groups: Groups = getattr(found.by, kind)
        if groups.total > 1:
            yield by_group(groups, kind, found.reply_rate)


def by_stage(found: Analytics) -> Chart:
    """Draws the reply rate by stage with its intervals."""
    rows = [_rated(STAGE_NAMES[one.stage], one.reply_rate, one.at_risk) for one in found.stages]
    words = "; ".join(map(_stage_in_words, found.stages))
    return Chart("reply-rate-by-stage", "Reply rate by stage", words + ".", _intervals(rows, None))


def _stage_in_words(one: StageRate) -> str:
    return f"{STAGE_NAMES[one.stage]}: {one.replies:,} of {one.at_risk:,}, {percent(one.reply_rate.rate)}"


def by_group(groups: Groups, kind: str, overall: Rate) -> Chart:
    """Draws the reply rate of the largest groups of a kind against all threads', the best first.

    Generations stay in their order.
    """
    shown = list(groups.groups[:TOP])
    shown.sort(key=lambda one: int(one.id) if kind == "generation" else -(one.reply_rate.rate or 0))
    rows = [_rated(called(one.id, one.name, kind), one.reply_rate, one.threads) for one in shown]
    words = "; ".join(f"{row['name']}: {row['label']} {row['of']}" for row in rows)
    more = groups.total - len(rows)
    rest = f" {more:,} more are in the table." if more else ""
    return Chart(
        f"reply-rate-by-{kind}", f"Reply rate by {kind}", f"{words}.{rest}", _intervals(rows, overall)
    )


def called(id: str, name: str, kind: str) -> str:
    """Names a group, also one that no record names."""
    return legible(name or (f"Generation {id}" if kind == "generation" else _SAID.get(id, id)))


def _rated(name: str, rate: Rate, of: int) -> Spec:
    shares = rate.model_dump(exclude={"rate"})
    return {"name": name, **shares, "rate": rate.rate, "label": percent(rate.rate), "of": f"of {of:,}"}


def _intervals(rows: Sequence[Spec], overall: Rate | None) -> Spec:
    """Dots with their intervals, one row each, and the figures in a column on the right."""
    plot = WIDTH - 290
    top = max([row["high"] for row in rows if row["high"] is not None and not row["small"]] or [1.0])
    x = {"type": "quantitative", "scale": {"domain": [0, min(1.0, top * 1.08)], "clamp": True, "nice": False}}
    y = {"field": "place", "type": "ordinal", "axis": _names(rows, 165), "scale": {"paddingInner": 0.3}}
    axis = {"format": ".0%", "tickCount": 3, "gridOpacity": 0.8}
    layers: list[Spec] = [
        {
            "mark": {"type": "rule", "strokeWidth": 5, "strokeCap": "round", "opacity": 0.28},
            "encoding": {
                "x": x | {"field": "low", "axis": axis},
                "x2": {"field": "high"},
                "color": _colour(),
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
            "encoding": {"x": x | {"field": "rate"}, "color": _colour()},
        },
        _column("label", plot + 52, "right", INK, bold=True),
        _column("of", plot + 125, "right", QUIET),
    ]
    if overall is not None and overall.rate is not None:
        layers.insert(0, _against(overall.rate, x))
    data = {"values": [{**row, "place": place} for place, row in enumerate(rows)]}
    return {
        "width": plot,
        "height": {"step": _TALL_ROW if any(len(_lines(row["name"])) > 1 for row in rows) else _ROW},
        "data": data,
        "encoding": {"y": y},
        "layer": layers,
    }


def _names(rows: Sequence[Spec], room: int) -> Spec:
    """Has an axis show names, on two lines if need be, whatever characters stand in them."""
    lines = f"{json.dumps([_lines(row['name']) for row in rows])}[datum.value]"
    raised = {"condition": {"test": f"length({lines}) > 1", "value": -7}, "value": 0}
    return {"labelExpr": lines, "labelOffset": raised, "minExtent": room, "maxExtent": room}


def _lines(name: str) -> list[str]:
    return textwrap.wrap(name, _LETTERS, max_lines=2, placeholder="…")


def _colour() -> Spec:
    return {"condition": {"test": "datum.small", "value": QUIET}, "value": ACCENT}


def _column(text: str, x: int, align: str, colour: str, *, bold: bool = False) -> Spec:
    mark = {"type": "text", "align": align, "baseline": "middle", "color": colour}
    return {
        "mark": mark | ({"fontWeight": 600} if bold else {"fontSize": 12}),
        "encoding": {"text": {"field": text}, "x": {"value": x}},
    }


def _against(share: float, x: Spec) -> Spec:
    return {
        "data": {"values": [{"rate": share}]},
        "mark": {"type": "rule", "color": QUIET, "strokeDash": [3, 3]},
        "encoding": {"x": x | {"field": "rate"}, "y": {"value": 0}, "y2": {"value": "height"}},
    }


def funnel(found: Analytics) -> Chart:
    """Draws how many pitches came how far."""
    rows = [
        {
            "name": one.step.capitalize(),
            "count": one.pitches,
            "small": one.rate.small,
            "label": f"{one.pitches:,}",
            "of": percent(one.rate.rate),
        }
        for one in found.funnel
    ]
    plot = WIDTH - 215
    most = max([one.pitches for one in found.funnel] + [1])
    spec: Spec = {
        "width": plot,
        "height": {"step": _ROW},
        "data": {"values": [{**row, "place": place} for place, row in enumerate(rows)]},
        "encoding": {"y": {"field": "place", "type": "ordinal", "axis": _names(rows, 80)}},
        "layer": [
            {
                "mark": {"type": "bar", "height": 20},
                "encoding": {
                    "x": {
                        "field": "count",
                        "type": "quantitative",
                        "axis": None,
                        "scale": {"domain": [0, most]},
                    },
                    "color": _colour(),
                },
            },
            _column("label", plot + 75, "right", INK, bold=True),
            _column("of", plot + 130, "right", QUIET),
        ],
    }
    words = "; ".join(f"{row['name']}: {row['label']}, {row['of']}" for row in rows)
    return Chart("funnel", "From pitch to placement", words + ".", spec)


def time_to_reply(found: Survival, interval: timedelta) -> Chart:
    """Draws the share of threads answered within a time, with its interval, against the times of e-mails."""
    each = interval.total_seconds() / 3600
    end = min(max([4 * each, *(point.hours for point in found.points)]), 5 * each)
    curve = _curve(found, end)
    sure = [row for row in curve if not row["small"]]
    last = curve[-1]
    label = f"{percent(last['answered'])} answered"
    top = min(1.0, max([row["high"] for row in sure] + [last["answered"], 0.04]) * 1.15)
    x = {"field": "hours", "type": "quantitative", "axis": _times(each)}
    x["scale"] = {"domain": [0, end], "nice": False}
    y = {"type": "quantitative", "scale": {"domain": [0, top], "clamp": True, "nice": False}}
    axis = {"format": ".0%", "tickCount": 3, "labelColor": QUIET, "labelFontSize": 12, "grid": True}
    said = {"type": "text", "align": "right", "baseline": "bottom", "dy": -6, "fontWeight": 600}
    spec: Spec = {
        "width": WIDTH - 65,
        "height": 190,
        "layer": [
            {
                "data": {"values": sure},
                "mark": {"type": "area", "color": ACCENT, "opacity": 0.16, "interpolate": "step-after"},
                "encoding": {"x": x, "y": y | {"field": "low", "axis": axis}, "y2": {"field": "high"}},
            },
            *(_line(rows, colour, x, y) for rows, colour in ((curve, QUIET), (sure, ACCENT))),
            {
                "data": {"values": [last]},
                "mark": said,
                "encoding": {"x": x, "y": y | {"field": "answered"}, "text": {"value": label}},
            },
        ],
    }
    words = f"{label} within {_span(end)}, of {found.threads:,} threads."
    if found.median_hours is not None:
        words += f" Half of the replies came within {_span(found.median_hours)}."
    return Chart("time-to-reply", "Time to reply", words, spec)


def _curve(found: Survival, end: float) -> list[dict[str, Any]]:
    """The curve's points, from nothing at the beginning to what stands at the end."""
    start = {"hours": 0.0, "answered": 0.0, "low": 0.0, "high": 0.0, "small": found.threads < SMALL}
    fields = set(start)
    points = [point.model_dump(include=fields) for point in found.points if point.hours <= end]
    last = points[-1] if points else start
    return [start, *points, last | {"hours": end}]


def _line(rows: Sequence[Spec], colour: str, x: Spec, y: Spec) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "color": colour, "interpolate": "step-after", "strokeWidth": 2.5},
        "encoding": {"x": x, "y": y | {"field": "answered"}},
    }


def _times(each: float) -> Spec:
    """An axis of time that names what goes out when."""
    sent = [*STAGE_NAMES.values(), "End"]
    labels = [[name, _span(place * each) if place else ""] for place, name in enumerate(sent)]
    shown = f"{json.dumps(labels)}[round(datum.value / {each!r})]"
    values = [place * each for place in range(len(sent))]
    return {"values": values, "labelExpr": shown, "grid": True, "gridDash": [3, 3], "labelFontSize": 11}


def _span(hours: float) -> str:
    """Says how long something takes in one unit: `2 days`, `1.5 hours`."""
    size, unit = next((size, unit) for least, size, unit in _UNITS if hours >= least)
    return f"{hours / size:.3g} {unit}"
