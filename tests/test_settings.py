"""A setting is read as it is meant; a wrong one stops the start in words (SPEC section 6)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

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


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("FOLLOW_UP_INTERVAL", "99999999999d", "a time span above zero such as .*3650d at most"),
        ("FOLLOW_UP_INTERVAL", "9" * 400 + "s", "a time span above zero"),
        ("FOLLOW_UP_INTERVAL", "3651d", "3650d at most"),
        ("FOLLOW_UP_INTERVAL", "0.0000001s", "a time span above zero"),
        ("FOLLOW_UP_INTERVAL", "0h", "a time span above zero"),
        ("FOLLOW_UP_INTERVAL", "48", "a time span above zero"),
        ("MAX_WAIT_DAYS", "3651", "less than or equal to 3650"),
        ("ROLE_REST_DAYS", "99999999999", "less than or equal to 3650"),
        ("REPLY_EXPIRY_DAYS", "99999999999", "less than or equal to 3650"),
        ("WEEKLY_LIMIT", "10001", "less than or equal to 10000"),
        ("MAX_LIVE_PITCHES", "10001", "less than or equal to 10000"),
        ("MAX_GENERATIONS", "10001", "less than or equal to 10000"),
        ("WEEKLY_LIMIT", "9" * 5000, "integer"),
        ("MAIL_RATE", "10", "e-mails per second, minute, hour or day, such as 10/s"),
        ("MAIL_RATE", "0/s", "e-mails per second"),
        ("MAIL_RATE", "-1/s", "e-mails per second"),
        ("MAIL_RATE", "10001/s", "10000 at most"),
        ("MAIL_RATE", "9" * 5000 + "/s", "e-mails per second"),
        ("MAIL_RATE", "10/fortnight", "e-mails per second"),
        ("TIME_ZONE", "localtime", "an IANA time zone"),
        ("TIME_ZONE", "posixrules", "an IANA time zone"),
        ("TIME_ZONE", "Factory", "an IANA time zone"),
        ("TIME_ZONE", "right/Europe/London", "an IANA time zone"),
        ("TIME_ZONE", "../../etc/passwd", "an IANA time zone"),
        ("TIME_ZONE", "a\n" * 300, "an IANA time zone"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_would_overflow_later_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    with pytest.raises(errors.BadSetting, match=f"OUTREACH_{name}='(?s:.*){expected}"):
        told(monkeypatch, f"OUTREACH_{name}", value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FOLLOW_UP_INTERVAL", "3650d"),
        ("FOLLOW_UP_INTERVAL", "0.000001s"),
        ("MAX_WAIT_DAYS", "3650"),
        ("WEEKLY_LIMIT", "10000"),
        ("TIME_ZONE", "Europe/London"),
    ],
)
def test_what_is_just_within_bounds_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    assert told(monkeypatch, f"OUTREACH_{name}", value).rules.follow_up_interval > timedelta(0)


@pytest.mark.parametrize(
    ("value", "rate"),
    [("10/s", 10.0), ("600/m", 10.0), (" 100 / H ", 100 / 3600), ("0.5/s", 0.5)],
)
def test_a_mail_rate_is_read_as_e_mails_a_second(
    monkeypatch: pytest.MonkeyPatch, value: str, rate: float
) -> None:
    assert told(monkeypatch, "OUTREACH_MAIL_RATE", value).mail_rate == pytest.approx(rate)


@pytest.mark.parametrize(
    ("url", "then"),
    [
        ("", "resend"),
        ("smtp://mail.example", "resend"),
        ("resend://key@", "resend"),
        ("postmark://key@", "resend"),
        ("mailgun://key@mg.beyond.example", "resend"),
        ("sendgrid://key@", "hold"),
        ("ses://id:key@eu-west-1", "hold"),
    ],
)
def test_what_follows_an_unknown_end_suits_the_way_e_mail_leaves_by(
    monkeypatch: pytest.MonkeyPatch, url: str, then: str
) -> None:
    assert told(monkeypatch, "OUTREACH_MAIL_URL", url).rules.on_uncertain_send == then
    for chosen in ("hold", "resend"):
        monkeypatch.setenv("OUTREACH_ON_UNCERTAIN_SEND", chosen)
        assert settings.load().rules.on_uncertain_send == chosen


@pytest.mark.parametrize("url", ["postmark://SECRET", "smtp://me:SECRET@host?tls=no", "ses://ID:SECRET@x"])
def test_a_wrong_mail_url_is_never_shown(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(errors.BadSetting, match=r"OUTREACH_MAIL_URL=\*{8}: expected ") as wrong:
        told(monkeypatch, "OUTREACH_MAIL_URL", url)
    assert "SECRET" not in str(wrong.value).replace("KEY_ID:SECRET@REGION", "")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("OUTREACH_WEEKLY_LIMITS", "did you mean OUTREACH_WEEKLY_LIMIT?"),
        ("OUTREACH_REDIRECT", "did you mean OUTREACH_REDIRECT_ALL_TO?"),
        ("OUTREACH_DATABASE_URL", "did you mean DATABASE_URL?"),
        ("outreach_time_zones", "did you mean OUTREACH_TIME_ZONE?"),
    ],
)
def test_a_slip_of_the_pen_is_refused_with_the_setting_that_was_meant(
    monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    with pytest.raises(errors.BadSetting, match=re.escape(f"{name.upper()} is no setting: {said}")):
        told(monkeypatch, name, "2")
    monkeypatch.delenv(name)
    Path(".env").write_text(f"{name}=2\n")
    with pytest.raises(errors.BadSetting, match=re.escape(said)):
        settings.load()


def test_a_name_like_no_setting_at_all_is_said_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert told(monkeypatch, "OUTREACH_XYZZY", "2").weekly_limit == 1
    assert "OUTREACH_XYZZY is no setting: docs/settings.md names every one" in caplog.text


def test_what_the_tests_are_told_by_is_no_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, "OUTREACH_TEST_REAL_MAIL", "1").weekly_limit == 1


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"# limits\n\nOUTREACH_WEEKLY_LIMIT 3\n", 3),
        (b"OUTREACH_WEEKLY_LIMIT=3\nOUTREACH_TIME_ZONE\n", 2),
        (b'OUTREACH_BRAND_NAME="SECRET\nOUTREACH_WEEKLY_LIMIT=3\n', 1),
        (b"OUTREACH_WEEKLY_LIMIT=3\nOUTREACH_BRAND_NAME=Caf\xe9 SECRET\n", 2),
    ],
)
def test_a_line_of_the_env_file_that_cannot_be_read_is_named_by_its_number(content: bytes, line: int) -> None:
    Path(".env").write_bytes(content)
    for read in (settings.load, settings.temporal_profile):
        with pytest.raises(errors.BadSetting, match=rf"^\.env line {line} cannot be read: ") as wrong:
            read()
        assert "SECRET" not in str(wrong.value)


def test_an_env_file_counts_less_than_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes(
        b"\xef\xbb\xbfOUTREACH_WEEKLY_LIMIT=3 # more\r\nexport OUTREACH_BRAND_NAME='A b'\r\n"
    )
    found = settings.load()
    assert (found.weekly_limit, found.brand_name) == (3, "A b")
    assert told(monkeypatch, "OUTREACH_WEEKLY_LIMIT", "4").weekly_limit == 4


def test_temporals_own_settings_may_stand_in_the_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE"):
        monkeypatch.delenv(name, raising=False)
    Path(".env").write_text("TEMPORAL_ADDRESS=temporal.example:7233\nTEMPORAL_NAMESPACE=pitches\n")
    found = settings.temporal_profile()
    assert (found.address, found.namespace) == ("temporal.example:7233", "pitches")
    monkeypatch.setenv("TEMPORAL_NAMESPACE", "tries")
    monkeypatch.setenv("TEMPORAL_ADDRESS", "")
    found = settings.temporal_profile()
    assert (found.address, found.namespace) == ("temporal.example:7233", "tries")


@pytest.mark.parametrize("name", ["OUTREACH_BRAND_WEBSITE", "OPENAI_BASE_URL"])
@pytest.mark.parametrize(
    "value",
    ["javascript:alert(1)", "beyondacademy.com", "nope", "ftp://x.example", "https://a b"],
)
def test_a_link_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    with pytest.raises(errors.BadSetting, match=re.escape(f"{name}={value!r}: expected an address such as")):
        told(monkeypatch, name, value)


def test_a_link_in_the_letters_may_lead_anywhere_in_the_web(monkeypatch: pytest.MonkeyPatch) -> None:
    link = "https://beyondacademy.com/hosts?from=mail#top"
    assert told(monkeypatch, "OUTREACH_BRAND_WEBSITE", link).brand.website == link


def test_what_workers_were_told_is_named_as_it_may_be_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_FOLLOW_UP_INTERVAL", "1.5h")
    monkeypatch.setenv("OUTREACH_SENDING_WINDOW", "Mon-Fri 09:00-17:00")
    monkeypatch.setenv("OUTREACH_TIME_ZONE", "Europe/London")
    found = settings.load().told
    assert found["OUTREACH_FOLLOW_UP_INTERVAL"] == "90m"
    assert found["OUTREACH_REDIRECT_ALL_TO"] == ""
    for name, value in found.items():
        if value:
            monkeypatch.setenv(name, value)
    assert settings.load().told == found
