"""HTTP at every byte where it can break: what a service has, and what it cannot have (R10, R11)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from email.utils import getaddresses

import pytest

from domain.letters import Accepted, AllRefused, Delivery, Outage, Uncertain
from mail.services.http import HttpTransport, Limits
from mail.services.postmark import Postmark
from tests.cast import JAMES, LI, TOM
from tests.mail.badserver import Certificate
from tests.mail.playedservice import DATE, DROP, HALF, HANG, KEEP_AND_DROP, STALL, Answer
from tests.mail.services import (
    KEY,
    Played,
    PlayedMailgun,
    PlayedPostmark,
    PlayedResend,
    PlayedSendGrid,
    PlayedSes,
)
from tests.mail.transport_suite import ANA, EVERYBODY, WORDS, a_message, send

LARGE = "a long line that fills every buffer on the way\n" * 250_000
SHORT = Limits(longest=2, connect=0.5, write=0.5, answer=0.5, slot=0.5)
PAGE = "<!doctype html><title>Sign in to the hotel's network</title>"


@pytest.fixture(params=[PlayedSendGrid, PlayedPostmark, PlayedResend, PlayedMailgun, PlayedSes])
async def played(request: pytest.FixtureRequest) -> AsyncIterator[Played]:
    async with request.param() as played:
        yield played


@pytest.fixture
async def transport(played: Played) -> AsyncIterator[HttpTransport]:
    transport = HttpTransport(played.adapter(), limits=SHORT)
    yield transport
    await transport.close()


@pytest.mark.parametrize("reaction", [DROP, HANG, HALF, KEEP_AND_DROP])
async def test_no_answer_to_a_whole_letter_is_uncertain_and_not_asked_twice(
    played: Played, transport: HttpTransport, reaction: str
) -> None:
    await send(transport)
    played.next = reaction
    delivery = await send(transport, 2)
    assert isinstance(delivery, Uncertain) and delivery.words
    assert len(played.calls) == 2
    played.next = None
    assert isinstance(await send(transport, 3), Accepted)


@pytest.mark.parametrize("status", [502, 504, 522])
async def test_a_gateway_that_lost_the_service_is_uncertain(
    played: Played, transport: HttpTransport, status: int
) -> None:
    played.next = Answer(status, PAGE)
    assert isinstance(await send(transport), Uncertain)


async def test_a_yes_that_is_not_the_services_own_is_uncertain(
    played: Played, transport: HttpTransport
) -> None:
    for answer in (Answer(200, PAGE), Answer(200, {}), Answer(200, "[" * 9_000), Answer(204)):
        played.next = answer
        assert isinstance(await send(transport), Uncertain), answer


async def test_any_other_answer_is_an_outage_whatever_it_holds(
    played: Played, transport: HttpTransport
) -> None:
    bodies = (PAGE, {"message": "no"}, {"errors": [None, 5, {"field": 3}]}, [], {"name": []}, "\x00")
    for status in (302, 400, 402, 403, 404, 408, 413, 422, 429, 500, 503):
        for body in bodies:
            played.calls.clear()
            played.next = Answer(status, body, {"Location": "http://127.0.0.1:9/"})
            delivery = await send(transport)
            assert isinstance(delivery, Outage)
            assert delivery.code in (f"{transport.name}_{status}", f"{transport.name}_login")
            assert str(status) in delivery.words and "title" not in delivery.words
            assert len(played.calls) == 1, "it follows no redirect and asks once"


async def test_a_refused_key_is_told_from_all_else(played: Played, transport: HttpTransport) -> None:
    played.next = played.no_login
    assert code(await send(transport)) == f"{transport.name}_login"
    played.next = played.no_sender
    assert code(await send(transport)) == f"{transport.name}_sender"


async def test_the_time_a_service_names_is_kept(played: Played, transport: HttpTransport) -> None:
    cases = {
        "30": 30.0,
        "0": 0.0,
        "2.5": 2.5,
        "Mon, 01 Jun 2026 09:02:00 GMT": 120.0,
        "86400": 3600.0,
        "-5": None,
        "Mon, 01 Jun 2026 08:00:00 GMT": None,
        "soon": None,
        "nan": None,
    }
    for named, wait in cases.items():
        played.next = Answer(429, {"message": "slow down"}, {"Retry-After": named, "Date": DATE})
        delivery = await send(transport)
        assert isinstance(delivery, Outage)
        assert (delivery.code, delivery.retry_after) == (f"{transport.name}_429", wait), named


async def test_a_letter_that_cannot_be_whole_on_the_other_side_is_an_outage(
    played: Played, transport: HttpTransport
) -> None:
    played.next = STALL
    message = a_message(text=LARGE)
    delivery = await transport.send(message, sender=JAMES.email, recipients=EVERYBODY)
    assert code(delivery) == f"{transport.name}_timeout"
    played.next = None
    assert isinstance(await send(transport), Accepted)


async def test_an_answer_given_before_the_letter_was_whole_counts(
    played: Played, transport: HttpTransport
) -> None:
    played.early = Answer(413, {"message": "too large"})
    message = a_message(text=LARGE)
    delivery = await transport.send(message, sender=JAMES.email, recipients=EVERYBODY)
    assert isinstance(delivery, Outage) and played.taken == []


async def test_nobody_listening_is_an_outage_that_names_address_and_setting(played: Played) -> None:
    await played.stop()
    transport = HttpTransport(played.adapter(), limits=SHORT)
    delivery = await send(transport)
    assert isinstance(delivery, Outage) and delivery.code == f"{transport.name}_connect"
    assert played.url.removeprefix("http://") in delivery.words and "OUTREACH_MAIL_URL" in delivery.words
    await transport.close()


async def test_a_name_that_leads_nowhere_is_an_outage() -> None:
    transport = HttpTransport(Postmark(KEY, endpoint="https://nowhere.invalid"), limits=SHORT)
    assert code(await send(transport)) in ("postmark_connect", "postmark_timeout")
    await transport.close()


async def test_a_certificate_that_nobody_vouches_for_is_an_outage(certificate: Certificate) -> None:
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0, ssl=certificate.server) as server:
        place = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        transport = HttpTransport(Postmark(KEY, endpoint=place), limits=SHORT)
        assert code(await send(transport)) == "postmark_connect"
        await transport.close()


@pytest.mark.parametrize("answer", [b"HTTP/1.1 403 No\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b""])
async def test_a_proxy_that_makes_no_tunnel_is_an_outage(
    monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    asked = asyncio.Event()

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
        transport = HttpTransport(Postmark(KEY, endpoint="https://service.invalid"), limits=SHORT)
        assert code(await send(transport)) == "postmark_connect"
        assert asked.is_set()
        await transport.close()


async def test_nothing_personal_and_no_key_is_logged(
    played: Played, transport: HttpTransport, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await send(transport)
    played.next = Answer(422, {"message": f"{TOM.email} is not welcome"})
    await send(transport)
    assert not any(secret in caplog.text for secret in (KEY, "AKIDEXAMPLE", *EVERYBODY, JAMES.email, "Acme"))


async def test_a_flood_is_cut_off(played: Played, transport: HttpTransport) -> None:
    played.next = Answer(200, "x" * 5_000_000)
    assert isinstance(await send(transport), Uncertain)


async def test_waiting_for_a_connection_has_an_end(played: Played) -> None:
    transport = HttpTransport(played.adapter(), limits=Limits(slot=0.05), connections=1)
    played.next = HANG
    first = asyncio.create_task(send(transport))
    await played.hanging.wait()
    assert code(await send(transport, 2)) == f"{transport.name}_busy"
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await transport.close()


async def test_the_whole_has_an_end_that_the_port_names(played: Played) -> None:
    transport = HttpTransport(played.adapter(), limits=Limits(longest=0.3))
    played.next = HANG
    assert isinstance(await send(transport), Uncertain)
    assert transport.longest == 0.3 and Limits().longest <= 210
    await transport.close()


async def test_connections_are_kept_and_bounded(played: Played) -> None:
    transport = HttpTransport(played.adapter(), connections=3)
    deliveries = await asyncio.gather(*(send(transport, number) for number in range(30)))
    assert all(isinstance(one, Accepted) for one in deliveries)
    assert played.connections <= 3
    await transport.close()


async def test_a_connection_closed_while_idle_is_no_doubt(played: Played, transport: HttpTransport) -> None:
    await send(transport)
    await played.cut_everybody()
    assert isinstance(await send(transport, 2), Accepted)


async def test_a_mailbox_named_twice_is_asked_for_once(played: Played, transport: HttpTransport) -> None:
    await send(transport, to=[TOM.email, TOM.email.title(), LI.email])
    assert addressed(played) == [TOM.email, LI.email]


async def test_those_turned_down_do_not_keep_the_others_waiting(
    played: Played, transport: HttpTransport
) -> None:
    played.refused = {TOM.email: WORDS, ANA: WORDS}
    delivery = await send(transport)
    assert isinstance(delivery, Accepted) and set(delivery.refused) == {TOM.email, ANA}
    assert delivery.service_id
    assert addressed(played) == [LI.email]


async def test_the_only_one_is_meant_when_nobody_is_named() -> None:
    async with PlayedMailgun() as played:
        transport = HttpTransport(played.adapter(), limits=SHORT)
        played.next = Answer(400, {"message": "to parameter is not a valid address."})
        assert isinstance(await send(transport, to=[TOM.email]), AllRefused)
        assert code(await send(transport, 2)) == "mailgun_400", "whom of three it means cannot be told"
        odd = "tömas@acme.example"
        delivery = await send(transport, 3, to=[TOM.email, odd])
        assert isinstance(delivery, AllRefused), "first the odd one, then the only one left"
        await transport.close()


def addressed(played: Played) -> list[str]:
    """Whom the one letter that it took went to."""
    [message] = played.taken
    return [address for _, address in getaddresses([str(message["X-Envelope-To"] or message["To"])])]


def code(delivery: Delivery) -> str:
    """An outage's code."""
    assert isinstance(delivery, Outage), delivery
    return delivery.code
