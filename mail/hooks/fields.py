"""Reads untrusted JSON field by field; whatever is not as promised is `Malformed`, by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from mail.hooks.port import Malformed


class Record:
    """A JSON object that knows where it stands, so that a complaint names the field."""

    def __init__(self, values: Mapping[str, Any], place: str = "") -> None:
        self._values = values
        self._place = place

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    @property
    def values(self) -> Mapping[str, Any]:
        """The object itself."""
        return self._values

    def text(self, name: str, default: str | None = None) -> str:
        """Returns a string, or the default where it is absent or null."""
        value = self._get(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, "a string")
        return value

    def label(self, name: str) -> str:
        """Returns a string or a whole number as text; empty where it is absent or null."""
        value = self._get(name, "")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self._wrong(name, "a string or a whole number")
        try:
            return str(value)
        except ValueError:
            raise self._wrong(name, "a number of fewer digits") from None

    def flag(self, name: str) -> bool:
        """Returns a boolean; False where it is absent or null."""
        value = self._get(name, False)
        if not isinstance(value, bool):
            raise self._wrong(name, "true or false")
        return value

    def record(self, name: str) -> Record:
        """Returns an object; an empty one where it is absent or null."""
        value = self._get(name, {})
        if not isinstance(value, dict):
            raise self._wrong(name, "an object")
        return Record(value, f"{self._place}{name}.")

    def records(self, name: str) -> list[Record]:
        """Returns a list of objects; an empty one where it is absent or null."""
        return records(self._get(name, []), f"{self._place}{name}")

    def texts(self, name: str) -> list[str]:
        """Returns a list of strings; an empty one where it is absent or null."""
        value = self._get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(name, "a list of strings")
        return value

    def instant(self, name: str) -> datetime | None:
        """Returns an ISO 8601 date and time in UTC, None where it is absent; without a zone it is UTC."""
        text = self.text(name, "")
        if not text:
            return None
        try:
            value = datetime.fromisoformat(text)
            return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError):
            raise self._wrong(name, "a date and time as in ISO 8601") from None

    def unix_time(self, name: str) -> datetime | None:
        """Returns a Unix time (a number, or its digits) in UTC, None where it is absent."""
        value = self._get(name, "")
        if value == "":
            return None
        try:
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                raise ValueError
            return datetime.fromtimestamp(float(value), UTC)
        except (ValueError, OverflowError, OSError):
            raise self._wrong(name, "a Unix time in seconds") from None

    def _get(self, name: str, default: Any) -> Any:
        value = self._values.get(name)
        if value is not None:
            return value
        if default is None:
            raise Malformed(f"{self._place}{name} is missing")
        return default

    def _wrong(self, name: str, expected: str) -> Malformed:
        return Malformed(f"{self._place}{name}: expected {expected}")


def record(text: str | bytes, place: str = "the body") -> Record:
    """Reads a JSON object."""
    value = _parse(text, place)
    if not isinstance(value, dict):
        raise Malformed(f"{place}: expected a JSON object")
    return Record(value, "" if place == "the body" else f"{place}.")


def records(value: Any, place: str) -> list[Record]:
    """Takes a list of JSON objects apart."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Malformed(f"{place}: expected a list of objects")
    return [Record(item, f"{place}[{number}].") for number, item in enumerate(value)]


def many(text: str | bytes, place: str = "the body") -> list[Record]:
    """Reads a JSON list of objects."""
    return records(_parse(text, place), place)


def listed(text: str | bytes, place: str) -> list[Any]:
    """Reads a JSON list of whatever."""
    value = _parse(text, place)
    if not isinstance(value, list):
        raise Malformed(f"{place}: expected a JSON list")
    return value


def _parse(text: str | bytes, place: str) -> Any:
    try:
        source = text.decode("utf-8") if isinstance(text, bytes) else text
        return json.loads(source, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Malformed(f"{place}: expected JSON in UTF-8") from None


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
