"""Days as people write them, in a dozen languages: "14 August", "8/14", "Monday", "17 août", "8月14日".

A day without a year is the next such day; one that could be read two ways is the nearer one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_FURTHEST = timedelta(days=200)
_FURTHEST_DATED = timedelta(days=400)

_MONTHS = (
    "january jan januar jänner janvier janv enero ene gennaio genn gen januari janeiro januar tammikuuta"
    " stycznia sty"
    " ledna leden января янв január ocak ianuarie січня",
    "february feb februar février fevrier févr fevr febrero febbraio febbr februari fevereiro fev"
    " helmikuuta lutego lut"
    " února únor февраля фев február şubat februarie лютого",
    "march mar märz maerz mrz mars marzo maart mrt março maaliskuuta marca března březen марта március"
    " mart martie"
    " березня",
    "april apr avril avr abril abr aprile huhtikuuta kwietnia kwi dubna duben апреля апр április nisan"
    " aprilie квітня",
    "may mai mayo maggio mag mei maio toukokuuta maja května květen мая május mayıs травня maj",
    "june jun juni juin junio giugno giu junho kesäkuuta czerwca cze června červen июня июн június"
    " haziran iunie червня",
    "july jul juli juillet juil julio luglio lug julho heinäkuuta lipca lip července červenec июля июл"
    " július temmuz"
    " iulie липня",
    "august aug août aout agosto ago augustus augusti elokuuta sierpnia sie srpna srpen августа авг"
    " augusztus ağustos"
    " серпня",
    "september sep sept septembre septiembre settembre sett set setembro syyskuuta września wrz září"
    " сентября сен сент"
    " szeptember eylül septembrie вересня",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta października paź října"
    " říjen октября окт"
    " október ekim octombrie жовтня",
    "november nov novembre noviembre novembro marraskuuta listopada lis listopadu ноября ноя kasım"
    " noiembrie листопада",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro joulukuuta grudnia"
    " gru prosince"
    " prosinec декабря дек aralık decembrie грудня desember des",
)
_WEEKDAYS = (
    "monday mon montag lundi lunes lunedì lunedi maandag segunda-feira segunda måndag mandag maanantaina"
    " maanantai"
    " poniedziałek poniedziałku pondělí понедельник понедельника",
    "tuesday tue tues dienstag mardi martes martedì martedi dinsdag terça-feira terça tisdag tirsdag"
    " tiistaina tiistai"
    " wtorek wtorku úterý вторник вторника",
    "wednesday wed mittwoch mercredi miércoles miercoles mercoledì mercoledi woensdag quarta-feira"
    " quarta onsdag"
    " keskiviikkona keskiviikko środę środa środy středu středa среда среду среды",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì giovedi donderdag quinta-feira quinta"
    " torsdag torstaina"
    " torstai czwartek czwartku čtvrtek четверг четверга",
    "friday fri freitag vendredi viernes venerdì venerdi vrijdag sexta-feira sexta fredag perjantaina"
    " perjantai piątek"
    " piątku pátek пятница пятницу пятницы",
    "saturday sat samstag sonnabend samedi sábado sabado sabato zaterdag lördag lørdag lauantaina sobotę"
    " sobota субботу",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag sunnuntaina niedzielę neděli"
    " воскресенье",
)
_SOON = {
    **dict.fromkeys(
        [
            "tomorrow",
            "morgen",
            "demain",
            "mañana",
            "domani",
            "amanhã",
            "imorgon",
            "завтра",
            "jutro",
            "huomenna",
        ],
        1,
    ),
    **dict.fromkeys(
        (
            "next week",
            "nächste woche",
            "kommende woche",
            "la semaine prochaine",
            "la próxima semana",
            "nästa vecka",
            "la prossima settimana",
            "na próxima semana",
            "volgende week",
            "næste uge",
            "neste uke",
            "на следующей неделе",
        ),
        7,
    ),
}
"""Words for the day after, and for the Monday of the week after."""
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}


def _one_of(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_PATTERNS = (
    re.compile(r"(?<![\d.-])(?P<y>20\d\d)[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})(?![\d])"),
    re.compile(r"(?:(?P<y>20\d\d)\s?年\s?)?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日"),
    re.compile(
        rf"(?<![\d.,:])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|re|º|°|ª)?\.?\s*(?:-\s*)?(?:of\s|de\s|d['’])?\s*"
        rf"(?P<name>{_one_of(_MONTH)})\b\.?(?:,?\s*(?:de\s|del\s)?\s*(?P<y>20\d\d))?(?!\d)"
    ),
    re.compile(
        rf"\b(?P<name>{_one_of(_MONTH)})\b\.?\s*(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s*(?P<to>-|–|—|to"
        rf"|through|thru|until|and)\s*)?"
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?![\d:.]\d)(?:,?\s*(?P<y>20\d\d))?(?!\d)"
    ),
    re.compile(
        r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?:(?P=sep)\s?(?P<y>20\d\d"
        r"|\d\d)(?!\d))?(?![\d/-]|\.\d)\.?"
    ),
    re.compile(
        rf"(?:\b(?:next|coming|kommenden|nächsten|prochain|próximo"
        rf"|prossimo)\s+)?\b(?P<weekday>{_one_of(_WEEKDAY)})\b"
    ),
    re.compile(rf"\b(?P<soon>{_one_of(_SOON)})\b"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a text names, and where."""

    day: date
    start: int
    end: int
    ends_range: bool = False
    """Whether the name itself says that it is a span's last day, as "July 10-31"."""
    weekday: bool = False


