"""How pages are written: one environment, one frame, the words of the domain; nothing from elsewhere."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain import wording
from domain.cadence import ENDED
from domain.reasons import REASONS
from domain.wording import Clock

HERE = Path(__file__).parent
SAID = "said"
"""The cookie that carries what was done to the page that is shown next."""
SECONDS = 30
LONGEST = 2700
"""Bytes of what was done: browsers keep no cookie over 4,096, and these become a third more (RFC 6265)."""

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {"Content-Security-Policy": CSP, "Referrer-Policy": "same-origin"}
"""Under `no-referrer` browsers would not say whose page a form was sent from (Fetch, section 3.1)."""
FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "sandbox allow-same-origin; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
"""A letter inside a page: it can run nothing, load nothing and lead nowhere."""


def page(request: Request, name: str, clock: Clock, status: int = 200, **values: Any) -> Response:
    """Renders a page of `web/templates/`; what was just done stands above it, once."""
    said = _unpacked(request.cookies.get(SAID, ""))
    caller = getattr(request.state, "caller", None)
    has_mail = getattr(getattr(request.scope.get("app"), "state", None), "has_mail", lambda: False)()
    text = (
        environment()
        .get_template(name)
        .render(
            path=request.url.path,
            query=request.url.query,
            caller=caller,
            clock=clock,
            said=said,
            has_mail=has_mail,
            **values,
        )
    )
    made = HTMLResponse(text, status, headers=HEADERS)
    if said:
        made.delete_cookie(SAID)
    return made


def back(to: str, words: str = "", *, wrong: bool = False) -> Response:
    """Leads to a page after something was done (303), which then says what."""
    made = RedirectResponse(to, 303)
    if words:
        packed = base64.urlsafe_b64encode(f"{'!' if wrong else '.'}{words}".encode()[:LONGEST]).decode()
        made.set_cookie(SAID, packed, SECONDS, httponly=True, samesite="lax")
    return made


def framed(html: str) -> Response:
    """Answers with a letter's own HTML, for a frame in a page."""
    return HTMLResponse(html, headers=FRAMED)


def inside(url: str | None) -> str:
    """Returns a path of this server to go on to, or `/` for whatever leads elsewhere."""
    good = url and url.startswith("/") and not url.startswith(("//", "/\\")) and url.isprintable()
    return url if url and good and "\\" not in url else "/"


@cache
def environment() -> jinja2.Environment:
    """Compiles templates when they are first used; an unknown variable is an error, never empty."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(static=_static, count=wording.count, stage_name=wording.stage, day=wording.day)
    made.globals.update(ended=ENDED, reasons=REASONS)
    made.filters.update(said=wording.said, when=_when, plainly=wording.without_commands, address=_address)
    return made


def _when(instant: datetime | None, clock: Clock) -> Markup:
    """Writes an instant for people and machines, such as `Wed 3 Jun 09:00` with its distance as a title."""
    if instant is None:
        return Markup("—")
    mark = Markup('<time datetime="{}" title="{}">{}</time>')
    return mark.format(instant.isoformat(), clock.away(instant), clock.at(instant))


def _address(text: object) -> Markup:
    """Lets lines break after the @ of addresses rather than anywhere."""
    return escape(text).replace("@", Markup("@<wbr>"))


@cache
def _static(name: str) -> str:
    """Names a file of `web/static/` so that a browser may keep it until it changes."""
    version = hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={version}"


def _unpacked(packed: str) -> tuple[bool, str] | None:
    """Reads what `back` packed: whether it went wrong, and the words."""
    try:
        text = base64.urlsafe_b64decode(packed.encode()).decode(errors="ignore")
    except (binascii.Error, UnicodeEncodeError):
        return None
    return (text[0] == "!", text[1:]) if text else None
