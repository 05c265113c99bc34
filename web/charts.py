"""Charts as SVG, drawn on the server: nothing is loaded, nothing runs, the page's colours and font are used.

A chart may stand in a page whose policy is `style-src 'self'`: it holds attributes alone, no style, no
script, no address. It takes the width it is given; its colours are the page's own words for them.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree import ElementTree

import vl_convert

Spec = dict[str, Any]

WIDTH = 460
"""Units of a chart's width; its letters are 13, so that they can be read on a phone and in a column."""
INK, QUIET, LINE, ACCENT = (
    "currentColor",
    "var(--quiet, #68727d)",
    "var(--line, #c8ced5)",
    "var(--accent, #0f766e)",
)
KEPT = 64
"""Charts that are kept, at some ten kilobytes each."""

_SVG = "http://www.w3.org/2000/svg"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML can hold (XML 1.0, section 2.2): the library ends its whole process over it."""
_LEFT_OUT = re.compile(r"^(role|class|aria-.*|font-family|pointer-events|.*href)$")
_NEEDLESS = {"opacity": "1", "stroke-width": "1", "fill-opacity": "1", "stroke-opacity": "1"}

CONFIG: Spec = {
    "background": None,
    "padding": 0,
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "ticks": False,
        "title": None,
        "labelColor": QUIET,
        "labelFontSize": 12,
        "gridColor": LINE,
        "labelPadding": 8,
    },
    "axisY": {"labelColor": INK, "labelFontSize": 13, "labelLineHeight": 15, "grid": False},
    "text": {"color": INK, "fontSize": 13},
    "font": "sans-serif",
}


@dataclass(frozen=True, slots=True)
class Chart:
    """What is to be drawn: a Vega-Lite specification, and the same in words for who cannot see it."""

    name: str
    """Unique on its page, letters and hyphens."""
    title: str
    words: str
    spec: Spec

    @property
    def key(self) -> str:
        """Two charts of one key look alike."""
        return json.dumps([self.name, self.title, self.words, self.spec], ensure_ascii=False)


@dataclass(slots=True)
class Charts:
    """Draws charts in one thread of its own, away from the event loop, and keeps the latest.

    The first drawing in a process takes about a second: a browser's engine is started in it.
    """

    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")
    )
    _kept: OrderedDict[str, str] = field(default_factory=OrderedDict)

    def warm(self) -> None:
        """Starts the engine, so that nobody who looks has to wait for it."""
        self._thread.submit(vl_convert.vegalite_to_svg, {"mark": "point", "data": {"values": []}})

    async def draw(self, charts: Iterable[Chart]) -> dict[str, str]:
        """Draws charts, each an `<svg>` element under its name; none is drawn twice."""
        wanted = {chart.name: chart for chart in charts}
        return {name: await self._drawn(chart) for name, chart in wanted.items()}

    async def _drawn(self, chart: Chart) -> str:
        key = chart.key
        if key not in self._kept:
            loop = asyncio.get_running_loop()
            self._kept[key] = await loop.run_in_executor(self._thread, drawn, chart)
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]


def drawn(chart: Chart) -> str:
    """Draws a chart as an `<svg>` element; its text is text, read as one image with a name and words.

    Text inside an expression of the specification has to be `legible` already.
    """
    raw = vl_convert.vegalite_to_svg(_legible(chart.spec) | {"config": CONFIG}, allowed_base_urls=[])
    return tidied(raw, replace(chart, title=legible(chart.title), words=legible(chart.words)))


def legible(text: str) -> str:
    """Returns a record's text as an SVG can hold it: other characters show as a question mark."""
    return _NO_XML.sub("\ufffd", text)


def _legible(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _legible(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_legible(one) for one in value]
    return legible(value) if isinstance(value, str) else value


def tidied(raw: str, chart: Chart) -> str:
    """Leaves of an SVG what a page needs: no size, no font, no roles inside; a name and words."""
    root = ElementTree.fromstring(raw)
    for parent in list(root.iter()):
        for child in list(parent):
            if _is_empty(child):
                parent.remove(child)
        for name in [name for name in parent.attrib if _is_needless(name, parent.attrib[name])]:
            del parent.attrib[name]
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    title, words = f"{chart.name}-title", f"{chart.name}-words"
    root.attrib |= {"class": "chart", "role": "img", "aria-labelledby": f"{title} {words}"}
    told = [("title", title, chart.title), ("desc", words, chart.words)]
    for place, (tag, id, text) in enumerate(told):
        said = ElementTree.Element(f"{{{_SVG}}}{tag}", {"id": id})
        said.text = text
        root.insert(place, said)
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _is_empty(element: ElementTree.Element) -> bool:
    tag = element.tag.removeprefix(f"{{{_SVG}}}")
    kind = element.get("class", "")
    return (tag == "path" and kind in ("background", "foreground")) or (
        tag == "text" and not (element.text or len(element))
    )


def _is_needless(name: str, value: str) -> bool:
    return bool(_LEFT_OUT.match(name.rpartition("}")[2])) or _NEEDLESS.get(name) == value
