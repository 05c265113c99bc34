"""Signatures are Amazon's own: vectors of the Signature Version 4 test suite, and of its guide."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mail.services.sigv4 import Credentials, signed

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
AT = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
TOKEN = (
    "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoI"
    "YRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSX"
    "Dvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8f"
    "POLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=="
)


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "token", "signature"),
    [
        ("GET", "/", {}, b"", None, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("POST", "/", {}, b"", None, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        (
            *("GET", "/?Param2=value2&Param1=value1", {}, b"", None),
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        (
            *("POST", "/", {"Content-Type": "application/x-www-form-urlencoded"}, b"Param1=value1", None),
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        ),
        (
            *("POST", "/", {}, b"", TOKEN),
            "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead",
        ),
    ],
    ids=["get-vanilla", "post-vanilla", "get-vanilla-query-order", "post-form", "post-sts-header-before"],
)
def test_a_request_of_the_test_suite_is_signed_as_amazon_signs_it(
    method: str, target: str, headers: dict[str, str], body: bytes, token: str | None, signature: str
) -> None:
    sent = signed(
        method,
        f"https://example.amazonaws.com{target}",
        headers,
        body,
        credentials=Credentials("AKIDEXAMPLE", SECRET, token),
        region="us-east-1",
        service="service",
        at=AT,
    )
    assert sent["Authorization"].endswith(f"Signature={signature}")
    assert "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request" in sent["Authorization"]
    assert sent["X-Amz-Date"] == "20150830T123600Z"


def test_the_guides_request_is_signed_as_the_guide_says() -> None:
    sent = signed(
        "GET",
        "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
        {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
        b"",
        credentials=Credentials("AKIDEXAMPLE", SECRET),
        region="us-east-1",
        service="iam",
        at=AT.astimezone(timezone(timedelta(hours=-7))),
    )
    assert sent["Authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date, "
        "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    )


def test_credentials_are_never_shown() -> None:
    shown = repr(Credentials("AKIDEXAMPLE", SECRET, TOKEN))
    assert "AKID" not in shown and SECRET not in shown and TOKEN not in shown
