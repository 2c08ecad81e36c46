"""A form of an earlier session, in a real browser: it is said, and nothing written is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.console.access.sessions import COOKIE
from bot.store.review import Question, Why
from tests.console.browsing import every_look, signed_in
from tests.console.house import ANNA, House

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = pytest.mark.browser


async def asked(house: House, *texts: str) -> None:
    day, cases = house.parts.clock.today().isoformat(), house.parts.store.cases
    for text in texts:
        await cases.write([cases.to_review(Question(day, text, "ru", "cyrl", Why.LOST))])


async def sign_in_elsewhere(house: House, page: Page, address: str) -> None:
    """In another tab: what was open belongs to a session that is not this one's."""
    await house.parts.store.console.offer("again", ANNA)
    tab = await page.context.new_page()
    await tab.goto(f"{address}/sign-in/again")
    await tab.locator("main button").click()
    await tab.wait_for_url(f"{address}/")
    await tab.close()


async def waiting(house: House) -> int:
    return len(await house.parts.store.cases.review(house.parts.clock.now()))


async def test_a_stale_form_says_so_keeps_what_was_written_and_can_be_sent_again(
    house: House,
) -> None:
    await asked(house, "сколько стоит новый документ", "какая сегодня погода")
    async with signed_in(house, ANNA) as (page, address):
        await page.goto(f"{address}/teach")
        cards = page.get_by_role("article")
        first, second = cards.first, cards.last
        await first.get_by_label("What the bot learns").fill("written by hand")
        await second.get_by_label("What the bot learns").fill("in another card")
        await sign_in_elsewhere(house, page, address)

        await first.get_by_role("button", name="Discard").click()
        message = page.get_by_role("alert")
        await expect(message).to_contain_text("Nothing was saved")
        await expect(message).to_be_in_viewport()
        await expect(cards).to_have_count(2)
        await expect(first.get_by_label("What the bot learns")).to_have_value("written by hand")
        await expect(second.get_by_label("What the bot learns")).to_have_value("in another card")
        assert page.url == f"{address}/teach"
        assert await waiting(house) == 2
        unsaved = page.locator('form[data-draft="unsaved"]')
        await expect(unsaved).to_have_count(2)  # who leaves now is asked
        assert await every_look(page) == []

        await first.get_by_role("button", name="Discard").click()
        await expect(page.get_by_text("Discarded. Nothing was taught.")).to_be_visible()
        await expect(page.get_by_role("alert")).to_have_count(0)
        await expect(second.get_by_label("What the bot learns")).to_have_value("in another card")
        assert await waiting(house) == 1


async def test_who_is_signed_out_keeps_the_page_and_is_told_once_more(house: House) -> None:
    await asked(house, "сколько стоит новый документ")
    async with signed_in(house, ANNA) as (page, address):
        await page.goto(f"{address}/teach")
        card = page.get_by_role("article")
        await card.get_by_label("What the bot learns").fill("written by hand")
        await page.context.clear_cookies(name=COOKIE)
        for _ in range(2):
            await card.get_by_role("button", name="Discard").click()
            message = page.get_by_role("alert").filter(has_text="Your session has ended")
            await expect(message).to_have_count(1)
            await expect(message.get_by_role("link")).to_have_attribute("target", "_blank")
        await expect(card.get_by_label("What the bot learns")).to_have_value("written by hand")
        await message.get_by_role("button", name="Close").click()
        await expect(page.get_by_role("alert")).to_have_count(0)


async def test_a_filter_that_cannot_be_answered_leaves_the_list_alone(house: House) -> None:
    async with signed_in(house, ANNA) as (page, address):
        await page.goto(f"{address}/answers")
        rows = await page.locator("#found tbody tr").count()
        assert rows > 0
        await page.context.clear_cookies(name=COOKIE)
        await page.locator("main form input[type=search]").first.fill("налог")
        await expect(page.get_by_role("alert").first).to_contain_text("Your session has ended")
        await expect(page.locator("#found tbody tr")).to_have_count(rows)
        assert page.url == f"{address}/answers"


async def test_a_console_that_does_not_answer_is_told(house: House) -> None:
    await asked(house, "сколько стоит новый документ")
    async with signed_in(house, ANNA) as (page, address):
        await page.goto(f"{address}/teach")
        card = page.get_by_role("article")
        await card.get_by_label("What the bot learns").fill("written by hand")
        await page.context.set_offline(True)
        await card.get_by_role("button", name="Discard").click()
        await expect(page.get_by_role("alert")).to_contain_text("does not answer")
        await expect(card.get_by_label("What the bot learns")).to_have_value("written by hand")
        await page.context.set_offline(False)
        await card.get_by_role("button", name="Discard").click()
        await expect(page.get_by_text("Discarded. Nothing was taught.")).to_be_visible()
        await expect(page.get_by_role("alert")).to_have_count(0)
