"""The first day back: in the words of a dozen languages, seen from the message's own date."""

from __future__ import annotations

from datetime import date

import pytest

from mail import inbound
from tests.mail.letterbox import meaning, message

AUG = {day: date(2026, 8, day) for day in range(1, 32)}

WRITTEN_ON_29_JULY = [
    ("I will be back on Monday.", AUG[3]),
    ("I'll be back tomorrow.", date(2026, 7, 30)),
    ("Will be back in the office next week.", AUG[3]),
    ("I'm out of the office until 14 August.", AUG[15]),
    ("I am on annual leave until Friday 14th August 2026 inclusive.", AUG[15]),
    ("I will not be back until August 10th.", AUG[10]),
    ("I will be out of the office starting 08/03/2026 and will not return until 08/17/2026.", AUG[17]),
    ("I am away from August 1 to August 14, returning Monday, August 17th.", AUG[17]),
    ("I will be traveling for work on July 30-31.", AUG[1]),
    ("I am out of office 8/3 - 8/14 with no access.", AUG[15]),
    ("I am out of the office the week of August 3 and will return August 10.", AUG[10]),
    ("I am on leave and will return to the office 2026-08-17.", AUG[17]),
    ("I am away from the office between August 3rd and August 14th.", AUG[15]),
    (
        "Our offices are closed from 24 December through 2 January 2027; we reopen on 4 January 2027.",
        date(2027, 1, 4),
    ),
    ("Ich bin vom 1. bis 14. August nicht im Büro.", AUG[15]),
    ("Ich bin vom 03.08.2026 bis einschließlich 14.08.2026 nicht erreichbar.", AUG[15]),
    ("Ich bin bis zum 14.08. im Urlaub.", AUG[15]),
    ("Ab dem 18.08. bin ich wieder für Sie erreichbar.", AUG[18]),
    ("Ich bin erst am 10.8. wieder im Büro.", AUG[10]),
    ("Je suis absent du 3 au 17 août.", AUG[18]),
    ("Absence du 01/08/2026 au 16/08/2026", AUG[17]),
    ("Je serai de retour le 18 août 2026.", AUG[18]),
    ("Estaré fuera de la oficina hasta el 14 de agosto.", AUG[15]),
    ("Estaré de vuelta el lunes 17 de agosto", AUG[17]),
    ("Sarò assente dal 3 al 17 agosto.", AUG[18]),
    ("Rientrerò il 18 agosto", AUG[18]),
    ("Estarei ausente de 3 a 14 de agosto", AUG[15]),
    ("Ik ben afwezig van 3 tot en met 14 augustus", AUG[15]),
    ("Vanaf 17 augustus ben ik weer bereikbaar", AUG[17]),
    ("Jag är tillbaka den 17 augusti", AUG[17]),
    ("Jeg er tilbage mandag den 17. august", AUG[17]),
    ("Jestem na urlopie do 14 sierpnia", AUG[15]),
    ("Вернусь 17 августа", AUG[17]),
    ("Я в отпуске с 3 по 14 августа", AUG[15]),
    ("8月14日まで不在にしております", AUG[15]),
    ("I am out of the office with limited access to e-mail.", None),
    ("Away until May 5.", None),
    ("I left the company on 1 July.", None),
    ("I am on parental leave. Call Ann on +49 30 12.34.56.", None),
    ("Back on 31 June.", None),
    ("I will be back on 1 August 2031.", None),
]


@pytest.mark.parametrize(("words", "back"), WRITTEN_ON_29_JULY)
def test_the_first_day_back_is_the_one_that_the_absent_person_names(words: str, back: date | None) -> None:
    assert meaning(message(words, Auto_Submitted="auto-replied")).returns_on == back


def test_a_subject_may_name_it() -> None:
    assert meaning(message("See you.", Subject="Out of office: back 10 Aug")).returns_on == AUG[10]


def test_without_a_date_of_its_own_a_message_is_read_today() -> None:
    raw = message("I am back on Monday.", Auto_Submitted="auto-replied", Date="")
    assert inbound.read(raw).meaning.returns_on is None
    assert inbound.read(raw, today=date(2026, 7, 29)).meaning.returns_on == AUG[3]


def test_a_person_s_reply_names_no_absence() -> None:
    assert meaning(message("Great. I am back on Monday.")).returns_on is None
