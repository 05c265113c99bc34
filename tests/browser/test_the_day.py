"""A specialist's day in a real browser: approve a letter, watch it go, read the reply, mark a place."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.house import PHONE, House, check_access

WORDS = "They sound just right. Could we speak with them on Thursday?"


async def test_a_letter_is_approved_goes_out_is_answered_and_places_somebody(house: House) -> None:
    async with house.visitor() as page:
        page.on("dialog", lambda dialog: dialog.accept())
        await house.log_in(page, to="/approvals")
        await expect(page.get_by_text("Nothing waits")).to_be_visible()
        launched = await house.run("launch")
        assert launched.code == 0, launched.said
        person = await _approve(page)
        await _answer(page, person)
        await _place(page, person)
        await _others_go_on_without(page, person)


async def _approve(page: Page) -> str:
    """Approves the first letter that comes to wait, by the page that hears of it; returns who it is about."""
    await page.locator("#drafts tbody a").first.click()
    await check_access(page)
    person = await page.locator(".people a").first.inner_text()
    letter = page.frame_locator("iframe.letter")
    await expect(letter.get_by_text(person, exact=True).first).to_be_visible()
    await page.get_by_role("button", name="Approve").click()
    await expect(page.get_by_role("status").filter(has_text="approved")).to_be_visible()
    return person


async def _answer(page: Page, person: str) -> None:
    """Watches the letter go, and answers it as its reader."""
    await page.get_by_role("link", name="Mail", exact=True).click()
    await page.locator("#caught tbody a").first.click()
    await expect(page.frame_locator("iframe.letter").get_by_text(person, exact=True).first).to_be_visible()
    await check_access(page)
    await page.get_by_label("Your answer").fill(WORDS)
    await page.get_by_role("button", name="Send the answer").click()
    await expect(page.get_by_role("status").filter(has_text=re.compile("answer", re.I))).to_be_visible()


async def _place(page: Page, person: str) -> None:
    """Reads the reply once it is there, and says that somebody is placed."""
    await page.get_by_role("link", name="Replies", exact=True).click()
    await page.locator("#post tbody td a").first.click()
    await expect(page.get_by_text(WORDS).first).to_be_visible()
    await check_access(page)
    outcomes = page.get_by_role("form", name=f"What became of {person}")
    await outcomes.get_by_role("button", name="Placed").click()
    await expect(page.get_by_role("status").filter(has_text="placed")).to_be_visible()


async def _others_go_on_without(page: Page, person: str) -> None:
    """Sees that whoever is placed has left every other cycle."""
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
        await page.get_by_role("button", name="Log out").click()
        await expect(page.get_by_label("Your token")).to_be_visible()
