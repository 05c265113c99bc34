"""`make pictures`: takes the pictures of every page in docs/pictures/, light and dark, desktop and phone."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.browser.conftest import program
from tests.browser.house import DESKTOP, PHONE, House
from tests.browser.sights import SIGHTS, see

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
LOOKS = {
    "light-desktop": (False, DESKTOP),
    "dark-desktop": (True, DESKTOP),
    "light-phone": (False, PHONE),
    "dark-phone": (True, PHONE),
}


async def main() -> None:
    """Plays the demo and takes every picture."""
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
