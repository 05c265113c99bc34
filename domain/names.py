"""Ids that people read: a cycle's id and the workflow ids made of it (SPEC section 5)."""

from __future__ import annotations

import re
import unicodedata

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def slug(text: str, *, most: int = 32) -> str:
    """Reduces text to lower-case ASCII words joined by hyphens; other scripts leave nothing."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_PLAIN.sub("-", plain).strip("-")[:most].strip("-")


def cycle_id(company: str, title: str, role_id: str, count: int) -> str:
    """Names a cycle: `acme-data-analyst-r0042-3` (company, role title, the role's id, a count)."""
    parts = (slug(company), slug(title, most=40), slug(role_id), str(count))
    return "-".join(part for part in parts if part)


def workflow_id(cycle: str) -> str:
    """Names the workflow of a cycle."""
    return f"cycle-{cycle}"


def cycle_of(workflow: str) -> str:
    """Names the cycle of a workflow id; the inverse of `workflow_id`."""
    return workflow.removeprefix("cycle-")
