"""SES over SNS: whose certificate counts, what a confirmation may visit, what the events mean."""

from __future__ import annotations

import base64
import dataclasses
import json
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from domain.inbound import Arrival, Confirmation, ServiceEvent
from mail.hooks import Malformed, ServiceDown, Unauthenticated, certificates
from mail.hooks.ses import Ses
from tests.cast import NOW
from tests.mail.hook_services import (
    CERTIFICATE_URL,
    RAW,
    REPLY_TO,
    TOPIC,
    PlayedPages,
    SesService,
    certificate,
    ses_event,
    ses_mail,
)
from tests.mail.playedservice import Answer, Call


@pytest.fixture(scope="module")
def key_holder() -> SesService:
    """A key takes a moment: one a module."""
    return SesService()


@pytest.fixture
def service(key_holder: SesService) -> SesService:
    """A hook that has fetched nothing yet, and the service that signs for it."""
    fresh = SesService.__new__(SesService)
    fresh.__dict__.update(key_holder.__dict__)
    fresh.fetched = []
    fresh.hook = Ses([TOPIC], fresh.fetch)
    return fresh


def envelope(**changes: Any) -> bytes:
    return json.dumps({"Type": "Notification", "MessageId": "sns-1", "Message": "{}"} | changes).encode()


def confirmation(**changes: Any) -> bytes:
    known = {
        "Type": "SubscriptionConfirmation",
        "Token": "token",
        "Message": "You have chosen to subscribe",
        "SubscribeURL": f"https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn={TOPIC}",
    }
    return envelope(**known | changes)


@pytest.mark.parametrize("version", ["1", "2"])
async def test_both_versions_of_the_signature_are_checked(service: SesService, version: str) -> None:
    request = service.signed(envelope(SignatureVersion=version, Subject="Amazon SES"))
    await service.hook.authenticate(request, NOW)
    body = json.loads(request.body) | {"SignatureVersion": "3" if version == "2" else "2"}
    with pytest.raises(Unauthenticated):
        await service.hook.authenticate(dataclasses.replace(request, body=json.dumps(body).encode()), NOW)


@pytest.mark.parametrize(
    "field", ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type", "Signature"]
)
async def test_every_signed_field_counts(service: SesService, field: str) -> None:
    request = service.signed(envelope(Subject="Amazon SES"))
    for value in ("changed", None):
        body = json.dumps(json.loads(request.body) | {field: value}).encode()
        with pytest.raises((Unauthenticated, Malformed)):
            await service.hook.authenticate(dataclasses.replace(request, body=body), NOW)


@pytest.mark.parametrize(
    "url",
    [
        "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem",
        "https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-0a.pem",
        "https://evil.example/sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem",
        "https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-0a.pem",
        "https://user@sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem",
        "https://bucket.s3.amazonaws.com/SimpleNotificationService-0a.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-0a.pem",
        "https://sns.eu-west-1.amazonaws.com/../SimpleNotificationService-0a.pem",
        "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem?x=1",
        "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem\n",
        "https://sns.eu-west-1.amazonaws.com\\.evil.example/SimpleNotificationService-0a.pem",
        "https://[::1/SimpleNotificationService-0a.pem",
        "",
    ],
)
async def test_a_certificate_from_anywhere_else_is_not_even_fetched(service: SesService, url: str) -> None:
    with pytest.raises(Unauthenticated, match="SigningCertURL"):
        await service.hook.authenticate(service.signed(envelope(SigningCertURL=url)), NOW)
    assert service.fetched == []


@pytest.mark.parametrize("host", ["sns.cn-north-1.amazonaws.com.cn", "sns.us-gov-west-1.amazonaws.com:443"])
async def test_amazons_other_regions_are_amazons_too(service: SesService, host: str) -> None:
    url = f"https://{host}/SimpleNotificationService-0a1b.pem"
    await service.hook.authenticate(service.signed(envelope(SigningCertURL=url)), NOW)


async def test_another_topic_is_refused_before_anything_is_fetched(service: SesService) -> None:
    with pytest.raises(Unauthenticated, match="TopicArn"):
        await service.hook.authenticate(service.signed(envelope(TopicArn=TOPIC + "2")), NOW)
    assert service.fetched == []


