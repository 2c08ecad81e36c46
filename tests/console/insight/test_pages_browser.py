"""Today, People and Insight in a real browser: read by everybody, on a phone, without a script."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.store.console import Change
from tests.console.browsing import SIZES, overflows, signed_in, violations
from tests.console.house import ANNA, BEK, DINA, House
from tests.console.insight.test_insight import fill

pytestmark = pytest.mark.browser

PAGES = (
    *("/", "/people", "/people/changes", "/people/reveals", "/people/settings"),
    *("/insight", "/insight/waits", "/insight/equity", "/insight/reach"),
)
LAZY = "document.querySelectorAll('img').forEach(one => one.loading = 'eager')"


@pytest.mark.parametrize(("width", "scheme"), SIZES)
async def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    house: House, width: int, scheme: str
) -> None:
    await fill(house)
    await house.parts.store.console.changed(Change(house.parts.clock.now(), BEK, "x", "y", "z"))
    async with signed_in(house, DINA, width=width, scheme=scheme) as (page, address):
        faults: list[str] = []
        page.on("console", lambda told: faults.append(told.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        for path in PAGES:
            await page.goto(address + path)
            await expect(page.locator("#banners p")).to_have_count(1)  # the classifier is away
            assert (path, await violations(page)) == (path, [])
            assert (path, await overflows(page)) == (path, False)
        assert faults == []


async def test_every_chart_is_drawn(house: House) -> None:
    await fill(house)
    async with signed_in(house, DINA) as (page, address):
        for path in ("/insight", "/insight/waits", "/insight/equity", "/insight/reach"):
            await page.goto(address + path)
            await page.evaluate(LAZY)
            await page.wait_for_load_state("networkidle")
            widths = await page.evaluate(
                "[...document.querySelectorAll('figure img')].map(one => one.naturalWidth)"
            )
            assert widths
            assert set(widths) == {760}


async def test_on_paper_every_table_is_there_and_no_button(house: House) -> None:
    await fill(house)
    async with signed_in(house, DINA, script=False) as (page, address):
        await page.goto(f"{address}/insight")
        cell = page.get_by_role("cell", name="30", exact=True).first
        await expect(cell).to_be_hidden()
        await page.emulate_media(media="print")
        await expect(cell).to_be_visible()
        await expect(page.get_by_role("button", name="Show")).to_be_hidden()
        assert not await overflows(page)


async def test_roles_are_given_without_a_script(house: House) -> None:
    async with signed_in(house, DINA, script=False) as (page, address):
        await house.parts.store.console.begin("of Anna", ANNA)
        await page.goto(f"{address}/people")
        row = page.get_by_role("row").filter(has_text="Counsellor 1")
        await row.get_by_label("Approver").check()
        await row.get_by_role("button", name="Set the roles of Counsellor 1").click()
        await expect(page.get_by_role("status").first).to_contain_text("The roles are set")
        await expect(row.get_by_label("Approver")).to_be_checked()
        await row.get_by_role("button", name="End the sessions").click()
        await expect(page.get_by_role("status").first).to_contain_text("sessions have ended")
        await page.get_by_label("Telegram number").fill("x")
        await page.get_by_role("button", name="Give these roles").click()
        await expect(page.get_by_role("alert")).to_contain_text("digits only")
    assert await house.parts.store.console.roles(ANNA.id) == {"approver"}
