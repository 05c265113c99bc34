"""What every hook promises, whoever POSTs; `tests/mail/hook_services.py` signs with its own keys."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import errors
from domain.inbound import Arrival, Request, ServiceEvent
from mail import hooks
from tests.cast import NOW
from tests.mail.hook_services import (
    ALL,
    JSON,
    RAW,
    REPLY_TO,
    TOPIC,
    URLENCODED,
    MailgunService,
    PostmarkService,
    ResendService,
    SendGridService,
    Service,
    SesService,
)

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", params=ALL, ids=lambda kind: kind.__name__)
def service(request: pytest.FixtureRequest) -> Service:
    """Each of the five; keys take a moment, so once a module."""
    made: Service = request.param()
    return made


def both(service: Service) -> list[tuple[bytes, str]]:
    return [(service.event(), JSON), service.reply()]


async def test_what_the_service_signed_is_let_in(service: Service) -> None:
    for body, content_type in both(service):
        await service.hook.authenticate(service.signed(body, content_type), NOW)


async def test_a_changed_body_is_refused(service: Service) -> None:
    if not service.signs_the_body or isinstance(service, PostmarkService):
        pytest.skip("the service does not sign bodies")
    for body, content_type in both(service):
        request = service.signed(body, content_type)
        changed = request.body.replace(b"acme", b"evil").replace(b"sns-1", b"sns-2")
        assert changed != request.body
        with pytest.raises(hooks.Unauthenticated):
            await service.hook.authenticate(dataclasses.replace(request, body=changed), NOW)


async def test_a_request_without_any_signature_is_refused(service: Service) -> None:
    for body, content_type in both(service):
        with pytest.raises(hooks.Unauthenticated):
            await service.hook.authenticate(Request({"content-type": content_type}, body), NOW)


async def test_an_old_request_is_refused_and_so_is_one_from_the_future(service: Service) -> None:
    if isinstance(service, PostmarkService):
        pytest.skip("Postmark signs nothing, and so no time")
    body, content_type = service.reply()
    request = service.signed(body, content_type)
    await service.hook.authenticate(request, NOW + service.oldest)
    for now in (NOW + service.oldest + timedelta(seconds=1), NOW - timedelta(minutes=5, seconds=1)):
        with pytest.raises(hooks.Stale):
            await service.hook.authenticate(request, now)


async def test_somebody_elses_key_is_refused(service: Service) -> None:
    body, content_type = service.reply()
    other = type(service)()
    if isinstance(other, MailgunService | ResendService):
        other.key = "another" if isinstance(other, MailgunService) else b"another"
    elif isinstance(other, PostmarkService):
        other.auth = "hook:another"
    with pytest.raises(hooks.Unauthenticated) as refused:
        await service.hook.authenticate(other.signed(body, content_type), NOW)
    assert "s3cret" not in str(refused.value) and "another" not in str(refused.value).split(":")[0]


def test_a_delivery_is_told_of_one_recipient(service: Service) -> None:
    [event] = service.hook.read(service.signed(service.event()))
    assert isinstance(event, ServiceEvent)
    assert event.kind == "delivered" and event.recipient == "tom@acme.example"
    assert event.service_id and event.delivery_final is None and event.address_dead is None
    assert event.at is not None and event.at.replace(microsecond=0) == NOW


def test_a_reply_arrives_whole(service: Service) -> None:
    body, content_type = service.reply()
    [arrival] = service.hook.read(service.signed(body, content_type))
    assert isinstance(arrival, Arrival) and arrival.to == (REPLY_TO,)
    if service.hook.name == "resend":
        assert arrival.fetch == "56761188-7520" and arrival.raw == b""
    else:
        assert arrival.raw == RAW and arrival.fetch == ""


def test_a_repeated_delivery_has_the_same_key(service: Service) -> None:
    for body, content_type in both(service):
        first = service.hook.read(service.signed(body, content_type))
        again = service.hook.read(service.signed(body, content_type, NOW + timedelta(minutes=3)))
        assert [one.key for one in first] == [one.key for one in again]  # type: ignore[union-attr]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything inside a JSON value."""
    if isinstance(value, dict):
        inner = [(*path, key) for key in value]
    elif isinstance(value, list):
        inner = [(*path, number) for number in range(len(value))]
    else:
        return []
    below = [leaf for one in inner for leaf in leaves(get(value, one[len(path) :]), one)]
    return inner + below


def get(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.sampled_from(
        ["\ud800", "a\0b", "x" * 5000, "\r\nBcc: a@b.example", "1e999", "９", "0001-01-01T00:00:00+14:00"]
    ),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=2),
)


