"""How answers look: at 80 and 120 columns, in a pipe, and with hostile text in them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from rich.console import Console, RenderableType

from console import dossier, output, pending, plan, status, words
from console.words import Clock
from db.pool import Pool
from desk import figures
from desk.office import Office
from desk.preview import look_ahead
from domain.letters import Outage
from tests.cast import NOW, TODAY, a_candidate, a_match
from tests.fill import fill, insert
from tests.scenes import DAY, HOUR, RULES, book, do, send

CLOCK = Clock(NOW + HOUR, ZoneInfo("Europe/London"))
HOSTILE = "Bobby \x1b[31m[bold]Tables[/bold]\u202e\x07"


def shown(page: Iterable[RenderableType], width: int = 80, *, colour: bool = False) -> str:
    """Prints a page as it would stand on a screen of a width, or in a pipe."""
    screen = io.StringIO()
    console = Console(file=screen, width=width, force_terminal=colour, highlight=False, markup=False)
    for part in page:
        console.print(part)
    return screen.getvalue()


@pytest_asyncio.fixture
async def office(pool: Pool) -> Office:
    """A desk on the named cast, some of it hostile."""
    await fill(pool)
    await insert(pool, "candidate", [a_candidate("zoe", first_name=HOSTILE)])
    await insert(pool, "match", [a_match("zoe", "r-data", 0.99)])
    await do(pool, "update company set name = $1 where id = 'acme'", f"Acme {HOSTILE}")
    return Office(pool, RULES)


@pytest_asyncio.fixture
async def pages(office: Office) -> dict[str, Callable[[], Iterable[RenderableType]]]:
    """Every page, over cycles in many states."""
    first, second, *_ = await book(office.pool)
    await send(office.pool, first)
    log_id = await send(office.pool, second, delivery=Outage("refused_421", f"421 {HOSTILE}"))
    ahead = await look_ahead(office.pool, RULES, TODAY + timedelta(days=7), explain=True)
    counted = await figures.status(office, NOW + HOUR)
    lines = await figures.pendings(office, NOW + HOUR)
    tasks = await figures.follow_ups(office, NOW + 3 * DAY)
    whole = await figures.show(office, str(log_id), web_ui="http://127.0.0.1:8233")
    return {
        "status": lambda: status.page(counted, CLOCK),
        "pending": lambda: pending.page(lines, CLOCK),
        "follow-ups": lambda: pending.tasks(tasks, CLOCK),
        "follow-ups --verbose": lambda: pending.explained(tasks, CLOCK),
        "show": lambda: dossier.page(whole, CLOCK),
        "dry run": lambda: plan.page(ahead),
        "dry run --verbose": lambda: plan.page(ahead, verbose=True),
    }


Pages = dict[str, Callable[[], Iterable[RenderableType]]]


@pytest.mark.parametrize("width", [80, 120])
async def test_no_page_is_wider_than_its_screen(pages: Pages, width: int) -> None:
    for name, page in pages.items():
        longest = max(shown(page(), width).splitlines(), key=len)
        assert len(longest) <= width, f"{name}: {longest!r}"


async def test_in_a_pipe_nothing_is_coloured_and_no_record_moves_the_cursor(pages: Pages) -> None:
    for name, page in pages.items():
        text = shown(page())
        assert not set(text) & {"\x1b", "\x07", "\r", "\u202e"}, name


async def test_colours_are_ours_alone(pages: Pages) -> None:
    text = shown(pages["show"](), colour=True)
    assert "\x1b[" in text
    assert "\x1b[31m" not in text, "the server's own words bring no colour"


async def test_what_looks_like_markup_is_printed_as_it_is(pages: Pages) -> None:
    assert "[bold]Tables[/bold]" in shown(pages["dry run --verbose"](), 120)


async def test_ids_are_whole_on_a_narrow_screen(pages: Pages, office: Office) -> None:
    text = shown(pages["pending"](), 80)
    ids = await office.pool.fetch("select id from outreach_cycle")
    assert all(f"  {row['id']}" in text for row in ids)


async def test_a_long_list_is_cut_and_says_how_to_see_the_rest(office: Office) -> None:
    ids = await book(office.pool)
    found = await figures.pendings(office, NOW)
    assert len(ids) > 1
    assert f"and {len(ids) - 1} more (--all)" in shown(pending.page(found, CLOCK, 1))
    assert "more" not in shown(pending.page(found, CLOCK, None))


async def test_an_e_mail_that_is_tried_again_is_not_said_to_come_in_the_past(office: Office) -> None:
    (first, *_) = await book(office.pool)
    await send(office.pool, first, delivery=Outage("smtp_452", "452 later"))
    found = await figures.show(office, first)
    text = " ".join(shown(dossier.page(found, CLOCK), 120).split())
    assert "First e-mail, due since Mon 1 Jun" in text
    assert "tried 1 time, and again by itself" in text


async def test_nothing_passed_over_is_a_heading_alone(office: Office) -> None:
    found = await look_ahead(office.pool, RULES, TODAY, roles=["r-data"])
    assert shown(plan.page(found, verbose=True)).rstrip().endswith("Passed over  0 roles")


async def test_verbose_says_why_each_is_chosen_and_why_others_are_not(office: Office) -> None:
    found = await look_ahead(office.pool, RULES, TODAY, explain=True)
    text = " ".join(shown(plan.page(found, verbose=True), 200).split())
    assert "Dara Sok score 0.9 starts 9 Sep 2026, in 100 days: urgent, fewer than 120 with a visa" in text
    assert "Farah Aziz (farah, 0.99): start date has passed" in text
    assert "Goran Ilić (goran, 0.98): placed" in text
    assert "Takes slot 1 of 3 that Blue Harbour & Sons has this week." in text
    assert "may get 1 a week: 0 used before, 1 planned here" in text


async def test_nothing_pending_says_so(pool: Pool) -> None:
    found = await figures.pendings(Office(pool, RULES), NOW)
    assert shown(pending.page(found, CLOCK)) == "Nothing is pending.\n"


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(seconds=4), "in 4 s"),
        (timedelta(minutes=-3), "3 min ago"),
        (timedelta(hours=5), "in 5 h"),
        (timedelta(days=1, hours=3), "in 1 day"),
        (timedelta(days=1, hours=23, minutes=59), "in 2 days"),
        (timedelta(days=-2), "2 days ago"),
    ],
)
def test_how_far_away_something_is(away: timedelta, said: str) -> None:
    assert CLOCK.away(CLOCK.now + away) == said


def test_times_are_the_organisations_and_carry_seconds_only_when_near() -> None:
    assert CLOCK.at(CLOCK.now + timedelta(days=2)) == "Wed 3 Jun 11:00"
    assert CLOCK.at(CLOCK.now + timedelta(seconds=5)) == "Mon 1 Jun 11:00:05"
    assert CLOCK.at(CLOCK.now + timedelta(days=365)) == "Tue 1 Jun 2027 11:00"
    assert CLOCK.at(None) == "—"


def test_foreign_text_becomes_safe_and_keeps_its_words() -> None:
    assert words.line("a\r\nb\tc\x1b[0m\x9b1m") == "a b c[0m1m"
    assert words.plain("a\nb\x00") == "a\nb"


def test_json_is_utf_8_and_refuses_what_json_cannot_say(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    output.print_json({"name": "Sató 佐藤"})
    assert capfdbinary.readouterr().out == '{\n  "name": "Sató 佐藤"\n}\n'.encode()
    with pytest.raises(ValueError, match="JSON"):
        output.print_json({"score": float("nan")})
