"""ACCEPTANCE, on real servers: what partners' mail systems send is heard over IMAP.

Exim carries the mail, Dovecot keeps it and writes the vacation notice; see `tests/acceptance/dovecot.py` for
the packages. Skipped where they are not installed, but for OUTREACH_TEST_REAL_MAIL=1, which `.ci/run` sets.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

import pytest

from domain.errors import MailServerDown
from domain.inbound import Arrival
from domain.letters import Accepted
from domain.mailbox import Position
from mail import inbound
from mail.connections import Server
from mail.imap_wire import Limits
from mail.mailbox import Mailbox, Patience
from mail.smtp import SmtpTransport
from tests.acceptance.dovecot import AWAY, INBOX, RealMail, needed, real_mail

PATIENCE = Patience(first=0.05, most=0.5, steady=0)
OURS = "<cycle-7.initial@beyond.example>"


class Listener:
    """Hears the mailbox: each message once by its key, and every delivery counted."""

    def __init__(self, box: Mailbox) -> None:
        self.box = box
        self.position = Position()
        self.arrivals: dict[str, Arrival] = {}
        self.deliveries = 0
        self._news = asyncio.Condition()

    async def deliver(self, arrival: Arrival) -> None:
        async with self._news:
            self.deliveries += 1
            self.arrivals.setdefault(arrival.key, arrival)
            self._news.notify_all()

    async def keep(self, position: Position) -> None:
        async with self._news:
            self.position = position
            self._news.notify_all()

    async def until(self, met: Callable[[], bool]) -> None:
        async with asyncio.timeout(20), self._news:
            await self._news.wait_for(met)

    async def has(self, number: int) -> list[EmailMessage]:
        await self.until(lambda: len(self.arrivals) >= number)
        return [parsed(arrival.raw) for arrival in self.arrivals.values()]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.box.watch(self.deliver, self.keep, self.position))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def parsed(raw: bytes) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(raw, policy=policy.default))


@pytest.fixture(name="post")
async def _post() -> AsyncIterator[RealMail]:
    needed()
    async with real_mail() as servers:
        yield servers


@pytest.fixture
def listener(post: RealMail) -> Listener:
    # Asking would take ten minutes: what is heard in these tests is heard by IDLE.
    return Listener(Mailbox(post.mailbox(), limits=Limits(poll=600), patience=PATIENCE))


async def send(post: RealMail, sender: str, to: str, message_id: str, **headers: str) -> None:
    """Hands a letter to Exim, as any sender's server would."""
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = sender, to, message_id
    message["Date"], message["Subject"] = "Mon, 01 Mar 2027 09:00:00 +0000", "Three interns for Harbour"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(
        "Gladly, could they start on Monday?\n\n"
        f"On Mon, 1 Mar 2027 at 09:00, Sam Reed <{INBOX}> wrote:\n> May we introduce three interns?\n"
    )
    transport = SmtpTransport(Server("127.0.0.1", post.smtp))
    try:
        assert isinstance(await transport.send(message, sender=sender, recipients=[to]), Accepted)
    finally:
        await transport.close()


async def reply(post: RealMail, number: int) -> None:
    told = {"In_Reply_To": OURS, "References": OURS}
    await send(
        post, "ana@harbour.example", "inbox+tok3n@beyond.example", f"<{number}@harbour.example>", **told
    )


async def test_a_reply_a_vacation_notice_and_a_bounce_arrive_by_idle(
    post: RealMail, listener: Listener
) -> None:
    async with listener.listening():
        await reply(post, 1)
        (answer,) = await listener.has(1)
        await send(post, INBOX, "away@harbour.example", OURS)
        _, vacation = await listener.has(2)
        await send(post, INBOX, "gone@harbour.example", OURS)
        *_, bounce = await listener.has(3)
    assert answer["In-Reply-To"] == OURS
    assert next(iter(listener.arrivals.values())).to == ("inbox+tok3n@beyond.example",)
    assert vacation["Auto-Submitted"].startswith("auto-replied")
    assert vacation["In-Reply-To"] == OURS
    assert AWAY in vacation.get_content()
    assert bounce.get_content_type() == "multipart/report"
    assert listener.deliveries == 3
    assert not post.seen(), "nobody's mark of what is read was touched"


async def test_what_real_servers_write_is_understood(post: RealMail, listener: Listener) -> None:
    async with listener.listening():
        await reply(post, 1)
        await listener.has(1)
        await send(post, INBOX, "away@harbour.example", OURS)
        await listener.has(2)
        await send(post, INBOX, "gone@harbour.example", OURS)
        await listener.has(3)
    answer, vacation, bounce = (inbound.read(one.raw, to=one.to) for one in listener.arrivals.values())
    assert (answer.meaning.kind, vacation.meaning.kind, bounce.meaning.kind) == (
        "human",
        "auto_reply",
        "bounce",
    )
    assert (answer.answers, vacation.answers) == ((OURS,), (OURS,))
    assert "inbox+tok3n@beyond.example" in answer.addressed_to
    assert answer.meaning.text == "Gladly, could they start on Monday?"
    assert vacation.meaning.returns_on == date(2027, 3, 9)
    assert bounce.meaning.original_message_id == OURS
    assert bounce.meaning.recipients == ("gone@harbour.example",)
    assert bounce.meaning.delivery_final is True


async def test_replies_survive_a_killed_imap_server(post: RealMail, listener: Listener) -> None:
    async with listener.listening():
        await reply(post, 1)
        await listener.has(1)
        await post.end("dovecot", signal.SIGKILL)
        await reply(post, 2)  # the MTA keeps it until the mailbox is back
        await post.start("dovecot")
        await listener.has(2)
        await post.end("dovecot", signal.SIGTERM)
        await post.start("dovecot")
        await reply(post, 3)
        await listener.has(3)
    assert listener.deliveries == 3


async def test_a_renumbered_mailbox_is_read_again_and_known_by_its_keys(
    post: RealMail, listener: Listener
) -> None:
    async with listener.listening():
        await reply(post, 1)
        await reply(post, 2)
        await listener.until(lambda: listener.position.uid == 2)
        post.renumber(4_000_000_000)
        await post.end("dovecot", signal.SIGTERM)
        await post.start("dovecot")
        await listener.until(lambda: listener.position == Position(4_000_000_000, 2))
        await reply(post, 3)
        await listener.has(3)
    assert (len(listener.arrivals), listener.deliveries) == (3, 5)


async def test_a_sweep_finds_what_came_while_nobody_listened(post: RealMail, listener: Listener) -> None:
    async with listener.listening():
        await reply(post, 1)
        await listener.has(1)
    await reply(post, 2)
    await reply(post, 3)
    box = Mailbox(post.mailbox(tls=False))
    async with asyncio.timeout(20):
        while len(listener.arrivals) < 3:  # the MTA takes its moment
            listener.position = await box.catch_up(listener.deliver, listener.keep, listener.position)
    assert listener.deliveries == 3


async def test_dovecots_own_words_are_passed_on(post: RealMail, listener: Listener) -> None:
    wrong = Mailbox(post.mailbox(password="wrong"))
    with pytest.raises(
        MailServerDown, match=r"login of inbox@beyond.example is refused.*AUTHENTICATIONFAILED"
    ):
        await wrong.catch_up(listener.deliver, listener.keep)
    nowhere = Mailbox(post.mailbox(), "Replies")
    with pytest.raises(MailServerDown, match=r"no folder 'Replies'.*INBOX"):
        await nowhere.catch_up(listener.deliver, listener.keep)
