"""Who holds everything over the web has an answer in time, even while a mail server takes its own."""

from __future__ import annotations

import pytest

from db import pending, sending
from desk import steering
from tests.fill import fill
from tests.scenes import book, claim
from tests.web.front import Front


@pytest.mark.parametrize(
    ("path", "sent"), [("/api/outreach/hold-all/", {}), ("/settings/hold-all", {"data": {"sure": "yes"}})]
)
async def test_it_is_held_at_once_and_what_may_still_go_is_said(
    front: Front, monkeypatch: pytest.MonkeyPatch, path: str, sent: dict[str, dict[str, str]]
) -> None:
    monkeypatch.setattr(steering, "PATIENCE", 0.1)
    await fill(front.pool)
    (first, *_) = await book(front.pool)
    assert isinstance(await claim(front.pool, first), sending.Claimed)
    answer = await front.client.post(path, timeout=5, **sent)
    assert answer.status_code in (200, 303)
    said = answer.text if answer.status_code == 200 else (await front.client.get("/settings")).text
    assert "may still go out" in " ".join(said.split())
    assert await pending.hold_all(front.pool)
