"""The migrant's side of the page in a real headless Chromium, on a phone and on a desk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, Page, expect

from tests.sandbox.browsing import (
    DESK,
    PHONE,
    SMALL,
    Phone,
    Size,
    open_page,
    overflow,
    unnamed_controls,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp.test_utils import TestServer

    from tests.sandbox import menu_bot
    from tests.sandbox.conftest import Api

pytestmark = pytest.mark.browser

RUSSIAN, UZBEK = 102, 103


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def size(request: pytest.FixtureRequest) -> Size:
    chosen: Size = request.param
    return chosen


@pytest.fixture
async def page(browser: Browser, sandbox: TestServer, size: Size) -> AsyncIterator[Page]:
    async with open_page(browser, str(sandbox.make_url("/")), size) as opened:
        yield opened


@pytest.fixture
async def talk(page: Page, polling_bot: menu_bot.App, api: Api) -> Phone:
    await api.wait_for_bot()
    return Phone(page)


async def test_a_conversation(talk: Phone) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await expect(talk.status).to_have_text("бот на связи")
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
    assert await overflow(page) == 0


async def test_users_text_is_never_markup(talk: Phone) -> None:
    await talk.choose(RUSSIAN)
    await talk.start()
    nasty = "<img src=x onerror=alert(1)> <b>no</b> \u202eabc"
    await talk.write(nasty)
    own = talk.messages.locator(".own").last
    await expect(own.locator(".words")).to_contain_text("<img src=x onerror=alert(1)> <b>no</b>")
    await expect(talk.messages.locator("img, b")).to_have_count(0)


async def test_two_people_and_unread_marks(talk: Phone, api: Api) -> None:
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


async def test_edit_reply_and_delete(talk: Phone, api: Api) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await talk.start()
    await talk.write("wrnog")
    await expect(talk.messages.locator(".theirs .quote")).to_have_count(1)
    await talk.text.press("ArrowUp")
    await expect(talk.text).to_have_value("wrnog")
    await talk.write("right")
    await expect(talk.messages.get_by_text("You changed it to: right")).to_be_visible()
    own = talk.messages.locator(".own", has_text="right")
    await expect(own).to_contain_text("изменено")
    await own.locator(".message-menu").click()
    await page.get_by_role("menuitem", name="Удалить").click()
    await expect(own).to_have_count(0)
    await talk.messages.locator(".theirs .message-menu").first.click()
    await page.get_by_role("menuitem", name="Ответить", exact=True).click()
    await talk.write("an answer")
    await expect(talk.messages.locator(".own .quote")).to_be_visible()


async def test_attachments_and_reply_keyboard(talk: Phone) -> None:
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
    await page.select_option("dialog [name=city]", "shymkent")
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


async def test_samples_decode_in_a_browser(talk: Phone, api: Api) -> None:
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


async def test_commands_block_and_restart(talk: Phone) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await talk.start()
    await talk.part("commands").click()
    item = page.get_by_role("menuitem")
    await expect(item).to_have_count(1)
    await expect(item).to_contain_text("Начать")
    await item.click()
    await expect(talk.messages.get_by_text("stranger")).to_have_count(2)
    await talk.part("chatMenu").click()
    await page.get_by_role("menuitem", name="Заблокировать").click()
    await expect(talk.status).to_have_text("бот заблокирован")
    await expect(talk.part("composer")).to_be_hidden()
    await talk.part("unblock").click()
    await expect(talk.messages.get_by_text("stranger")).to_have_count(3)


async def test_new_person_page_language_theme_and_reset(talk: Phone) -> None:
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
    if talk.narrow:
        await page.click("#tabs [data-tab='strip']")
    await page.click("#reset")
    await page.locator("dialog .primary").click()
    await expect(row).to_have_count(0)
    await expect(page.locator(".person")).to_have_count(6)


async def test_keyboard_alone(talk: Phone) -> None:
    page = talk.page
    await page.locator("[data-person='102']").focus()
    await page.keyboard.press("Enter")
    await talk.part("start").focus()
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


async def test_every_control_has_a_name(talk: Phone) -> None:
    await talk.choose(RUSSIAN)
    await talk.start()
    assert await unnamed_controls(talk.page) == []


async def test_editing_by_the_bot_shows_without_reloading(
    talk: Phone, polling_bot: menu_bot.App
) -> None:
    await talk.choose(RUSSIAN)
    await talk.start()
    message = await polling_bot.bot.send_message(RUSSIAN, "before")
    await expect(talk.messages.get_by_text("before")).to_be_visible()
    await message.edit_text("after")
    await expect(talk.messages.get_by_text(re.compile("^after"))).to_be_visible()
    await message.delete()
    await expect(talk.messages.get_by_text(re.compile("^after"))).to_have_count(0)


async def test_the_line_break_behind_a_quote_is_no_second_one(
    talk: Phone, polling_bot: menu_bot.App
) -> None:
    await talk.choose(RUSSIAN)
    await talk.start()
    html = "above\n\n<blockquote>quoted</blockquote>\n\nbelow"
    await polling_bot.bot.send_message(RUSSIAN, html, parse_mode="HTML")
    words = talk.message("quoted").locator(".words")
    parts = await words.evaluate("node => [...node.childNodes].map(one => one.textContent)")
    assert parts[:3] == ["above\n\n", "quoted", "\nbelow"]


async def test_the_persons_own_place_is_offered_first(talk: Phone, api: Api) -> None:
    page = talk.page
    await talk.choose(UZBEK)
    await talk.start()
    await talk.part("chatMenu").click()
    await page.get_by_role("menuitem", name="Изменить человека").click()
    await page.select_option("dialog [name=city]", "bishkek")
    await talk.send_dialog()
    await expect(page.locator(f"[data-person='{UZBEK}'] .row-place")).to_have_text("Бишкек")
    await talk.write("/keys")
    await page.get_by_role("button", name="Where am I").click()
    own = page.get_by_role("radio", name="Моё место: Бишкек")
    await expect(own).to_be_checked()
    await talk.send_dialog()
    await expect(talk.messages.get_by_text("You are at 42.87")).to_be_visible()
    await page.reload()
    await talk.choose(RUSSIAN)
    await talk.choose(UZBEK)
    await talk.attach("Место на карте")
    await expect(own).to_be_checked()


async def test_coordinates_can_be_the_persons_place(talk: Phone) -> None:
    page = talk.page
    await talk.choose(UZBEK)
    await talk.start()
    await talk.part("chatMenu").click()
    await page.get_by_role("menuitem", name="Изменить человека").click()
    await page.select_option("dialog [name=city]", "own")
    await page.fill("dialog [name=latitude]", "50.5")
    await page.fill("dialog [name=longitude]", "60.25")
    await talk.send_dialog()
    await talk.attach("Место на карте")
    await talk.send_dialog()
    await expect(talk.messages.get_by_text("50.50000, 60.25000").first).to_be_visible()


async def test_an_album_is_a_grid_of_its_pictures(talk: Phone) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await talk.start()
    await talk.attach("Фото")
    await page.fill("dialog [name=samples]", "3")
    await page.fill("dialog [name=caption]", "three pages")
    await talk.send_dialog()
    album = talk.messages.locator(".own .album")
    await expect(album.locator(".tile")).to_have_count(3)
    await expect(talk.messages.locator(".own", has=page.locator(".album"))).to_have_count(1)
    await expect(talk.messages.locator(".own .words")).to_contain_text(["/start", "three pages"])
    await album.locator(".message-menu").nth(2).click()
    await page.get_by_role("menuitem", name="Удалить").click()
    await expect(album.locator(".tile")).to_have_count(2)


async def test_files_of_ones_own(talk: Phone) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await talk.start()
    await talk.attach("Файл")
    await page.set_input_files(
        "dialog [name=file]",
        [{"name": "договор.txt", "mimeType": "text/plain", "buffer": b"words"}],
    )
    await talk.send_dialog()
    card = talk.messages.locator(".own .card")
    await expect(card.locator(".card-title")).to_have_text("договор.txt")
    await talk.attach("Видео")
    await page.locator("dialog .primary").click()
    await expect(page.get_by_role("dialog")).to_be_visible()  # there is no ready film to send


async def test_protected_messages_are_marked_and_stay_here(
    talk: Phone, polling_bot: menu_bot.App
) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await talk.start()
    await polling_bot.bot.send_message(RUSSIAN, "for you only", protect_content=True)
    message = talk.message("for you only")
    await expect(message.locator(".protected")).to_be_visible()
    await message.locator(".message-menu").click()
    await expect(page.get_by_role("menuitem", name="Ответить", exact=True)).to_be_visible()
    for forbidden in ("Переслать боту", "Копировать текст"):
        await expect(page.get_by_role("menuitem", name=forbidden)).to_have_count(0)


async def test_reactions_are_set_and_taken_back(talk: Phone) -> None:
    await talk.choose(RUSSIAN)
    await talk.start()
    await talk.react("stranger", "👍")
    reaction = talk.bubble("stranger").locator(".reaction")
    await expect(reaction).to_have_attribute("aria-label", "👍 1: Русский")
    await expect(reaction).to_have_attribute("aria-pressed", "true")
    await reaction.click()
    await expect(reaction).to_have_count(0)


async def test_the_address_opens_a_person(talk: Phone, sandbox: TestServer) -> None:
    page = talk.page
    await page.goto(f"{sandbox.make_url('/')}#{UZBEK}")
    await page.reload()
    await talk.start()
    await expect(page.locator("#phone-title")).to_contain_text("Oʻzbekcha")
    await talk.choose(RUSSIAN)
    assert (await page.evaluate("location.hash")).startswith(f"#{RUSSIAN}")


async def test_the_bot_is_blocked_and_let_in_again_by_the_menu(talk: Phone) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await talk.start()
    await talk.part("chatMenu").click()
    await page.get_by_role("menuitem", name="Заблокировать бота").click()
    await expect(talk.part("composer")).to_be_hidden()
    await talk.part("chatMenu").click()
    await page.get_by_role("menuitem", name="Разблокировать бота").click()
    await expect(talk.part("composer")).to_be_visible()


@pytest.mark.parametrize("size", [SMALL], ids=["small"])
async def test_long_words_and_keyboards_fit_the_narrowest_window(
    talk: Phone, polling_bot: menu_bot.App, api: Api
) -> None:
    page = talk.page
    await talk.choose(RUSSIAN)
    await talk.start()
    await polling_bot.bot.send_message(RUSSIAN, "https://example.org/" + "x" * 300)
    await api.send("у" * 300, RUSSIAN)
    await talk.write("/keys")
    await expect(page.get_by_role("button", name="Plain")).to_be_visible()
    assert await overflow(page) == 0


async def test_a_longer_chat_shows_its_latest_part_first(page: Page, api: Api) -> None:
    talk = Phone(page)
    for number in range(230):
        await api.send(f"message {number}.", RUSSIAN)
    await talk.choose(RUSSIAN)
    await expect(talk.messages.get_by_text("message 229.")).to_be_in_viewport()
    first = talk.messages.get_by_text("message 0.")
    await expect(first).to_have_count(0)
    await page.get_by_role("button", name="Показать более ранние").click()
    await expect(first).to_be_attached()


async def test_a_message_is_forwarded_to_the_bot(talk: Phone) -> None:
    await talk.choose(RUSSIAN)
    await talk.start()
    await talk.menu("stranger", "Переслать боту")
    own = talk.messages.locator(".own", has_text="stranger")
    await expect(own.locator(".forwarded")).to_have_text("Переслано от Sandbox bot")
