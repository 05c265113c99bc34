"""A letter is the same letter on the other side of every service: names, bodies, thread, way out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email.message import EmailMessage

import pytest

from domain.letters import Accepted, AllRefused, Envelope, Letter, Outage, Recipient, Sender, Uncertain
from mail.compose import compose
from mail.services.http import HttpTransport
from mail.services.postmark import Postmark
from mail.services.sendgrid import SendGrid
from mail.services.ses import Ses
from tests.cast import LI, NOW, TOM
from tests.mail.playedservice import DATE, Answer
from tests.mail.services import (
    CREDENTIALS,
    KEY,
    Played,
    PlayedMailgun,
    PlayedPostmark,
    PlayedResend,
    PlayedSendGrid,
    PlayedSes,
)
from tests.mail.transport_suite import EVERYBODY, a_message, send

FROM = Sender(name="Żofia Marsh, M.A.", email="zofia@beyond.example")
TO = (
    Recipient(contact_id="k-1", first_name='Tom "T"', last_name="O'Reed, Jr.", email="tom@acme.example"),
    Recipient(contact_id="k-2", first_name="丽", last_name="魏", email="li@bücher.example"),
    Recipient(contact_id="k-3", email="desk@acme.example"),
)
PAST = ("<acme.initial.1@beyond.example>", "<acme.follow_up_1.2@beyond.example>")
WIRE = ["tom@acme.example", "li@xn--bcher-kva.example", "desk@acme.example"]


def a_follow_up(**headers: str) -> EmailMessage:
    """A composed second follow-up with every difficult thing in it."""
    envelope = Envelope(
        sender=FROM,
        recipients=TO,
        message_id="<acme.follow_up_2.3@beyond.example>",
        in_reply_to=PAST[-1],
        references=PAST,
        urgent=True,
    )
    text = "Hi Tom, 丽,\n\n.a dot leads; an emoji 🎓 follows\n" + "long " * 400 + "\n"
    letter = Letter(subject="Re: Praktikum “Data” – Ä & <b>", text=text, html=f"<p>{text} &amp; é</p>")
    message = compose(letter, envelope, date=NOW)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.fixture(params=[PlayedSendGrid, PlayedPostmark, PlayedResend, PlayedMailgun, PlayedSes])
async def played(request: pytest.FixtureRequest) -> AsyncIterator[Played]:
    async with request.param() as played:
        yield played


async def delivered(played: Played, message: EmailMessage) -> EmailMessage:
    """The message as its receivers read it."""
    transport = HttpTransport(played.adapter())
    to = [one.email for one in TO]
    delivery = await transport.send(message, sender=FROM.email, recipients=to)
    await transport.close()
    assert isinstance(delivery, Accepted) and delivery.refused == {} and delivery.service_id
    [message] = played.taken
    return message


async def test_names_and_addresses_are_whole(played: Played) -> None:
    message = await delivered(played, a_follow_up())
    [sender] = message["From"].addresses
    people = [(one.display_name, one.addr_spec) for one in message["To"].addresses]
    names = ['Tom "T" O\'Reed, Jr.', "丽 魏", ""]
    assert (unquoted(sender.display_name), sender.addr_spec) == (unquoted(FROM.name), FROM.email)
    assert [unquoted(name) for name, _ in people] == [unquoted(name) for name in names]
    assert [address for _, address in people] == WIRE
    if played.knows_quotes:
        assert sender.display_name == FROM.name and [name for name, _ in people] == names


def unquoted(name: str) -> str:
    """A name without what needs quotes."""
    return " ".join(name.replace('"', " ").replace(",", " ").split())


async def test_subject_and_both_bodies_are_whole(played: Played) -> None:
    message, sent = await delivered(played, a_follow_up()), a_follow_up()
    assert message["Subject"] == "Re: Praktikum “Data” – Ä & <b>"
    assert message.get_content_type() == "multipart/alternative"
    for kind in ("plain", "html"):
        body, original = message.get_body((kind,)), sent.get_body((kind,))
        assert body is not None and original is not None
        assert body.get_content().replace("\r\n", "\n") == original.get_content()


async def test_the_thread_is_whole(played: Played) -> None:
    message = await delivered(played, a_follow_up())
    assert str(message["In-Reply-To"]) == PAST[-1]
    assert str(message["References"]).split() == list(PAST)
    assert (message["X-Priority"], message["Importance"]) == ("1", "high")
    kept = str(message["Message-ID"]) == "<acme.follow_up_2.3@beyond.example>"
    assert kept == played.keeps_message_id


async def test_the_way_to_answer_and_the_way_out_are_whole(played: Played) -> None:
    way_out = {
        "Reply_To": "reply+5f3a9c@in.beyond.example",
        "List_Unsubscribe": "<https://out.beyond.example/u/5f3a9c>",
        "List_Unsubscribe_Post": "List-Unsubscribe=One-Click",
    }
    message = await delivered(played, a_follow_up(**way_out))
    assert message["Reply-To"].addresses[0].addr_spec == way_out["Reply_To"]
    assert message["List-Unsubscribe"] == way_out["List_Unsubscribe"]
    assert message["List-Unsubscribe-Post"] == way_out["List_Unsubscribe_Post"]


async def test_a_repeated_hand_over_is_the_same_request(played: Played) -> None:
    """What an idempotency key promises only for the same payload; a signature's date may differ."""
    transport = HttpTransport(played.adapter())
    await send(transport)
    await send(transport)
    await transport.close()
    one, two = played.calls
    boundary = one.headers["content-type"].partition("boundary=")[2] or "-"
    other = two.headers["content-type"].partition("boundary=")[2] or "-"
    assert one.body.replace(boundary.encode(), b"-") == two.body.replace(other.encode(), b"-")


