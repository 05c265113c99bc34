"""`starter.py up` for a browser: its address, a person who is logged in, what is on the screen."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, ConsoleMessage, Page

from embedded.home import Home
from tests.acceptance import programs
from tests.acceptance.programs import Outcome, Program, looks
from tests.acceptance.theatre import KEPT

TOKEN = "a-token-for-the-browser"
PATIENCE = 30_000
"""Milliseconds that anything on a page may take, on a busy machine."""
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


class House:
    """The whole application on a home of its own."""

    def __init__(self, folder: Path, browser: Browser, **settings: str) -> None:
        self.folder = folder
        self.home = Home(folder / "home")
        self.url = ""
        self._browser = browser
        self._settings = {"OUTREACH_APPROVAL": "all"} | settings
        self._program: Program | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        """What its programs see."""
        return {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
            "COLUMNS": "200",
            "OUTREACH_HOME": str(self.home.path),
            "OUTREACH_LISTEN": "127.0.0.1:0",
            "OUTREACH_API_TOKEN": TOKEN,
            **self._settings,
        }

    async def open(self) -> None:
        """Starts `up`, loads the sample's records, learns where the dashboard is."""
        self._program = Program(["starter.py", "up"], self.environment, self.folder / "up.log")
        await self._program.start()
        await self._program.says("Ready", within=120)
        async for _ in looks(within=30):
            if (found := self.home.running()) and found.web_url:
                self.url = found.web_url
                break
        records = str(self.folder / "records")
        for command in (["sample", records], ["load", records]):
            done = await self.run(*command)
            assert done.code == 0, done.said

    async def play(self) -> None:
        """Plays `demo` to the end of its story; it then stays up."""
        self._program = Program(["starter.py", "demo"], self.environment, self.folder / "demo.log")
        await self._program.start()
        await self._program.says("Watch it in a browser", within=120)
        found = re.search(r"while it happens: (\S+)", self._program.output)
        assert found, self._program.output
        self.url = found[1]

    async def is_told(self, *, unread: int = 3) -> None:
        """Approves what comes to wait, but for a few letters, and returns once the demo's story was told."""
        assert self._program is not None
        headers = {"Authorization": f"Bearer {TOKEN}"}
        api = f"{self.url}/api/outreach/approvals/"
        async with httpx2.AsyncClient(headers=headers, timeout=30) as client:
            async for _ in looks(within=240):
                for one in (await client.get(api)).json()["drafts"][unread:]:
                    draft = (await client.get(f"{api}{one['id']}/")).json()
                    await client.post(f"{api}{one['id']}/approve/", json={"hash": draft["hash"]})
                if "Everything stays up" in self._program.output:
                    return
                await asyncio.sleep(0.5)
        raise AssertionError(f"the story has no end:\n{self._program.output}")

    async def run(self, *arguments: str) -> Outcome:
        """Runs a command beside it, to its end."""
        return await programs.run(["starter.py", *arguments], self.environment, self.folder, within=120)

    async def close(self) -> None:
        """Ends it as Ctrl-C does, or as it must."""
        if self._program is not None:
            if self._program.is_running:
                self._program.send(signal.SIGINT)
                with contextlib.suppress(AssertionError):
                    await self._program.ended(within=60)
            await self._program.kill()

    @asynccontextmanager
    async def visitor(self, *, dark: bool = False, size: Mapping[str, int] = DESKTOP) -> AsyncIterator[Page]:
        """Opens a window of its own, whose scripts may say nothing wrong."""
        context = await self._browser.new_context(
            base_url=self.url,
            viewport={"width": size["width"], "height": size["height"]},
            color_scheme="dark" if dark else "light",
        )
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if _is_wrong(said) else None)
        try:
            yield page
        finally:
            await context.close()
        assert not wrong, wrong

    async def log_in(self, page: Page, to: str = "/") -> None:
        """Logs in by the page that whoever is unknown is led to."""
        await page.goto(to)
        await page.get_by_label("Your token").fill(TOKEN)
        await page.get_by_role("button", name="Log in").click()
        await page.wait_for_url(f"**{to}")


def _is_wrong(said: ConsoleMessage) -> bool:
    """Leaves out answers that a test asks for on purpose, such as the one to a wrong token."""
    return said.type == "error" and "the server responded with a status of 4" not in said.text


async def check_access(page: Page) -> None:
    """Holds a page against axe-core: nothing serious or critical may be found."""
    found = await Axe().run(page)
    grave = [one for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
    told = [f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']]}" for one in grave]
    assert not told, f"{page.url}\n" + "\n".join(told)


async def check_width(page: Page) -> None:
    """Holds a page to its window: nothing sticks out of it to the side."""
    wide, window = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= window, f"{page.url} is {wide} pixels wide in a window of {window}"
