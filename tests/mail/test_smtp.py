"""SMTP at every byte where it can break: what was handed over, and what was not (R10, R11)."""

from __future__ import annotations

import asyncio

import pytest

from domain.letters import Accepted, AllRefused, Outage, Uncertain
from mail.connections import Limits
from tests.cast import JAMES
from tests.mail.badserver import DROP, HANG, KEEP_AND_DROP, BadServer, Opens, Starts
from tests.mail.transport_suite import EVERYBODY, a_message, send

SHORT = Limits(connect=0.6, command=0.6, conversation=3, data=0.6)
LARGE = "a long line that fills every buffer on the way\n" * 250_000


@pytest.mark.parametrize(
    ("moment", "reaction", "code"),
    [
        ("GREETING", "554 5.7.1 You are not welcome", "smtp_connect"),
        ("GREETING", "421 4.3.2 Too busy", "smtp_421"),
        ("GREETING", HANG, "smtp_connect"),
        ("GREETING", DROP, "smtp_connect"),
        ("GREETING", "what is this", "smtp_connect"),
        ("EHLO", "421 4.3.2 Going down", "smtp_421"),
        ("EHLO", HANG, "smtp_hello"),
        ("EHLO", DROP, "smtp_hello"),
        ("MAIL", "451 4.3.0 Try later", "smtp_451"),
        ("MAIL", "550 5.1.8 Who are you", "smtp_sender"),
        ("MAIL", "530 5.7.0 Log in", "smtp_login"),
        ("MAIL", "421 4.7.0 Bye", "smtp_421"),
        ("MAIL", "nonsense", "smtp_garbled"),
        ("MAIL", HANG, "smtp_timeout"),
        ("MAIL", DROP, "smtp_lost"),
        ("DATA", "451 4.3.0 Try later", "smtp_451"),
        ("DATA", "554 5.5.1 No", "smtp_554"),
        ("DATA", HANG, "smtp_timeout"),
        ("DATA", DROP, "smtp_lost"),
        ("END", "451 4.3.0 Try later", "smtp_451"),
        ("END", "554 5.7.1 This looks like spam", "smtp_554"),
        ("END", "421 4.3.2 Going down", "smtp_421"),
    ],
)
async def test_a_failure_before_acceptance_is_an_outage_that_names_the_step(
    server: BadServer, opens: Opens, moment: str, reaction: str, code: str
) -> None:
    transport = opens(server, limits=SHORT if reaction == HANG else None)
    server.on[moment] = reaction
    delivery = await send(transport)
    assert isinstance(delivery, Outage) and delivery.code == code
    assert server.received() == []
    server.on.clear()
    assert isinstance(await send(transport), Accepted)


@pytest.mark.parametrize("reaction", [HANG, DROP, KEEP_AND_DROP, "nonsense", "354 Once more", "999 What"])
async def test_no_clear_answer_to_the_end_is_uncertain(
    server: BadServer, opens: Opens, reaction: str
) -> None:
    transport = opens(server, limits=SHORT if reaction == HANG else None)
    await send(transport)
    server.on["END"] = reaction
    delivery = await send(transport, 2)
    assert isinstance(delivery, Uncertain) and delivery.words
    assert len(server.received()) == (2 if reaction == KEEP_AND_DROP else 1)
    assert server.connections == 1, "an uncertain message is not sent again on its own"
    server.on.clear()
    assert isinstance(await send(transport, 3), Accepted)


@pytest.mark.parametrize(("reaction", "code"), [(DROP, "smtp_lost"), (HANG, "smtp_timeout")])
async def test_a_connection_that_fails_within_the_message_is_an_outage(
    server: BadServer, opens: Opens, reaction: str, code: str
) -> None:
    server.on["BODY"] = reaction
    message = a_message(text=LARGE)
    transport = opens(server, limits=Limits(conversation=1.5) if reaction == HANG else None)
    delivery = await transport.send(message, sender=JAMES.email, recipients=EVERYBODY)
    assert isinstance(delivery, Outage) and delivery.code == code
    assert server.received() == []


async def test_nobody_listening_is_an_outage_that_names_address_and_setting(
    starts: Starts, opens: Opens
) -> None:
    server = await starts()
    await server.stop()
    delivery = await send(opens(server))
    assert isinstance(delivery, Outage) and delivery.code == "smtp_connect"
    assert f"{server.host}:{server.port}" in delivery.words and "OUTREACH_MAIL_URL" in delivery.words


async def test_connections_are_kept(server: BadServer, opens: Opens) -> None:
    transport = opens(server)
    for number in range(10):
        assert isinstance(await send(transport, number), Accepted)
    assert server.connections == 1


