"""What the web server refuses to start with, in words that name the setting."""

from __future__ import annotations

import pytest

import settings
from domain import errors
from stack.web import checked

SECRET = "whsec_c2VjcmV0"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands where no `.env` is."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))


def test_resends_hook_without_a_key_to_fetch_with_is_refused_at_the_start() -> None:
    with pytest.raises(errors.BadSetting, match="OUTREACH_HOOK_RESEND_API_KEY is not set") as refused:
        checked(settings.load(hook_resend_secret=SECRET))
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("key", [{"hook_resend_api_key": "re_full"}, {"mail_url": "resend://re_sending@"}])
def test_resends_hook_with_a_key_is_taken(key: dict[str, str]) -> None:
    assert checked(settings.load(hook_resend_secret=SECRET, **key)).is_loopback


def test_without_resends_hook_no_key_is_asked_for() -> None:
    assert checked(settings.load()).is_loopback
