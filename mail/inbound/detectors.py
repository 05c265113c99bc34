"""flufl.bounce's detectors, one by one: each knows one mailer's wording, and none is trusted alone.

`flufl.bounce.all_failures` stops at the first detector that raises, and some take people's replies for
bounces or need minutes for a long line; so they are asked only where something else speaks for a bounce,
each in its own guard, about the message's beginning.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from email.message import Message

from mail.inbound import addresses
from mail.inbound.parsing import Post, guarded, parse

_LONGEST = 40_000
_MOST_LINES = 1_000
_LONGEST_LINE = 998
"""RFC 5322 section 2.1.1."""
_NONE: tuple[AbstractSet[bytes], AbstractSet[bytes]] = (frozenset(), frozenset())


def recipients(message: Post) -> list[str]:
    """The failing addresses that the first detector to recognise the wording names."""
    from flufl.bounce import _scan

    beginning = parse(_beginning(message))
    for detector in _scan._DETECTORS:
        failed = guarded(lambda: detector().process(beginning), _NONE)  # noqa: B023
        found = {one.decode("utf-8", "replace") for some in failed for one in some}
        named = sorted(address for one in found for address in addresses.addresses(one))
        if named:
            return named
    return []


def _beginning(message: Message) -> bytes:
    data = guarded(message.as_bytes, b"")[:_LONGEST]
    return b"\n".join(line[:_LONGEST_LINE] for line in data.splitlines()[:_MOST_LINES])
