"""The demo in a real browser: it is seen happening, and every page can be used by everybody."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.house import PHONE, House, check_access, check_width
from tests.browser.sights import SIGHTS, see

TABS = 8
"""More than the connections that a browser opens to one server."""


async def test_the_demo_is_seen_happening_and_every_page_can_be_used(demo: House) -> None:
    async with demo.visitor() as first:
        await demo.log_in(first)
        for _ in range(TABS):
            page = await first.context.new_page()
            await page.goto(first.url)
            await expect(page.locator("#live-state")).to_have_text("live")
        await first.close()
        await page.evaluate("window.before = true")
        await expect(page.locator("#page")).to_contain_text(re.compile("Follow-up 2"))
        assert await page.evaluate("window.before"), "the page was loaded again"
    await demo.is_told()
    for dark, size in ((False, None), (True, PHONE)):
        async with demo.visitor(dark=dark, **({"size": size} if size else {})) as page:
            await demo.log_in(page)
            for name in SIGHTS:
                await see(page, name)
                if name != "docs":  # Swagger UI's own
                    await check_access(page)
                    await check_width(page)
