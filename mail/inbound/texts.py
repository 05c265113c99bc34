"""The text that a person would read: plain text, else HTML laid out as text (inscriptis)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from typing import Any

from mail.inbound.parsing import Post, content, guarded, payload

_LONGEST = 200_000
_TAG = re.compile(r"<[^<>]{0,2000}>")
_DEEPEST = 30
_QUOTES = (
    "//blockquote",
    "//*[contains(@class,'gmail_quote') or contains(@class,'gmail_extra')][not(self::body)]",
    "//*[contains(@class,'yahoo_quoted') or contains(@class,'moz-cite-prefix')]",
    "//*[contains(@class,'protonmail_quote') or contains(@class,'zmail_extra')]",
    "//*[@id='OLK_SRC_BODY_SECTION' or @id='reply-intro']",
)
"""What mail programs wrap a quotation in."""
_ENDS = (
    "//*["
    + " or ".join(
        f"@id='{name}'"
        for name in (
            "divRplyFwdMsg",
            "appendonsend",
            "stopSpelling",
            "mail-editor-reference-message-container",
        )
    )
    + "]"
)
"""What mail programs put above a quotation that reaches to the end."""


def readable(part: Post) -> str:
    """A part's text; HTML is laid out as plain text."""
    text = content(part)
    return from_html(text) if part.get_content_type() == "text/html" else text[:_LONGEST]


def written(message: Post) -> str:
    """What its author wrote: the text parts that are shown in line, quotations in HTML left out."""
    return "\n".join(_shown(message, 0)).strip("\n")


def _shown(part: Post, depth: int) -> Iterator[str]:
    inner = payload(part)
    if isinstance(inner, list) and part.get_content_maintype() == "multipart" and depth < _DEEPEST:
        below: list[Post] = [one for one in inner if isinstance(one, Message)]
        if part.get_content_subtype() == "alternative":
            found = (text for one in below if (text := "\n".join(_shown(one, depth + 1))).strip())
            yield next(found, "")
            return
        for one in below:
            yield from _shown(one, depth + 1)
    elif part.get_content_maintype() == "text" and not _is_attached(part):
        html = part.get_content_type() == "text/html"
        yield from_html(content(part), quotes=False) if html else readable(part)


def _is_attached(part: Post) -> bool:
    return guarded(part.get_content_disposition, None) == "attachment" or part.get_content_type() in (
        "text/calendar",
        "text/rfc822-headers",
    )


def from_html(html: str, *, quotes: bool = True) -> str:
    """HTML as plain text, with or without what it quotes; broken HTML loses its tags at least."""
    html = html[:_LONGEST]
    bare = _TAG.sub(" ", html)
    return guarded(lambda: _laid_out(html, quotes), bare) if bare.strip() else ""


def _laid_out(html: str, quotes: bool) -> str:
    from inscriptis.css_profiles import CSS_PROFILES  # type: ignore[import-untyped]
    from inscriptis.html_engine import Inscriptis  # type: ignore[import-untyped]
    from inscriptis.model.config import ParserConfig  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

    tree = document_fromstring(html.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8"))
    if not quotes:
        for path in _QUOTES:
            for one in tree.xpath(path):
                if one.getparent() is not None:
                    one.drop_tree()
        for one in tree.xpath(_ENDS):
            _drop_rest(one)
    text = Inscriptis(tree, ParserConfig(css=CSS_PROFILES["strict"])).get_text()
    return re.sub(r"[ \t]+\n", "\n", str(text).replace("\xa0", " "))


def _drop_rest(element: Any) -> None:
    """Removes an element and whatever follows it in its container."""
    parent = element.getparent()
    for one in [element, *element.itersiblings()] if parent is not None else []:
        parent.remove(one)
