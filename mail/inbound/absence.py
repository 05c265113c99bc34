"""When an absent person is back: the first day that their automatic reply names as one.

"Back on Monday" names it; "until 14 August", "vom 1. bis 14. August" name the last day away, so the day
after is meant; "not back until 14 August" names the day itself. A day before the message was written, or
too far off, is a forgotten notice's and counts for nothing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from mail.inbound import days

_BEFORE = 90
_AFTER = 70
_LONGEST = 4000
_ARTICLES = (
    r"(?:\s|,|the|including|inclusive|incl\.?|and|to|den|dem|zum|einschließlich|inkl\.?|le|el|il|al|au|o|d\.?"
    r"|\w+day|og med|och med|en met)*"
)
_UNTIL = re.compile(
    r"(?:\buntil|\btill?|\bthrough|\bthru|\bup to|\bbis|\bjusqu['’]?(?:au|à|en)?|\bhasta|\bfino a[l]?"
    r"|\bsino al|\btot|\baté"
    r"|\btil|\bt\.?\s?o\.?\s?m\.?|\bt/m|\bdo(?: dnia)?|\baž do|\bдо|\bпо|\bto|\bau|\bal?|\bà|\band|\bund"
    r"|\bet|\by|\be|[-–—~〜])"
    rf"{_ARTICLES}\s*$"
)
_SPAN = re.compile(r"(?:\bto|\bau|\bal?|\bà|\band|\bund|\bet|\by|\be|[-–—~〜])" + _ARTICLES + r"\s*$")
_SINCE = re.compile(
    r"(?:\bfrom|\bbetween|\bvom|\bvon|\bzwischen|\bdu|\bdal?|\bdel?|\bdesde|\bentre|\bvan(?:af)?|\bfra"
    r"|\bfrån|\bmellan|\bod|\bс|\d)"
    r"[^\n!?]{1,60}$"
)
_CJK_UNTIL = re.compile(r"^\s*(?:まで|迄|至|止|까지)")
_BACK = re.compile(
    r"\b(?:i(?: will|'ll| am|'m)? (?:be )?back|be back|am back|(?:will |shall |i )?return(?:ing"
    r"|s)?\b(?! (?:your|the|my|this|any) )"
    r"|return date|back(?! (?:up|and forth))|re-?open\w*|available (?:again|from)|reachable (?:again"
    r"|from)|in (?:the )?office again"
    r"|again (?:available|reachable|in the office)|resum(?:e|ing)|first day back|get back to you"
    r"|back to you)\b"
    r"|\bzur[üu]ck\b|\bwieder\b|\bzurueck\b|\berst (?:am|ab|wieder)\b"
    r"|\bde retour\b|\bmon retour\b|\bretour\b|\bje (?:serai|reviens|reviendrai)\b.{0,30}(?:bureau"
    r"|disponible|retour)?|\breprendrai"
    r"|\bde (?:regreso|vuelta)\b|\bvuelvo\b|\bvolver[ée]\b|\bregres(?:o|ar[ée])\b|\bme reincorporo"
    r"|\breincorporar"
    r"|\brientr(?:o|er[òo]|erò)\b|\btorn(?:o|er[òo])\b|\bdi ritorno\b|\bnuovamente\b|\bdi nuovo\b"
    r"|\bterug\b|\bweer (?:bereikbaar|aanwezig|beschikbaar|op kantoor)|\bregresso\b|\bretorn(?:o|arei)\b"
    r"|\bvolt(?:o|arei)\b|\bde volta\b"
    r"|\btilbage\b|\btilbake\b|\btillbaka\b|\båter\b|\bigen\b|\bpalaan\b|\btakaisin\b|\bjälleen\b"
    r"|\bwracam\b|\bwr[óo]c[ęe]\b|\bpowr[óo]c|\bz powrotem\b|\bponownie\b|\bvr[áa]t[íi]m|\bzp[ěe]t\b"
    r"|\bopět\b"
    r"|\bверн(?:усь|емся)\b|\bвозвращ|\bвыхожу\b|\bбуду (?:на месте|в офисе|доступ)"
    r"|復帰|戻り|出社|回来|返回|上班"
)
_NOT_BACK = re.compile(
    r"\bnot\b.{0,60}\b(?:until|till|before)\b[^\n]{0,12}$|n['’]t\b.{0,60}\b(?:until|till"
    r"|before)\b[^\n]{0,12}$|\bnicht vor\b[^\n]{0,12}$|\bpas avant\b[^\n]{0,12}$"
    r"|\bno .{0,40}hasta\b[^\n]{0,12}$"
)
_SENTENCE_END = re.compile(r"[^\W\d_]{3,}[.!?]\s|\n\s*\n|[!?]\s")
_SPAN_FOLLOWS = re.compile(
    r"\s*(?:until|till|to|through|bis|au|al|tot|até|til|do|по|до|jusqu|hasta|fino|[-–—~〜])"
)


def first_day_back(text: str, today: date | None) -> date | None:
    """The first day back that a text names, seen from the day it was written on; None where it names"
    " none."""
    if today is None:
        return None
    text = re.sub(r"[ \t\xa0]+", " ", text[:_LONGEST].lower().replace("’", "'"))
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
    away: list[date] = []
    found = list(days.named(text, today))
    for index, one in enumerate(found):
        before = _last_sentence(text[max(0, one.start - _BEFORE) : one.start])
        after = _first_sentence(text[one.end : one.end + _AFTER])
        nearer = before[-(one.start - found[index - 1].end) :] if index else before
        alone = index + 1 == len(found) or found[index + 1].start > one.end + len(after)
        if one.day > today and _NOT_BACK.search(before):
            return one.day
        if one.ends_range or _is_last_away(before, after):
            away.append(one.day + timedelta(days=1))
        elif one.day > today and _says_back(nearer, after, alone=alone):
            return one.day
    return max(away, default=None)


def _is_last_away(before: str, after: str) -> bool:
    """Whether a day ends an absence: "until …", or the second of a span."""
    if _CJK_UNTIL.match(after):
        return True
    if not _UNTIL.search(before):
        return False
    span = _SPAN.search(before)
    return span is None or bool(_SINCE.search(before[: span.start()]))


def _says_back(before: str, after: str, *, alone: bool) -> bool:
    """Whether a day is named as the first one back: by words before it, or after it and before any"
    " other day."""
    if _SPAN_FOLLOWS.match(after):
        return False
    return bool(_BACK.search(before) or (alone and _BACK.search(after)))


def _last_sentence(text: str) -> str:
    ends = [one.end() for one in _SENTENCE_END.finditer(text)]
    return text[ends[-1] :] if ends else text


def _first_sentence(text: str) -> str:
    found = _SENTENCE_END.search(text)
    return text[: found.end()] if found else text