def survives(service: Service, request: Request) -> None:
    """Reading ends with items whose texts a database takes, or as Malformed or Unauthenticated."""
    try:
        items = service.hook.read(request)
    except (hooks.Malformed, hooks.Unauthenticated):
        return
    for item in items:
        if isinstance(item, ServiceEvent):
            json.dumps(item.model_dump(mode="json"), ensure_ascii=False).encode()
            assert "\0" not in item.model_dump_json()
        if isinstance(item, Arrival) and item.raw:
            message_from_bytes(item.raw, policy=policy.default).as_bytes()


@FUZZ
@given(data=st.data())
def test_hostile_values_end_as_items_or_as_malformed(service: Service, data: st.DataObject) -> None:
    body, content_type = data.draw(st.sampled_from(both(service)))
    if content_type == JSON:
        value = json.loads(body)
        inside = isinstance(value, dict) and value.get("Type") == "Notification" and data.draw(st.booleans())
        whole = json.loads(value["Message"]) if inside else value
        path = data.draw(st.sampled_from(leaves(whole)))
        get(whole, path[:-1])[path[-1]] = data.draw(HOSTILE)
        body = json.dumps(value | {"Message": json.dumps(whole)} if inside else whole).encode()
    else:
        start = data.draw(st.integers(0, len(body)))
        body = (
            body[:start] + data.draw(st.binary(max_size=20)) + body[start + data.draw(st.integers(0, 30)) :]
        )
    survives(service, Request({"content-type": content_type, "svix-id": "msg_1"}, body))


@FUZZ
@given(body=st.binary(max_size=300), odd=st.text(max_size=40))
async def test_any_bytes_end_in_words(service: Service, body: bytes, odd: str) -> None:
    multipart = "multipart/form-data; "
    for content_type in (JSON, multipart + odd, multipart + "boundary=x", URLENCODED, odd):
        request = Request({"content-type": content_type}, body)
        survives(service, request)
        with pytest.raises((hooks.Unauthenticated, hooks.Malformed)):
            await service.hook.authenticate(request, NOW)


BOMBS: dict[str, Callable[[], bytes]] = {
    "deep": lambda: b"[" * 200_000,
    "deep object": lambda: b'{"a":' * 200_000,
    "long number": lambda: b'{"event-data": ' + b"9" * 10_000 + b"}",
    "not a number": lambda: b'[{"event": "delivered", "timestamp": NaN}]',
    "invalid utf-8": lambda: b'{"type": "\xff"}',
    "empty": lambda: b"",
    "null": lambda: b"null",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_of_json_is_malformed(service: Service, bomb: str) -> None:
    with pytest.raises(hooks.Malformed):
        service.hook.read(Request({"content-type": JSON}, BOMBS[bomb]()))


def test_only_services_with_secrets_answer() -> None:
    assert hooks.configured(hooks.HookSecrets(), SesService().fetch) == {}
    secrets = hooks.HookSecrets(
        sendgrid_key=SendGridService().public,
        mailgun_key="key",
        postmark_auth="user:password",
        ses_topics=f"{TOPIC}, {TOPIC}-events",
        resend_secret="whsec_" + base64.b64encode(b"key").decode(),
    )
    made = hooks.configured(secrets, SesService().fetch)
    assert list(made) == list(hooks.SERVICES) and all(made[name].name == name for name in made)
    assert "key" not in repr(secrets).replace("sendgrid_key", "")


@pytest.mark.parametrize(
    "secrets",
    [
        hooks.HookSecrets(sendgrid_key="no key"),
        hooks.HookSecrets(sendgrid_parse_auth="nobody"),
        hooks.HookSecrets(postmark_auth="nobody:"),
        hooks.HookSecrets(ses_topics="my-topic"),
        hooks.HookSecrets(resend_secret="whsec_***"),
    ],
)
def test_a_secret_that_cannot_be_one_is_refused_by_the_settings_name(secrets: hooks.HookSecrets) -> None:
    with pytest.raises(errors.BadSetting, match=r"OUTREACH_HOOK_[A-Z_]+: expected") as refused:
        hooks.configured(secrets, SesService().fetch)
    assert "nobody" not in str(refused.value) and "***" not in str(refused.value)


@pytest.mark.parametrize("service", hooks.SERVICES)
def test_the_how_to_names_every_path_and_setting(service: str) -> None:
    page = (HOW_TO / f"receive-with-{service}.md").read_text("utf-8")
    for path in (f"POST /hooks/inbound/{service}", f"POST /hooks/events/{service}"):
        assert path in page
    named = {f"OUTREACH_HOOK_{name.upper()}" for name in hooks.SERVICES[service]}
    fetching = {"OUTREACH_HOOK_RESEND_API_KEY"} if service == "resend" else set()
    assert set(re.findall(r"OUTREACH_HOOK_[A-Z_]+", page)) == named | fetching


def test_a_service_without_secrets_says_what_it_needs() -> None:
    assert "OUTREACH_HOOK_POSTMARK_AUTH" in hooks.needed("postmark")
    assert "sendgrid, mailgun" in hooks.needed("sparkpost")
