"""Postmark: its bounce types, its suppressions, and mail that it took apart."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from domain.inbound import Arrival, HookItem, ServiceEvent
from mail.hooks import Malformed
from tests.mail.hook_services import HEADERS, REPLY_TO, PostmarkService, body_of, parsed, postmark_event

SERVICE = PostmarkService()


def read(body: dict[str, Any]) -> HookItem:
    [item] = SERVICE.hook.read(SERVICE.signed(json.dumps(body).encode()))
    return item


def bounce(kind: str, details: str = "") -> dict[str, Any]:
    return {
        "RecordType": "Bounce",
        "ID": 901542550,
        "Type": kind,
        "MessageID": "2706ee8a",
        "Email": "Li@Acme.example",
        "BouncedAt": "2026-06-01T09:00:00Z",
        "Details": details,
        "Description": "could not be delivered",
    }


def change(reason: str | None, suppress: bool = True) -> dict[str, Any]:
    return postmark_event(
        RecordType="SubscriptionChange",
        SuppressSending=suppress,
        SuppressionReason=reason,
        Origin="Recipient",
    )


@pytest.mark.parametrize(
    ("body", "kind", "final", "dead"),
    [
        (bounce("HardBounce", "smtp;550 5.1.1 no such account"), "bounce", True, True),
        (bounce("HardBounce"), "bounce", True, True),
        (bounce("HardBounce", "smtp;550 5.7.1 blocked as spam"), "bounce", True, False),
        (bounce("BadEmailAddress"), "bounce", True, True),
        (bounce("SoftBounce", "smtp;552 5.2.2 full"), "bounce", True, False),
        (bounce("Blocked"), "bounce", True, False),
        (bounce("SomethingNew"), "bounce", True, False),
        (bounce("Transient"), "deferred", False, False),
        (bounce("DnsError"), "deferred", False, False),
        (bounce("AutoResponder"), "other", None, None),
        (bounce("Unsubscribe"), "unsubscribe", None, None),
        (bounce("SpamComplaint"), "complaint", None, None),
        (bounce("SpamComplaint") | {"RecordType": "SpamComplaint"}, "complaint", None, None),
        (change("HardBounce"), "bounce", True, True),
        (change("SpamComplaint"), "complaint", None, None),
        (change("ManualSuppression"), "unsubscribe", None, None),
        (change(None, suppress=False), "other", None, None),
        (postmark_event(RecordType="Open"), "other", None, None),
        (postmark_event(RecordType="SomethingNew"), "other", None, None),
    ],
)
def test_events_mean_what_postmark_says(
    body: dict[str, Any], kind: str, final: bool | None, dead: bool | None
) -> None:
    event = read(body)
    assert isinstance(event, ServiceEvent)
    assert (event.kind, event.delivery_final, event.address_dead) == (kind, final, dead)


def test_a_bounce_keeps_the_servers_words_and_postmarks_id() -> None:
    event = read(bounce("HardBounce", "smtp;550 5.1.1\r\nno such\0account " + "x" * 900))
    assert isinstance(event, ServiceEvent)
    assert event.words.startswith("smtp;550 5.1.1 no such account x") and len(event.words) == 500
    assert event.service_id == "2706ee8a" and event.recipient == "li@acme.example"


def test_two_events_of_one_e_mail_have_two_keys() -> None:
    assert read(postmark_event()).key != read(postmark_event(RecordType="Open")).key  # type: ignore[union-attr]


def inbound(**changes: Any) -> dict[str, Any]:
    return {
        "FromFull": {"Email": "tom@acme.example", "Name": 'Tom "T" Bäker'},
        "To": REPLY_TO,
        "OriginalRecipient": REPLY_TO.upper(),
        "Subject": "Re: Interns",
        "Date": "Mon, 1 Jun 2026 08:59:00 +0000",
        "MessageID": "73e6d360-postmarks-own",
        "Headers": [{"Name": name, "Value": value} for name, value in HEADERS[3:]],
        "TextBody": "Yes — Tom",
        "StrippedTextReply": "Yes",
        "Attachments": [
            {
                "Name": "cv.pdf",
                "Content": base64.b64encode(b"%PDF").decode(),
                "ContentType": "application/pdf",
            }
        ],
    } | changes


def test_mail_without_its_original_is_put_together_again() -> None:
    arrival = read(inbound())
    assert isinstance(arrival, Arrival) and arrival.to == (REPLY_TO,)
    message = parsed(arrival.raw)
    assert message["From"].addresses[0].display_name == 'Tom "T" Bäker'
    assert message["Message-ID"] == "<tom-1@acme.example>", "not Postmark's own"
    assert message["In-Reply-To"] == "<acme-1@beyond.example>" and message["Auto-Submitted"] == "auto-replied"
    assert message["Subject"] == "Re: Interns" and message["To"] == REPLY_TO
    assert body_of(message) == "Yes — Tom"
    assert [part.get_content() for part in message.iter_attachments()] == [b"%PDF"]


def test_the_stripped_reply_serves_where_there_is_no_other_body() -> None:
    arrival = read(inbound(TextBody="", HtmlBody=""))
    assert isinstance(arrival, Arrival) and b"WWVz" in arrival.raw


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"Headers": [{"Name": 1}]}, r"Headers\[0\]\.Name: expected a string"),
        ({"Headers": {}}, "Headers: expected a list of objects"),
        ({"FromFull": "Tom"}, "FromFull: expected an object"),
        ({"Attachments": [{"Content": "*"}]}, "base64"),
        ({"RawEmail": 5}, "RawEmail: expected a string"),
        ({"RecordType": "Delivery", "DeliveredAt": "yesterday"}, "DeliveredAt: expected a date"),
        ({"RecordType": "SubscriptionChange", "SuppressSending": "yes"}, "SuppressSending: expected true"),
    ],
)
def test_a_broken_field_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Malformed, match=field):
        read(inbound(**changes))
