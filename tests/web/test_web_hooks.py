"""Hooks over HTTP: stored before they are answered, once, whole or not at all."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from db.pool import Pool, transaction
from domain.inbound import Request
from mail.hooks import ServiceDown
from tests.acceptance.programs import looks
from tests.cast import NOW
from tests.mail.hook_services import (
    FORM,
    JSON,
    RAW,
    REPLY_TO,
    URLENCODED,
    MailgunService,
    SesService,
    multipart,
    postmark_event,
)
from tests.web.front import SERVICES, Front
from web.limits import Limits

NAMES = list(SERVICES)
POSTMARK = SERVICES["postmark"]


def reply(name: str) -> Request:
    """A person's reply, as a service hands it over."""
    body, kind = SERVICES[name].reply()
    return SERVICES[name].signed(body, kind)


def event(name: str) -> Request:
    """One event, as a service tells it."""
    return SERVICES[name].signed(SERVICES[name].event(), SERVICES[name].content_type)


@pytest.mark.parametrize("name", NAMES)
async def test_a_reply_is_stored_before_the_answer_and_understood_soon_after(front: Front, name: str) -> None:
    answer = await front.post(name, reply(name))
    assert (answer.status_code, answer.json()) == (200, {"items": 1, "new": 1})
    (row,) = await front.rows()
    assert (row["source"], row["form"], row["envelope_to"]) == (name, "mail", [REPLY_TO])
    assert (bytes(row["raw"]) == RAW) or row["to_fetch"] or row["status"] != "stored"
    async for _ in looks(within=10):
        (row,) = await front.rows()
        if row["status"] != "stored":
            break
    assert (row["status"], row["kind"], row["sender"]) == ("unmatched", "human", "tom@acme.example")


@pytest.mark.parametrize("path", ["inbound", "events"])
@pytest.mark.parametrize("name", NAMES)
async def test_an_event_is_stored_on_whichever_address_it_comes(front: Front, name: str, path: str) -> None:
    answer = await front.post(name, event(name), path)
    assert answer.status_code == 200
    rows = await front.rows()
    assert rows and {(row["source"], row["form"]) for row in rows} == {(name, "event")}


@pytest.mark.parametrize("name", NAMES)
async def test_fifty_copies_at_once_are_one_reply(front: Front, name: str) -> None:
    request = reply(name)
    answers = await asyncio.gather(*(front.post(name, request) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["new"] for answer in answers) == 1
    assert len(await front.rows()) == 1


@pytest.mark.parametrize("name", NAMES)
async def test_what_the_service_did_not_sign_is_refused_and_leaves_nothing(front: Front, name: str) -> None:
    unsigned = Request({"content-type": reply(name).headers["content-type"]}, reply(name).body)
    if name in ("mailgun", "ses"):
        unsigned = Request(unsigned.headers, unsigned.body.replace(b"ignature", b"ignatur3"))
    answer = await front.post(name, unsigned)
    assert answer.status_code == 401, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert answer.json()["detail"]
    assert await front.rows() == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != "postmark"])
async def test_what_was_signed_long_ago_is_refused(front: Front, name: str) -> None:
    front.now = NOW + timedelta(days=4)
    answer = await front.post(name, reply(name))
    assert answer.status_code == 403
    assert "ago" in answer.json()["detail"]
    assert await front.rows() == []


async def test_a_signed_token_is_good_for_one_message_alone(front: Front) -> None:
    mailgun = SERVICES["mailgun"]
    assert isinstance(mailgun, MailgunService)
    first, again, forged = (mailgun.signed(*mailgun.reply()) for _ in range(3))
    forged = Request(forged.headers, forged.body.replace(b"tom-1%40acme", b"forged%40acme"))
    assert (await front.post("mailgun", first)).json()["new"] == 1
    assert (await front.post("mailgun", again)).json() == {"items": 1, "new": 0}
    refused = await front.post("mailgun", forged)
    assert refused.status_code == 403
    assert len(await front.rows()) == 1


async def test_a_service_that_is_not_known_or_not_set_says_so(front: Front, pool: Pool) -> None:
    unknown = await front.client.post("/hooks/inbound/pigeon", content=b"x")
    assert unknown.status_code == 404
    assert "sendgrid" in unknown.json()["detail"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_a_hook_takes_nothing_but_posts(front: Front, method: str) -> None:
    answer = await front.client.request(method, "/hooks/inbound/postmark")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "the body"),
        (b"{", "the body"),
        (b"[]", "the body"),
        (b"\xff\xfe", "the body"),
        (b"[" * 100_000, "the body"),
        (json.dumps(postmark_event(Recipient=7)).encode(), "Recipient"),
        (json.dumps({"RawEmail": {}}).encode(), "RawEmail"),
    ],
    ids=repr,
)
async def test_a_malformed_request_names_the_field_and_leaves_nothing(
    front: Front, body: bytes, field: str
) -> None:
    answer = await front.post("postmark", POSTMARK.signed(body))
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(field)
    assert answer.json()["title"] == "Bad Request"
    assert await front.rows() == []


