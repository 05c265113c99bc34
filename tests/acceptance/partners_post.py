"""Partners who answer: through a mail service that repeats its requests, or straight into a mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import httpx2

from desk import sweeping
from tests.acceptance import worlds
from tests.acceptance.programs import Program, looks
from tests.acceptance.theatre import Theatre

AUTH = ("hook", "a-long-password")
SERVING = {"OUTREACH_HOOK_POSTMARK_AUTH": ":".join(AUTH), "OUTREACH_LISTEN": "127.0.0.1:0"}


@dataclass(slots=True)
class WebServer:
    """A `serve` process, and where it listens."""

    program: Program
    url: str


async def serve(theatre: Theatre, **settings: str) -> WebServer:
    """Starts a web server of the theatre's; returns once it listens."""
    log = theatre.folder / f"serve-{len(theatre.programs)}.log"
    named = {"DATABASE_URL": f"{theatre.database_url}&application_name={log.stem}"}
    started = Program(["starter.py", "serve"], theatre.environment | SERVING | named | settings, log)
    theatre.programs.append(started)
    await started.start()
    await started.says("Mailbox")
    return WebServer(started, started.output.partition("Listening on ")[2].partition(";")[0])


def answer(theatre: Theatre, company: str, number: int = 1) -> bytes:
    """What a company writes back to its latest letter."""
    letter = theatre.post.letters_to(worlds.address(company))[-1]
    return (
        f"From: Ana <{worlds.address(company)}>\r\nTo: {letter['From']}\r\n"
        f"Subject: Re: {letter['Subject']}\r\n"
        f"Message-ID: <{company}-{number}@partner.example>\r\nDate: Mon, 1 Jun 2026 09:00:00 +0000\r\n"
        f"In-Reply-To: {letter['Message-ID']}\r\nReferences: {letter['Message-ID']}\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nYes, gladly. Could we meet on Thursday?\r\n"
    ).encode()


async def posted(client: httpx2.AsyncClient, url: str, raw: bytes) -> httpx2.Response:
    """Hands a message over once, as Postmark does."""
    body = {"RawEmail": raw.decode(), "OriginalRecipient": "sofia@beyond.example"}
    return await client.post(f"{url}/hooks/inbound/postmark", json=body, auth=AUTH)


async def delivered(client: httpx2.AsyncClient, server: WebServer, raw: bytes) -> None:
    """Hands a message over until it is taken, as every service does, and once more for good measure."""
    taken = 0
    async for _ in looks(within=90):
        try:
            taken += (await posted(client, server.url, raw)).status_code == 200
        except httpx2.HTTPError:
            continue  # the server is away: the service tries again
        if taken == 2:
            return
    raise AssertionError("nobody took the message")


async def sweep(theatre: Theatre) -> None:
    """Has the sweep come at once, half a minute after all that came in, which it leaves alone while fresh."""
    minute = timedelta(minutes=1)
    await theatre.pool.execute("update inbox set received_at = received_at - $1::interval", minute)
    await (await theatre.client()).get_schedule_handle(sweeping.ID).trigger()


async def swept(theatre: Theatre) -> None:
    """Sweeps until nothing is left to do."""
    for _ in range(20):
        await sweep(theatre)
        async for _ in looks(within=3):
            if not await theatre.value("select exists (select from inbox where told_at is null)"):
                return
    raise AssertionError(str(await theatre.rows("select id, status, attempts, error from inbox")))
