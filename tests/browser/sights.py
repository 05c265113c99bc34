"""Every page there is to see, found as a person finds it: by following links from the navigation."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.async_api import Page

SIGHTS: Mapping[str, tuple[str, ...]] = {
    "today": ("/",),
    "cycles": ("/cycles",),
    "cycle": ("/cycles?outcome=responded", "main tbody a[href^='/cycles/']"),
    "candidates": ("/candidates",),
    "candidate": ("/candidates", "main tbody a[href^='/candidates/']"),
    "companies": ("/companies",),
    "company": ("/companies", "main tbody a[href^='/companies/']"),
    "runs": ("/runs",),
    "run": ("/runs", "main tbody a[href^='/runs/']"),
    "launch": ("/launch",),
    "letter": ("/cycles", "main tbody a[href^='/cycles/']", "#facts a[href*='/letters']"),
    "replies": ("/replies",),
    "reply": ("/replies?show=people", "#post tbody a[href^='/replies/']"),
    "approvals": ("/approvals",),
    "approval": ("/approvals", "#drafts tbody a"),
    "analytics": ("/analytics",),
    "settings": ("/settings",),
    "mail": ("/mail",),
    "mail-letter": ("/mail", "#caught tbody a"),
    "docs": ("/docs",),
}
"""A page's name, its address, and which links to follow from there."""


async def see(page: Page, name: str) -> None:
    """Goes to a page and waits until it stands still."""
    start, *links = SIGHTS[name]
    await page.goto(start)
    for link in links:
        await page.goto(str(await page.locator(link).first.get_attribute("href")))
    await page.wait_for_load_state("load")
    if name == "docs":
        await page.locator(".opblock").first.wait_for()
    await page.wait_for_timeout(400)
