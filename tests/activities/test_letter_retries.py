"""When an e-mail that was not taken is tried again, and what is said about it meanwhile (R10, R11)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activities.letters import again
from domain.letters import Outage, Uncertain

WORDS = "451 <tom@acme.example> is busy"


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 60), (6, 60), (9, 256), (1000, 256)])
def test_a_time_the_server_named_is_kept_but_not_for_ever_if_it_is_short(attempt: int, seconds: int) -> None:
    error = again(Outage("smtp_451", WORDS, retry_after=60.0), attempt)
    assert error.next_retry_delay == timedelta(seconds=seconds)


def test_without_a_named_time_the_steps_own_policy_decides() -> None:
    assert again(Outage("smtp_connect", WORDS), 7).next_retry_delay is None
    assert again(Uncertain(WORDS), 7).next_retry_delay is None


@pytest.mark.parametrize("delivery", [Outage("smtp_451", WORDS, 60.0), Uncertain(WORDS)])
def test_the_servers_words_stay_in_the_log_row(delivery: Outage | Uncertain) -> None:
    error = again(delivery, 1)
    assert "tom" not in str(error) and not error.non_retryable
