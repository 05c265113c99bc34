"""Every page and every endpoint that can be looked at, on a large world: 50,000 cycles, 100,000 e-mails."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from fastapi.routing import iter_route_contexts

from db import migrate
from db.pool import Pool, open_pool
from embedded.home import Services, temporary_home
from embedded.postgres import Postgres
from stack.mailroom import mailroom_of
from tests import large
from tests.web.front import Front
from web import api, pages

WARM = 3
RUNS = 40
MOST = 0.150
"""Seconds that 19 of 20 looks may take."""

EMAILS = 100_000
LETTER = """\
X-Catcher-Mail-From: bounces@replies.example
X-Catcher-Rcpt-To: tom@acme.example
From: James <james@beyond.example>
To: Tom <tom@acme.example>
Reply-To: James <reply+{number}@replies.example>
Subject: Interns for your role {number}
Message-ID: <{number}@beyond.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>Hi Tom,</p><p>I have three interns in mind.</p>
"""

CYCLE = """
select id from outreach_cycle where status = 'active' and stage is not null order by ordinal desc limit 1
"""
SAMPLES = {
    "cycles": f"select id from ({CYCLE}) one",
    "letters": f"select max(id) from outreach_log where cycle_id in ({CYCLE}) and sent_at is not null",
    "candidates": "select candidate_id from candidate_outreach_history group by 1 order by count(*) desc",
    "companies": "select company_id from outreach_cycle group by 1 order by count(*) desc limit 1",
    "roles": "select role_id from outreach_cycle where status = 'active' order by ordinal desc limit 1",
    "runs": "select id from outreach_run order by created_at desc limit 1",
    "messages": "select id from inbox where form = 'mail' order by id desc limit 1",
    "inbox": "select id from inbox where form = 'mail' order by id desc limit 1",
    "replies": "select id from inbox where form = 'mail' order by id desc limit 1",
    "approvals": "select id from draft order by id desc limit 1",
}
"""What a path's first parameter stands for, by the noun before it: whatever there is most of."""

MORE = (
    ("GET", "/cycles?search=analyst"),
    ("GET", "/cycles?standing=closed&outcome=no_response"),
    ("GET", "/cycles?unsettled=true"),
    ("GET", "/candidates?search=a"),
    ("GET", "/companies?search=a"),
    ("GET", "/replies?show=people"),
    ("GET", "/launch?after=200"),
    ("GET", "/analytics?since=2026-03-01&until=2026-04-30"),
    ("POST", "/api/outreach/trigger/?dry_run=true"),
    ("POST", "/api/outreach/follow-up/trigger/?dry_run=true"),
)
"""Looks with options, and those that the brief asks for by POST; none changes anything."""

ACTIVE = "select id from outreach_cycle where status = 'active' and stage is not null order by ordinal desc"
DEEDS = {
    "/api/outreach/response/{id}/": f"{ACTIVE} limit {WARM + RUNS}",
    "/api/outreach/cycles/{id}/pause/": f"{ACTIVE} offset 200 limit {WARM + RUNS}",
    "/api/outreach/cycles/{id}/resume/": f"""
        select id from outreach_cycle where status = 'held' and held_reason = 'person' order by ordinal desc
        limit {WARM + RUNS}""",
    "/api/outreach/cycles/{id}/stop/": f"{ACTIVE} offset 400 limit {WARM + RUNS}",
    "/api/outreach/candidates/{id}/withdraw/": f"""
        select id from candidate_now where status = 'available' order by id limit {WARM + RUNS}""",
    "/api/outreach/roles/{id}/close/": f"select id from role where status = 'open' limit {WARM + RUNS}",
    "/api/outreach/companies/{id}/suppress/": f"select id from company limit {WARM + RUNS}",
}
"""What changes something, each time something else; nobody tells Temporal, which does not run here."""

HAPPENS = """
insert into cycle_event (cycle_id, at, kind, detail)
select id, created_at, 'released', '' from outreach_cycle where status = 'active' order by ordinal limit 1
"""
"""A thread moves on: what was counted before is counted anew at the next look."""

