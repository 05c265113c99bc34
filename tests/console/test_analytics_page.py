"""How `analytics` looks: on a narrow screen, with hostile names, with nothing to show."""

from __future__ import annotations

import io
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from console import analytics_page
from console.words import Clock
from domain.analytics import Analytics, period
from tests.cast import NOW, TODAY
from tests.samples import an_analytics

CLOCK = Clock(NOW, ZoneInfo("Europe/London"))


def shown(found: Analytics, width: int = 100, *, colour: bool = False) -> str:
    """Prints the page as it would stand on a screen of a width."""
    screen = io.StringIO()
    console = Console(file=screen, width=width, force_terminal=colour, highlight=False, markup=False)
    for part in analytics_page.page(found, CLOCK):
        console.print(part)
    return screen.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_it_fits_a_screen_and_names_move_no_cursor(width: int) -> None:
    text = shown(an_analytics("Acme \x1b[31m[bold]Robotics\u202e"), width)
    assert max(map(len, text.splitlines())) <= width
    assert not set(text) & {"\x1b", "\u202e"}
    assert "Acme [31m[bold]Robotics" in text


def test_every_rate_comes_with_its_interval() -> None:
    lines = [" ".join(line.split()) for line in shown(an_analytics("Acme")).splitlines()]
    assert "Replies 20: 33.3% (22.7% to 45.9%)" in lines
    assert "First e-mail 60 60 15 25.0% 15.8% to 37.2%" in lines
    assert "Time to reply half of the replies within 5 h" in lines
    assert "urgent of them 9 8 88.9% 56.5% to 98.0%" in lines
    assert "emil Emil Holm 12 2" in lines


def test_what_rests_on_under_ten_is_dim() -> None:
    lines = shown(an_analytics("Acme"), colour=True).splitlines()
    (small,) = [line for line in lines if "Blue Harbour" in line]
    (large,) = [line for line in lines if "Acme" in line]
    assert "\x1b[2m" in small and "\x1b[2m" not in large


def test_nothing_yet_is_a_page_too() -> None:
    text = shown(an_analytics("Acme", threads=0))
    assert "0 in 0 threads" in text
    assert "—" in text


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (None, None, "all threads"),
        (TODAY, None, "from 1 Jun 2026 on"),
        (None, TODAY, "until 1 Jun 2026"),
        (TODAY, TODAY, "1 Jun 2026 to 1 Jun 2026"),
    ],
)
def test_the_period_stands_above(since: object, until: object, said: str) -> None:
    asked = period(since, until)  # type: ignore[arg-type]
    assert said in shown(an_analytics("Acme").model_copy(update={"period": asked}))
