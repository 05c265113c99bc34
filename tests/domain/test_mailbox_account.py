"""The mailbox's URL: what it means, and what is said about a wrong one."""

from __future__ import annotations

import pytest

from domain.mailbox import Account


def test_a_url_names_everything() -> None:
    account = Account.parse("imaps://inbox%40beyond.example:p%40ss%2F@mail.example:1993/Replies%20in")
    assert account == Account("mail.example", 1993, True, "inbox@beyond.example", "p@ss/", "Replies in")


@pytest.mark.parametrize(("scheme", "port", "tls"), [("imaps", 993, True), ("imap", 143, False)])
def test_port_and_folder_have_defaults(scheme: str, port: int, tls: bool) -> None:
    for end in ("", "/"):
        account = Account.parse(f"{scheme}://u:p@mail.example{end}")
        assert (account.port, account.implicit_tls, account.folder) == (port, tls, "INBOX")


def test_its_text_shows_no_login() -> None:
    account = Account.parse("imaps://someone:secret@mail.example")
    assert str(account) == "imaps://mail.example:993/INBOX"
    assert "secret" not in repr(account) and "someone" not in repr(account)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smtp://u:p@mail.example",
        "imaps://mail.example",
        "imaps://u@mail.example",
        "imaps://:p@mail.example",
        "imaps://u:p@",
        "imaps://u:p@mail.example:port",
        "imaps://u:p@mail.example:99999",
        "imaps://u:p%0d%0aA1%20LOGOUT@mail.example",
        "imaps://u:p@mail.example/INBOX%0a",
        "imaps://u:p@mail.example/INBOX?x=1",
        "imaps://[::1",
    ],
)
def test_a_wrong_url_is_refused_with_what_was_expected(url: str) -> None:
    with pytest.raises(ValueError, match="expected imaps://user:password@host:993/INBOX"):
        Account.parse(url)
