"""The how-to pages are true to the letter: every mail URL works, every code can occur."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.mail_url import MailUrl

DOCS = Path(__file__).parents[2] / "docs"
SERVICES = ("sendgrid", "ses", "mailgun", "postmark", "resend")
SETTINGS = (DOCS / "settings.md").read_text("utf-8")
CODES = {"login", "sender", "connect", "timeout", "lost", "busy", "NNN"}


def page(service: str) -> str:
    """How to send with it."""
    return (DOCS / "how-to" / f"send-with-{service}.md").read_text("utf-8")


@pytest.mark.parametrize("service", SERVICES)
def test_every_mail_url_on_a_page_is_its_services(service: str) -> None:
    urls = re.findall(r"OUTREACH_MAIL_URL=(\S+)", page(service))
    assert urls and {MailUrl.parse(url).scheme for url in urls} == {service}


@pytest.mark.parametrize("service", SERVICES)
def test_every_code_on_a_page_can_occur(service: str) -> None:
    codes = re.findall(rf"`{service}_(\w+)`", page(service))
    assert {"login", "sender", "connect"} <= set(codes)
    assert all(code in CODES or code.isdigit() for code in codes)


@pytest.mark.parametrize("service", SERVICES)
def test_a_page_says_what_follows_an_unknown_end(service: str) -> None:
    url = MailUrl.parse(re.findall(r"OUTREACH_MAIL_URL=(\S+)", page(service))[0])
    said = "**held for a\n  person**" in page(service) or "**held for a person**" in page(service)
    assert said != url.resends_safely
    row = next(line for line in SETTINGS.splitlines() if line.startswith(f"| `{service}://"))
    assert ("held" in row) != url.resends_safely


def test_the_settings_page_shows_every_way_as_it_is_written() -> None:
    with pytest.raises(ValueError) as wrong:
        MailUrl.parse("")
    for example in str(wrong.value).removeprefix("expected ").split(", "):
        assert f"| `{example}` |" in SETTINGS
