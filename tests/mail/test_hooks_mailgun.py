"""Mailgun: events of today and of old, routes that forward, and a signature that covers no body."""

from __future__ import annotations

import dataclasses
import json
import threading
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from domain.inbound import Arrival, Request, ServiceEvent
from mail.hooks import Malformed, Unauthenticated, forms
from tests.cast import NOW
from tests.mail.hook_services import (
    FORM,
    HEADERS,
    JSON,
    REPLY_TO,
    URLENCODED,
    MailgunService,
    body_of,
    mailgun_event,
    multipart,
    parsed,
)

SERVICE = MailgunService()


def told(**changes: Any) -> ServiceEvent:
    body = json.dumps({"event-data": mailgun_event(**changes)}).encode()
    [event] = SERVICE.hook.read(SERVICE.signed(body))
    assert isinstance(event, ServiceEvent)
    return event


def failed(severity: str = "permanent", reason: str = "bounce", **status: Any) -> dict[str, Any]:
    return {"event": "failed", "severity": severity, "reason": reason, "delivery-status": status}


@pytest.mark.parametrize(
    ("changes", "kind", "final", "dead"),
    [
        ({"event": "accepted"}, "accepted", None, None),
        (failed("temporary", "greylisted", code=450), "deferred", False, False),
        (failed("temporary", "old", code=498), "bounce", True, False),
        (failed(code=550, message="5.1.1 The account does not exist"), "bounce", True, True),
        (failed(code=550, message="mailbox not there", **{"enhanced-code": "5.1.1"}), "bounce", True, True),
        (failed(code=552, message="5.2.2 full"), "bounce", True, False),
        (failed(code=550, message="blocked by our spam filter"), "bounce", True, False),
        (failed(code=554, message="no", **{"bounce-type": "hard"}), "bounce", True, True),
        (failed(code=550, message="5.1.1", **{"bounce-type": "soft"}), "bounce", True, False),
        (failed(code=498, message="No MX for acme.example"), "bounce", True, True),
        (failed(reason="old", code=499), "bounce", True, False),
        (failed(reason="suppress-bounce", code=605), "bounce", True, True),
        (failed(reason="generic", code=606), "unsubscribe", None, None),
        (failed(reason="suppress-complaint"), "complaint", None, None),
        ({"event": "rejected", "reason": "Sandbox"}, "bounce", True, False),
        ({"event": "complained"}, "complaint", None, None),
        ({"event": "unsubscribed"}, "unsubscribe", None, None),
        ({"event": "opened"}, "other", None, None),
        ({"event": "list_member_uploaded"}, "other", None, None),
    ],
)
def test_events_mean_what_mailgun_says(
    changes: dict[str, Any], kind: str, final: bool | None, dead: bool | None
) -> None:
    event = told(**changes)
    assert (event.kind, event.delivery_final, event.address_dead) == (kind, final, dead)


def test_an_event_names_the_e_mail() -> None:
    event = told()
    assert event.message_id == event.service_id == "<acme-1@beyond.example>"
    assert event.key == "mailgun:mg-event-1" and event.words == "250 OK"
    assert told(id=None).key == "mailgun:" + "t" * 50


def test_an_event_of_the_older_kind_is_understood() -> None:
    fields = {
        "event": "bounced",
        "code": "550",
        "error": "5.1.1 no such user",
        "recipient": "Li@Acme.example",
        "Message-Id": "<acme-1@beyond.example>",
    }
    [event] = SERVICE.hook.read(SERVICE.signed(urlencode(fields).encode(), URLENCODED))
    assert isinstance(event, ServiceEvent) and event.kind == "bounce" and event.address_dead
    assert (
        event.recipient == "li@acme.example" and event.words == "550 5.1.1 no such user" and event.at == NOW
    )


async def test_a_senders_own_fields_do_not_hide_the_signature() -> None:
    body = urlencode([("token", "x"), ("timestamp", "1"), ("signature", "y"), ("body-plain", "hi")]).encode()
    await SERVICE.hook.authenticate(SERVICE.signed(body, URLENCODED), NOW)


