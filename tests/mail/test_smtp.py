"""SMTP at every byte where it can break: what was handed over, and what was not (R10, R11)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from domain.letters import Accepted, AllRefused, Delivery, Outage, Uncertain
from mail import headers
from mail.connections import Limits, Server
from mail.smtp import SmtpTransport
from tests.cast import JAMES, LI, TOM
from tests.mail.badserver import DROP, HANG, KEEP_AND_DROP, BadServer, Certificate
from tests.mail.transport_suite import ANA, EVERYBODY, a_message

LOGIN = ("james@beyond.example", "pa:ss/wörd")
SHORT = Limits(connect=0.6, command=0.6, conversation=3, data=0.6)
LARGE = "a long line that fills every buffer on the way\n" * 250_000

Starts = Callable[..., Awaitable[BadServer]]
Opens = Callable[..., SmtpTransport]


@pytest.fixture
async def starts(tmp_path: Path) -> AsyncIterator[Starts]:
    """Starts bad servers and stops them in the end."""
    async with AsyncExitStack() as stack:

        async def start(**options: Any) -> BadServer:
            server = BadServer(tmp_path, **options)
            await stack.enter_async_context(server)
            return server

        yield start


@pytest.fixture
async def opens() -> AsyncIterator[Opens]:
    """Opens transports to a server and closes them in the end."""
    opened: list[SmtpTransport] = []

    def open(
        server: BadServer, *, limits: Limits | None = None, connections: int = 6, **to: Any
    ) -> SmtpTransport:
        address = Server(**{"host": server.host, "port": server.port} | to)
        opened.append(SmtpTransport(address, limits=limits, connections=connections))
        return opened[-1]

    yield open
    for transport in opened:
        await transport.close()


@pytest.fixture
async def server(starts: Starts) -> BadServer:
    return await starts()


async def send(transport: SmtpTransport, number: int = 1, to: list[str] | None = None) -> Delivery:
    return await transport.send(a_message(number), sender=JAMES.email, recipients=to or EVERYBODY)


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


async def test_if_some_are_put_off_nobody_gets_it_yet(server: BadServer, opens: Opens) -> None:
    transport = opens(server)
    server.rcpt = {TOM.email: "450 4.2.0 Greylisted"}
    delivery = await send(transport)
    assert isinstance(delivery, Outage) and delivery.code == "smtp_450" and server.received() == []
    assert TOM.email in delivery.words
    server.rcpt.clear()
    delivery = await send(transport)
    assert isinstance(delivery, Accepted) and not delivery.deferred


async def test_after_patience_the_others_get_it_without_them(server: BadServer, opens: Opens) -> None:
    transport = opens(server, limits=Limits(patience=0))
    server.rcpt = {TOM.email: "452 4.2.2 Over quota", LI.email: "550 5.1.1 Unknown"}
    delivery = await send(transport)
    assert isinstance(delivery, Accepted)
    assert list(delivery.deferred) == [TOM.email] and "4.2.2" in delivery.deferred[TOM.email]
    assert list(delivery.refused) == [LI.email]
    [message] = server.received()
    assert message["X-Catcher-Rcpt-To"] == ANA


async def test_if_everybody_is_put_off_patience_never_ends(server: BadServer, opens: Opens) -> None:
    server.rcpt = dict.fromkeys(EVERYBODY, "452 4.2.2 Over quota") | {LI.email: "550 5.1.1 Unknown"}
    assert isinstance(await send(opens(server, limits=Limits(patience=0))), Outage)


async def test_a_policy_refusal_of_everybody_is_about_us(server: BadServer, opens: Opens) -> None:
    server.rcpt = dict.fromkeys(EVERYBODY, "554 5.7.1 Client host blocked")
    delivery = await send(opens(server))
    assert isinstance(delivery, Outage) and delivery.code == "smtp_554"


async def test_a_policy_refusal_of_one_while_others_are_taken_is_about_that_one(
    server: BadServer, opens: Opens
) -> None:
    server.rcpt = {TOM.email: "550 5.7.1 Recipient takes no mail from outside"}
    delivery = await send(opens(server))
    assert isinstance(delivery, Accepted) and list(delivery.refused) == [TOM.email]


async def test_a_relay_that_refuses_one_domain_blames_no_recipient(server: BadServer, opens: Opens) -> None:
    server.rcpt = {ANA: "554 5.7.1 Relay access denied"}
    assert isinstance(await send(opens(server)), Outage)


async def test_a_recipient_named_twice_gets_it_once(server: BadServer, opens: Opens) -> None:
    await send(opens(server), to=[ANA, ANA])
    [message] = server.received()
    assert message["X-Catcher-Rcpt-To"] == ANA


@pytest.mark.parametrize(
    "odd",
    [
        "tom> SIZE=1 <x@acme.example",
        "tom@acme.example, x@acme.example",
        "Tom <tom@acme.example>",
        "tom reed@acme.example",
        "tom@acme.example\r\nRCPT TO:<x@acme.example>",
        "tom",
        "",
    ],
)
async def test_an_address_that_smtp_cannot_name_is_refused_alone(
    server: BadServer, opens: Opens, odd: str
) -> None:
    delivery = await send(opens(server), to=[odd, ANA])
    assert isinstance(delivery, Accepted) and list(delivery.refused) == [odd]
    [message] = server.received()
    assert message["X-Catcher-Rcpt-To"] == ANA


CYRILLIC = "почта@пример.example"
CYRILLIC_ON_THE_WIRE = "почта@xn--e1afmkfd.example"


async def test_an_address_in_another_script_works_where_the_server_offers_it(
    server: BadServer, opens: Opens
) -> None:
    delivery = await send(opens(server), to=[CYRILLIC, ANA])
    assert isinstance(delivery, Accepted) and not delivery.refused
    [message] = server.received()
    assert CYRILLIC_ON_THE_WIRE in message["X-Catcher-Rcpt-To"]


async def test_elsewhere_such_an_address_is_refused_alone_with_words(server: BadServer, opens: Opens) -> None:
    server.on["SMTPUTF8"] = "no"
    delivery = await send(opens(server), to=[CYRILLIC, ANA])
    assert isinstance(delivery, Accepted) and list(delivery.refused) == [CYRILLIC]
    assert "SMTPUTF8" in delivery.refused[CYRILLIC]
    assert await send(opens(server), to=[CYRILLIC]) == AllRefused(delivery.refused)


@pytest.mark.parametrize(("offered", "named"), [(True, [CYRILLIC_ON_THE_WIRE, ANA]), (False, [ANA])])
async def test_a_header_names_those_whom_the_server_can_carry(
    server: BadServer, opens: Opens, offered: bool, named: list[str]
) -> None:
    if not offered:
        server.on["SMTPUTF8"] = "no"
    message = a_message()
    del message["To"]
    message.set_raw("To", headers.mailboxes([("Почта", CYRILLIC), ("Ana", ANA)]))
    await opens(server).send(message, sender=JAMES.email, recipients=[CYRILLIC, ANA])
    [received] = server.received()
    found = [one.addr_spec.encode("utf-8", "surrogateescape") for one in received["To"].addresses]
    assert [one.decode() for one in found] == named


async def test_a_domain_in_another_script_works_everywhere(server: BadServer, opens: Opens) -> None:
    server.on["SMTPUTF8"] = "no"
    delivery = await send(opens(server), to=["tom@bücher.example"])
    assert isinstance(delivery, Accepted) and not delivery.refused


async def test_a_sender_in_another_script_needs_a_server_that_offers_it(
    server: BadServer, opens: Opens
) -> None:
    server.on["SMTPUTF8"] = "no"
    delivery = await opens(server).send(a_message(), sender=CYRILLIC, recipients=EVERYBODY)
    assert isinstance(delivery, Outage) and delivery.code == "smtp_sender"


async def test_starttls_is_used_where_it_is_offered(
    starts: Starts, opens: Opens, certificate: Certificate
) -> None:
    server = await starts(starttls=certificate.server, login=LOGIN)
    transport = opens(server, username=LOGIN[0], password=LOGIN[1], tls=certificate.trusting)
    assert isinstance(await send(transport), Accepted)
    assert server.secured


async def test_implicit_tls_and_login_work(starts: Starts, opens: Opens, certificate: Certificate) -> None:
    server = await starts(implicit_tls=certificate.server, login=LOGIN)
    to = {"implicit_tls": True, "tls": certificate.trusting, "username": LOGIN[0], "password": LOGIN[1]}
    transport = opens(server, **to)
    for number in range(3):
        assert isinstance(await send(transport, number), Accepted)
    assert server.connections == 1


@pytest.mark.parametrize("kind", ["starttls", "implicit_tls"])
async def test_a_certificate_that_nobody_vouches_for_is_an_outage(
    starts: Starts, opens: Opens, certificate: Certificate, kind: str
) -> None:
    server = await starts(**{kind: certificate.server})
    delivery = await send(opens(server, host="0.0.0.0", implicit_tls=kind == "implicit_tls"))
    assert isinstance(delivery, Outage) and delivery.code == "smtp_tls"
    assert "certificate" in delivery.words.lower()


async def test_on_this_machine_any_certificate_will_do(
    starts: Starts, opens: Opens, certificate: Certificate
) -> None:
    server = await starts(starttls=certificate.server)
    assert isinstance(await send(opens(server)), Accepted)
    assert server.secured


async def test_a_login_is_not_sent_in_the_clear_to_another_machine(starts: Starts, opens: Opens) -> None:
    server = await starts(login=LOGIN)
    delivery = await send(opens(server, host="0.0.0.0", username=LOGIN[0], password=LOGIN[1]))
    assert isinstance(delivery, Outage) and delivery.code == "smtp_tls" and "STARTTLS" in delivery.words
    assert isinstance(await send(opens(server, username=LOGIN[0], password=LOGIN[1])), Accepted)


async def test_a_refused_starttls_is_an_outage(
    starts: Starts, opens: Opens, certificate: Certificate
) -> None:
    server = await starts(starttls=certificate.server)
    server.on["STARTTLS"] = "454 4.7.0 TLS not available"
    delivery = await send(opens(server))
    assert isinstance(delivery, Outage) and delivery.code == "smtp_tls"


@pytest.mark.parametrize(
    ("login", "script"),
    [
        ((LOGIN[0], "wrong"), {}),
        (LOGIN, {"AUTH": "454 4.7.0 Temporary authentication failure"}),
        (LOGIN, {"AUTH": DROP}),
        (LOGIN, {"AUTH": HANG}),
    ],
)
async def test_a_refused_login_is_an_outage_that_keeps_the_secret(
    starts: Starts, opens: Opens, login: tuple[str, str], script: dict[str, str]
) -> None:
    server = await starts(login=LOGIN)
    server.on |= script
    limits = SHORT if HANG in script.values() else None
    delivery = await send(opens(server, limits=limits, username=login[0], password=login[1]))
    assert isinstance(delivery, Outage) and delivery.code == "smtp_login"
    assert login[1] not in delivery.words and login[0] not in delivery.words


def test_a_server_in_a_log_shows_no_login() -> None:
    server = Server("mail.example", 587, username="james", password="hunter2")
    assert "hunter2" not in f"{server} {server!r}" and "james" not in f"{server} {server!r}"


@pytest.mark.parametrize(
    ("host", "here"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("mail.example", False)]
)
def test_only_loopback_counts_as_this_machine(host: str, here: bool) -> None:
    assert Server(host, 25).on_this_machine is here


async def test_a_large_letter_arrives_whole(server: BadServer, opens: Opens) -> None:
    text = "".join(f".{number} dots lead and lines are many\n" for number in range(40_000))
    transport = opens(server, limits=Limits())
    delivery = await transport.send(a_message(text=text), sender=JAMES.email, recipients=EVERYBODY)
    assert isinstance(delivery, Accepted)
    [message] = server.received()
    body = message.get_body(("plain",))
    assert body is not None and body.get_content().replace("\r\n", "\n") == text
