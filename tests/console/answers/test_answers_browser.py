"""The pages of the answers in a real browser: read by everybody, with the keyboard, on a phone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.console.answers.pages import DETAILS, NEED, RU
from tests.console.answers.scenes import RU as RU_FILE
from tests.console.answers.scenes import SCRIPT, furnish, published, saved
from tests.console.browsing import desk, every_look, overflows, tab_to
from tests.console.house import ANNA, BEK, House

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = pytest.mark.browser

KYRGYZ = f"{NEED}/ky"
MADE = f"{NEED}/uz_Cyrl"
"""Uzbek in the other script: nobody wrote it."""


async def test_axe_finds_nothing_on_any_page_and_nothing_scrolls_sideways(house: House) -> None:
    scene = await furnish(house)
    waiting, other = (f"/answers/proposals/{one}" for one in (scene.waiting, scene.other))
    new, old = (one.version for one in house.parts.versions.history(RU_FILE)[:2])
    async with desk(house) as at:
        page = await at.page(BEK, language="ru")
        for path in (
            *("/answers?topic=work_permit", "/answers?q=nothing-like-this", "/answers/overdue"),
            *(f"{NEED}/still-true", "/answers/files", "/answers/files/topics.yml"),
            *(f"{RU}?proposal={scene.waiting}", KYRGYZ, MADE, f"{RU}?whole=1", DETAILS),
            *("/answers/proposals", waiting, other, f"{waiting}?done=submitted"),
            *(f"{RU}/history", f"{RU}/diff?old={old}&new={new}", f"{RU}/blame"),
        ):
            await page.goto(at.address + path)
            await expect(page.locator("#banners p")).to_have_count(1)  # the classifier is away
            assert (path, await every_look(page)) == (path, [])


async def test_an_answer_is_changed_handed_in_and_published_by_keyboard_alone(
    house: House,
) -> None:
    async with desk(house) as at:
        page = await at.page(ANNA)
        await page.goto(f"{at.address}/answers")
        await tab_to(page, page.locator(f'a[href="{RU}"]').first)
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"{at.address}{RU}")
        preview, checks = page.locator("#live .bubble"), page.locator("#live .findings")
        await tab_to(page, page.locator('textarea[name="part-visa-free"]'))
        await page.keyboard.press("Control+End")
        await page.keyboard.type(" Звоните: +7 000 000 00 00.")
        await expect(preview).to_contain_text("Звоните: +7 000 000 00 00.")
        await expect(checks).to_contain_text("Phone that")
        for _ in range(len(" +7 000 000 00 00.")):
            await page.keyboard.press("Backspace")
        await page.keyboard.type(" 1414.")
        await expect(preview).to_contain_text("Звоните: 1414.")
        await expect(page.locator("#live")).not_to_contain_text("Phone that")
        # The editor keeps the place of whoever types while the panel beside it changes.
        await expect(page.locator('textarea[name="part-visa-free"]')).to_be_focused()
        await tab_to(page, page.get_by_label("What did you change, and why?"))
        await page.keyboard.type("a user asked")
        await tab_to(page, page.get_by_role("button", name="Save", exact=True))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").first).to_contain_text("Nothing is published yet")
        await tab_to(page, page.get_by_role("button", name="Save and hand in for approval"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").first).to_contain_text("Somebody else approves")
        await expect(page.get_by_role("button", name="Approve and publish")).to_have_count(0)

        page = await at.page(BEK)
        await page.goto(f"{at.address}/answers")
        await tab_to(page, page.get_by_role("link", name="Proposals"))
        await page.keyboard.press("Enter")
        await tab_to(page, page.get_by_role("link", name="permit_need-1"))
        await page.keyboard.press("Enter")
        await expect(page.locator("ins").first).to_contain_text("Звоните: 1414.")
        await tab_to(page, page.get_by_role("button", name="Approve and publish"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").first).to_contain_text("Published.")
    assert "Звоните: 1414." in (house.parts.settings.answers_dir / RU_FILE).read_text("utf-8")


async def test_script_in_every_field_is_text_on_every_page(house: House) -> None:
    async with desk(house) as at:
        page = await at.page(ANNA)
        await page.goto(f"{at.address}/answers?q={SCRIPT}&topic={SCRIPT}")
        await expect(page.get_by_label("Any words")).to_have_value(SCRIPT)
        await page.goto(f"{at.address}{RU}")
        for name in ("question", "short", "part-visa-free", "reason"):
            await page.locator(f'[name="{name}"]').fill(SCRIPT)
        await expect(page.locator("#live .bubble")).to_contain_text(SCRIPT)
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_role("status").first).to_contain_text("Nothing is published yet")
        [proposal] = house.parts.versions.proposals()
        for path in ("/answers/proposals", f"/answers/proposals/{proposal.id}", RU):
            await page.goto(at.address + path)
            found = await page.content()
            assert found.count("&lt;img src=x onerror=alert(2)&gt;") >= 1, path
            assert await page.locator("main :is(img, script)").count() == 0
        await page.goto(f"{at.address}{DETAILS}")
        await page.locator('[name="checked_on"]').fill(SCRIPT[:10])
        await page.locator('[name="title"]').first.fill(SCRIPT)
        await page.locator('[name="url"]').first.fill("javascript:alert(3)")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_role("alert")).to_contain_text("Nothing was saved")
        await expect(page.locator('[name="title"]').first).to_have_value(SCRIPT)
        assert await page.locator('a[href^="javascript:"]').count() == 0
        assert await every_look(page) == []


async def test_without_a_script_answers_are_looked_at_saved_and_handed_in(house: House) -> None:
    async with desk(house) as at:
        page = await at.page(ANNA, script=False, width=320)
        await page.goto(f"{at.address}/answers?state=draft&topic=work_permit")
        await page.locator(f'a[href="{RU}"]').first.click()
        await page.locator('[name="part-visa-free"]').fill("**Да, нужно.** Спросите у нас.")
        await page.get_by_role("button", name="Look and check").click()
        await expect(page.locator("#live .bubble")).to_contain_text("Да, нужно. Спросите у нас.")
        assert house.parts.versions.proposals() == ()
        await page.get_by_label("What did you change, and why?").fill("shorter")
        await page.get_by_role("button", name="Save and hand in for approval").click()
        await expect(page.get_by_role("status").first).to_contain_text("Somebody else approves")
        await expect(page.locator("ins").first).to_be_visible()
        await page.goto(f"{at.address}{NEED}/still-true")
        await page.locator('[name="date"]').first.fill("2026-10-01")
        await page.get_by_role("button", name="It is still true").click()
        await expect(page.get_by_role("status").first).to_contain_text("Somebody else approves")
    assert len(house.parts.versions.proposals()) == 2


async def test_two_people_bring_their_changes_together_and_nothing_is_overwritten(
    house: House,
) -> None:
    async with desk(house) as at:
        page = await at.page(ANNA)
        await page.goto(f"{at.address}{RU}")
        await _say(page, "Так говорит Анна.")
        await asyncio.to_thread(published, house, BEK, RU_FILE, "# eaeu\n", "# eaeu\nТак — Бек. ")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Two people changed this")
        assert await every_look(page) == []
        both = page.get_by_label("Both together")
        text = await both.input_value()
        begin, end = text.index("<<<<<<<"), text.index("\n", text.index(">>>>>>> yours"))
        await both.fill(f"{text[:begin]}Так — Бек и Анна.{text[end:]}")
        await page.get_by_role("button", name="Save and hand in for approval").click()
        await expect(page.get_by_role("status").first).to_contain_text("Somebody else approves")
        await expect(page.locator("ins").first).to_be_visible()


async def test_an_editor_is_warned_before_a_draft_is_lost_and_of_others_at_work(
    house: House,
) -> None:
    """Only leaving with unsaved words asks; pages open no other dialog."""
    await asyncio.to_thread(saved, house, BEK, RU_FILE, "# eaeu\n", "# eaeu\nТак. ")
    async with desk(house) as at:
        page = await at.page(ANNA, language="kk", width=360)
        await page.goto(f"{at.address}{RU}")
        await expect(page.locator("main .notice.warn")).to_contain_text("Counsellor 2")
        assert not await overflows(page)
        await _say(page, "Кетпес бұрын сұра.")
        await page.locator(".brand").click()
        await expect(page.locator('[name="part-eaeu"]')).to_have_value("Кетпес бұрын сұра.")
        assert at.faults == ["dialog: "]
        at.faults.clear()


async def _say(page: Page, words: str) -> None:
    await page.locator('[name="part-eaeu"]').fill(words)
