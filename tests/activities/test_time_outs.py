"""Time-outs nest: what happens inside an attempt ends before the attempt, and all knew how long that is."""

from __future__ import annotations

from datetime import timedelta

import worker
from activities import alive
from bios.model import PATIENCE
from db import sending
from mail.connections import Server
from mail.smtp import SmtpTransport
from workflows import steps


def test_an_attempt_outlasts_its_bios_and_the_longest_conversation() -> None:
    longest = PATIENCE + SmtpTransport(Server("mail.example", 25)).longest
    assert timedelta(seconds=longest + 30) < steps.SENDING


def test_a_step_that_is_worked_on_says_so_often_enough() -> None:
    assert alive.EVERY * 3 < steps.ALIVE


def test_an_attempt_counts_as_in_flight_until_it_must_have_ended() -> None:
    assert steps.SENDING < sending.IN_FLIGHT


def test_a_worker_that_stops_lets_its_attempts_end() -> None:
    assert steps.SENDING < worker.GRACE
