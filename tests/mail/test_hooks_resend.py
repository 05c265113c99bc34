"""Resend: Svix's signatures, events that name all recipients, and mail that has to be fetched."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import json
from typing import Any

import httpx2
import pytest

from domain import errors
from domain.inbound import ServiceEvent
from mail.hooks import Malformed, ServiceDown, Unauthenticated, resend
from mail.hooks.resend import Resend, fetch
from tests.cast import NOW
from tests.mail.hook_services import HEADERS, RAW, REPLY_TO, PlayedPages, ResendService, parsed, resend_event
from tests.mail.playedservice import DROP, Answer, Call

SERVICE = ResendService()


def told(kind: str, **data: Any) -> ServiceEvent:
    [event] = SERVICE.hook.read(SERVICE.signed(json.dumps(resend_event(kind, **data)).encode()))
    assert isinstance(event, ServiceEvent)
    return event


@pytest.mark.parametrize(
    ("kind", "data", "becomes", "final", "dead"),
    [
        ("email.sent", {}, "accepted", None, None),
        ("email.delivery_delayed", {}, "deferred", False, False),
        ("email.bounced", {}, "bounce", True, True),
        ("email.bounced", {"bounce": {"type": "Permanent", "subType": "General"}}, "bounce", True, True),
        ("email.bounced", {"bounce": {"type": "Transient", "subType": "MailboxFull"}}, "bounce", True, False),
        ("email.bounced", {"to": ["a@acme.example", "b@acme.example"]}, "bounce", True, False),
        ("email.suppressed", {"suppressed": {"message": "on the list"}}, "bounce", True, True),
        ("email.failed", {"failed": {"reason": "daily quota"}}, "bounce", True, False),
        ("email.complained", {}, "complaint", None, None),
        ("email.opened", {}, "other", None, None),
        ("contact.created", {}, "other", None, None),
    ],
)
def test_events_mean_what_resend_says(
    kind: str, data: dict[str, Any], becomes: str, final: bool | None, dead: bool | None
) -> None:
    event = told(kind, **data)
    assert (event.kind, event.delivery_final, event.address_dead) == (becomes, final, dead)


def test_nobody_is_named_where_it_may_have_been_another() -> None:
    assert told("email.complained").recipient == "tom@acme.example"
    assert told("email.complained", to=["a@acme.example", "b@acme.example"]).recipient == ""


def test_an_event_keeps_why() -> None:
    bounce = {"type": "Permanent", "subType": "Suppressed", "message": "on the suppression list"}
    event = told("email.bounced", bounce=bounce)
    assert event.words == "Permanent Suppressed on the suppression list"
    assert event.key == "resend:msg_1" and event.service_id == "aaaaaaaa-bbbb"
    assert event.message_id == "<acme-1@beyond.example>"


async def test_any_of_several_signatures_and_secrets_will_do() -> None:
    request = SERVICE.signed(b"{}")
    right = request.headers["svix-signature"]
    old, new = (f"whsec_{base64.b64encode(key).decode()}" for key in (b"old", SERVICE.key))
    for value in (f"v1,AAAA {right}", f"{right} v1a,BBBB", f"v1, {right}"):
        several = dataclasses.replace(request, headers={**request.headers, "svix-signature": value})
        await Resend([old, new]).authenticate(several, NOW)


@pytest.mark.parametrize("signature", ["v1,", "v1", "v2,{}", "{}", "v1,\ud800", "v1," + "A" * 44])
async def test_no_other_signature_will_do(signature: str) -> None:
    request = SERVICE.signed(b"{}")
    right = request.headers["svix-signature"].removeprefix("v1,")
    headers = {**request.headers, "svix-signature": signature.format(right)}
    with pytest.raises(Unauthenticated):
        await SERVICE.hook.authenticate(dataclasses.replace(request, headers=headers), NOW)


@pytest.mark.parametrize("name", ["svix-id", "svix-timestamp", "svix-signature"])
async def test_every_header_counts(name: str) -> None:
    request = SERVICE.signed(b"{}")
    for value in ("", "1780304401"):
        headers = {**request.headers, name: value}
        with pytest.raises(Unauthenticated):
            await SERVICE.hook.authenticate(dataclasses.replace(request, headers=headers), NOW)


@pytest.mark.parametrize("email_id", [None, "", 5, "../domains", "a/b", "x" * 200])
def test_an_id_that_could_lead_elsewhere_is_malformed(email_id: object) -> None:
    body = json.dumps(resend_event("email.received", email_id=email_id)).encode()
    with pytest.raises(Malformed, match="email_id"):
        SERVICE.hook.read(SERVICE.signed(body))


class ResendApi(PlayedPages):
    """The receiving API, and the place where originals are kept."""

    email: dict[str, Any]

    def take(self, call: Call) -> tuple[None, Answer]:
        if call.path == "/original?signature=1":
            return None, Answer(200, RAW.decode()) if "authorization" not in call.headers else Answer(400)
        if call.headers.get("authorization") != "Bearer re_key":
            return None, Answer(401)
        return None, Answer(200, self.email) if call.path == "/emails/receiving/id-1" else Answer(404)


@pytest.fixture
async def api() -> Any:
    """Serves one message."""
    served = ResendApi()
    async with served:
        served.email = {"raw": {"download_url": f"{served.url}/original?signature=1"}}
        yield served


@pytest.fixture
async def client() -> Any:
    async with httpx2.AsyncClient() as made:
        yield made


async def test_the_original_is_fetched(api: ResendApi, client: httpx2.AsyncClient) -> None:
    assert await fetch(client, "re_key", "id-1", api=api.url) == RAW


async def test_without_an_original_the_message_is_put_together(
    api: ResendApi, client: httpx2.AsyncClient
) -> None:
    api.email = {
        "raw": None,
        "headers": dict(HEADERS[4:]),
        "from": "Tom <tom@acme.example>",
        "to": [REPLY_TO],
        "subject": "Re: Interns",
        "message_id": "<tom-1@acme.example>",
        "text": "Yes — Tom",
        "html": None,
    }
    message = parsed(await fetch(client, "re_key", "id-1", api=api.url))
    assert (
        message["In-Reply-To"] == "<acme-1@beyond.example>"
        and message["Message-ID"] == "<tom-1@acme.example>"
    )
    assert message["To"] == REPLY_TO and message.get_content() == "Yes — Tom"


async def test_what_fetching_refuses_has_words(api: ResendApi, client: httpx2.AsyncClient) -> None:
    with pytest.raises(errors.BadSetting, match="refuses the API key") as refused:
        await fetch(client, "re_other", "id-1", api=api.url)
    assert "re_other" not in str(refused.value)
    with pytest.raises(errors.NotFound):
        await fetch(client, "re_key", "id-2", api=api.url)
    for trouble in (Answer(429), Answer(500), Answer(302, "", {"Location": "/x"}), DROP):
        api.next = trouble
        with pytest.raises(ServiceDown):
            await fetch(client, "re_key", "id-1", api=api.url)
    api.next = Answer(200, "no JSON")
    with pytest.raises(Malformed):
        await fetch(client, "re_key", "id-1", api=api.url)


async def test_a_message_that_trickles_in_is_asked_for_again_later(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = asyncio.Event()

    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        try:
            while True:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.02)
        except ConnectionError:
            ended.set()
        finally:
            writer.close()

    monkeypatch.setattr(resend, "LONGEST", 0.2)
    async with await asyncio.start_server(trickle, "127.0.0.1", 0) as server, asyncio.timeout(10):
        host, port = server.sockets[0].getsockname()
        with pytest.raises(ServiceDown, match="within"):
            await fetch(client, "re_key", "id-1", api=f"http://{host}:{port}")
        await ended.wait()


@pytest.mark.parametrize("url", ["file:///original", "ftp://x/", "/relative", "https://[::1"])
async def test_a_download_from_an_odd_place_is_refused(
    api: ResendApi, client: httpx2.AsyncClient, url: str
) -> None:
    api.email = {"raw": {"download_url": url}}
    with pytest.raises(Malformed, match="download_url"):
        await fetch(client, "re_key", "id-1", api=api.url)