async def test_resend_sends_once_under_one_key() -> None:
    async with PlayedResend() as played:
        transport = HttpTransport(played.adapter())
        first, second = await send(transport), await send(transport)
        assert first == second == Accepted({}, "re-1") and len(played.taken) == 1
        other = a_message(text="One candidate fewer.\n")
        third = await transport.send(other, sender=FROM.email, recipients=EVERYBODY)
        assert isinstance(third, Accepted), "its first wording was accepted, so the e-mail is sent"
        assert len(played.taken) == 1
        played.next = Answer(409, {"name": "concurrent_idempotent_requests", "message": "wait"})
        assert isinstance(await send(transport), Uncertain)
        await transport.close()


async def test_sendgrid_says_when_its_limit_is_over() -> None:
    async with PlayedSendGrid() as played:
        transport = HttpTransport(played.adapter())
        nine = 1780304400  # the played service's date
        for reset, wait in ((str(nine + 40), 40.0), ("soon", None)):
            played.next = Answer(429, {"errors": []}, {"X-RateLimit-Reset": reset, "Date": DATE})
            delivery = await send(transport)
            assert isinstance(delivery, Outage) and delivery.retry_after == wait
        await transport.close()


@pytest.mark.parametrize(
    "errors",
    [
        [{"field": "personalizations.0.to.9.email", "message": "Does not contain a valid address."}],
        [{"field": "personalizations.0.to", "message": "needs a valid email address"}],
        [{"field": "from.email", "message": "Does not contain a valid address."}],
        [
            {"field": "personalizations.0.to.0.email", "message": "Does not contain a valid address."},
            {"field": "content", "message": "is required"},
        ],
    ],
)
async def test_sendgrid_blames_nobody_for_another_mistake(errors: list[dict[str, str]]) -> None:
    async with PlayedSendGrid() as played:
        transport = HttpTransport(SendGrid(KEY, endpoint=played.url))
        played.next = Answer(400, {"errors": errors})
        delivery = await send(transport)
        assert isinstance(delivery, Outage) and delivery.code == "sendgrid_400"
        await transport.close()


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("Invalid 'To' address: 'tom@acme.example'.", {TOM.email}),
        ("Error parsing 'To': Illegal email domain 'acme' in address 'LI@acme.example'.", {LI.email}),
        ("Invalid 'To' address: 'other.tom@acme.example'.", set()),
        ("Invalid 'To' address: 'tom@acme.example.org'.", set()),
        ("Invalid 'From' address: 'tom@acme.example'.", set()),
        ("Invalid metadata content for tom@acme.example.", set()),
    ],
)
async def test_postmark_blames_whom_it_names(words: str, gone: set[str]) -> None:
    async with PlayedPostmark() as played:
        transport = HttpTransport(Postmark(KEY, endpoint=played.url))
        played.next = Answer(422, {"ErrorCode": 300, "Message": words})
        delivery = await send(transport, to=[TOM.email, LI.email])
        if gone:
            assert isinstance(delivery, AllRefused), "then the other is the only one left"
            assert next(iter(delivery.refused)) in gone
        else:
            assert isinstance(delivery, Outage)
        await transport.close()


async def test_postmark_knows_all_as_inactive_without_naming_them() -> None:
    async with PlayedPostmark() as played:
        transport = HttpTransport(Postmark(KEY, endpoint=played.url))
        played.next = Answer(422, {"ErrorCode": 406, "Message": "You tried to send to inactive recipients."})
        delivery = await send(transport)
        assert isinstance(delivery, AllRefused) and set(delivery.refused) == set(EVERYBODY)
        await transport.close()


async def test_sess_sandbox_is_our_business_and_nobody_elses() -> None:
    async with PlayedSes() as played:
        transport = HttpTransport(played.adapter())
        words = f"Email address is not verified. The following identities failed the check: {TOM.email}"
        played.next = Answer(400, {"message": words}, {"x-amzn-ErrorType": "MessageRejected:http://x/"})
        delivery = await send(transport, to=[TOM.email])
        assert isinstance(delivery, Outage) and delivery.code == "ses_sender"
        await transport.close()


async def test_ses_signs_a_sessions_token_and_names_the_configuration_set() -> None:
    async with PlayedSes() as played:
        adapter = Ses(CREDENTIALS, "eu-west-1", configuration_set="outreach", endpoint=played.url)
        transport = HttpTransport(adapter)
        await send(transport)
        await transport.close()
        [call], [message] = played.calls, played.taken
        assert call.headers["x-amz-security-token"] == CREDENTIALS.session_token
        assert "x-amz-security-token" in call.headers["authorization"]
        assert message["X-Configuration-Set"] == "outreach"


async def test_sendgrid_is_told_our_message_id_for_its_events() -> None:
    async with PlayedSendGrid() as played:
        transport = HttpTransport(played.adapter())
        await send(transport)
        await transport.close()
        assert played.taken[0]["X-Custom-Message-Id"] == str(a_message()["Message-ID"])
