"""Renders the four letters from `templates/`: a folder a letter, words once, two looks (R14)."""

from __future__ import annotations

import tomllib
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
from css_inline import CSSInliner
from markupsafe import Markup, escape
from pydantic import TypeAdapter

from domain import errors, industries, letters_text
from domain.letters import STAGES, Letter, LetterContext

TEMPLATES = Path(__file__).parent.parent / "templates"

_HELPERS = {
    "availability": letters_text.availability,
    "day": letters_text.day,
    "full_name": letters_text.full_name,
    "listed": letters_text.listed,
    "number": letters_text.number,
}


class Letters:
    """Renders letters; made once, compiles every template then.

    Templates are read at construction alone: a mended one is used from the next start, and a half-saved
    one never reaches a partner. Raises `errors.BadTemplate` for whatever cannot be compiled.
    """

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self._folder = folder
        self._industries = _industries(folder / "_base" / "industries.toml")
        self._inliner = CSSInliner(load_remote_stylesheets=False)
        with self._naming_the_line():
            text = environment(folder, autoescape=False)
            html = environment(folder, autoescape=True)
            self._subject = text.get_template("initial/subject.txt")
            self._text = {stage: text.get_template(f"{stage}/body.txt") for stage in STAGES}
            self._closing = text.get_template("_base/closing.txt")
            self._html = {stage: html.get_template(f"{stage}/body.html") for stage in STAGES}

    def render(self, context: LetterContext) -> Letter:
        """Renders a letter of the context's stage in about a millisecond.

        A follow-up answers `context.subject`, or the first letter's own subject while there is none.
        Wants one profile at least. Raises `errors.BadTemplate`, naming template and line, for an unknown
        variable or any other error in a template.
        """
        known = self._known(letters_text.flat(context))
        with self._naming_the_line():
            subject = letters_text.subject_line(context.subject or self._subject.render(known))
            text = self._text[context.stage].render(known)
            html = self._html[context.stage].render(known)
            closing = self._closing.render(known)
        return Letter(
            subject=subject if context.stage == "initial" else letters_text.reply_line(subject),
            text=text.strip() + "\n",
            html=self._inliner.inline(html),
            closing=closing.strip() + "\n",
        )

    def _known(self, context: LetterContext) -> dict[str, Any]:
        """All that a template knows: the context's fields, and what follows from them."""
        starts = {profile.start_date for profile in context.profiles}
        return {name: getattr(context, name) for name in LetterContext.model_fields} | {
            "greeting": letters_text.greeting(context.recipients),
            "names": letters_text.listed(map(letters_text.called, context.profiles)),
            "many": len(context.profiles) > 1,
            "role": letters_text.role_name(context.role_title),
            "first_start": min(starts),
            "start_together": len(starts) == 1,
            "industry": industries.find(self._industries, context.company_industry, context.role_industry),
        }

    @contextmanager
    def _naming_the_line(self) -> Iterator[None]:
        try:
            yield
        except jinja2.TemplateSyntaxError as wrong:
            raise errors.BadTemplate(f"{wrong.name}, line {wrong.lineno}: {wrong.message}") from wrong
        except jinja2.TemplateNotFound as missing:
            raise errors.BadTemplate(f"{missing.name}: there is no such template") from missing
        except Exception as wrong:  # a template can call anything, so anything can go wrong in it
            raise errors.BadTemplate(f"{self._line(wrong)}: {wrong}") from wrong

    def _line(self, wrong: Exception) -> str:
        """Where in the templates an error arose; Jinja puts its own lines into the traceback."""
        for frame in reversed(traceback.extract_tb(wrong.__traceback__)):
            if Path(frame.filename).is_relative_to(self._folder):
                return f"{Path(frame.filename).relative_to(self._folder).as_posix()}, line {frame.lineno}"
        return str(self._folder)


def environment(folder: Path, *, autoescape: bool) -> jinja2.Environment:
    """Reads every template of a folder, so that a mistake in one is known at the start."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=autoescape,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_HELPERS)
    made.filters.update(fold=letters_text.fold, paragraphs=_paragraphs)
    for name in made.list_templates(extensions=["txt", "html", "css"]):
        made.get_template(name)
    return made


def _paragraphs(words: str) -> list[Markup]:
    return [Markup(paragraph) for paragraph in letters_text.paragraphs(escape(words))]


def _industries(file: Path) -> list[industries.Industry]:
    """The table of industries; a mistake in it names the file and the entry."""
    try:
        return TypeAdapter(list[industries.Industry]).validate_python(
            tomllib.loads(file.read_text("utf-8")).get("industry")
        )
    except (OSError, ValueError) as wrong:
        raise errors.BadTemplate(f"{file.parent.name}/{file.name}: {wrong}") from wrong