async def test_connections_are_bounded(server: BadServer, opens: Opens) -> None:
    transport = opens(server, connections=3)
    deliveries = await asyncio.gather(*(send(transport, number) for number in range(30)))
    assert all(isinstance(one, Accepted) for one in deliveries)
    assert server.connections <= 3


async def test_a_refusal_leaves_the_connection_in_use(server: BadServer, opens: Opens) -> None:
    transport = opens(server)
    server.rcpt = dict.fromkeys(EVERYBODY, "451 4.7.1 Greylisted for 300 seconds")
    delivery = await send(transport)
    assert isinstance(delivery, Outage) and delivery.retry_after == 300
    server.rcpt.clear()
    assert isinstance(await send(transport), Accepted)
    assert server.connections == 1


@pytest.mark.parametrize("reaction", [DROP, "421 4.3.2 Going down", "502 5.5.1 No RSET here", "nonsense"])
async def test_a_verdict_stands_even_if_the_connection_then_fails(
    server: BadServer, opens: Opens, reaction: str
) -> None:
    transport = opens(server)
    server.rcpt = dict.fromkeys(EVERYBODY, "550 5.1.1 Unknown")
    server.on["RSET"] = reaction
    assert isinstance(await send(transport), AllRefused)
    server.on.clear()
    server.rcpt.clear()
    assert isinstance(await send(transport), Accepted)
    assert server.connections == 2


async def test_a_connection_closed_while_idle_is_no_outage(server: BadServer, opens: Opens) -> None:
    transport = opens(server)
    await send(transport)
    await server.cut_everybody()
    assert isinstance(await send(transport, 2), Accepted)
    assert server.connections == 2


@pytest.mark.parametrize("reaction", [DROP, "421 4.4.2 Idle for too long", HANG])
async def test_a_kept_connection_that_proves_stale_is_replaced_once(
    server: BadServer, opens: Opens, reaction: str
) -> None:
    transport = opens(server, limits=SHORT if reaction == HANG else None)
    await send(transport)
    server.on["MAIL"] = reaction
    server.once.add("MAIL")
    assert isinstance(await send(transport, 2), Accepted)
    assert (server.connections, len(server.received())) == (2, 2)


async def test_a_server_that_is_down_for_good_is_an_outage_on_kept_connections_too(
    server: BadServer, opens: Opens
) -> None:
    transport = opens(server)
    await send(transport)
    server.on["MAIL"] = "421 4.3.2 Going down"
    assert isinstance(await send(transport, 2), Outage)
    assert server.connections == 2


async def test_an_idle_connection_is_let_go(server: BadServer, opens: Opens) -> None:
    await send(opens(server, limits=Limits(idle=0.01)))
    await asyncio.wait_for(server.deserted(), 5)


async def test_close_says_goodbye(server: BadServer, opens: Opens) -> None:
    transport = opens(server)
    await asyncio.gather(*(send(transport, number) for number in range(6)))
    await transport.close()
    await asyncio.wait_for(server.deserted(), 5)


async def test_waiting_for_a_connection_has_an_end(server: BadServer, opens: Opens) -> None:
    transport = opens(server, limits=Limits(slot=0.05), connections=1)
    server.on["END"] = HANG
    first = asyncio.create_task(send(transport))
    await server.hanging.wait()
    delivery = await send(transport, 2)
    assert isinstance(delivery, Outage) and delivery.code == "smtp_busy"
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)


async def test_a_whole_conversation_has_an_end(server: BadServer, opens: Opens) -> None:
    server.on["DATA"] = HANG
    delivery = await send(opens(server, limits=Limits(conversation=0.2)))
    assert isinstance(delivery, Outage) and delivery.code == "smtp_timeout"


@pytest.mark.parametrize("moment", ["MAIL", "DATA", "END"])
async def test_a_connection_whose_send_was_cancelled_is_never_used_again(
    server: BadServer, opens: Opens, moment: str
) -> None:
    transport = opens(server, limits=Limits(), connections=1)
    server.on[moment] = HANG
    task = asyncio.create_task(send(transport))
    await server.hanging.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    server.on.clear()
    assert isinstance(await send(transport, 2), Accepted)
    assert (server.connections, len(server.received())) == (2, 1)


async def test_a_large_letter_arrives_whole(server: BadServer, opens: Opens) -> None:
    text = "".join(f".{number} dots lead and lines are many\n" for number in range(40_000))
    transport = opens(server, limits=Limits())
    delivery = await transport.send(a_message(text=text), sender=JAMES.email, recipients=EVERYBODY)
    assert isinstance(delivery, Accepted)
    [message] = server.received()
    body = message.get_body(("plain",))
    assert body is not None and body.get_content().replace("\r\n", "\n") == text
