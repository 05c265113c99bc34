"""TLS and login: what is checked, and what is never sent or shown."""

from __future__ import annotations

import pytest

from domain.letters import Accepted, Outage
from mail.connections import Limits, Server
from tests.mail.badserver import DROP, HANG, Certificate, Opens, Starts
from tests.mail.transport_suite import send

LOGIN = ("james@beyond.example", "pa:ss/wörd")
SHORT = Limits(connect=0.6, command=0.6, conversation=3, data=0.6)


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