def named(text: str, today: date) -> Iterator[Named]:
    """The plausible days after `today` that a text in lower case names, in order; exact days hide"
    " weekdays."""
    found: list[Named] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            day = _day(match, today)
            taken = any(match.start() < one.end and one.start < match.end() for one in found)
            if day is not None and not taken:
                ranged = bool(match.groupdict().get("to"))
                found.append(Named(day, match.start(), match.end(), ranged, "weekday" in match.groupdict()))
    yield from sorted(_without_echoes(found), key=lambda one: one.start)


def _without_echoes(found: list[Named]) -> Iterator[Named]:
    """Leaves out a weekday that only introduces an exact day: "Monday, 14 August"."""
    exact = [one for one in found if not one.weekday]
    for one in found:
        if not (
            one.weekday
            and any(0 <= other.start - one.end <= 6 or 0 <= one.start - other.end <= 3 for other in exact)
        ):
            yield one


def _day(match: re.Match[str], today: date) -> date | None:
    parts = match.groupdict()
    if parts.get("soon"):
        return today + timedelta(days=1 if _SOON[parts["soon"]] == 1 else 7 - today.weekday())
    if parts.get("weekday"):
        ahead = (_WEEKDAY[parts["weekday"]] - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    year = int(parts["y"]) if parts.get("y") else None
    year = year + 2000 if year is not None and year < 100 else year
    if parts.get("name"):
        pairs = [(_MONTH[parts["name"]], int(parts["d"]))]
    elif parts.get("m"):
        pairs = [(int(parts["m"]), int(parts["d"]))]
    else:
        first, second = int(parts["a"]), int(parts["b"])
        pairs = [(second, first)] if parts["sep"] == "." else [(second, first), (first, second)]
    days = [day for month, number in pairs if (day := _next(year, month, number, today)) is not None]
    return min(days, default=None)


def _next(year: int | None, month: int, number: int, today: date) -> date | None:
    """That day, if it is a day and plausible as a return: after today, and not too far."""
    furthest = _FURTHEST_DATED if year else _FURTHEST
    for candidate in (year,) if year else (today.year, today.year + 1):
        try:
            day = date(candidate, month, number)
        except ValueError:
            continue
        if today <= day <= today + furthest:
            return day
    return None
