"""Five mail services keep every transport's promises."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from email.message import EmailMessage

import pytest

from mail.services.http import HttpTransport, Limits
from tests.mail.playedservice import HANG, KEEP_AND_DROP, Answer
from tests.mail.services import (
    Played,
    PlayedMailgun,
    PlayedPostmark,
    PlayedResend,
    PlayedSendGrid,
    PlayedSes,
)
from tests.mail.transport_suite import WORDS, Service, TransportClaims

QUICK = Limits(longest=5, connect=2, write=2, answer=3, slot=3)


class HttpService(Service):
    """A played service, reached by its adapter."""

    def __init__(self, played: Played) -> None:
        self.played = played
        self.keeps_message_id = played.keeps_message_id
        self.transport = HttpTransport(played.adapter(), limits=QUICK)

    def received(self) -> list[EmailMessage]:
        return self.played.taken

    def refuse(self, *recipients: str) -> None:
        self.played.refused = dict.fromkeys(recipients, WORDS)

    def put_off(self) -> None:
        self.played.next = Answer(429, {"message": "Too many requests"}, {"Retry-After": "30"})

    def refuse_login(self) -> None:
        self.played.next = self.played.no_login

    def refuse_sender(self) -> None:
        self.played.next = self.played.no_sender

    def lose_the_end(self) -> None:
        self.played.next = KEEP_AND_DROP

    async def hang(self) -> asyncio.Event:
        self.played.next = HANG
        return self.played.hanging

    async def go_away(self) -> None:
        await self.played.stop()

    def recover(self) -> None:
        self.played.next = None
        self.played.refused.clear()


@pytest.fixture
async def service(request: pytest.FixtureRequest) -> AsyncIterator[Service]:
    """The service that a class of claims is about, by its `played`."""
    async with request.cls.played() as played:
        service = HttpService(played)
        yield service
        await service.transport.close()


class TestSendGrid(TransportClaims):
    played = PlayedSendGrid


class TestPostmark(TransportClaims):
    played = PlayedPostmark


class TestResend(TransportClaims):
    played = PlayedResend


class TestMailgun(TransportClaims):
    played = PlayedMailgun


class TestSes(TransportClaims):
    played = PlayedSes
