"""What programs write beside their answers: one line each, in one format, without colours in a pipe."""

from __future__ import annotations

import logging

from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def for_a_command() -> None:
    """Leaves what Temporal's core retries unsaid: a command says itself, once, what does not answer."""
    _temporal(LoggingConfig(filter=TelemetryFilter(core_level="ERROR", other_level="ERROR")))


def for_a_server(level: int) -> None:
    """Writes what happens to stderr, from this level on; a step's failure is said once, by us."""
    logging.basicConfig(level=level, format=FORMAT)
    logging.getLogger("temporalio.activity").addFilter(_is_news)
    _temporal(
        LoggingConfig(
            filter=TelemetryFilter(core_level="WARN", other_level="ERROR"),
            forwarding=LogForwardingConfig(logging.getLogger("temporalio.core"), append_target_to_name=False),
        )
    )


def _temporal(config: LoggingConfig) -> None:
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=config)), error_if_already_set=False)


def _is_news(record: logging.LogRecord) -> bool:
    """Leaves out what `activities.failures` has said already, in one line."""
    return record.msg != "Completing activity as failed"
