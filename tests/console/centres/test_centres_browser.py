"""The pages of the centres in a real browser: list, map, form, wrong numbers, history."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.answers.centres_file import FILE
from tests.console.answers.scenes import SCRIPT, published, saved
from tests.console.browsing import desk, every_look, tab_to
from tests.console.house import ANNA, BEK, House

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

pytestmark = pytest.mark.browser

HOTLINE = "/centres/hot-1414"


async def _report(house: House) -> None:
    for chat in (5, 6):
        await house.parts.store.reports.add("hot-1414", chat)
    await house.parts.store.reports.add("long-gone", 5)


def row_of(page: Page) -> Locator:
    """The hotline's in the list of wrong numbers."""
    return page.get_by_role("row").filter(has=page.locator(f'a[href="{HOTLINE}"]'))


def _sure(house: House) -> tuple[str, str]:
    """The hotline's entry up to how sure it is, and the same with another word there."""
    now = house.parts.versions.current(FILE)
    assert now is not None
    begin = now.text.index("id: hot-1414\n")
    at = now.text.index("confidence: ", begin) + len("confidence: ")
    end = now.text.index("\n", at)
    word = "high" if now.text[at:end] != "high" else "medium"
    return now.text[begin:end], now.text[begin:at] + word


async def test_axe_finds_nothing_on_any_page_and_nothing_scrolls_sideways(house: House) -> None:
    await _report(house)
    was, becomes = _sure(house)
    await asyncio.to_thread(published, house, ANNA, FILE, was, becomes, why=SCRIPT)
    proposal = await asyncio.to_thread(saved, house, ANNA, FILE, becomes, was)
    async with desk(house) as at:
        page = await at.page(BEK, language="ru")
        for path in (
            *("/centres?city=almaty", "/centres?q=nothing-like-this", "/centres/new"),
            *(HOTLINE, f"{HOTLINE}/history", "/centres/wrong"),
            *(f"{HOTLINE}?proposal={proposal.id}", f"/answers/proposals/{proposal.id}"),
        ):
            await page.goto(at.address + path)
            await expect(page.locator("#banners p")).to_have_count(1)  # the classifier is away
            if await page.locator(".map").count():
                await expect(page.locator(".map.leaflet-container")).to_be_visible()
            assert (path, await every_look(page)) == (path, [])
        await page.goto(f"{at.address}/centres/new")
        await page.locator('[name="name_ru"]').fill(SCRIPT)
        await page.locator('[name="latitude"]').fill("north")
        await page.locator('[name="site"]').fill("javascript:alert(3)")
        await page.locator("#centre-form button.primary").click()
        await expect(page.get_by_role("alert").first).to_be_visible()
        await expect(page.locator('[name="name_ru"]')).to_have_value(SCRIPT)
        assert await page.locator("main :is(script, img, a[href^='javascript:'])").count() == 0
        assert await every_look(page) == []


async def test_two_people_who_change_one_centre_see_both_changes(house: House) -> None:
    async with desk(house) as at:
        page = await at.page(ANNA, language="ru")
        await page.goto(at.address + HOTLINE)
        await page.locator('[name="note"]').fill("Позвонить ещё раз.")
        note = "Number from abroad by"
        await asyncio.to_thread(published, house, BEK, FILE, note, f"Called on Monday. {note}")
        await page.locator("#centre-form button.primary").click()
        await expect(page.locator("table.clash tbody tr")).not_to_have_count(0)
        await expect(page.locator('[name="note"]')).to_have_value("Позвонить ещё раз.")
        assert await every_look(page) == []
        await page.locator("#centre-form button.primary").click()
        await expect(page.locator(".notice.ok")).to_be_visible()


