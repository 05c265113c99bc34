"""The full dev server for workflow tests, with skipped time (a clock per workflow) or without."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from temporalio.common import SearchAttributeKey
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from embedded import temporal

_SKIPPING = ["--dynamic-config-value", "frontend.WorkflowTimeSkippingEnabled=true"]


async def skipping_env(
    search_attributes: Sequence[SearchAttributeKey[Any]] = (), **options: Any
) -> WorkflowEnvironment:
    """Starts a dev server whose workflows skip their sleeps; use it with `async with`.

    To act in mid-cycle, start the workflow inside `env.with_time_skipping_disabled()` and then
    `env.fast_forward(handle, …)`.
    """
    return await WorkflowEnvironment.start_time_skipping_v2(
        data_converter=pydantic_data_converter,
        search_attributes=search_attributes,
        dev_server_existing_path=temporal.find_cli(),
        dev_server_extra_args=[*temporal.DEV_SERVER_ARGS, *_SKIPPING],
        dev_server_startup_timeout=timedelta(seconds=60),
        **options,
    )


async def local_env(
    search_attributes: Sequence[SearchAttributeKey[Any]] = (), **options: Any
) -> WorkflowEnvironment:
    """Starts a dev server in real time, its state in memory; use it with `async with`."""
    return await WorkflowEnvironment.start_local(
        data_converter=pydantic_data_converter,
        search_attributes=search_attributes,
        dev_server_existing_path=temporal.find_cli(),
        dev_server_extra_args=temporal.DEV_SERVER_ARGS,
        dev_server_startup_timeout=timedelta(seconds=60),
        **options,
    )
