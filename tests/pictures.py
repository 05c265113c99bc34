"""`make pictures`: takes the pictures of every page in docs/pictures/, light and dark, desktop and phone."""

from __future__ import annotations

import asyncio
import io
import os
import pty
import re
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright
from rich.console import Console
from rich.text import Text

from tests.browser.conftest import program
from tests.browser.house import DESKTOP, PHONE, House
from tests.browser.sights import SIGHTS, see

COLUMNS = 110
DEMO = [sys.executable, "starter.py", "demo", "--exit"]
FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
LOOKS = {
    "light-desktop": (False, DESKTOP),
    "dark-desktop": (True, DESKTOP),
    "light-phone": (False, PHONE),
    "dark-phone": (True, PHONE),
}


async def main() -> None:
    """Plays the demo, on a terminal and in a browser, and takes every picture."""
    _take_the_terminal()
    with tempfile.TemporaryDirectory(prefix="outreach-pictures-", ignore_cleanup_errors=True) as folder:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
            house = House(Path(folder), browser, OUTREACH_APPROVAL="urgent")
            try:
                await house.play()
                await house.is_told()
                for look, (dark, size) in LOOKS.items():
                    await _take(house, look, dark=dark, size=size)
            finally:
                await house.close()


def _take_the_terminal() -> None:
    """Takes the frame of the demo that shows most: its middle one."""
    said = bytearray()

    def hear(terminal: int) -> bytes:
        heard = os.read(terminal, 65_536)
        said.extend(heard)
        return heard

    size = {"COLUMNS": str(COLUMNS), "LINES": "44", "TERM": "xterm-256color"}
    pty.spawn(["env", *(f"{name}={value}" for name, value in size.items()), *DEMO], hear)
    frames = said.decode().split("Outreach demo")[1:-1]
    frame = re.split(r"\x1b\[\d*[A-KS]|\r\x1b", frames[len(frames) // 2])[0].replace("\r", "")
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(f"Outreach demo{frame}".rstrip()))
    drawn = console.export_svg(title="make demo")
    (FOLDER / "demo.svg").write_text(
        re.sub(r"\s*@font-face {[^}]*}", "", drawn), "utf-8"
    )  # fetched elsewhere


async def _take(house: House, look: str, *, dark: bool, size: dict[str, int]) -> None:
    async with house.visitor(dark=dark, size=size) as page:
        await page.goto("/")
        await page.screenshot(path=FOLDER / f"login-{look}.png")
        await house.log_in(page)
        for name in SIGHTS:
            await see(page, name)
            await page.screenshot(path=FOLDER / f"{name}-{look}.png")
            print(f"{name}-{look}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
