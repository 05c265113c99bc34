"""flufl.bounce's detectors, one by one: each knows one mailer's wording, and none is trusted alone.

`flufl.bounce.all_failures` stops at the first detector that raises, and some take people's replies for
bounces; so they are asked only where something else speaks for a bounce, and each in its own guard.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from mail.inbound import addresses
from mail.inbound.parsing import Post, guarded

_NONE: tuple[AbstractSet[bytes], AbstractSet[bytes]] = (frozenset(), frozenset())


def recipients(message: Post) -> list[str]:
    """The failing addresses that the first detector to recognise the wording names."""
    from flufl.bounce import _scan

    for detector in _scan._DETECTORS:
        failed = guarded(lambda: detector().process(message), _NONE)  # noqa: B023
        found = {one.decode("utf-8", "replace") for some in failed for one in some}
        named = sorted(address for one in found for address in addresses.addresses(one))
        if named:
            return named
    return []
