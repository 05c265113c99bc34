"""The four letters as a partner sees them (R14), and what happens when a template is wrong."""

from __future__ import annotations

import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from domain import errors, industries
from domain.letters import STAGES, Brand, LetterContext, Profile, Recipient, Sender, Stage
from domain.records import Candidate, Contact
from mail.letters import TEMPLATES, Letters
from tests import cast

FOLLOW_UPS: tuple[Stage, ...] = ("follow_up_1", "follow_up_2", "follow_up_3")
SUBJECT = "Interns for your Data Analyst role"
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-letter.md"


@pytest.fixture(scope="module")
def letters() -> Letters:
    return Letters()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the templates that a test may spoil."""
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


def a_profile(candidate: Candidate = cast.ADA, **changes: Any) -> Profile:
    known = candidate.model_dump(include=set(Profile.model_fields)) | {"candidate_id": candidate.id}
    return Profile(**known | changes)


def a_recipient(contact: Contact) -> Recipient:
    return Recipient(contact_id=contact.id, first_name=contact.first_name, email=str(contact.email))


def a_context(stage: Stage = "initial", **changes: Any) -> LetterContext:
    fresh: dict[str, Any] = {
        "stage": stage,
        "company_name": cast.ACME.name,
        "company_industry": cast.ACME.industry,
        "role_title": cast.DATA.title,
        "role_location": cast.DATA.location,
        "recipients": (a_recipient(cast.LI), a_recipient(cast.TOM)),
        "profiles": tuple(map(a_profile, (cast.ADA, cast.BELA, cast.CHIDI))),
        "sender": Sender(**cast.SOFIA.model_dump(include={"name", "email", "title", "phone"})),
        "brand": Brand(postal_address="1 Harbour Street, Lisbon"),
        "subject": None if stage == "initial" else SUBJECT,
    }
    return LetterContext(**fresh | changes)


class Reader(HTMLParser):
    """Reads HTML as a person does: the words, and which tags and links are really there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def flowing(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("stage", STAGES)
def test_every_letter_lists_every_profile_and_who_writes_in_text_and_html(
    letters: Letters, stage: Stage, count: int, urgent: bool
) -> None:
    profiles = tuple(map(a_profile, (cast.ADA, cast.BELA, cast.CHIDI)))[:count]
    letter = letters.render(a_context(stage, profiles=profiles, urgent=urgent))
    facts = [cast.SOFIA.name, cast.SOFIA.title, cast.SOFIA.phone, cast.SOFIA.email]
    facts += ["Hi Li and Tom,", "Beyond Academy", "beyondacademy.com", "1 Harbour Street, Lisbon"]
    facts += ["If you'd rather not hear about interns, just reply and say so."]
    for profile in profiles:
        facts += [f"{profile.first_name} {profile.last_name}", profile.bio, profile.university]
        facts += [f"{profile.start_date.day} {profile.start_date:%b}", *profile.skills, *profile.interests]
    seen = Reader(letter.html)
    for fact in facts:
        assert fact in flowing(letter.text)
        assert fact in seen.text
    assert {"https://beyondacademy.com", f"mailto:{cast.SOFIA.email}"} <= set(seen.links)
    assert ("Time-sensitive" in letter.text) is ("Time-sensitive" in seen.text) is urgent


@pytest.mark.parametrize("stage", STAGES)
def test_text_and_html_say_the_same_words(letters: Letters, stage: Stage) -> None:
    letter = letters.render(a_context(stage, urgent=True))
    words = re.compile(r"[\w'’-]+")
    assert set(words.findall(letter.text)) - set(words.findall(Reader(letter.html).text)) <= {"https"}


@pytest.mark.parametrize("urgent", [False, True])
def test_follow_up_2_is_the_same_letter_as_follow_up_1(letters: Letters, urgent: bool) -> None:
    first = letters.render(a_context("follow_up_1", urgent=urgent))
    assert letters.render(a_context("follow_up_2", urgent=urgent)) == first


def test_the_letters_differ_otherwise(letters: Letters) -> None:
    assert len({letters.render(a_context(stage)).text for stage in STAGES}) == 3


@pytest.mark.parametrize("stage", FOLLOW_UPS)
def test_a_follow_up_answers_the_same_subject(letters: Letters, stage: Stage) -> None:
    assert letters.render(a_context(stage)).subject == f"Re: {SUBJECT}"
    assert letters.render(a_context(stage, subject=f"Re: {SUBJECT}")).subject == f"Re: {SUBJECT}"
    longest = letters.render(a_context(role_title="Analyst " * 50)).subject
    assert letters.render(a_context(stage, subject=longest)).subject == f"Re: {longest}"


def test_the_first_subject_stays_once_it_is_fixed(letters: Letters) -> None:
    assert letters.render(a_context()).subject == SUBJECT
    assert letters.render(a_context(subject="Three for data")).subject == "Three for data"
    assert letters.render(a_context("follow_up_1", subject=None)).subject == f"Re: {SUBJECT}"


def test_one_candidate_reads_as_one(letters: Letters) -> None:
    alone = (a_profile(cast.ADA),)
    for stage in STAGES:
        for urgent in (False, True):
            letter = letters.render(a_context(stage, profiles=alone, urgent=urgent, subject=None))
            words = flowing(letter.text.replace(cast.ADA.bio, ""))
            assert not re.search(r"\b(they|them|their|each|interviews|first start|a name)\b", words, re.I)
            assert "an intern" in letter.subject.lower()


@pytest.mark.parametrize("stage", STAGES)
def test_a_letter_asks_one_question(letters: Letters, stage: Stage) -> None:
    assert letters.render(a_context(stage)).text.count("?") == 1


def test_an_urgent_letter_names_the_first_start_and_never_a_visa(letters: Letters) -> None:
    profiles = (a_profile(cast.DARA), a_profile(cast.EMIL, start_date=date(2026, 7, 11)))
    for stage in STAGES:
        letter = letters.render(a_context(stage, profiles=profiles, urgent=True))
        assert flowing(letter.text).count("11 July 2026") >= 2
        assert "visa" not in (letter.text + letter.html).lower()


@pytest.mark.parametrize(
    ("company", "role", "words"),
    [
        ("Health & Wellness", "", "In healthcare"),
        ("Software", "", "In technology"),
        ("Non-Profit / NGO", "Software", "In a non-profit"),
        ("Deep-sea Salvage", "Law Practice", "Legal work"),
        ("Deep-sea Salvage", "", "In Deep-sea Salvage, as everywhere"),
        ("", "", "Every team has good work"),
    ],
)
def test_the_first_letter_speaks_to_the_industry(
    letters: Letters, company: str, role: str, words: str
) -> None:
    letter = letters.render(a_context(company_industry=company, role_industry=role))
    assert words in letter.text
    assert words in Reader(letter.html).text


def test_nothing_from_a_record_becomes_markup_or_a_line_of_its_own(letters: Letters) -> None:
    evil = '"><script>x()</script>\r\nBcc: all@x.example\n\nSkills: flying <img src=x>'
    context = a_context(
        company_name=evil,
        company_industry=evil,
        role_title=evil,
        role_location=evil,
        recipients=(Recipient(contact_id="k", first_name=evil, email="k@acme.example"),),
        profiles=(
            a_profile(
                first_name=evil, last_name=evil, bio=evil, university=evil, skills=(evil,), interests=(evil,)
            ),
        ),
        sender=Sender(name=evil, email="s@x.example", title=evil, phone=evil),
        brand=Brand(name=evil, postal_address=evil),
    )
    for stage in STAGES:
        letter = letters.render(context.model_copy(update={"stage": stage}))
        seen = Reader(letter.html)
        assert not {"script", "img"} & seen.tags
        assert "<script>x()</script>" in seen.text
        assert "<script>x()</script>" in letter.text
        assert not re.search(r"[\r\n]", letter.subject)
        harmless = letters.render(a_context(stage, company_industry="Salvage", profiles=(a_profile(),)))
        assert letter.text.count("\n\n") == harmless.text.count("\n\n")


def test_text_holds_no_entities_and_short_lines(letters: Letters) -> None:
    profile = a_profile(first_name="Zoë", last_name="O'Neil & <Sons>", bio="word " * 200)
    text = letters.render(a_context(profiles=(profile,))).text
    assert "* Zoë O'Neil & <Sons>" in text
    assert max(map(len, text.splitlines())) <= 72
    assert "\n\n\n" not in text


def test_a_bare_record_leaves_no_empty_labels(letters: Letters) -> None:
    bare = (a_profile(cast.HANA, university=""), a_profile(bio="Bio.", skills=(), interests=()))
    context = a_context(
        profiles=bare,
        role_location="",
        recipients=(a_recipient(cast.NAMELESS),),
        sender=Sender(name="Sofia", email="s@x.example"),
        brand=Brand(),
    )
    for stage in STAGES:
        letter = letters.render(context.model_copy(update={"stage": stage}))
        assert letter.text.startswith("Hello,\n")
        assert "Available from 29 Oct 2026" in letter.text
        for words in (letter.text, Reader(letter.html).text):
            assert not re.search(r"Skills:|Interests:|\(\)|None|, ,", words)
        assert "\n\n\n" not in letter.text
        assert "<p></p>" not in letter.html


def test_every_script_reads_in_its_own_direction(letters: Letters) -> None:
    bio = "لينا طالبة في السنة الأخيرة من علم البيانات."
    letter = letters.render(a_context(profiles=(a_profile(first_name="لينا", last_name="حداد", bio=bio),)))
    assert re.search(rf'<p class="bio" dir="auto"[^>]*>{bio}</p>', letter.html)
    assert "* لينا حداد" in letter.text


def test_html_stands_without_its_style_sheet_and_without_the_network(letters: Letters) -> None:
    html = letters.render(a_context(urgent=True)).html
    body = re.sub(r"<!--.*?-->", "", html[html.index("<body") :])
    assert all("style=" in tag for tag in re.findall(r"<(?:p|a|td|table) [^>]*>", body))
    assert not re.search(r"<(img|link|script)|url\(|@import", html)
    assert "prefers-color-scheme: dark" in html
    assert 'name="color-scheme" content="light dark"' in html


@pytest.mark.parametrize("letter", ["initial/subject.txt", "initial/words.txt", "_base/layout.html"])
def test_an_unknown_variable_stops_the_letter_and_names_its_line(folder: Path, letter: str) -> None:
    file = folder / letter
    line = file.read_text().count("\n") + 1
    file.write_text(file.read_text() + "{{ compny_name }}\n")
    with pytest.raises(errors.BadTemplate, match=rf"^{letter}, line {line}: 'compny_name' is undefined"):
        Letters(folder).render(a_context())


def test_an_unknown_field_of_a_record_stops_the_letter(folder: Path) -> None:
    (folder / "follow_up_1" / "words.txt").write_text("{{ sender.name }}\n{{ sender.fax }}")
    with pytest.raises(errors.BadTemplate, match=r"^follow_up_1/words\.txt, line 2: .*fax"):
        Letters(folder).render(a_context("follow_up_2"))


def test_any_other_error_in_a_template_is_named_too(folder: Path) -> None:
    (folder / "follow_up_3" / "words.txt").write_text("\n{{ 1 / 0 }}")
    with pytest.raises(errors.BadTemplate, match=r"^follow_up_3/words\.txt, line 2: division by zero"):
        Letters(folder).render(a_context("follow_up_3"))


def test_broken_syntax_shows_when_the_letters_are_made(folder: Path) -> None:
    (folder / "follow_up_3" / "words.txt").write_text("fine\n{% if urgent %}\nopen")
    with pytest.raises(errors.BadTemplate, match=r"^follow_up_3/words\.txt, line 3: .*endif"):
        Letters(folder)


def test_a_missing_template_shows_when_the_letters_are_made(folder: Path) -> None:
    (folder / "follow_up_3" / "body.html").unlink()
    with pytest.raises(errors.BadTemplate, match=r"follow_up_3/body\.html"):
        Letters(folder)


@pytest.mark.parametrize("spoilt", ["[[industry]]\nname = 'law'", "[[industry", "", "industry = 3"])
def test_a_wrong_table_of_industries_is_named(folder: Path, spoilt: str) -> None:
    (folder / "_base" / "industries.toml").write_text(spoilt)
    with pytest.raises(errors.BadTemplate, match=r"^_base/industries\.toml: "):
        Letters(folder)


def test_the_how_to_names_everything_a_template_may_use(letters: Letters) -> None:
    page = HOW_TO.read_text()
    known = {*letters._known(a_context()), *letters._subject.environment.globals} - _jinjas_own()
    assert [name for name in sorted(known) if f"`{name}" not in page] == []


def _jinjas_own() -> set[str]:
    import jinja2

    return set(jinja2.Environment(autoescape=True).globals)


def test_every_keyword_of_the_table_finds_its_own_industry(letters: Letters) -> None:
    for industry in letters._industries:
        for keyword in industry.keywords:
            assert industries.find(letters._industries, keyword) == industry
