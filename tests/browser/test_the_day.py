"""A specialist's day in a real browser: approve a letter, watch it go, read the reply, mark a place."""

from __future__ import annotations

import re
from collections import Counter

from playwright.async_api import Locator, Page, expect

from tests.acceptance.programs import looks
from tests.browser.house import PHONE, House, check_access

WORDS = "They sound just right. Could we speak with them on Thursday?"


async def test_a_letter_is_approved_goes_out_is_answered_and_places_somebody(house: House) -> None:
    async with house.visitor() as page:
        page.on("dialog", lambda dialog: dialog.accept())
        await house.log_in(page, to="/approvals")
        await expect(page.get_by_text("Nothing waits")).to_be_visible()
        launched = await house.run("launch")
        assert launched.code == 0, launched.said
        person = await _in_two_letters(page)
        await _approve(page, person)
        await _answer(page, person)
        others = await _other_cycles(page, person)
        await _place(page, person)
        await _is_nowhere_else(page, person)
        assert others
        for cycle in others:
            await page.goto(cycle)
            row = page.locator("#candidates tr").filter(has_text=person)
            await expect(row).to_contain_text(re.compile("withdrawn|not pitched after all"))


async def _in_two_letters(page: Page) -> str:
    """Waits, on the page that hears of letters, for somebody who is in two of them."""
    async for _ in looks(within=60):
        cells = await page.locator("#drafts [data-name=Candidates]").all_inner_texts()
        named = Counter(name for cell in cells for name in cell.split(", "))
        if twice := [name for name, letters in named.items() if letters > 1]:
            return twice[0]
    raise AssertionError("nobody is in two letters")


async def _approve(page: Page, person: str) -> None:
    """Approves the first letter about somebody, by keyboard alone."""
    await _press(page, page.locator("#drafts tr").filter(has_text=person).first.locator("a").first)
    await page.wait_for_url("**/approvals/*")
    await check_access(page)
    letter = page.frame_locator("iframe.letter")
    await expect(letter.get_by_text(person, exact=True).first).to_be_visible()
    await _press(page, page.get_by_role("button", name="Approve"))
    await expect(page.get_by_role("status").filter(has_text="approved")).to_be_visible()


async def _press(page: Page, target: Locator) -> None:
    """Goes on by Tab until something has the focus, and presses Enter there."""
    for _ in range(150):
        await page.keyboard.press("Tab")
        if await target.evaluate("one => one === document.activeElement"):
            await page.keyboard.press("Enter")
            return
    raise AssertionError(f"no Tab leads to {target}")


async def _answer(page: Page, person: str) -> None:
    """Watches the letter go, and answers it as its reader."""
    await page.get_by_role("link", name="Mail", exact=True).click()
    await page.locator("#caught tbody a").first.click()
    await expect(page.frame_locator("iframe.letter").get_by_text(person, exact=True).first).to_be_visible()
    await check_access(page)
    await page.get_by_label("Your answer").fill(WORDS)
    await page.get_by_role("button", name="Send the answer").click()
    await expect(page.get_by_role("status").filter(has_text=re.compile("answer", re.I))).to_be_visible()


async def _other_cycles(page: Page, person: str) -> list[str]:
    """Names the pages of the cycles that somebody is in besides the one that was answered."""
    await page.get_by_role("link", name="Candidates", exact=True).click()
    await page.get_by_role("link", name=person, exact=True).first.click()
    rows = page.locator("#history tbody tr").filter(has_not_text="replied")
    links = rows.locator("a[href^='/cycles/']")
    return [str(await link.get_attribute("href")) for link in await links.all()]


async def _place(page: Page, person: str) -> None:
    """Reads the reply once it is there, and says that somebody is placed."""
    await page.get_by_role("link", name="Replies", exact=True).click()
    await page.locator("#post tbody td a").first.click()
    await expect(page.get_by_text(WORDS).first).to_be_visible()
    await check_access(page)
    outcomes = page.get_by_role("form", name=f"What became of {person}")
    await outcomes.get_by_role("button", name="Placed").click()
    await expect(page.get_by_role("status").filter(has_text="placed")).to_be_visible()


async def _is_nowhere_else(page: Page, person: str) -> None:
    """Sees that whoever is placed is put forward nowhere else."""
    await page.get_by_role("link", name=person).first.click()
    await expect(page.get_by_role("heading", level=1, name=person)).to_be_visible()
    await expect(page.locator("#history").get_by_text("placed").first).to_be_visible()
    await expect(page.locator("#momentum")).to_contain_text(re.compile(r"Live pitches\s*0"))


async def test_whoever_is_unknown_is_asked_for_a_token_and_led_on(house: House) -> None:
    async with house.visitor(size=PHONE) as page:
        await page.goto("/candidates?search=a")
        await check_access(page)
        await page.get_by_label("Your token").fill("wrong")
        async with page.expect_response("**/login") as answer:
            await page.get_by_role("button", name="Log in").click()
        assert (await answer.value).status == 403
    async with house.visitor(size=PHONE) as page:
        await house.log_in(page, to="/candidates")
        await expect(page.get_by_role("heading", level=1, name="Candidates")).to_be_visible()
        await page.keyboard.press("/")
        await page.keyboard.type("nobody of this name")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Nobody is like that")).to_be_visible()
        await _press(page, page.get_by_role("button", name="Log out"))
        await expect(page.get_by_label("Your token")).to_be_visible()