AWAY = ("/api/outreach/schedule/",)
"""What Temporal alone knows, which does not run here."""

ANEW = (("GET", "/api/outreach/analytics/"), ("GET", "/analytics"))


async def main() -> None:
    """Prints the median, the 95th percentile and the slowest of each."""
    async with temporary_home() as home, Postgres(home.path, durable=False) as postgres:
        services = Services(1, "", "", "", "smtp://127.0.0.1:9", str(_caught(home.path / "mail")))
        await migrate.upgrade(postgres.url)
        pool = await open_pool(postgres.url)
        try:
            async with pool.acquire() as conn:
                await large.fill(conn)
            async with Front(pool, mailroom=mailroom_of(services, "replies.example")).open() as front:
                await _measure(front)
        finally:
            await pool.close()


def _caught(folder: Path) -> Path:
    """Fills a folder as the catcher does, with a letter for each e-mail of the world."""
    folder.mkdir()
    for number in range(1, EMAILS + 1):
        letter = LETTER.format(number=number)
        (folder / f"{number:06}-interns-for-your-role.eml").write_text(letter, "utf-8")
    return folder


async def _measure(front: Front) -> None:
    samples = await _samples(front.pool)
    print(f"{'path':60}{'status':>7}{'bytes':>10}{'p50':>9}{'p95':>9}{'slowest':>9}")
    every = [("GET", path) for path in sorted(_paths(front, samples))]
    slow = [await _look(front, method, path) for method, path in (*every, *MORE)]
    for path, ids in DEEDS.items():
        named = [quote(row["id"], safe="") for row in await front.pool.fetch(ids)]
        slow.append(await _time(front, "POST", path, [path.format(id=one) for one in named]))
    print(f"slower than {MOST * 1000:.0f} ms at the 95th percentile: {sum(slow)} of {len(slow)}")
    print("the first look after a thread has moved on:")
    for method, path in ANEW:
        await _look(front, method, path, before=HAPPENS)


async def _look(front: Front, method: str, path: str, before: str = "") -> bool:
    return await _time(front, method, path, [path] * (WARM + RUNS), before)


async def _time(front: Front, method: str, name: str, paths: Sequence[str], before: str = "") -> bool:
    """Prints how long each takes, after a statement; tells whether that is too long."""
    times = []
    for path in paths:
        if before:
            await front.pool.execute(before)
        began = time.perf_counter()
        answer = await front.client.request(method, path)
        times.append(time.perf_counter() - began)
        assert answer.status_code < 400 or path in AWAY, f"{path}: {answer.text}"
    p95 = statistics.quantiles(times[WARM:], n=20)[-1]
    print(
        f"{name if method == 'GET' else f'{method} {name}':60}"
        f"{answer.status_code:>7}{len(answer.content):>10,}"
        f"{statistics.median(times[WARM:]) * 1000:>6.0f} ms{p95 * 1000:>6.0f} ms"
        f"{max(times[WARM:]) * 1000:>6.0f} ms{'  !' if p95 > MOST else ''}",
        flush=True,
    )
    return p95 > MOST


def _paths(front: Front, samples: Mapping[str, str]) -> Iterator[str]:
    """Names every path that only looks, with ids of what there is most of in it."""
    for room in (api, pages):
        for route in iter_route_contexts(room.router(front.house).routes):
            if route.path and "GET" in (route.methods or ()):
                yield _filled(route.path, samples)


def _filled(path: str, samples: Mapping[str, str]) -> str:
    parts = path.split("/")
    for place, part in enumerate(parts):
        if part.startswith("{"):
            parts[place] = {"{stage}": "initial"}.get(part) or samples.get(parts[place - 1], "1")
    return "/".join(parts)


async def _samples(pool: Pool) -> dict[str, str]:
    return {noun: str(await pool.fetchval(query) or 1) for noun, query in SAMPLES.items()}
