"""What every transport promises (STYLE 11): claims that a new one joins by naming its service.

A test file of its own subclasses `TransportClaims` and provides the fixture `service`; see
`docs/how-to/add-a-transport.md`.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from contextlib import suppress
from email.message import EmailMessage

from domain.letters import (
    Accepted,
    AllRefused,
    Delivery,
    Envelope,
    Letter,
    Outage,
    Recipient,
    Sender,
    Uncertain,
)
from mail.compose import compose
from mail.transport import Transport
from tests.cast import JAMES, LI, NOW, TOM

ANA = "ana.souza@blue.example"
EVERYBODY = [TOM.email, LI.email, ANA]
WORDS = "no such person here"


def a_message(number: int = 1, *, text: str = "Hi Tom,\n\nthree interns.\n.hidden\n") -> EmailMessage:
    """A composed first e-mail to the three of them."""
    recipients = [Recipient(contact_id=one, first_name="Tom", email=one) for one in EVERYBODY]
    envelope = Envelope(
        sender=Sender(name=JAMES.name, email=JAMES.email),
        recipients=tuple(recipients),
        message_id=f"<acme-{number}.initial.5f3a9c@beyond.example>",
        references=("<thread.5f3a9c@beyond.example>",),
    )
    letter = Letter(subject=f"Interns for Acme, {number} — здравствуйте", text=text, html=f"<p>{text}</p>")
    return compose(letter, envelope, date=NOW)


async def send(transport: Transport, number: int = 1, to: list[str] | None = None) -> Delivery:
    """Sends one such message, to everybody unless others are named."""
    return await transport.send(a_message(number), sender=JAMES.email, recipients=to or EVERYBODY)


class Service(ABC):
    """One mail service under test: its transport, what it received, and how to make it misbehave."""

    transport: Transport
    keeps_message_id = True
    """Whether the world sees our Message-ID; where not, References still names the thread."""

    @abstractmethod
    def received(self) -> list[EmailMessage]:
        """Every message it accepted, parsed, in order."""

    @abstractmethod
    def refuse(self, *recipients: str) -> None:
        """Refuses these recipients for good, with `WORDS`."""

    @abstractmethod
    def put_off(self) -> None:
        """Asks to be tried again later, whoever the recipient is."""

    @abstractmethod
    def refuse_login(self) -> None:
        """Refuses our login."""

    @abstractmethod
    def refuse_sender(self) -> None:
        """Refuses our sender for good."""

    @abstractmethod
    def lose_the_end(self) -> None:
        """Accepts messages and cuts the connection instead of saying so."""

    @abstractmethod
    async def hang(self) -> asyncio.Event:
        """Stops answering; the event is set once somebody waits."""

    @abstractmethod
    async def go_away(self) -> None:
        """Cannot be reached any more."""

    @abstractmethod
    def recover(self) -> None:
        """Behaves well again."""


class TransportClaims:
    """The claims; pytest collects them in each subclass whose name begins with Test."""

    async def test_a_message_arrives_whole(self, service: Service) -> None:
        delivery = await send(service.transport)
        assert isinstance(delivery, Accepted) and delivery.refused == {} and delivery.deferred == {}
        [message] = service.received()
        kept = message["Message-ID"] == "<acme-1.initial.5f3a9c@beyond.example>"
        assert kept == service.keeps_message_id
        assert message["References"] == "<thread.5f3a9c@beyond.example>"
        assert message["Subject"] == "Interns for Acme, 1 — здравствуйте"
        body = message.get_body(("plain",))
        assert body is not None
        assert body.get_content().replace("\r\n", "\n") == "Hi Tom,\n\nthree interns.\n.hidden\n"

    async def test_refused_recipients_are_named_with_the_servers_words(self, service: Service) -> None:
        service.refuse(TOM.email)
        delivery = await send(service.transport)
        assert isinstance(delivery, Accepted)
        assert list(delivery.refused) == [TOM.email] and WORDS in delivery.refused[TOM.email]
        assert len(service.received()) == 1

    async def test_if_all_are_refused_nothing_is_accepted(self, service: Service) -> None:
        service.refuse(*EVERYBODY)
        delivery = await send(service.transport)
        assert isinstance(delivery, AllRefused)
        assert set(delivery.refused) == set(EVERYBODY) and service.received() == []

    async def test_a_temporary_refusal_is_an_outage(self, service: Service) -> None:
        service.put_off()
        self.assert_outage(await send(service.transport))
        service.recover()
        assert isinstance(await send(service.transport), Accepted)

    async def test_a_refused_login_is_an_outage(self, service: Service) -> None:
        service.refuse_login()
        self.assert_outage(await send(service.transport))

    async def test_a_refused_sender_is_an_outage(self, service: Service) -> None:
        service.refuse_sender()
        self.assert_outage(await send(service.transport))

    async def test_a_service_out_of_reach_is_an_outage(self, service: Service) -> None:
        await send(service.transport)
        await service.go_away()
        self.assert_outage(await send(service.transport, 2))

    async def test_a_lost_answer_is_uncertain(self, service: Service) -> None:
        service.lose_the_end()
        assert isinstance(await send(service.transport), Uncertain)
        service.recover()
        assert isinstance(await send(service.transport), Accepted)

    async def test_a_cancelled_send_leaves_the_transport_usable(self, service: Service) -> None:
        waiting = await service.hang()
        task = asyncio.create_task(send(service.transport))
        await waiting.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert task.cancelled()
        service.recover()
        assert isinstance(await send(service.transport, 2), Accepted)
        assert [message["Subject"] for message in service.received()] == [a_message(2)["Subject"]]

    async def test_many_at_once_arrive_once_each(self, service: Service) -> None:
        deliveries = await asyncio.gather(*(send(service.transport, number) for number in range(40)))
        assert all(isinstance(delivery, Accepted) for delivery in deliveries)
        assert len({str(message["Message-ID"]) for message in service.received()}) == 40
        assert len(service.received()) == 40

    async def test_close_may_be_repeated(self, service: Service) -> None:
        await send(service.transport)
        await service.transport.close()
        await service.transport.close()

    async def test_it_says_who_it_is_and_how_long_it_may_take(self, service: Service) -> None:
        assert service.transport.name.isidentifier()
        assert isinstance(service.transport.resends_safely, bool)
        assert service.transport.longest > 0

    def assert_outage(self, delivery: Delivery) -> None:
        """An outage whose code may enter a history: short, no address, no server's words."""
        assert isinstance(delivery, Outage), delivery
        assert delivery.code.isidentifier() and len(delivery.code) <= 24
        assert delivery.words
