"""Teach in a real browser: read by everybody, on a phone, with and without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.console.training.phrases import Lesson, taught, teach
from bot.language.tags import Locale
from bot.store.new_questions import About
from bot.store.review import Why
from tests.console.browsing import SIZES, overflows, signed_in, violations
from tests.console.house import ANNA, BEK, DINA, House
from tests.console.teach.test_pages_new import listed, open_now
from tests.console.teach.test_pages_training import (
    development,
    ended,
    in_service,
    place,
    trained,
)
from tests.console.training.test_jobs import WAITS
from tests.console.training.test_likeness import VECTORS, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.async_api import Page

    from bot.console.training.folders import Folders
    from tests.console.teach.conftest import Ask

__all__ = ["development", "place"]

pytestmark = pytest.mark.browser

GUESSES = (("iin_taxes", 0.41), ("permit_cost", 0.3))


async def fill(ask: Ask) -> None:
    await ask("сколько стоит новый документ", guesses=GUESSES, times=3)
    await ask("позвоните [☎ ••00] насчёт нового документа", why=Why.STAFF, subject="permit_cost")
    await ask("yangi hujjat qancha turadi", "uz", why=Why.THUMBS_DOWN, subject="permit_cost")
    await ask("wie teuer ist das papier", "other", why=Why.NONE_OF_THESE)


async def faultless(page: Page, path: str) -> None:
    assert (path, await violations(page)) == (path, [])
    assert (path, await overflows(page)) == (path, False)


async def in_language(page: Page, address: str, language: str) -> None:
    cookie = {"name": "console-language", "value": language, "url": address}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
async def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(  # noqa: PLR0917 - fixtures
    house: House, place: Folders, trainer: Callable[..., None], ask: Ask, width: int, scheme: str
) -> None:
    async with signed_in(house, BEK, width=width, scheme=scheme) as (page, address):
        faults: list[str] = []
        page.on("console", lambda told: faults.append(told.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        for path in (
            "/teach",
            "/teach/new",
            "/teach/phrases",
            "/teach/training",
        ):  # with nothing in them
            await page.goto(address + path)
            await faultless(page, path)
        await fill(ask)
        teach(place, [Lesson("почём новая бумага", "permit_cost", Locale.RU)])
        await listed(house, "сколько стоит держать лошадь " * 5, "отни кайда", name="a1")
        await listed(house, "осёл", name="b2", about=About("Ослы", "спросить акимат"))
        async with house.browser(BEK) as bek:
            name = await trained(bek, place)
        for language in ("ru", "en"):
            await in_language(page, address, language)
            for path in (
                *("/teach", "/teach/new", "/teach/phrases", "/teach/training"),
                f"/teach/models/{name}/serve",
            ):
                await page.goto(address + path)
                await faultless(page, path)
        assert faults == []


@pytest.mark.parametrize("script", [True, False])
async def test_a_group_is_labelled_with_and_without_a_script(
    house: House, place: Folders, ask: Ask, script: bool
) -> None:
    await fill(ask)
    async with signed_in(house, ANNA, script=script) as (page, address):
        await page.goto(f"{address}/teach")
        card = page.get_by_role("article").filter(has_text="сколько стоит новый документ")
        text = card.get_by_label("What the bot learns")
        await text.fill("звоните +7 000 123 45 67")
        await card.get_by_label("This asks").select_option("permit_cost")
        await card.get_by_role("button", name="Teach as this question").click()
        await expect(page.get_by_role("alert")).to_contain_text("may be somebody")
        card = page.get_by_role("article").filter(has_text="сколько стоит новый документ")
        text = card.get_by_label("What the bot learns")
        await expect(text).to_have_value("звоните +7 000 123 45 67")
        await expect(text).to_be_focused()
        await expect(text).to_have_attribute("aria-invalid", "true")
        if script:  # axe needs one
            await faultless(page, "again")
        await text.fill("почём новая бумага")
        await text.press("Tab")
        await card.get_by_role("button", name="Teach as this question").press("Enter")
        done = page.get_by_role("status").filter(has_text="Labelled and taught")
        await expect(done).to_be_visible()
        if script:  # in its place in the list, where the keyboard goes on
            await expect(page.locator("article.finished")).to_be_focused()
            await expect(page.get_by_role("article")).to_have_count(4)
            await faultless(page, "done")
    assert taught(place).lessons == (Lesson("почём новая бумага", "permit_cost", Locale.RU),)


async def test_what_is_written_in_another_card_outlives_a_decision(
    house: House, place: Folders, ask: Ask
) -> None:
    await fill(ask)
    async with signed_in(house, ANNA) as (page, address):
        await page.goto(f"{address}/teach")
        other = page.get_by_role("article").filter(has_text="yangi hujjat")
        await other.get_by_label("What the bot learns").fill("hujjat narxi")
        card = page.get_by_role("article").filter(has_text="wie teuer")
        await card.get_by_role("button", name="Discard").click()
        await expect(page.get_by_text("Discarded. Nothing was taught.")).to_be_visible()
        await expect(other.get_by_label("What the bot learns")).to_have_value("hujjat narxi")


async def test_a_group_of_like_questions_is_decided_at_once(
    house: House, place: Folders, ask: Ask
) -> None:
    serve(place, VECTORS)  # by the number of words
    await ask("почём документ")
    await ask("почём бумага")
    await ask("hujjat narxi", "uz")
    async with signed_in(house, ANNA) as (page, address):
        await page.goto(f"{address}/teach")
        card = page.get_by_role("article")
        await expect(card.get_by_role("checkbox", checked=True)).to_have_count(3)
        await card.get_by_role("checkbox", name="почём бумага").uncheck()
        await card.get_by_label("This asks").select_option("permit_cost")
        await card.get_by_role("button", name="Teach as this question").click()
        await expect(page.get_by_text("Labelled and taught")).to_be_visible()
    assert {one.text for one in taught(place).lessons} == {"почём документ", "hujjat narxi"}


async def test_a_training_is_watched_to_its_end_and_the_focus_stays(
    house: House, place: Folders, trainer: Callable[..., None], tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    trainer(WAITS.format(gate=str(gate)))
    async with signed_in(house, BEK) as (page, address):
        await page.goto(f"{address}/teach/training")
        await page.get_by_role("button", name="Train and compare").click()
        await expect(page.get_by_role("progressbar")).to_be_visible()
        await faultless(page, "running")
        end = page.get_by_role("button", name="End the training")
        await end.focus()
        async with page.expect_response("**/teach/training/job"):
            pass  # the page asks by itself how far it is
        await expect(end).to_be_focused()
        gate.touch()
        name = await ended(place)
        await expect(page.get_by_role("heading", name="Old against new")).to_be_visible(
            timeout=20_000
        )
        await faultless(page, "compared")
        await page.get_by_role("button", name="Put it into service").click()
        await expect(page.get_by_role("status").first).to_contain_text("is in service")
        assert await in_service(place) == name
        await page.get_by_role("button", name="Go back to this one").click()
        await expect(page.get_by_role("status").first).to_contain_text("in service again")
    assert await in_service(place) != name


async def test_a_phrase_is_taken_back_without_a_script(house: House, place: Folders) -> None:
    teach(place, [Lesson("почём новая бумага", "permit_cost", Locale.RU)])
    async with signed_in(house, DINA, script=False) as (page, address):
        await page.goto(f"{address}/teach")
        await page.get_by_role("link", name="What was taught", exact=True).click()
        await page.get_by_role("button", name="Take back").click()
        await expect(page.get_by_role("status").first).to_contain_text("Taken back")
    assert taught(place).lessons == ()


@pytest.mark.parametrize("script", [True, False])
async def test_a_new_question_goes_from_the_queue_over_the_list_to_the_phrases(
    house: House, place: Folders, ask: Ask, script: bool
) -> None:
    await ask("сколько стоит держать лошадь Болата", times=3)
    await listed(house, "осёл", name="b2", about=About("Ослы"))
    async with signed_in(house, ANNA, script=script) as (page, address):
        await page.goto(f"{address}/teach")
        queued = page.get_by_role("article")
        await queued.get_by_label("What the bot learns").fill("сколько стоит держать лошадь")
        await queued.get_by_role("button", name="New question").click()
        await expect(page.get_by_text("Put on the list of new questions")).to_be_visible()

        await page.goto(address)
        await page.get_by_role("link", name="2 new questions have no answer").click()
        card = page.get_by_role("article").filter(has_text="сколько стоит держать лошадь")
        await card.get_by_label("Working title").fill("+7 000 123 45 67")
        await card.get_by_label("Note").fill("спросить акимат")
        await card.get_by_role("button", name="Save title, note and texts").click()
        title = page.get_by_label("Working title").first
        await expect(title).to_have_attribute("aria-invalid", "true")
        await expect(title).to_be_focused()
        if script:
            await faultless(page, "faulty")
        await title.fill("Лошади")
        await title.press("Enter")  # saves, and teaches nothing
        await expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
        assert taught(place).lessons == ()
        card = page.get_by_role("article").filter(has_text="Лошади")
        await expect(card.get_by_label("Note")).to_have_value("спросить акимат")
        if script:  # the keyboard goes on from here
            await expect(card).to_be_focused()
            await faultless(page, "saved")

        await card.get_by_label("This asks").select_option("permit_cost")
        await card.get_by_role("button", name="It has an answer now").press("Enter")
        await expect(page.get_by_text("Taught as that question")).to_be_visible()
    assert taught(place).lessons == (
        Lesson("сколько стоит держать лошадь", "permit_cost", Locale.RU),
    )
    assert [one.about.title for one in await open_now(house)] == ["Ослы"]
