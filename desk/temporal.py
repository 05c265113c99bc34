"""Connects to Temporal, and says what to start where it does not answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError, RPCStatusCode

from domain import errors

PATIENCE = 10.0
"""Seconds for a server to take the connection: a firewall that swallows packets never refuses one."""

_INNERMOST = re.compile(r'(?:message|error): "([^"]+)"')


async def connect(profile: Mapping[str, Any], address: str | None = None) -> Client:
    """Connects by Temporal's own settings (`ClientConfigProfile.to_client_connect_config()`).

    `address` is where the embedded server answers; it counts only if the settings name none. Raises
    `errors.TemporalDown` naming the address, the setting and what to start.
    """
    config = dict(profile)
    named = "target_host" in config
    target = config.setdefault("target_host", address)
    if target is None:
        raise errors.TemporalDown(
            "Temporal is not running: start `starter.py up`, or set TEMPORAL_ADDRESS to your server"
        )
    try:
        return await asyncio.wait_for(
            Client.connect(**config, data_converter=pydantic_data_converter), PATIENCE
        )
    except (RuntimeError, ValueError, RPCError, TimeoutError) as failed:
        raise errors.TemporalDown(_silent(target, named, _words(failed))) from failed


def _silent(target: str, named: bool, words: str) -> str:
    if named:
        return (
            f"Temporal at {target} (TEMPORAL_ADDRESS) does not answer ({words}): start it, or unset "
            "TEMPORAL_ADDRESS and run `starter.py up`"
        )
    return (
        f"the embedded Temporal at {target} does not answer ({words}): `up` starts it again within seconds; "
        "if it does not, end `up` with Ctrl-C and start it anew"
    )


def down(failed: RPCError) -> errors.OutreachError:
    """Says that Temporal went away in the middle of something, or that it does not let us in."""
    if failed.status == RPCStatusCode.NOT_FOUND and failed.message.startswith("Namespace "):
        return errors.BadSetting(
            f"TEMPORAL_NAMESPACE: {failed.message.rstrip('.')}; name one that is there, or make it with "
            "`temporal operator namespace create`"
        )
    if failed.status in (RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNAUTHENTICATED):
        return errors.BadSetting(
            f"Temporal refuses us ({failed.message}); check TEMPORAL_NAMESPACE and TEMPORAL_API_KEY"
        )
    return errors.TemporalDown(f"Temporal does not answer ({failed.message}); try again once it does")


def _words(failed: BaseException) -> str:
    """What went wrong, without the layers around it."""
    if isinstance(failed, TimeoutError):
        return f"nothing for {PATIENCE:.0f} seconds"
    found = _INNERMOST.findall(str(failed))
    return found[-1] if found else str(failed).partition("\n")[0] or type(failed).__name__
