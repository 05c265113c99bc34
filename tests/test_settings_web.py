"""What the web server, the hooks and the mailbox are set by; secrets are never shown."""

from __future__ import annotations

from dataclasses import fields

import pytest

import settings
from domain import errors
from domain.listen import Listen
from mail.hooks import HookSecrets


@pytest.fixture(autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands where no `.env` is."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))


@pytest.mark.parametrize(
    ("value", "host", "port", "loopback"),
    [
        ("127.0.0.1:8000", "127.0.0.1", 8000, True),
        (" localhost:0 ", "localhost", 0, True),
        ("[::1]:8000", "::1", 8000, True),
        ("0.0.0.0:80", "0.0.0.0", 80, False),
        ("[::]:80", "::", 80, False),
        ("192.0.2.7:80", "192.0.2.7", 80, False),
    ],
)
def test_the_server_listens_where_it_is_told(
    monkeypatch: pytest.MonkeyPatch, value: str, host: str, port: int, loopback: bool
) -> None:
    monkeypatch.setenv("OUTREACH_LISTEN", value)
    listen = settings.load().listen
    assert (listen, listen.is_loopback) == (Listen(host, port), loopback)
    assert str(listen) == value.strip()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        *(
            ("LISTEN", value, "address:port")
            for value in ("8000", "127.0.0.1", "::1:80", "x@127.0.0.1:1", "127.0.0.1:99999", "127.0.0.1:80/")
        ),
        ("LISTEN", "outreach.example:80", "address:port"),
        ("INBOUND_DOMAIN", "tom@in.example", "a domain"),
        ("INBOUND_DOMAIN", "in.example/x", "a domain"),
        ("INBOUND_DOMAIN", f"{'a' * 64}.example", "a domain"),
        ("BASE_URL", "outreach.example", "an address such as https://"),
        ("BASE_URL", "ftp://outreach.example", "an address such as https://"),
        ("BASE_URL", "https://me:secret@outreach.example", "an address such as https://"),
        ("BASE_URL", "https://outreach.example/?a=b", "without"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(f"OUTREACH_{name}", value)
    with pytest.raises(errors.BadSetting, match=f"OUTREACH_{name}=.*expected {expected}|{expected}"):
        settings.load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_TOKEN", "two SECRET"),
        ("API_TOKEN", "SECRETé"),
        ("HOOK_RESEND_API_KEY", "SECRET\nX: y"),
        ("MAILBOX_URL", "pop3://me:SECRET@mail.example"),
        ("MAILBOX_URL", "imaps://SECRET@mail.example"),
    ],
)
def test_a_wrong_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"OUTREACH_{name}", value)
    with pytest.raises(errors.BadSetting, match=rf"OUTREACH_{name}=\*{{8}}: expected ") as wrong:
        settings.load()
    assert "SECRET" not in str(wrong.value)


def test_every_secret_of_the_hooks_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(settings.HOOKS) == [one.name for one in fields(HookSecrets)]
    for name in settings.HOOKS:
        monkeypatch.setenv(f"OUTREACH_HOOK_{name.upper()}", f"the {name}")
    found = settings.load()
    assert found.hook_secrets == {name: f"the {name}" for name in settings.HOOKS}
    assert "the mailgun_key" not in repr(found)


def test_resends_messages_are_fetched_with_a_key_of_their_own_or_the_sending_one() -> None:
    assert settings.load().resend_key == ""
    sending = settings.load(mail_url="resend://re_sending@")
    assert sending.resend_key == "re_sending"
    own = settings.load(mail_url="resend://re_sending@", hook_resend_api_key="re_full")
    assert own.resend_key == "re_full"


def test_domain_and_address_are_kept_in_one_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings.load(inbound_domain=" In.Täst.example ", base_url="https://outreach.example/app/")
    assert (found.inbound_domain, found.base_url) == (
        "in.xn--tst-qla.example",
        "https://outreach.example/app",
    )
