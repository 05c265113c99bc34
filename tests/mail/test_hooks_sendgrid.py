"""SendGrid: what its events mean, and the ways in which it authenticates."""

from __future__ import annotations

import dataclasses
import json

import pytest

from domain.inbound import Arrival, Request, ServiceEvent
from mail.hooks import Malformed, Unauthenticated
from mail.hooks.sendgrid import SendGrid
from tests.cast import NOW
from tests.mail.hook_services import (
    FORM,
    HEADERS,
    JSON,
    REPLY_TO,
    SendGridService,
    basic,
    body_of,
    multipart,
    parsed,
    sendgrid_event,
)

HOOK = SendGrid(parse_auth="hook:s3cret")


def told(**changes: object) -> ServiceEvent:
    body = json.dumps([sendgrid_event(**changes)]).encode()
    [event] = HOOK.read(Request({"content-type": JSON}, body))
    assert isinstance(event, ServiceEvent)
    return event


@pytest.mark.parametrize(
    ("changes", "kind", "final", "dead"),
    [
        ({"event": "processed"}, "accepted", None, None),
        ({"event": "deferred", "response": "400 try again later"}, "deferred", False, False),
        ({"event": "bounce", "reason": "550 5.1.1 no such user"}, "bounce", True, True),
        ({"event": "bounce", "type": "bounce"}, "bounce", True, True),
        ({"event": "bounce", "reason": "552 5.2.2 mailbox full"}, "bounce", True, False),
        ({"event": "bounce", "status": "5.7.1", "reason": "refused: spam"}, "bounce", True, False),
        ({"event": "bounce", "bounce_classification": "Invalid Address"}, "bounce", True, True),
        (
            {"event": "bounce", "bounce_classification": "Reputation", "status": "5.1.1"},
            "bounce",
            True,
            False,
        ),
        ({"event": "bounce", "type": "blocked", "status": "5.1.1"}, "bounce", True, False),
        ({"event": "dropped", "reason": "Bounced Address"}, "bounce", True, True),
        ({"event": "dropped", "reason": "Invalid"}, "bounce", True, True),
        ({"event": "dropped", "reason": "Invalid SMTPAPI header"}, "bounce", True, False),
        ({"event": "dropped", "reason": "Spam Content"}, "bounce", True, False),
        ({"event": "dropped", "reason": "Unsubscribed Address"}, "unsubscribe", None, None),
        ({"event": "dropped", "reason": "Spam Reporting Address"}, "complaint", None, None),
        ({"event": "spamreport"}, "complaint", None, None),
        ({"event": "unsubscribe"}, "unsubscribe", None, None),
        ({"event": "group_unsubscribe"}, "unsubscribe", None, None),
        ({"event": "open"}, "other", None, None),
        ({"event": "account_status_change"}, "other", None, None),
    ],
)
def test_events_mean_what_sendgrid_says(
    changes: dict[str, str], kind: str, final: bool | None, dead: bool | None
) -> None:
    event = told(**changes)
    assert (event.kind, event.delivery_final, event.address_dead) == (kind, final, dead)


def test_an_event_names_the_e_mail_in_both_ways() -> None:
    event = told(event="delivered")
    assert event.message_id == "<acme-1@beyond.example>" and event.service_id == "Xb4c-9"
    assert event.key == "sendgrid:sg-event-1" and event.words == "250 OK"


def test_a_batch_is_many_events_with_keys_of_their_own() -> None:
    nameless = [sendgrid_event(sg_event_id=None, email=f"{who}@acme.example") for who in ("tom", "li")]
    events = HOOK.read(Request({"content-type": JSON}, json.dumps(nameless).encode()))
    assert len({event.key for event in events if isinstance(event, ServiceEvent)}) == 2


async def test_events_need_their_key_even_where_parse_has_its_password() -> None:
    request = Request({"content-type": JSON, "authorization": basic("hook:s3cret")}, b"[]")
    with pytest.raises(Unauthenticated, match="nothing is configured to authenticate the Event Webhook"):
        await HOOK.authenticate(request, NOW)


async def test_parse_is_let_in_by_its_password_where_it_has_no_key() -> None:
    request = Request({"content-type": FORM, "authorization": basic("hook:s3cret")}, b"")
    await HOOK.authenticate(request, NOW)
    for wrong in (basic("hook:S3cret"), "Bearer s3cret", "Basic ***", "Basic \xff", ""):
        with pytest.raises(Unauthenticated) as refused:
            await HOOK.authenticate(
                dataclasses.replace(request, headers={**request.headers, "authorization": wrong}), NOW
            )
        assert "s3cret" not in str(refused.value)


async def test_a_password_is_not_enough_where_parse_signs() -> None:
    service = SendGridService()
    hook = SendGrid(parse_key=service.public, parse_auth="hook:s3cret")
    with pytest.raises(Unauthenticated):
        await hook.authenticate(
            Request({"content-type": FORM, "authorization": basic("hook:s3cret")}, b""), NOW
        )
    await hook.authenticate(service.signed(b"", FORM), NOW)


@pytest.mark.parametrize("timestamp", ["", "soon", "1e9", "９９９", "-1", "9" * 40])
async def test_odd_times_are_refused(timestamp: str) -> None:
    service = SendGridService()
    request = service.signed(b"[]")
    headers = {**request.headers, "x-twilio-email-event-webhook-timestamp": timestamp}
    with pytest.raises(Unauthenticated):
        await service.hook.authenticate(dataclasses.replace(request, headers=headers), NOW)


def parsed_reply(**changes: str | bytes) -> Arrival:
    fields: dict[str, str | bytes] = {
        "headers": "".join(f"{name}: {value}\n" for name, value in HEADERS)
        + "X-Folded: one\n two\nno name\n",
        "envelope": json.dumps({"to": ["Reply+K3J9@in.beyond.example"], "from": "tom@acme.example"}),
        "charsets": json.dumps({"text": "iso-8859-1", "html": "no-such-charset"}),
        "text": "Grüße, Tom".encode("iso-8859-1"),
        "html": "<p>Grüße, Tom</p>",
        "attachment-info": json.dumps({"attachment1": {"filename": "cv.pdf", "content-id": "cv1"}}),
    }
    fields |= changes
    body = multipart(list(fields.items()), [("attachment1", "cv.pdf", "application/pdf", b"%PDF")])
    [arrival] = HOOK.read(Request({"content-type": FORM}, body))
    assert isinstance(arrival, Arrival)
    return arrival


def test_a_parsed_reply_is_put_together_again() -> None:
    arrival = parsed_reply()
    message = parsed(arrival.raw)
    assert arrival.to == (REPLY_TO,)
    for name, value in HEADERS[:-1]:
        assert message[name] == value
    assert message["X-Folded"] == "one two" and message["Return-Path"] == "<tom@acme.example>"
    assert body_of(message) == "Grüße, Tom" and body_of(message, "html") == "<p>Grüße, Tom</p>"
    assert [part.get_content() for part in message.iter_attachments()] == [b"%PDF"]


def test_a_parsed_reply_is_the_same_bytes_each_time() -> None:
    assert parsed_reply() == parsed_reply()


@pytest.mark.parametrize(
    ("field", "value"),
    [("envelope", "{"), ("envelope", '{"to": "x"}'), ("charsets", "[]"), ("charsets", '{"text": 1}')],
)
def test_a_broken_field_is_named(field: str, value: str) -> None:
    with pytest.raises(Malformed, match=field):
        parsed_reply(**{field: value})
