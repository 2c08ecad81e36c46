"""The page in a real headless Chromium, on a phone and on a desk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp.test_utils import TestServer

    from tests.sandbox import menu_bot
    from tests.sandbox.conftest import Api

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
]
PHONE = {"width": 360, "height": 740}
SMALL = {"width": 320, "height": 568}
DESK = {"width": 1280, "height": 800}
RUSSIAN, UZBEK = 102, 103


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


@pytest.fixture(params=[PHONE, SMALL, DESK], ids=["phone", "small", "desk"])
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    viewport: dict[str, int] = request.param
    return viewport


@pytest.fixture
async def page(browser: Browser, sandbox: TestServer, size: dict[str, int]) -> AsyncIterator[Page]:
    """The page; its console must stay silent, and nothing may be asked of other servers."""
    faults: list[str] = []
    context = await browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale="ru-RU",
        permissions=["clipboard-read", "clipboard-write"],
    )
    opened = await context.new_page()
    opened.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    root = str(sandbox.make_url("/"))
    opened.on("request", lambda asked: None if asked.url.startswith((root, "blob:", "data:"))
              else faults.append(asked.url))  # fmt: skip
    await opened.goto(root)
    yield opened
    await context.close()
    assert faults == []


class Talk:
    """What a person does on the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages = page.locator("#messages")

    async def choose(self, person: int) -> None:
        if await self.page.locator("#back").is_visible():
            await self.page.click("#back")
        await self.page.click(f"[data-person='{person}']")

    async def start(self) -> None:
        await self.page.click("#start")
        await expect(self.messages.get_by_text("stranger")).to_be_visible()

    async def write(self, text: str) -> None:
        await self.page.fill("#text", text)
        await self.page.press("#text", "Enter")

    async def attach(self, name: str) -> None:
        await self.page.click("#attach")
        await self.page.get_by_role("menuitem", name=name).click()

    async def send_dialog(self) -> None:
        await self.page.locator("dialog .primary").click()


@pytest.fixture
async def talk(page: Page, polling_bot: menu_bot.App, api: Api) -> Talk:
    await api.wait_for_bot()
    return Talk(page)


