"""Charts may stand in the strictest page, are read as text, and are drawn away from the event loop."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from domain.analytics import Analytics
from domain.rates import Ended, survival
from tests.samples import an_analytics
from web import charts, drawings
from web.charts import Chart, Charts

INTERVAL = timedelta(hours=48)
HOSTILE = "\x01\x08\x0b\x1b\ufffe</text><script>alert(1)</script> \" ' & \\ datum['x'] \u2028"


@pytest.fixture(scope="module")
def found() -> Analytics:
    """Analytics in which every chart has something to show, and a company whose name is hostile."""
    return an_analytics(HOSTILE)


@pytest.fixture(scope="module")
def drawn(found: Analytics) -> dict[str, str]:
    """Every chart, drawn."""
    return {chart.name: charts.drawn(chart) for chart in drawings.all_of(found, INTERVAL)}


def test_every_chart_is_there(drawn: dict[str, str]) -> None:
    assert list(drawn)[:3] == ["reply-rate-by-stage", "time-to-reply", "funnel"]
    assert {"reply-rate-by-company", "reply-rate-by-urgency"} <= set(drawn)


def test_a_chart_holds_nothing_that_a_policy_forbids_or_that_loads(drawn: dict[str, str]) -> None:
    for name, svg in drawn.items():
        for element in ElementTree.fromstring(svg).iter():
            tag = element.tag.rpartition("}")[2]
            assert tag in {"svg", "g", "title", "desc", "text", "tspan", "path", "line", "rect"}, name
            for attribute, value in element.attrib.items():
                assert attribute != "style" and not attribute.startswith("on"), name
                assert "href" not in attribute and "url(" not in value and "http" not in value, name


def test_a_chart_is_one_image_with_a_name_and_words_and_takes_the_width_it_is_given(
    drawn: dict[str, str],
) -> None:
    for name, svg in drawn.items():
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert "width" not in root.attrib and "height" not in root.attrib
        left, top, width, height = map(float, root.attrib["viewBox"].split())
        assert (left, top) == (0, 0) and width == pytest.approx(charts.WIDTH, abs=40) and height > 50
        ids = (root.get("aria-labelledby") or "").split()
        said = [element.text for element in root.iter() if element.get("id") in ids]
        assert len(said) == 2 and all(said), name
        assert not [one for one in root.iter() if one is not root and one.get("role")]


def test_colours_are_the_pages_own(drawn: dict[str, str]) -> None:
    for name, svg in drawn.items():
        used = {
            value
            for element in ElementTree.fromstring(svg).iter()
            for attribute, value in element.attrib.items()
            if attribute in ("fill", "stroke")
        }
        assert used <= {charts.INK, charts.QUIET, charts.LINE, charts.ACCENT, "none", "transparent"}, name


def test_a_name_is_text_whatever_stands_in_it(drawn: dict[str, str]) -> None:
    text = "".join(ElementTree.fromstring(drawn["reply-rate-by-company"]).itertext())
    assert "</text><script>alert" in "".join(text.split())
    assert "<script" not in drawn["reply-rate-by-company"]


def test_what_rests_on_under_ten_is_grey(found: Analytics) -> None:
    dots = {row["small"]: row for row in drawings.by_stage(found).spec["data"]["values"]}
    assert set(dots) == {True, False}
    svg = charts.drawn(drawings.by_stage(found))
    assert charts.QUIET in svg and charts.ACCENT in svg


def test_without_a_thread_there_is_no_chart() -> None:
    assert drawings.all_of(an_analytics("Acme", threads=0), INTERVAL) == ()


@pytest.mark.parametrize("interval", [timedelta(seconds=5), timedelta(minutes=90), INTERVAL])
def test_time_is_shown_in_the_unit_of_the_interval(interval: timedelta) -> None:
    hours = interval.total_seconds() / 3600
    found = survival([Ended(1, True, 20), Ended(4, False, 60)], hours, 20)
    chart = drawings.time_to_reply(found, interval)
    unit = {5: "seconds", 5400: "hours", 172800: "days"}[int(interval.total_seconds())]
    assert unit in chart.words
    assert chart.words.startswith("25% answered within")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, "—"),
        (0, "0%"),
        (0.0002, "< 0.1%"),
        (0.064, "6.4%"),
        (0.0996, "10%"),
        (0.17, "17%"),
        (1, "100%"),
    ],
)
def test_a_share_is_said_shortly(share: float | None, said: str) -> None:
    assert drawings.percent(share) == said


async def test_drawing_leaves_the_event_loop_free_and_is_done_once(found: Analytics) -> None:
    kept, wanted = Charts(), drawings.all_of(found, INTERVAL)
    longest, done = 0.0, False

    async def watch() -> None:
        nonlocal longest
        while not done:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - before)

    watching = asyncio.create_task(watch())
    first = await kept.draw(wanted)
    done = True
    await watching
    began = time.perf_counter()
    assert await kept.draw(wanted) == first
    assert time.perf_counter() - began < 0.1
    assert longest < 0.5, "the loop goes on while a chart is drawn"


async def test_the_latest_charts_are_kept_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Charts()
    monkeypatch.setattr(charts, "KEPT", 2)
    bar = {"data": {"values": [{"x": 1}]}, "mark": "bar", "encoding": {"x": {"field": "x"}}}
    for number in range(4):
        await kept.draw([Chart(f"n{number}", "A chart", "Words.", bar)])
    assert len(kept._kept) == 2
