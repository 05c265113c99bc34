"""What hooks ask over the net: an Amazon host alone, no redirect followed, every failure in words."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest

from mail.hooks import Malformed, ServiceDown
from mail.hooks.net import Net

URL = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"


def net(answer: Callable[[httpx2.Request], httpx2.Response]) -> Net:
    """Amazon as it would answer."""
    return Net(client=httpx2.AsyncClient(transport=httpx2.MockTransport(answer)))


async def test_a_confirming_visit_goes_to_amazon_once() -> None:
    asked: list[str] = []

    def amazon(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(200)

    await net(amazon).confirm(URL)
    assert asked == [URL]


@pytest.mark.parametrize(
    "url",
    [
        "http://sns.eu-west-1.amazonaws.com/?Token=t",
        "https://sns.eu-west-1.amazonaws.com.evil.example/",
        "https://sns.eu-west-1.amazonaws.com@evil.example/",
        "https://127.0.0.1/",
        "",
    ],
)
async def test_nobody_else_is_visited(url: str) -> None:
    def nobody(request: httpx2.Request) -> httpx2.Response:
        raise AssertionError("visited")

    with pytest.raises(Malformed):
        await net(nobody).confirm(url)


@pytest.mark.parametrize("status", [301, 302, 403, 500])
async def test_a_redirect_or_a_refusal_confirms_nothing(status: int) -> None:
    elsewhere = {"Location": "https://evil.example/"}
    with pytest.raises(ServiceDown, match=str(status)):
        await net(lambda request: httpx2.Response(status, headers=elsewhere)).confirm(URL)


async def test_a_silent_amazon_is_an_outage() -> None:
    def silent(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectTimeout("late")

    with pytest.raises(ServiceDown, match="ConnectTimeout"):
        await net(silent).confirm(URL)


def test_messages_are_fetched_only_where_a_key_is_set() -> None:
    assert list(Net("re_key").fetchers) == ["resend"]
    assert not Net().fetchers