async def test_the_map_needs_no_tiles_and_no_mouse(house: House) -> None:
    async with desk(house) as at:
        page = await at.page(ANNA)
        await page.goto(f"{at.address}/centres")
        drawn = page.locator(".map[data-drawn]")
        await expect(drawn).to_be_visible()
        listed = await page.request.get(f"{at.address}/centres/map.json")
        assert await drawn.get_attribute("data-drawn") == str(len((await listed.json())["centres"]))
        assert await page.locator(".spot").count() > 5
        assert await page.locator("img.leaflet-tile").count() == 0
        spot = page.locator('.spot:text-is("")').first  # one place: a link, not a number
        label = await spot.get_attribute("aria-label")
        await tab_to(page, spot)
        await page.keyboard.press("Enter")
        link = page.locator(".leaflet-popup a[href^='/centres/']").first
        await expect(link).to_be_focused()
        assert await link.inner_text() == label
        assert await every_look(page) == []
        await link.focus()
        await page.keyboard.press("Escape")
        await expect(page.locator(".leaflet-popup")).to_have_count(0)
        await expect(page.locator(f'.spot[aria-label="{label}"]').first).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(link).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text(label or "")
        # Filters change the map with the list, without loading the page anew.
        await page.goto(f"{at.address}/centres")
        await page.get_by_label("City").select_option("almaty")
        shown = page.locator(".map[data-drawn][data-points*='almaty']")
        await expect(shown).to_be_visible()
        assert await page.evaluate("location.search.includes('city=almaty')")


async def test_a_number_is_corrected_handed_in_and_published_by_keyboard_alone(
    house: House,
) -> None:
    await _report(house)
    async with desk(house) as at:
        page = await at.page(ANNA)
        await page.goto(f"{at.address}/centres/wrong")
        row = row_of(page)
        await expect(row.locator("td.number")).to_have_text("2")
        await tab_to(page, row.get_by_role("link", name="Correct the number"))
        await page.keyboard.press("Enter")
        await tab_to(page, page.locator('[name="phones_text"]'))
        await page.keyboard.press("Control+End")
        await page.keyboard.type("\n12")
        live = page.locator("#live")
        await expect(live.locator(".notice")).to_contain_text("1 field is not right yet")
        await page.keyboard.press("Backspace")
        await page.keyboard.press("Backspace")
        await page.keyboard.type("1415")
        await expect(live.locator(".notice")).to_have_count(0)
        await expect(live.locator(".phone")).to_contain_text("1415")
        await tab_to(page, page.get_by_role("button", name="Save and hand in for approval"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").first).to_contain_text("Somebody else approves")
        [proposal] = house.parts.versions.proposals()

        page = await at.page(BEK)
        await page.goto(f"{at.address}/answers/proposals/{proposal.id}")
        await tab_to(page, page.get_by_role("button", name="Approve and publish"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").first).to_contain_text("Published.")
        await page.goto(f"{at.address}/centres/wrong")
        await tab_to(page, row_of(page).get_by_role("button", name="I have corrected it"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").first).to_contain_text("it was corrected")
        await expect(row_of(page)).to_have_count(0)
        await page.goto(f"{at.address}{HOTLINE}/history")
        await expect(page.locator("main")).to_contain_text("1415")


async def test_without_a_script_a_centre_is_added_and_the_list_is_all_there(house: House) -> None:
    async with desk(house) as at:
        page = await at.page(ANNA, script=False, width=320)
        await page.goto(f"{at.address}/centres?city=almaty")
        await expect(page.locator(".map")).to_be_hidden()
        await expect(page.locator('a[href="/centres/ngo-rodnik"]').first).to_be_visible()
        await page.goto(f"{at.address}/centres/new")
        await page.locator('[name="name_ru"]').fill("Новый центр")
        await page.locator('[name="kind"]').select_option("ngo")
        await page.locator('[name="services"]').first.check()
        await page.locator('[name="languages"]').first.check()
        await page.locator('[name="phones_text"]').fill("1415")
        await page.locator('[name="source"]').fill("https://example.org/")
        await page.locator('[name="source_date"]').fill("2026-11-01")
        await page.locator('[name="confidence"]').select_option("medium")
        await page.get_by_role("button", name="Only look").click()
        await expect(page.locator("#live .bubble")).to_contain_text("Новый центр")
        assert house.parts.versions.proposals() == ()
        await page.get_by_role("button", name="Save and hand in for approval").click()
        await expect(page.get_by_role("status").first).to_contain_text("Somebody else approves")
    [proposal] = house.parts.versions.proposals()
    text = house.parts.versions.current(FILE, proposal.id)
    assert text is not None
    assert "Новый центр" in text.text