async def test_a_conversation(talk: Talk, size: dict[str, int]) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await expect(page.locator("#chat-status")).to_have_text("бот на связи")
    await talk.start()
    first = talk.messages.locator(".theirs").first
    await expect(first.locator("strong")).to_have_text("Hello")
    await expect(first.locator("code")).to_have_text("code")
    await expect(first.locator("a[href='https://example.org/a']")).to_have_text("this")
    await expect(first.locator("a[href='tel:+77272500000']")).to_be_visible()

    await page.get_by_role("button", name="Alert", exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading")).to_have_text("Read <this> & press OK")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)

    await page.get_by_role("button", name="Copy", exact=True).click()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == "copied words"

    await page.get_by_role("button", name="One", exact=True).click()
    await expect(page.locator(".toast", has_text="Pressed one")).to_be_visible()
    await expect(first.locator(".words")).to_contain_text("Changed by the button")
    assert await page.evaluate("document.documentElement.scrollWidth") == size["width"]


async def test_users_text_is_never_markup(talk: Talk) -> None:
    await talk.choose(RUSSIAN)
    await talk.start()
    nasty = "<img src=x onerror=alert(1)> <b>no</b> \u202eabc"
    await talk.write(nasty)
    own = talk.messages.locator(".own").last
    await expect(own.locator(".words")).to_contain_text("<img src=x onerror=alert(1)> <b>no</b>")
    await expect(talk.messages.locator("img, b")).to_have_count(0)


async def test_two_people_and_unread_marks(talk: Talk, api: Api) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await talk.start()
    await talk.choose(UZBEK)
    await expect(talk.messages.get_by_text("stranger")).to_have_count(0)
    await talk.start()
    await talk.write("Salom")
    await expect(talk.messages.locator(".theirs").last.locator(".words")).to_contain_text("Salom")
    await api.send("from elsewhere", RUSSIAN)
    mark = page.locator(f"[data-person='{RUSSIAN}'] .unread")
    await expect(mark).to_have_text("1")
    await talk.choose(RUSSIAN)
    await expect(talk.messages.locator(".own", has_text="from elsewhere")).to_be_visible()
    await expect(talk.messages.get_by_text("Salom")).to_have_count(0)
    await expect(mark).to_have_count(0)


async def test_edit_reply_and_delete(talk: Talk, api: Api) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await talk.start()
    await talk.write("wrnog")
    await expect(talk.messages.locator(".theirs .quote")).to_have_count(1)
    await page.press("#text", "ArrowUp")
    await expect(page.locator("#text")).to_have_value("wrnog")
    await talk.write("right")
    await expect(talk.messages.get_by_text("You changed it to: right")).to_be_visible()
    own = talk.messages.locator(".own", has_text="right")
    await expect(own).to_contain_text("изменено")
    await own.locator(".message-menu").click(force=True)
    await page.get_by_role("menuitem", name="Удалить").click()
    await expect(own).to_have_count(0)
    await talk.messages.locator(".theirs .message-menu").first.click(force=True)
    await page.get_by_role("menuitem", name="Ответить").click()
    await talk.write("an answer")
    await expect(talk.messages.locator(".own .quote")).to_be_visible()


async def test_attachments_and_reply_keyboard(talk: Talk) -> None:
    page, messages = talk.page, talk.messages
    await talk.choose(RUSSIAN)
    await talk.start()
    await talk.attach("Фото")
    await talk.send_dialog()
    image = messages.locator(".theirs .picture")
    await expect(image).to_have_js_property("naturalWidth", 640)
    await talk.attach("Стикер")
    await page.locator(".sticker-grid button").first.click()
    await expect(messages.locator(".theirs .sticker-image")).to_have_js_property(
        "naturalWidth", 512
    )
    await talk.attach("Голосовое сообщение")
    await expect(messages.locator(".theirs .player")).to_be_visible()
    await talk.attach("Место на карте")
    await page.get_by_role("radio", name="Шымкент").check()
    await talk.send_dialog()
    await expect(messages.get_by_text("You are at 42.34")).to_be_visible()
    await talk.write("/keys")
    await page.get_by_role("button", name="My number").click()
    await talk.send_dialog()
    await expect(messages.get_by_text("Your number is +70000000000")).to_be_visible()
    await page.get_by_role("button", name="Plain").click()
    await expect(messages.locator(".own .words", has_text="Plain")).to_be_visible()
    # The newest message is in sight although the keyboard took its room.
    await expect(messages.locator(".message").last).to_be_in_viewport()


async def test_samples_decode_in_a_browser(talk: Talk, api: Api) -> None:
    await talk.choose(RUSSIAN)
    await api.send("", RUSSIAN, sticker={})
    await api.send("", RUSSIAN, voice={})
    sticker = talk.messages.locator(".own .sticker-image")
    await expect(sticker).to_have_js_property("naturalWidth", 512)
    duration = await talk.page.evaluate(
        """async () => {
            const sound = await fetch("/sandbox/api/samples/voice");
            const decoded = await new OfflineAudioContext(1, 48000, 48000)
                .decodeAudioData(await sound.arrayBuffer());
            return decoded.duration;
        }"""
    )
    assert duration == pytest.approx(3, abs=0.1)


async def test_commands_block_and_restart(talk: Talk) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await talk.start()
    await page.click("#commands")
    item = page.get_by_role("menuitem")
    await expect(item).to_have_count(1)
    await expect(item).to_contain_text("Начать")
    await item.click()
    await expect(talk.messages.get_by_text("stranger")).to_have_count(2)
    await page.click("#chat-menu")
    await page.get_by_role("menuitem", name="Заблокировать").click()
    await expect(page.locator("#chat-status")).to_have_text("бот заблокирован")
    await expect(page.locator("#composer")).to_be_hidden()
    await page.click("#unblock")
    await expect(talk.messages.get_by_text("stranger")).to_have_count(3)


async def test_new_person_page_language_theme_and_reset(talk: Talk) -> None:
    page = talk.page
    await page.select_option("#language", "kk")
    await expect(page.locator("#people-title")).to_have_text("Адамдар")
    await page.select_option("#language", "en")
    await expect(page.locator(".banner")).to_contain_text("this is not Telegram")
    before = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.click("#theme")
    after = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before != after
    await page.click("#add-person")
    await page.fill("dialog [name=name]", "Test <i>person</i>")
    await page.select_option("dialog [name=language]", "tg")
    await page.locator("dialog .primary").click()
    await talk.start()
    row = page.locator(".person", has_text="Test <i>person</i>")
    await expect(row.locator(".person-code")).to_have_text("tg")
    if await page.locator("#back").is_visible():
        await page.click("#back")
    await page.click("#reset")
    await page.locator("dialog .primary").click()
    await expect(row).to_have_count(0)
    await expect(page.locator(".person")).to_have_count(6)


async def test_keyboard_alone(talk: Talk) -> None:
    page = talk.page
    await page.locator("[data-person='102']").focus()
    await page.keyboard.press("Enter")
    await page.locator("#start").focus()
    await page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Alert", exact=True)
    await button.focus()
    outline = await button.evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline == "solid"
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(button).to_be_focused()


async def test_every_control_has_a_name(talk: Talk) -> None:
    await talk.choose(RUSSIAN)
    await talk.start()
    unnamed = await talk.page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, select, textarea")]
            .filter((node) => node.offsetParent && !(node.getAttribute("aria-label")
                || node.textContent.trim() || node.labels?.length))
            .map((node) => node.outerHTML)"""
    )
    assert unnamed == []


async def test_editing_by_the_bot_shows_without_reloading(
    talk: Talk, polling_bot: menu_bot.App
) -> None:
    await talk.choose(RUSSIAN)
    await talk.start()
    message = await polling_bot.bot.send_message(RUSSIAN, "before")
    await expect(talk.messages.get_by_text("before")).to_be_visible()
    await message.edit_text("after")
    await expect(talk.messages.get_by_text(re.compile("^after"))).to_be_visible()
    await message.delete()
    await expect(talk.messages.get_by_text(re.compile("^after"))).to_have_count(0)
