"""The search attributes of SPEC section 5, in one place: ids, words and times, never people."""

from __future__ import annotations

from typing import Any

from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    SearchAttributeUpdate,
    TypedSearchAttributes,
)

from domain.cadence import Next
from domain.messages import CycleStart

COMPANY = SearchAttributeKey.for_keyword("OutreachCompany")
ROLE = SearchAttributeKey.for_keyword("OutreachRole")
STAGE = SearchAttributeKey.for_keyword("OutreachStage")
OUTCOME = SearchAttributeKey.for_keyword("OutreachOutcome")
URGENT = SearchAttributeKey.for_bool("OutreachUrgent")
GENERATION = SearchAttributeKey.for_int("OutreachGeneration")
CANDIDATES = SearchAttributeKey.for_keyword_list("OutreachCandidates")
NEXT_ACTION_AT = SearchAttributeKey.for_datetime("OutreachNextActionAt")

ALL = (COMPANY, ROLE, STAGE, OUTCOME, URGENT, GENERATION, CANDIDATES, NEXT_ACTION_AT)


def at_start(start: CycleStart) -> TypedSearchAttributes:
    """Names a cycle's attributes as it is started: these cost nothing."""
    pairs: list[SearchAttributePair[Any]] = [
        _pair(COMPANY, start.company_id),
        _pair(ROLE, start.role_id),
        _pair(STAGE, stage_word(start.next)),
        _pair(URGENT, start.next.urgent),
        _pair(GENERATION, start.generation),
        _pair(CANDIDATES, list(start.next.candidate_ids)),
    ]
    if start.next.at is not None:
        pairs.append(_pair(NEXT_ACTION_AT, start.next.at))
    return TypedSearchAttributes(pairs)


def changed(before: Next, after: Next) -> list[SearchAttributeUpdate[Any]]:
    """Names the updates between two steps, to be sent in one call; empty if nothing changed."""
    updates: list[SearchAttributeUpdate[Any]] = []
    if stage_word(before) != stage_word(after):
        updates.append(_set(STAGE, stage_word(after)))
    if before.urgent != after.urgent:
        updates.append(_set(URGENT, after.urgent))
    if before.candidate_ids != after.candidate_ids and after.do != "end":
        updates.append(_set(CANDIDATES, list(after.candidate_ids)))
    if before.at != after.at:
        updates.append(NEXT_ACTION_AT.value_unset() if after.at is None else _set(NEXT_ACTION_AT, after.at))
    if after.outcome is not None and before.outcome != after.outcome:
        updates.append(_set(OUTCOME, after.outcome))
    return updates


def stage_word(step: Next) -> str:
    """Says where a thread stands: held, the last stage sent, else that it waits or is about to begin."""
    if step.do == "await_release":
        return "held"
    if step.last_stage is not None:
        return step.last_stage
    return {"await_slot": "waiting", "end": "none"}.get(step.do, "planned")


def _pair(key: SearchAttributeKey[Any], value: Any) -> SearchAttributePair[Any]:
    return SearchAttributePair(key, value)


def _set(key: SearchAttributeKey[Any], value: Any) -> SearchAttributeUpdate[Any]:
    return key.value_set(value)
