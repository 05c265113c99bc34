"""A real browser, and the whole application on one machine for it to look at.

Debian's Chromium, driven by Playwright. Skipped where there is none, but for OUTREACH_TEST_BROWSER=1, which
`.ci/run` sets.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.house import House

NAMES = ("chromium", "chromium-browser", "google-chrome")


def program() -> str:
    """Names the browser, skips where there is none, fails where OUTREACH_TEST_BROWSER=1 demands one."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("OUTREACH_TEST_BROWSER") == "1":
        pytest.fail("OUTREACH_TEST_BROWSER=1 and no browser: apt-get install chromium")
    if found is None:
        pytest.skip("no browser: apt-get install chromium")
    return found


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a window; each test opens a context of its own in it."""
    found = program()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def house(browser: Browser) -> AsyncIterator[House]:
    """`up` as a real process, with sample records loaded and every letter waiting for a person's word."""
    with tempfile.TemporaryDirectory(prefix="outreach-browser-", ignore_cleanup_errors=True) as folder:
        house = House(Path(folder), browser)
        try:
            await house.open()
            yield house
        finally:
            await house.close()


@pytest_asyncio.fixture
async def demo(browser: Browser) -> AsyncIterator[House]:
    """`demo` as a real process, whose urgent letters wait for a person's word."""
    with tempfile.TemporaryDirectory(prefix="outreach-browser-", ignore_cleanup_errors=True) as folder:
        house = House(Path(folder), browser, OUTREACH_APPROVAL="urgent")
        try:
            await house.play()
            yield house
        finally:
            await house.close()
