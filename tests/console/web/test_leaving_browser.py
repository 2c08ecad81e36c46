"""What every page does with words that nobody has saved, and with what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.console.answers.pages import DETAILS, RU
from tests.console.browsing import desk
from tests.console.house import ANNA, DINA, House

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = pytest.mark.browser

LANGUAGE = "form.languages button[value=kk]"
WARNED = "dialog: "
"""How ``Desk`` notes the browser's own question whether to leave; it says no."""


async def asks_before(page: Page, faults: list[str], button: str) -> bool:
    """Whether the browser asks before a button takes the reader away."""
    async with page.expect_event("dialog"):
        await page.locator(button).click()
    return faults.pop() == WARNED


async def test_another_form_of_the_page_does_not_take_away_what_is_being_written(
    house: House,
) -> None:
    """Rule: choosing a language or signing out asks first, as closing the tab does."""
    async with desk(house) as at:
        page = await at.page(ANNA)
        await page.goto(at.address + RU)
        await page.locator('textarea[name="part-eaeu"]').fill("Долго писали.")
        for button in (LANGUAGE, "form.who button"):
            assert await asks_before(page, at.faults, button)
            assert page.url == at.address + RU
        await page.locator('button[value="save"]').click()  # its own button does not ask
        await page.wait_for_url("**/ru?proposal=*")
        await page.locator(LANGUAGE).click()
        await page.wait_for_url("**/ru?proposal=*")
        assert "Долго писали." in await page.locator('textarea[name="part-eaeu"]').input_value()


async def test_what_was_sent_and_refused_is_not_lost_either(house: House) -> None:
    async with desk(house) as at:
        page = await at.page(ANNA)
        await page.goto(at.address + DETAILS)
        await page.locator('input[name="checked_on"]').fill("yesterday")
        await page.locator('button[value="save"]').click()
        await page.locator('input[name="checked_on"][aria-invalid]').wait_for()
        assert await asks_before(page, at.faults, LANGUAGE)


async def test_what_went_wrong_is_where_the_keyboard_is(house: House) -> None:
    """WCAG 2.2, 3.3.1: who does not see the page is told that nothing was saved, and why."""
    async with desk(house) as at:
        page = await at.page(ANNA)
        await page.goto(at.address + DETAILS)
        assert await page.evaluate("document.activeElement === document.body")
        await page.locator('input[name="checked_on"]').fill("yesterday")
        await page.keyboard.press("Enter")
        await page.locator('input[name="checked_on"][aria-invalid]').wait_for()
        assert "Not done." in await page.locator(":focus").inner_text()
        coordinator = await at.page(DINA)
        await coordinator.goto(f"{at.address}/people")
        await coordinator.locator('input[name="user"]').fill("x")
        await coordinator.keyboard.press("Enter")
        await coordinator.locator("#add-fault").wait_for()
        assert "digits only" in await coordinator.locator(":focus").inner_text()