async def test_a_subaccounts_event_is_known_by_the_primary_accounts_signature() -> None:
    words = SERVICE.signature()
    words |= {"parent-signature": words["signature"], "signature": "0" * 64}
    body = json.dumps({"signature": words, "event-data": mailgun_event()}).encode()
    await SERVICE.hook.authenticate(Request({"content-type": JSON}, body), NOW)


async def test_a_retry_eight_hours_later_is_let_in() -> None:
    await SERVICE.hook.authenticate(SERVICE.signed(SERVICE.event()), NOW + timedelta(hours=8))


async def test_a_signature_without_its_token_is_refused() -> None:
    for missing in ("token", "timestamp", "signature"):
        words = SERVICE.signature() | {missing: ""}
        body = json.dumps({"signature": words, "event-data": mailgun_event()}).encode()
        with pytest.raises(Unauthenticated):
            await SERVICE.hook.authenticate(Request({"content-type": JSON}, body), NOW)


async def test_a_token_is_named_so_that_it_serves_once() -> None:
    request = SERVICE.signed(SERVICE.event())
    other = dataclasses.replace(request, body=request.body.replace(b"tom@", b"li@"))
    words = [await SERVICE.hook.authenticate(one, NOW) for one in (request, other)]
    assert words == ["t" * 50] * 2


async def test_a_form_is_parsed_once_to_authenticate_it_and_once_to_read_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed_at: list[int] = []
    read = forms.read

    def counted(request: Request) -> forms.Form:
        parsed_at.append(threading.get_ident())
        return read(request)

    monkeypatch.setattr(forms, "read", counted)
    request = SERVICE.signed(*SERVICE.reply())
    await SERVICE.hook.authenticate(request, NOW)
    SERVICE.hook.read(request)
    assert len(parsed_at) == 2
    assert parsed_at[0] != threading.get_ident(), "who sent it is asked in a thread"


def reply(**changes: str) -> Arrival:
    fields = {
        "recipient": REPLY_TO,
        "sender": "",
        "message-headers": json.dumps([*HEADERS, ["Content-Type", ["multipart/mixed", {"boundary": "x"}]]]),
        "body-plain": "Yes — Tom",
        "stripped-text": "Yes",
        "content-id-map": json.dumps({"<cv1>": "attachment-1"}),
    } | changes
    body = multipart(list(fields.items()), [("attachment-1", "cv.pdf", "application/pdf", b"%PDF")])
    [arrival] = SERVICE.hook.read(SERVICE.signed(body, FORM))
    assert isinstance(arrival, Arrival)
    return arrival


def test_a_forwarded_reply_is_put_together_again() -> None:
    message = parsed(reply().raw)
    for name, value in HEADERS[:-1]:
        assert message[name] == value
    assert message["Return-Path"] == "<>", "a null sender tells a bounce"
    assert body_of(message) == "Yes — Tom"
    [attached] = message.iter_attachments()
    assert attached.get_content() == b"%PDF" and attached["Content-ID"] == "<cv1>"


def test_a_reply_without_headers_has_those_that_the_form_names() -> None:
    body = urlencode(
        {"recipient": REPLY_TO, "from": "Tom <tom@acme.example>", "subject": "Re: x", "body-plain": "y"}
    )
    [arrival] = SERVICE.hook.read(SERVICE.signed(body.encode(), URLENCODED))
    assert isinstance(arrival, Arrival)
    message = parsed(arrival.raw)
    assert (message["From"], message["To"], message["Subject"]) == (
        "Tom <tom@acme.example>",
        REPLY_TO,
        "Re: x",
    )


@pytest.mark.parametrize("headers", ["{}", "[1]", '[["a"]]', '[[1, "x"]]', "x"])
def test_broken_headers_are_named(headers: str) -> None:
    with pytest.raises(Malformed, match="message-headers"):
        reply(**{"message-headers": headers})


def test_a_form_that_is_neither_is_malformed() -> None:
    with pytest.raises(Malformed, match="body-mime"):
        SERVICE.hook.read(SERVICE.signed(b"x=1", URLENCODED))