async def test_a_certificate_is_fetched_once(service: SesService) -> None:
    for _ in range(3):
        await service.hook.authenticate(service.signed(envelope()), NOW)
    assert service.fetched == [CERTIFICATE_URL]


async def test_the_cache_of_certificates_stays_small(service: SesService) -> None:
    for number in range(40):
        url = f"https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-{number}.pem"
        await service.hook.authenticate(service.signed(envelope(SigningCertURL=url)), NOW)
    await service.hook.authenticate(service.signed(envelope(SigningCertURL=url)), NOW)
    assert len(service.fetched) == 40


async def test_an_expired_certificate_signs_nothing(service: SesService) -> None:
    service.certificate = certificate(service.key, until=NOW - timedelta(days=1))
    with pytest.raises(Unauthenticated, match="not valid at this time"):
        await service.hook.authenticate(service.signed(envelope()), NOW)


async def test_something_that_is_no_certificate_is_an_outage(service: SesService) -> None:
    service.certificate = b"<html>"
    with pytest.raises(ServiceDown):
        await service.hook.authenticate(service.signed(envelope()), NOW)


async def test_the_header_and_the_body_agree_on_the_type(service: SesService) -> None:
    request = service.signed(envelope())
    request = dataclasses.replace(request, headers={"x-amz-sns-message-type": "SubscriptionConfirmation"})
    with pytest.raises(Unauthenticated, match="differ"):
        await service.hook.authenticate(request, NOW)


async def test_raw_delivery_is_refused_with_advice(service: SesService) -> None:
    request = dataclasses.replace(service.signed(envelope()), body=json.dumps(ses_event("Delivery")).encode())
    with pytest.raises(Unauthenticated, match="raw message delivery must be off"):
        await service.hook.authenticate(request, NOW)


class Amazon(PlayedPages):
    """Gives what it is told to give."""

    def take(self, call: Call) -> tuple[None, Answer]:
        return None, Answer(200, "PEM")


async def test_certificates_come_over_http_and_follow_no_redirect() -> None:
    async with Amazon() as amazon, httpx2.AsyncClient() as client:
        fetch = certificates(client)
        assert await fetch(amazon.url) == b"PEM"
        for status, wrong in ((404, Unauthenticated), (302, ServiceDown), (503, ServiceDown)):
            amazon.next = Answer(status, "", {"Location": amazon.url + "/there"})
            with pytest.raises(wrong):
                await fetch(amazon.url)
        assert all(call.path == "/" for call in amazon.calls)
        await amazon.stop()
        with pytest.raises(ServiceDown):
            await fetch(amazon.url)


async def test_a_subscription_is_confirmed_at_amazon_alone(service: SesService) -> None:
    request = service.signed(confirmation())
    await service.hook.authenticate(request, NOW)
    [item] = service.hook.read(request)
    assert isinstance(item, Confirmation) and item.url.startswith(
        "https://sns.eu-west-1.amazonaws.com/?Action="
    )
    for url in (
        "https://evil.example/",
        "http://sns.eu-west-1.amazonaws.com/",
        "https://sns.x.amazonaws.com.evil/",
    ):
        with pytest.raises(Malformed, match="SubscribeURL"):
            service.hook.read(service.signed(confirmation(SubscribeURL=url)))


def test_the_end_of_a_subscription_is_not_visited(service: SesService) -> None:
    assert service.hook.read(service.signed(confirmation(Type="UnsubscribeConfirmation"))) == []


def test_the_test_message_of_a_new_topic_says_nothing(service: SesService) -> None:
    text = "Successfully validated SNS topic for Amazon SES event publishing."
    assert service.hook.read(service.signed(service.notification(text))) == []


