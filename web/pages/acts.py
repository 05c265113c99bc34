"""What a form does: something of the desk, then back to a page that says what was done, or why not."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping

from starlette.responses import Response

from desk.steering import Done
from domain import errors, wording
from web import paper

UNTOLD = " Temporal did not hear of it yet: it stands all the same, and what follows comes within minutes."


async def act(to: str, work: Awaitable[Done], names: Mapping[str, str] | None = None) -> Response:
    """Does it and leads to `to`, which shows what was done, or in words why it was not.

    `names` are said where the desk's words say ids. Raises `errors.NotFound`, and what is away altogether.
    """
    try:
        done = await work
    except (errors.Refused, errors.Conflict, errors.TemporalDown) as refused:
        return paper.back(to, sentence(str(refused), names), wrong=True)
    return paper.back(to, sentence(done.words, names) + (UNTOLD if done.untold else ""))


def sentence(words: str, names: Mapping[str, str] | None = None) -> str:
    """Writes words as a sentence for somebody who has buttons: with names for ids, and without commands."""
    plain = wording.naming(wording.without_commands(words), names or {}) or "this cannot be done here"
    is_word = plain.split(" ", 1)[0].rstrip(",.:;").isalpha()  # ids and addresses stay as they are
    text = plain[:1].upper() + plain[1:] if is_word else plain
    return text if text.endswith((".", "!", "?")) else f"{text}."
