"""Whom a message reaches when a server takes some recipients and not others (R11, RFC 6531)."""

from __future__ import annotations

import pytest

from domain.letters import Accepted, AllRefused, Outage
from mail import headers
from mail.connections import Limits
from tests.cast import JAMES, LI, TOM
from tests.mail.badserver import BadServer, Opens
from tests.mail.transport_suite import ANA, EVERYBODY, a_message, send


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


@pytest.mark.parametrize(
    "words",
    [
        "554 5.7.1 <x@acme.example>: Recipient address rejected: Access denied",
        "554 no such user",
        "550 5.7.1 rejected",
        "550 user unknown, see our policy page",
        "554",
    ],
)
async def test_if_everybody_is_refused_as_a_person_nobody_is_asked_again(
    server: BadServer, opens: Opens, words: str
) -> None:
    server.rcpt = dict.fromkeys(EVERYBODY, words)
    delivery = await send(opens(server))
    assert isinstance(delivery, AllRefused) and set(delivery.refused) == set(EVERYBODY)


async def test_a_policy_refusal_of_one_while_others_are_taken_is_about_that_one(
    server: BadServer, opens: Opens
) -> None:
    server.rcpt = {TOM.email: "550 5.7.1 Client host blocked by this one"}
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
