"""A setting is read as it is meant; a wrong one stops the start in words (SPEC section 6)."""

from __future__ import annotations

import pytest

import settings
from domain import errors


@pytest.fixture(autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands where no `.env` is."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))


def told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> settings.Settings:
    """Reads the settings with one of them set."""
    monkeypatch.setenv(name, value)
    return settings.load()


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("Ana@ACME.Example", "Ana@ACME.Example"),
        (" ana@acme.test ", "ana@acme.test"),
        ("x@acme.invalid", "x@acme.invalid"),
        ("x@corp.local", "x@corp.local"),
        ("x@mail.localhost", "x@mail.localhost"),
        ("x@localhost", "x@localhost"),
    ],
)
def test_letters_may_be_redirected_to_any_address(
    monkeypatch: pytest.MonkeyPatch, value: str, kept: str
) -> None:
    assert told(monkeypatch, "OUTREACH_REDIRECT_ALL_TO", value).redirect_all_to == kept


@pytest.mark.parametrize(
    "value",
    [
        "ana",
        "ana @acme.example",
        "Ana <ana@acme.example>",
        "ana@acme.example, li@acme.example",
        "ana@acme.example\nBcc: li@acme.example",
        "ana@127.0.0.1",
        f"{'a' * 65}@acme.example",
    ],
)
def test_what_is_no_address_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    with pytest.raises(errors.BadSetting, match=r"(?s)OUTREACH_REDIRECT_ALL_TO=.*one e-mail address"):
        told(monkeypatch, "OUTREACH_REDIRECT_ALL_TO", value)
