"""A mail URL is read as it is meant; a wrong one is refused in words that show no secret."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.mail_url import MailUrl


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtp://mail.example", MailUrl("smtp", "mail.example", 587)),
        ("SMTP://Mail.Example:25/", MailUrl("smtp", "mail.example", 25)),
        ("smtp://127.0.0.1:2525", MailUrl("smtp", "127.0.0.1", 2525)),
        ("smtp://[::1]:2525", MailUrl("smtp", "::1", 2525)),
        ("smtps://me%40x:p%2Fw@h", MailUrl("smtps", "h", 465, "me@x", "p/w")),
        ("smtp://me@x.example:p@ss/w#?rd@h:587", MailUrl("smtp", "h", 587, "me@x.example", "p@ss/w#?rd")),
        ("sendgrid://SG.a_b-c@", MailUrl("sendgrid", key="SG.a_b-c")),
        ("postmark://t@?stream=broadcast", MailUrl("postmark", key="t", options={"stream": "broadcast"})),
        ("resend://re_123@", MailUrl("resend", key="re_123")),
        (
            "mailgun://key-1@mg.x.example?region=eu",
            MailUrl("mailgun", "mg.x.example", key="key-1", options={"region": "eu"}),
        ),
        ("ses://AKIA:a/b+c=@eu-west-1", MailUrl("ses", "eu-west-1", key="AKIA", secret="a/b+c=")),
        (
            "ses://A:s@us-gov-west-1?configuration_set=out&session_token=a%2Fb+c==",
            MailUrl(
                *("ses", "us-gov-west-1", 0, "A", "s"),
                {"configuration_set": "out", "session_token": "a/b+c=="},
            ),
        ),
        (
            "resend://k@?endpoint=http://127.0.0.1:8025/x",
            MailUrl("resend", key="k", options={"endpoint": "http://127.0.0.1:8025/x"}),
        ),
    ],
)
def test_a_mail_url_is_read_as_it_is_meant(url: str, read: MailUrl) -> None:
    assert MailUrl.parse(url) == read


@pytest.mark.parametrize(
    ("option", "endpoint"),
    [
        ("", None),
        ("?endpoint=https%3A%2F%2Fgate.example%2F", "https://gate.example"),
        ("?endpoint=https://gate.example:8443/resend/", "https://gate.example:8443/resend"),
        ("?endpoint=http://localhost:8025", "http://localhost:8025"),
        ("?endpoint=http://[::1]:8025", "http://[::1]:8025"),
    ],
)
def test_a_private_gateway_may_be_asked_instead(option: str, endpoint: str | None) -> None:
    assert MailUrl.parse(f"resend://k@{option}").endpoint == endpoint


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", "smtp://user:password@host:587"),
        ("mail.example", "resend://API_KEY@"),
        ("smtp:/SECRET", "smtp://"),
        ("https://SECRET@x", "smtp://"),
        ("smtp://", "smtp://user:password@host:587"),
        ("smtp://SECRET@", "smtp://user:password@host:587"),
        ("smtp://me:SECRET@h:port", "smtp://user:password@host:587"),
        ("smtp://me:SECRET@h:99999", "smtp://user:password@host:587"),
        ("smtp://me:SECRET@h/path", "smtp://user:password@host:587"),
        ("smtp://me:SECRET@h?tls=no", "no options, not 'tls'"),
        ("sendgrid://SECRET", "sendgrid://API_KEY@"),
        ("sendgrid://@", "sendgrid://API_KEY@"),
        ("sendgrid://me:SECRET@", "sendgrid://API_KEY@"),
        ("sendgrid://SECRET%20x@", "sendgrid://API_KEY@"),
        ("sendgrid://SECRET%0Ax@", "sendgrid://API_KEY@"),
        ("sendgrid://SÉCRET@", "sendgrid://API_KEY@"),
        ("sendgrid://SECRET@api.sendgrid.com", "sendgrid://API_KEY@"),
        ("sendgrid://SECRET@?region=eu", "the options endpoint, not 'region'"),
        ("postmark://SECRET@?sream=x", "the options stream, endpoint, not 'sream'"),
        ("mailgun://SECRET@", "your sending domain"),
        ("mailgun://SECRET@mg", "your sending domain"),
        ("mailgun://SECRET@mg.x.example/../y", "your sending domain"),
        ("mailgun://SECRET@mg.x.example?region=fr", "region is us or eu"),
        ("ses://AKIA@eu-west-1", "ses://KEY_ID:SECRET@REGION"),
        ("ses://AKIA:SECRET@", "a region such as eu-west-1"),
        ("ses://AKIA:SECRET@evil.example", "a region such as eu-west-1"),
        ("resend://SECRET@?endpoint=http://gate.example", "https:// address"),
        ("resend://SECRET@?endpoint=ftp://127.0.0.1", "https:// address"),
        ("resend://SECRET@?endpoint=https://", "https:// address"),
        ("resend://SECRET@?endpoint=https://h:99999", "https:// address"),
        ("resend://SECRET@?endpoint=https://h?x=1", "https:// address"),
        ("ses://AKIA:SECRET@eu-west-1?endpoint=http://10.0.0.1", "https:// address"),
    ],
)
def test_a_wrong_one_is_told_what_was_expected(url: str, expected: str) -> None:
    with pytest.raises(ValueError) as wrong:
        MailUrl.parse(url)
    assert expected in str(wrong.value)
    assert "SECRET" not in str(wrong.value).replace("KEY_ID:SECRET@REGION", "")
    assert wrong.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("smtp://me:hidden@mail.example", "smtp://mail.example:587"),
        ("sendgrid://hidden@", "sendgrid://***@"),
        ("mailgun://hidden@mg.x.example", "mailgun://***@mg.x.example"),
        ("ses://hidden:hidden@eu-west-1?session_token=hidden", "ses://***@eu-west-1"),
    ],
)
def test_its_text_shows_no_secret(url: str, shown: str) -> None:
    read = MailUrl.parse(url)
    assert str(read) == shown
    assert "hidden" not in repr(read)


@given(st.text(max_size=60) | st.from_regex(r"(smtp|ses|mailgun|resend)://[ -~]{0,40}", fullmatch=True))
def test_no_text_at_all_does_more_than_be_refused(text: str) -> None:
    try:
        read = MailUrl.parse(text)
    except ValueError as wrong:
        assert str(wrong).startswith("expected ")
    else:
        assert isinstance(read.resends_safely, bool) and str(read)
