"""The controls below the page: time, breakdowns, errors on demand, the journal, recordings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.sandbox.browsing import DESK, PHONE, WIDE, Phone, Size, Strip, open_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp.test_utils import TestServer

    from tests.sandbox import menu_bot
    from tests.sandbox.conftest import Api

pytestmark = pytest.mark.browser

RUSSIAN = 102


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def size(request: pytest.FixtureRequest) -> Size:
    chosen: Size = request.param
    return chosen


@pytest.fixture
async def page(browser: Browser, sandbox: TestServer, size: Size) -> AsyncIterator[Page]:
    async with open_page(browser, str(sandbox.make_url("/")), size) as opened:
        yield opened


@pytest.fixture
def strip(page: Page) -> Strip:
    return Strip(page)


@pytest.fixture
async def phone(page: Page, polling_bot: menu_bot.App, api: Api) -> Phone:
    await api.wait_for_bot()
    return Phone(page)


async def test_time_is_played_forward(strip: Strip, api: Api) -> None:
    await api.send("before", RUSSIAN)
    card = await strip.open("time")
    await expect(card).to_contain_text("идёт вместе с настоящим")
    await card.get_by_role("button", name="+1 день").click()
    await expect(card).to_contain_text("впереди настоящего на 1 дн.")
    await card.locator("[name=amount]").fill("90")
    await card.locator("[name=unit]").select_option("60")
    await card.get_by_role("button", name="Перемотать").click()
    await expect(card).to_contain_text("1 дн. 1 ч")
    assert (await api.get("/time"))["ahead"] == 86_400 + 5_400
    await api.send("after", RUSSIAN)
    phone = Phone(strip.page)
    await phone.choose(RUSSIAN)
    days = phone.messages.locator(".day")
    await expect(days).to_have_count(2)
    await expect(days.last).to_have_text("Сегодня")  # the sandbox's day, not the machine's


async def test_alone_there_is_nothing_to_break_and_it_says_why(strip: Strip) -> None:
    card = await strip.open("parts")
    await expect(card).to_contain_text("Песочница запущена одна")
    await expect(card.get_by_role("switch")).to_have_count(0)


async def test_parts_show_their_real_state_and_are_switched(strip: Strip) -> None:
    parts = {"store": "RUNNING", "nlu": "BACKOFF", "bot": "RUNNING"}
    asked: list[dict[str, Any]] = []

    def told(name: str) -> dict[str, Any]:
        return {"name": name, "running": parts[name] == "RUNNING", "state": parts[name]}

    async def answer(route: Route) -> None:
        if route.request.method == "GET":
            await route.fulfill(json=[told(name) for name in parts])
            return
        given = json.loads(route.request.post_data or "{}")
        asked.append(given)
        parts[given["name"]] = "RUNNING" if given["running"] else "STOPPED"
        await route.fulfill(json=told(given["name"]))

    await strip.page.route("**/sandbox/api/parts", answer)
    card = await strip.open("parts")
    redis = card.get_by_role("switch", name="Redis")
    await expect(redis).to_have_attribute("aria-checked", "true")
    await expect(card.get_by_role("switch", name="Классификатор")).to_have_attribute(
        "aria-checked", "false"
    )
    await expect(card).to_contain_text("упал, запускается снова")
    await redis.click()
    await expect(redis).to_have_attribute("aria-checked", "false")
    await expect(strip.state("parts")).to_have_text("выключено: 2")
    parts["nlu"] = "RUNNING"  # by itself: the strip looks again
    await expect(strip.state("parts")).to_have_text("выключено: 1")
    await redis.click()
    await expect(strip.state("parts")).to_have_text("всё работает")
    assert asked == [{"name": "store", "running": False}, {"name": "store", "running": True}]


async def test_errors_are_asked_for_and_taken_back(strip: Strip, api: Api, phone: Phone) -> None:
    await phone.choose(RUSSIAN)
    card = await strip.open("faults")
    await card.get_by_role("button", name="429 · 30 с").click()
    await card.locator("[data-part='where']").select_option(str(RUSSIAN))
    await card.locator("[data-part='method']").select_option("sendMessage")
    await card.locator("[data-part='times']").fill("2")
    await card.get_by_role("button", name="500").click()
    await expect(strip.state("faults")).to_have_text("ждут: 2")
    fault = card.locator(".fault").last
    await expect(fault).to_contain_text("sendMessage · Русский · ×2")
    await card.get_by_role("button", name="Отменить: 429 · 30 с").click()
    await expect(card.locator(".fault")).to_have_count(1)
    asked = (await api.get("/fault"))["faults"]
    assert asked == [{"method": "sendMessage", "chat": RUSSIAN, "error_code": 500, "times": 2}]
    await card.get_by_role("button", name="Обрыв").click()
    await card.get_by_role("button", name="Отменить все").click()
    await expect(strip.state("faults")).to_have_text("не заказаны")
    assert (await api.get("/fault"))["faults"] == []


async def test_the_journal_shows_calls_and_their_errors(
    strip: Strip, api: Api, phone: Phone, polling_bot: menu_bot.App
) -> None:
    await phone.choose(RUSSIAN)
    await phone.start()
    await polling_bot.bot.send_message(RUSSIAN, "fine")
    card = await strip.open("journal")
    newest = card.locator("tbody tr").first
    await expect(newest).to_contain_text("sendMessage")
    await expect(newest).to_contain_text("Русский")
    await expect(newest).to_contain_text("ок")
    faults = await strip.open("faults")
    await faults.get_by_role("button", name="500").click()
    await api.send("again", RUSSIAN)
    await strip.open("journal")
    await expect(strip.state("journal")).to_have_text("ошибок: 1")
    await card.get_by_role("checkbox", name="только ошибки").check()
    await expect(card.locator("tbody tr")).to_have_count(1)
    await expect(card.locator("tbody tr")).to_contain_text("500 Internal Server Error")
    await expect(card.locator("tbody tr")).to_contain_text("заказано")


async def test_a_recording_is_downloaded_and_replayed(
    strip: Strip, phone: Phone, polling_bot: menu_bot.App, tmp_path: Path
) -> None:
    page = strip.page
    await phone.choose(RUSSIAN)
    await phone.start()
    await phone.write("Salom")
    await expect(phone.messages.locator(".theirs", has_text="Salom")).to_be_visible()
    card = await strip.open("recording")
    async with page.expect_download() as download:
        await card.get_by_role("link", name="Скачать").click()
    saved = tmp_path / "recording.jsonl"
    await (await download.value).save_as(saved)

    async def replay(path: Path) -> None:
        await page.set_input_files("#card-recording input[type=file]", path)
        await page.locator("dialog .primary").click()

    await replay(saved)
    await expect(page.locator(".toast", has_text="отличий нет")).to_be_visible()

    changed = tmp_path / "changed.jsonl"
    changed.write_text(saved.read_text().replace("stranger", "traveller"))
    await replay(changed)
    report = page.get_by_role("dialog", name="1 отличие")
    await expect(report).to_be_visible()
    await expect(report).to_contain_text("traveller")
    await page.keyboard.press("Escape")

    wrong = tmp_path / "wrong.json"
    wrong.write_text("no recording")
    await page.set_input_files("#card-recording input[type=file]", wrong)
    await expect(page.locator(".toast", has_text="это не запись песочницы")).to_be_visible()


async def test_recording_is_switched(strip: Strip, api: Api) -> None:
    card = await strip.open("recording")
    switch = card.get_by_role("switch", name="Записывать")
    await expect(switch).to_have_attribute("aria-checked", "true")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "false")
    await expect(strip.state("recording")).to_have_text("выключена")
    assert (await api.get("/recording"))["on"] is False


async def test_all_begins_anew(strip: Strip, api: Api) -> None:
    await api.send("hello", RUSSIAN)
    await api.post("/time", advance=3600)
    await strip.open("time")
    await expect(strip.state("time")).to_contain_text("+1 ч")
    await strip.page.click("#reset")
    await strip.page.locator("dialog .primary").click()
    await expect(strip.state("time")).not_to_contain_text("+")
    assert (await api.get("/people"))["people"][1]["started"] is False


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
async def test_side_by_side_one_card_is_open_at_a_time(strip: Strip) -> None:
    await strip.open("time")
    await strip.open("journal")
    opened = strip.root.locator(".card-head[aria-expanded='true']")
    await expect(opened).to_have_count(1)
    await opened.press("Enter")
    await expect(opened).to_have_count(0)


async def test_a_sandbox_that_is_gone_is_told_of(
    browser: Browser, sandbox: TestServer, polling_bot: menu_bot.App, api: Api
) -> None:
    await api.wait_for_bot()
    async with open_page(browser, str(sandbox.make_url("/")), DESK, silent=False) as page:
        phone = Phone(page)
        await phone.choose(RUSSIAN)
        await expect(phone.status).to_have_text("бот на связи")
        await page.route("**/sandbox/api/watch**", lambda route: route.abort())
        await api.send("wakes the poll", RUSSIAN)
        await expect(phone.status).to_have_text("нет связи с песочницей…")
        await page.unroute("**/sandbox/api/watch**")
        await expect(phone.status).to_have_text("бот на связи")
        await expect(phone.message("wakes the poll").first).to_be_visible()