async def test_a_batch_with_one_bad_event_is_refused_whole(front: Front) -> None:
    sendgrid = SERVICES["sendgrid"]
    batch = [*json.loads(sendgrid.event()), {"event": "delivered", "email": ["no"]}]
    answer = await front.post("sendgrid", sendgrid.signed(json.dumps(batch).encode()))
    assert answer.status_code == 400
    assert await front.rows() == []


STRANGE: tuple[Any, ...] = (
    "",
    "\0",
    "\ud800",
    "a\r\nBcc: b@c.example",
    "é" * 70_000,
    None,
    -1,
    10**400,
    [],
    {},
)


def broken(value: Any, dice: random.Random) -> Any:
    """A copy with one value somewhere in it replaced by something strange."""
    changed = copy.deepcopy(value)
    places = list(_places(changed))
    holder, name = dice.choice(places)
    holder[name] = dice.choice(STRANGE)
    return changed


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in list(pairs):
        yield value, name
        yield from _places(inner)


@pytest.mark.parametrize("name", ["sendgrid", "mailgun", "postmark", "resend", "ses"])
async def test_signed_nonsense_is_stored_or_refused_and_never_an_error_of_ours(
    front: Front, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    service, dice = SERVICES[name], random.Random(name)
    bodies = [service.event()] if name in ("sendgrid", "mailgun") else [service.event(), service.reply()[0]]
    stored = 0
    for number in range(60):
        value = json.loads(dice.choice(bodies))
        if isinstance(service, SesService):
            value["Message"] = json.dumps(broken(json.loads(value["Message"]), dice))
        else:
            value = broken(value, dice)
        request = service.signed(json.dumps(value).encode(), JSON)
        if isinstance(service, MailgunService):
            signed = value | {"signature": service.signature(token=f"{number:050}")}
            request = Request(request.headers, json.dumps(signed).encode())
        answer = await front.post(name, request)
        assert answer.status_code in (200, 400, 401), (answer.text, value)
        if answer.status_code == 200:
            stored += answer.json()["new"]
    assert len(await front.rows()) == stored
    assert "Traceback" not in caplog.text


async def test_forms_with_strange_fields_are_stored_or_refused(front: Front) -> None:
    mailgun, sendgrid = SERVICES["mailgun"], SERVICES["sendgrid"]
    for strange in ("", "\0", "a\r\nBcc: b@c.example", "é" * 70_000):
        for field in ("recipient", "sender", "body-mime"):
            values = {"recipient": REPLY_TO, "sender": "t@a.example", "body-mime": RAW.decode()}
            form = urlencode(values | {field: strange}).encode()
            answer = await front.post("mailgun", mailgun.signed(form, URLENCODED))
            assert answer.status_code in (200, 400, 403), answer.text
        for field in ("email", "envelope"):
            parts: dict[str, bytes | str] = {"email": RAW, "envelope": "{}", field: strange}
            body = multipart(list(parts.items()))
            answer = await front.post("sendgrid", sendgrid.signed(body, FORM))
            assert answer.status_code in (200, 400), answer.text


async def test_a_subscription_is_confirmed_before_it_is_answered(front: Front) -> None:
    ses = SERVICES["ses"]
    url = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"
    asked = {"Type": "SubscriptionConfirmation", "MessageId": "1", "Message": "m", "Token": "t"}
    request = ses.signed(json.dumps(asked | {"SubscribeURL": url}).encode())
    front.refuses = ServiceDown("Amazon SNS confirms nothing")
    assert (await front.post("ses", request)).status_code == 503
    front.refuses = None
    assert (await front.post("ses", request)).status_code == 200
    assert front.confirmed == [url]
    elsewhere = json.dumps(asked | {"SubscribeURL": "https://sns.evil.example/"}).encode()
    assert (await front.post("ses", ses.signed(elsewhere))).status_code == 400
    assert front.confirmed == [url]


async def test_while_the_database_is_away_the_service_is_asked_to_come_again(
    front: Front, database_url: str
) -> None:
    await front.pool.close()
    answer = await front.post("postmark", reply("postmark"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "PostgreSQL" not in answer.text


async def test_what_cannot_be_stored_in_time_is_taken_when_it_comes_again(pool: Pool) -> None:
    async with Front(pool, Limits(storing=0.2)).open() as front:
        async with transaction(pool) as conn:
            await conn.execute("lock table inbox in exclusive mode")
            late = await front.post("postmark", reply("postmark"))
            assert late.status_code == 503
        again = await front.post("postmark", reply("postmark"))
        assert again.json() == {"items": 1, "new": 1}
        assert len(await front.rows()) == 1


async def test_no_secret_body_or_query_is_written_down(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    request = reply("postmark")
    await front.client.post(
        "/hooks/inbound/postmark?token=SECRET%0a", content=request.body, headers=dict(request.headers)
    )
    await front.client.post("/hooks/inbound/postmark", content=b"SECRET", auth=("hook", "SECRET"))
    await front.client.post("/hooks/%0aforged line/x", content=b"SECRET")
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("outreach")]
    assert any("/hooks/inbound/postmark 200" in one for one in ours)
    assert not [one for one in ours if "SECRET" in one or "\n" in one or "tom@acme" in one]
