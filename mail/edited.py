"""A letter in a person's own words, in the same frame as every other one (R14)."""

from __future__ import annotations

from functools import cache

import jinja2
from css_inline import CSSInliner

from domain import errors, letters_text
from domain.letters import Letter
from mail.letters import TEMPLATES, environment


def letter(subject: str, body: str, closing: str) -> Letter:
    """Makes a letter of plain text: its HTML says the same words, escaped, links and addresses as links.

    `closing` ends it: its first paragraph is the signature, the rest the foot.
    """
    try:
        html = _template().render(
            subject=subject, body=letters_text.unfolded(body), closing=letters_text.unfolded(closing)
        )
    except jinja2.TemplateError as wrong:
        raise errors.BadTemplate(f"edited/body.html: {wrong}") from wrong
    text = f"{body.rstrip()}\n\n{closing.strip()}".rstrip() + "\n"
    inlined = CSSInliner(load_remote_stylesheets=False).inline(html)
    return Letter(subject=subject, text=text, html=inlined, closing=closing)


@cache
def _template() -> jinja2.Template:
    return environment(TEMPLATES, autoescape=True).get_template("edited/body.html")