def bounced(kind: str, subtype: str, **person: str) -> dict[str, Any]:
    people = [{"emailAddress": "Li@Acme.example"} | person]
    details = {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": people, "feedbackId": "f1"}
    return ses_event("Bounce", bounce=details)


@pytest.mark.parametrize(
    ("message", "kind", "final", "dead"),
    [
        (ses_event("Send", send={}), "accepted", None, None),
        (bounced("Permanent", "General", diagnosticCode="smtp; 550 5.1.1 unknown"), "bounce", True, True),
        (bounced("Permanent", "General"), "bounce", True, True),
        (bounced("Permanent", "General", diagnosticCode="smtp; 550 5.7.1 spam"), "bounce", True, False),
        (bounced("Permanent", "NoEmail"), "bounce", True, True),
        (bounced("Permanent", "OnAccountSuppressionList"), "bounce", True, True),
        (bounced("Permanent", "UnsubscribedRecipient"), "unsubscribe", None, None),
        (bounced("Transient", "MailboxFull", status="5.2.2"), "bounce", True, False),
        (bounced("Transient", "General"), "bounce", False, False),
        (bounced("Transient", "General", action="failed"), "bounce", True, False),
        (bounced("Undetermined", "Undetermined"), "bounce", True, False),
        (bounced("Undetermined", "Undetermined", diagnosticCode="550 5.1.1 unknown"), "bounce", True, True),
        (ses_event("Reject", reject={"reason": "Bad content"}), "bounce", True, False),
        (ses_event("Rendering Failure", failure={"errorMessage": "x"}), "bounce", True, False),
        (ses_event("Open", open={}), "other", None, None),
        (ses_event("Something New"), "other", None, None),
        (
            ses_event("Subscription", subscription={"newTopicPreferences": {"unsubscribeAll": True}}),
            "unsubscribe",
            None,
            None,
        ),
        (ses_event("Subscription", subscription={}), "other", None, None),
    ],
)
def test_events_mean_what_ses_says(
    service: SesService, message: dict[str, Any], kind: str, final: bool | None, dead: bool | None
) -> None:
    event = service.hook.read(service.signed(service.notification(message)))[0]
    assert isinstance(event, ServiceEvent)
    assert (event.kind, event.delivery_final, event.address_dead) == (kind, final, dead)
    assert event.message_id == "<acme-1@beyond.example>" and event.service_id == "0100018f-ses"


def test_each_recipient_has_an_event_and_each_event_a_key(service: SesService) -> None:
    people = [{"emailAddress": "tom@acme.example"}, {"emailAddress": "Li@Acme.example"}]
    delay = {"delayType": "MailboxFull", "delayedRecipients": people}
    events = service.hook.read(
        service.signed(service.notification(ses_event("DeliveryDelay", deliveryDelay=delay)))
    )
    assert [(e.kind, e.recipient, e.words) for e in events if isinstance(e, ServiceEvent)] == [
        ("deferred", "tom@acme.example", "MailboxFull"),
        ("deferred", "li@acme.example", "MailboxFull"),
    ]
    assert len({event.key for event in events if isinstance(event, ServiceEvent)}) == 2


def test_a_complaint_names_who_complained_unless_it_is_the_opposite(service: SesService) -> None:
    details = {
        "complainedRecipients": [{"emailAddress": "Li@Acme.example"}],
        "complaintFeedbackType": "abuse",
    }
    for feedback, kind in (("abuse", "complaint"), ("not-spam", "other"), (None, "complaint")):
        message = ses_event("Complaint", complaint=details | {"complaintFeedbackType": feedback})
        [event] = service.hook.read(service.signed(service.notification(message)))
        assert isinstance(event, ServiceEvent) and (event.kind, event.recipient) == (kind, "li@acme.example")


@pytest.mark.parametrize("encoding", ["BASE64", "Base64", "UTF8", None])
def test_mail_arrives_in_either_encoding(service: SesService, encoding: str | None) -> None:
    content = RAW.decode() if encoding == "UTF8" else base64.b64encode(RAW).decode()
    message = ses_mail(content, {"type": "SNS", "encoding": encoding})
    [arrival] = service.hook.read(service.signed(service.notification(message)))
    assert isinstance(arrival, Arrival) and arrival.raw == RAW and arrival.to == (REPLY_TO,)


def test_mail_that_lies_in_s3_is_refused_with_advice(service: SesService) -> None:
    with pytest.raises(Malformed, match=r"S3 action does not include the message. Use the SNS action"):
        service.hook.read(service.signed(service.notification(ses_mail(None, {"type": "S3"}))))
