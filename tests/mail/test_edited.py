"""A letter in a person's own words says the same in both its looks (R14)."""

from __future__ import annotations

import re

from markupsafe import Markup

from mail import edited

CLOSING = """Best wishes,
Sofia Marsh
sofia@beyond.example

Beyond Academy
https://beyond.example

Reply and say so.
"""


def words(html: str) -> list[str]:
    """What a reader sees, word by word."""
    body = re.split(r"<body[^>]*>", html)[1]
    return Markup(re.sub(r"<br>|</p>", " ", re.sub(r"<!--.*?-->", "", body))).striptags().split()


def test_both_looks_say_the_same_words() -> None:
    letter = edited.letter(
        "Hello", 'Hi "Ana" & Tom,\n\n<script>x</script> it\'s 3 > 2\n* one\n* two', CLOSING
    )
    assert words(letter.html) == letter.text.split()
    assert "<script" not in letter.html and letter.text.endswith(f"\n\n{CLOSING}")


def test_signature_and_foot_stand_where_they_stand_in_every_letter() -> None:
    html = edited.letter("Hello", "Hi.", CLOSING).html
    assert re.search(r'class="signature"[^>]*>Best wishes,<br>Sofia Marsh', html)
    foot = html.partition('class="foot"')[2]
    assert 'href="https://beyond.example"' in foot and "Reply and say so." in foot
    assert 'href="mailto:sofia@beyond.example"' in html and "prefers-color-scheme" in html


def test_a_link_that_runs_code_is_no_link() -> None:
    assert 'href="javascript' not in edited.letter("x", "javascript:alert(1) data:text/html,x", CLOSING).html


def test_a_letter_without_an_end_of_its_own_is_its_words() -> None:
    assert edited.letter("x", "Hi.", "").text == "Hi.\n"
