"""Ids that people read: a cycle's id and the workflow ids made of it (SPEC section 5)."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def slug(text: str, *, most: int = 32) -> str:
    """Reduces text to lower-case ASCII words joined by hyphens; other scripts leave nothing."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_PLAIN.sub("-", plain).strip("-")[:most].strip("-")


def cycle_id(company: str, title: str, role_id: str, count: int) -> str:
    """Names a cycle: `acme-data-analyst-r0042-3` (company, role title, the role's id, a count).

    Never a bare number, which would read as the id of an e-mail: a role id that leaves no slug is
    represented by eight digits of its hash.
    """
    role = slug(role_id) or hashlib.sha256(role_id.encode()).hexdigest()[:8]
    return "-".join(part for part in (slug(company), slug(title, most=40), role, str(count)) if part)


def workflow_id(cycle: str) -> str:
    """Names the workflow of a cycle."""
    return f"cycle-{cycle}"


def cycle_of(workflow: str) -> str:
    """Names the cycle of a workflow id; the inverse of `workflow_id`."""
    return workflow.removeprefix("cycle-")


def decline_workflow_id(cycle: str, candidate_id: str) -> str:
    """Names the workflow that moves a declined candidate on."""
    return f"decline-{cycle}-{candidate_id}"


def mail_queue(task_queue: str) -> str:
    """Names the task queue of hand-overs to the mail server: the one place where their rate is capped."""
    return f"{task_queue}-mail"


def notice_workflow_id(notice_id: int) -> str:
    """Names the workflow that sends a notice."""
    return f"notice-{notice_id}"
