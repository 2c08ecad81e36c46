"""The staff group on the page: the whole work of a counsellor, beside a bot that relays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, Page, expect

from tests.sandbox.browsing import (
    DESK,
    PHONE,
    SMALL,
    WIDE,
    Phone,
    Size,
    Staff,
    Strip,
    faint_words,
    open_page,
    overflow,
    unnamed_controls,
)
from tests.sandbox.forum_bot import GROUP, WELCOME

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp.test_utils import TestServer

    from tests.sandbox import menu_bot
    from tests.sandbox.conftest import Api

pytestmark = pytest.mark.browser

RUSSIAN, UZBEK = 102, 103
FIRST, SECOND, COORDINATOR = 201, 202, 203


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def size(request: pytest.FixtureRequest) -> Size:
    chosen: Size = request.param
    return chosen


@pytest.fixture
async def page(
    browser: Browser, sandbox: TestServer, size: Size, forum_app: menu_bot.App, api: Api
) -> AsyncIterator[Page]:
    await api.wait_for_bot()
    async with open_page(browser, str(sandbox.make_url("/")), size) as opened:
        yield opened


@pytest.fixture
def phone(page: Page) -> Phone:
    return Phone(page)


@pytest.fixture
def staff(page: Page) -> Staff:
    return Staff(page)


@pytest.fixture
async def case(api: Api, forum_app: menu_bot.App) -> int:
    """A person's case, by the JSON API; the number of its topic."""
    await api.send("/start", UZBEK)
    await api.send("a first question", UZBEK)
    view = await api.wait_for(GROUP, lambda view: len(view["messages"]) >= 3)
    topics: list[int] = [topic["id"] for topic in view["topics"] if topic["name"] == "Case 1"]
    return topics[0]


async def as_owner(api: Api, path: str, **body: object) -> None:
    await api.post(path, chat=GROUP, user=COORDINATOR, **body)


async def test_a_case_from_the_first_question_to_its_end(
    page: Page, phone: Phone, staff: Staff
) -> None:
    await phone.choose(UZBEK)
    await phone.start(WELCOME)
    await phone.write("ish haqim yo'q")
    await staff.show()
    row = staff.topic("Case 1")
    await expect(row.locator(".unread")).to_have_text("2")  # the card and the question
    await staff.open("Case 1")
    await expect(staff.message("ish haqim")).to_be_visible()
    await expect(staff.part("pinnedText")).to_have_text("A new case")
    await expect(row.locator(".unread")).to_have_count(0)

    await staff.menu("ish haqim", "Ответить")
    await staff.write("qachondan beri?")
    delivered = staff.bubble("qachondan").locator(".reaction")
    await expect(delivered).to_have_attribute("aria-label", "👍 1: Sandbox bot")
    await phone.show()
    answer = phone.message("qachondan")
    await expect(answer.locator(".quote-text")).to_have_text("ish haqim yo'q")

    await staff.menu("qachondan", "Изменить")
    await staff.write("qaysi oydan beri?")
    await expect(staff.message("qaysi oydan")).to_contain_text(re.compile(r"изменено \d\d:\d\d"))
    await phone.show()
    await expect(phone.message("qaysi oydan")).to_contain_text(re.compile(r"изменено \d\d:\d\d"))

    await staff.show()
    await page.get_by_role("button", name="Close", exact=True).click()
    await expect(staff.messages.get_by_text("Sandbox bot: тема закрыта")).to_be_visible()
    await expect(staff.part("composer")).to_be_hidden()
    await expect(staff.part("obstacle")).to_contain_text("Тема закрыта")
    await staff.act_as(COORDINATOR)
    await expect(staff.part("composer")).to_be_visible()
    await staff.topic_menu("Открыть снова")
    await expect(staff.messages.get_by_text("Coordinator: тема снова открыта")).to_be_visible()
    assert await overflow(page) == 0


async def test_buttons_are_pressed_as_the_acting_person(
    page: Page, staff: Staff, case: int
) -> None:
    await staff.open("Case 1")
    await page.get_by_role("button", name="Hours", exact=True).click()
    await expect(page.get_by_role("dialog")).to_contain_text("Open from 9 to 18")
    await page.keyboard.press("Escape")
    await staff.act_as(SECOND)
    await page.get_by_role("button", name="Take", exact=True).click()
    await expect(page.locator(".toast", has_text="Done")).to_be_visible()
    await expect(staff.message("Taken by Counsellor 2")).to_be_visible()


async def test_topics_are_made_changed_closed_and_deleted(page: Page, staff: Staff) -> None:
    await staff.show()
    await expect(page.locator("#new-topic")).to_be_hidden()  # a member may not make topics here
    await staff.act_as(COORDINATOR)
    await page.click("#new-topic")
    await page.fill("dialog [name=name]", "News <b>today</b>")
    await page.get_by_role("radio", name="цвет 3").check(force=True)
    await staff.send_dialog()
    await expect(staff.part("title")).to_have_text("News <b>today</b>")
    icon = staff.part("face").locator(".topic-icon")
    await expect(icon).to_have_css("background-color", "rgb(203, 134, 219)")  # 13338331
    await staff.topic_menu("Название и значок…")
    await page.fill("dialog [name=name]", "News")
    await page.get_by_role("radio", name="💼").check(force=True)
    await staff.send_dialog()
    await expect(icon).to_have_text("💼")
    await expect(staff.messages.get_by_text("Coordinator: тема теперь «News»")).to_be_visible()
    await staff.topic_menu("Закрыть тему")
    await expect(staff.part("who")).to_have_text("закрыта")
    await expect(staff.topic("News").locator(".mark").first).to_have_attribute("title", "закрыта")
    await staff.topic_menu("Удалить тему")
    await staff.send_dialog()
    await expect(staff.topic("News")).to_have_count(0)
    await expect(page.locator(".toast", has_text="Эта тема удалена")).to_be_visible()
    await expect(page.locator("#staff-chat")).to_be_hidden()


async def test_general_can_be_hidden_but_not_deleted(page: Page, staff: Staff) -> None:
    await staff.act_as(COORDINATOR)
    await staff.open("Общая тема")
    await staff.part("chatMenu").click()
    await expect(page.get_by_role("menuitem", name="Удалить тему")).to_have_count(0)
    await page.get_by_role("menuitem", name="Скрыть общую тему").click()
    await expect(staff.part("who")).to_have_text("закрыта")  # hiding General closes it
    await expect(staff.topic("Общая тема").locator(".mark").first).to_have_attribute(
        "title", "скрыта"
    )


async def test_roles_titles_and_anonymity(page: Page, staff: Staff, case: int) -> None:
    await staff.open("Case 1")
    await page.click("#members")
    await page.locator(".members [data-member='202']").click()
    await expect(page.get_by_role("menuitem", name="Забанить")).to_have_count(0)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Действовать как Coordinator").click()
    await staff.member("202", "Сделать администратором…")
    await page.get_by_role("checkbox", name="Писать анонимно").check()
    await page.fill("dialog [name=custom_title]", "lawyer")
    await staff.send_dialog()
    row = page.locator(".members [data-member='202'] .row-last")
    await expect(row).to_have_text("администратор · анонимно · lawyer")
    await staff.member("202", "Действовать от этого имени")
    await page.keyboard.press("Escape")
    await staff.write("from nobody in particular")
    own = staff.message("from nobody")
    await expect(own).to_have_class(re.compile(r"\bown\b"))
    await staff.act_as(FIRST)
    author = staff.message("from nobody").locator(".author")
    await expect(author.locator("bdi")).to_have_text("Helpline staff")
    await expect(author.locator(".author-role")).to_have_text("lawyer")


async def test_members_come_go_and_are_restricted(page: Page, staff: Staff) -> None:
    await staff.act_as(COORDINATOR)
    await page.click("#members")
    await page.get_by_role("button", name="Добавить участника").click()
    await page.get_by_role("menuitem", name="Новый сотрудник…").click()
    await page.fill("dialog [name=name]", "Trainee")
    await staff.send_dialog()
    await expect(page.locator(".members [data-member='2001']")).to_be_visible()
    await staff.member("2001", "Ограничить…")
    await page.get_by_role("checkbox", name="ставить реакции").check()
    await staff.send_dialog()
    await expect(page.locator(".members [data-member='2001'] .row-last")).to_have_text(
        "с ограничениями"
    )
    await staff.member("bot", "Права администратора…")
    await page.get_by_role("checkbox", name="закреплять сообщения").uncheck()
    await staff.send_dialog()
    await staff.member("201", "Удалить из группы")
    await expect(page.locator(".members [data-member='201'] .row-last")).to_have_text("вне группы")
    await page.keyboard.press("Escape")
    await staff.open("Общая тема")
    await staff.act_as(2001)
    await expect(staff.part("obstacle")).to_have_text("Trainee: писать в группе нельзя")
    # Trainee is staff: no migrant, so not among the people on the left.
    await expect(page.locator(".person")).to_have_count(6)


async def test_what_the_bot_may_is_changed_by_the_owner(page: Page, staff: Staff, api: Api) -> None:
    await staff.act_as(COORDINATOR)
    await page.click("#members")
    await staff.member("bot", "Права администратора…")
    await page.get_by_role("checkbox", name="управлять темами").uncheck()
    await staff.send_dialog()
    view = await api.wait_for(GROUP, lambda view: "can_manage_topics" not in view["bot"]["rights"])
    assert "can_pin_messages" in view["bot"]["rights"]
    await staff.member("bot", "Разжаловать в участники")
    view = await api.wait_for(GROUP, lambda view: view["bot"]["status"] == "member")
    assert view["bot"]["rights"] == []


async def test_reactions_quotes_pins_and_deletion(
    page: Page, staff: Staff, case: int, api: Api
) -> None:
    await staff.open("Case 1")
    await staff.react("a first question", "👍")
    await staff.act_as(SECOND)
    reaction = staff.bubble("a first question").locator(".reaction")
    await reaction.click()
    await expect(reaction).to_have_attribute("aria-label", "👍 2: Counsellor 1, Counsellor 2")
    await expect(reaction.locator(".avatar")).to_have_count(2)

    await staff.menu("a first question", "Ответить с цитатой…")
    words = page.locator("dialog textarea")
    await words.evaluate("node => node.setSelectionRange(2, 7)")
    await staff.send_dialog()
    await staff.write("what is first?")
    quote = staff.message("what is first?").locator(".quote")
    await expect(quote.locator(".quote-text")).to_have_text("first")
    assert (await api.wait_for_text(GROUP, "what is first?"))["quote"]["text"] == "first"

    await staff.message("what is first?").locator(".message-menu").click()
    await expect(page.get_by_role("menuitem", name="Закрепить")).to_have_count(0)  # a member
    await page.keyboard.press("Escape")
    await staff.act_as(COORDINATOR)
    await staff.menu("what is first?", "Закрепить")
    told = staff.messages.get_by_text("Coordinator: закреплено «what is first?»")
    await expect(told).to_be_visible()
    await expect(staff.part("pinnedTitle")).to_have_text("Закреплено 1 из 2")
    await staff.part("pinned").click()
    await expect(staff.part("pinnedText")).to_have_text("A new case")
    await staff.menu("what is first?", "Открепить")
    await expect(staff.part("pinnedTitle")).to_have_text("Закреплено")
    await staff.menu("what is first?", "Удалить")
    await expect(staff.messages.locator(".message", has_text="what is first?")).to_have_count(0)


async def test_a_message_is_forwarded_to_another_topic_and_to_the_bot(
    page: Page, staff: Staff, case: int, api: Api
) -> None:
    await staff.open("Case 1")
    await staff.menu("a first question", "Переслать…")
    await page.get_by_role("menuitem", name="Общая тема").click()
    await expect(page.locator(".toast", has_text="Переслано")).to_be_visible()
    await staff.open("Общая тема")
    await expect(staff.message("a first question").locator(".forwarded")).to_be_visible()
    await staff.menu("a first question", "Переслать…")
    await page.get_by_role("menuitem", name="Свой чат с ботом").click()
    message = await api.wait_for_text(FIRST, "a first question")
    assert message["forward_origin"]["type"] == "user"


async def test_an_album_stays_one_bubble_in_the_group(
    page: Page, staff: Staff, forum_app: menu_bot.App, case: int
) -> None:
    await staff.open("Case 1")
    await staff.attach("Фото")
    await page.fill("dialog [name=samples]", "4")
    await staff.send_dialog()
    album = staff.messages.locator(".own .album")
    await expect(album.locator("img")).to_have_count(4)
    await staff.act_as(SECOND)
    theirs = staff.messages.locator(".theirs .album")
    await expect(theirs.locator("img")).to_have_count(4)
    assert await overflow(page) == 0


async def test_protected_messages_cannot_be_forwarded_from_the_group(
    page: Page, staff: Staff, forum_app: menu_bot.App, case: int
) -> None:
    await staff.open("Case 1")
    await forum_app.bot.send_message(
        GROUP, "an identity number", message_thread_id=case, protect_content=True
    )
    await expect(staff.bubble("an identity number").locator(".protected")).to_be_visible()
    await staff.message("an identity number").locator(".message-menu").click()
    await expect(page.get_by_role("menuitem", name="Ответить", exact=True)).to_be_visible()
    for forbidden in ("Переслать…", "Копировать текст"):
        await expect(page.get_by_role("menuitem", name=forbidden)).to_have_count(0)


async def test_another_group_becomes_a_supergroup_and_is_followed(
    page: Page, staff: Staff, api: Api
) -> None:
    await staff.group_menu("Новая группа…")
    await page.fill("dialog [name=title]", "Night shift")
    await page.select_option("dialog [name=kind]", "group")
    await staff.send_dialog()
    await expect(page.locator("#group-name")).to_have_text("Night shift")
    await expect(page.locator("#group-about")).to_contain_text("обычная группа")
    await staff.topic("Все сообщения").click()
    await staff.write("good evening")
    await expect(staff.message("good evening")).to_be_visible()
    await staff.group_menu("Сделать супергруппой")
    await expect(page.locator("#group-about")).to_contain_text("супергруппа")
    await staff.topic("Все сообщения").click()
    await expect(staff.messages.get_by_text("Супергруппа создана из группы")).to_be_visible()
    await staff.to_list()
    await page.click("#group-title")
    await page.get_by_role("menuitem", name="Helpline staff").click()
    await expect(staff.topic("Общая тема")).to_be_visible()


async def test_settings_of_a_group(page: Page, staff: Staff) -> None:
    await staff.act_as(COORDINATOR)
    await staff.group_menu("Настройки группы…")
    await page.fill("dialog [name=title]", "Day shift")
    await page.locator("dialog summary").click()
    await page.get_by_role("checkbox", name="управлять темами").check()
    await staff.send_dialog()
    await expect(page.locator("#group-name")).to_have_text("Day shift")
    await staff.open("Общая тема")
    await expect(
        staff.messages.get_by_text("Coordinator: группа теперь «Day shift»")
    ).to_be_visible()
    await staff.act_as(FIRST)
    await staff.to_list()
    await expect(page.locator("#new-topic")).to_be_visible()  # now every member may


async def test_service_messages_speak_the_pages_language(
    page: Page, staff: Staff, case: int, api: Api
) -> None:
    await as_owner(api, "/topics", action="close", thread=case)
    await staff.open("Case 1")
    for language, words in {
        "kk": "Coordinator: тақырып жабылды",
        "en": "Coordinator closed the topic",
        "ru": "Coordinator: тема закрыта",
    }.items():
        await page.select_option("#language", language)
        await expect(staff.messages.get_by_text(words)).to_be_visible()


async def test_names_and_titles_are_never_markup(page: Page, staff: Staff, api: Api) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    await as_owner(api, "/topics", action="create", name=nasty)
    await api.post("/people", id=SECOND, name=nasty)
    await as_owner(api, "/groups/change", title=nasty)
    await staff.open(nasty)
    await staff.act_as(SECOND)
    await staff.write(nasty)
    await staff.act_as(FIRST)
    await expect(staff.message(nasty).locator(".author bdi")).to_have_text(nasty)
    await page.click("#members")
    await expect(page.locator(".members .row-name", has_text=nasty)).to_be_visible()
    await expect(page.locator("img")).to_have_count(0)


async def test_the_address_keeps_the_person_and_the_topic(
    page: Page, phone: Phone, staff: Staff, case: int
) -> None:
    await staff.open("Case 1")
    await phone.choose(UZBEK)
    assert await page.evaluate("location.hash") == f"#{UZBEK}/{GROUP}/{case}"
    await page.reload()
    await expect(phone.message("a first question")).to_be_visible()
    await staff.show()
    await expect(staff.message("a first question")).to_be_visible()


async def test_a_draft_waits_in_its_topic(staff: Staff, case: int) -> None:
    await staff.open("Case 1")
    await staff.text.fill("half a sentence")
    await staff.open("Общая тема")
    await expect(staff.text).to_have_value("")
    await staff.open("Case 1")
    await expect(staff.text).to_have_value("half a sentence")


async def test_commands_in_a_group_are_those_of_groups(
    page: Page, staff: Staff, case: int, api: Api
) -> None:
    await staff.open("Case 1")
    await staff.part("commands").click()
    item = page.get_by_role("menuitem")
    await expect(item).to_have_count(1)
    await expect(item).to_contain_text("Show the case")
    await item.click()
    await api.wait_for_text(GROUP, "/case")


async def test_a_counsellors_own_phone_is_opened_from_the_members(
    page: Page, phone: Phone, staff: Staff
) -> None:
    await staff.show()
    await page.click("#members")
    await staff.member("201", "Открыть чат с ботом")
    await expect(page.locator("#phone-title")).to_have_text("Телефон: Counsellor 1")
    await phone.start(WELCOME)


async def test_a_reset_begins_anew_without_reloading(
    page: Page, staff: Staff, case: int, api: Api
) -> None:
    await staff.open("Case 1")
    await api.post("/reset")
    await expect(staff.topic("Case 1")).to_have_count(0)
    await staff.open("Общая тема")
    await staff.write("a fresh start")
    await expect(staff.message("a fresh start")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
async def test_the_staffs_work_by_keyboard_alone(
    page: Page, staff: Staff, case: int, api: Api
) -> None:
    press = page.keyboard.press

    async def part() -> str:
        return str(await page.evaluate("document.activeElement.closest('nav, .chat, .strip')?.id"))

    for _ in range(8):
        await press("F6")
        if await part() == "topics-pane":
            break
    assert await part() == "topics-pane"
    await expect(staff.topic("Общая тема")).to_be_focused()
    await press("ArrowDown")
    await expect(staff.topic("Case 1")).to_be_focused()
    outline = await staff.topic("Case 1").evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline == "solid"
    await press("Enter")
    await expect(staff.text).to_be_focused()
    await page.keyboard.type("typed by keys")
    await press("Enter")
    await expect(staff.message("typed by keys")).to_be_visible()
    await press("ArrowUp")
    await expect(staff.text).to_have_value("typed by keys")
    await press("Escape")
    menu = staff.message("typed by keys").locator(".message-menu")
    for _ in range(6):
        await press("Shift+Tab")
        if await menu.evaluate("node => node === document.activeElement"):
            break
    await expect(menu).to_be_focused()
    await press("Enter")
    await press("ArrowDown")
    await press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(staff.bubble("typed by keys").locator(".reaction.mine")).to_be_visible()
    await press("F6")
    assert await part() == "strip"
    await press("Shift+F6")
    assert await part() == "staff-chat"


@pytest.mark.parametrize("size", [SMALL], ids=["small"])
async def test_everything_fits_and_has_a_name_at_320_pixels(
    page: Page, phone: Phone, staff: Staff, case: int, api: Api
) -> None:
    await as_owner(api, "/topics", action="create", name="А" * 128)
    await api.send("б" * 200, FIRST, chat=GROUP, thread=case)
    await phone.choose(UZBEK)
    assert await overflow(page) == 0
    await staff.open("Case 1")
    assert await overflow(page) == 0
    await staff.to_list()
    await page.click("#tabs [data-tab='strip']")
    for head in await page.locator("#strip .card-head[aria-expanded]").all():
        await head.click()
    assert await overflow(page) == 0
    for tab in ("people", "chat", "staff", "strip"):
        await page.click(f"#tabs [data-tab='{tab}']")
        assert await overflow(page) == 0
        assert await unnamed_controls(page) == []


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
async def test_side_by_side_everything_has_a_name(
    page: Page, phone: Phone, staff: Staff, case: int
) -> None:
    await phone.choose(UZBEK)
    await staff.open("Case 1")
    await expect(phone.message("a first question")).to_be_visible()
    await expect(staff.message("a first question")).to_be_visible()
    assert await unnamed_controls(page) == []
    assert await overflow(page) == 0
    twice = await page.evaluate(
        """() => [...document.querySelectorAll("[id]")].map((node) => node.id)
            .filter((id, at, all) => all.indexOf(id) !== at)"""
    )
    assert twice == []


async def test_another_file_comes_into_a_message_and_an_album_is_forwarded_whole(
    page: Page, staff: Staff, case: int, api: Api
) -> None:
    await staff.open("Case 1")
    await staff.attach("Файл")
    await page.fill("dialog [name=caption]", "the contract")
    await staff.send_dialog()
    await staff.menu("the contract", "Заменить файл…")
    await page.set_input_files(
        "dialog [name=file]",
        [{"name": "signed.txt", "mimeType": "text/plain", "buffer": b"signed"}],
    )
    await staff.send_dialog()
    changed = staff.bubble("the contract")
    await expect(changed.locator(".card-title")).to_have_text("signed.txt")
    await expect(changed.locator(".edited")).to_be_visible()

    await staff.attach("Фото")
    await page.fill("dialog [name=samples]", "2")
    await staff.send_dialog()
    await staff.messages.locator(".album .message-menu").first.click()
    await page.get_by_role("menuitem", name="Переслать…").click()
    await page.get_by_role("menuitem", name="Общая тема").click()
    await staff.open("Общая тема")
    await expect(staff.messages.locator(".album .tile")).to_have_count(2)


async def test_typing_shows_in_its_topic_only(
    staff: Staff, forum_app: menu_bot.App, case: int
) -> None:
    await staff.open("Case 1")
    await forum_app.bot.send_chat_action(GROUP, "typing", message_thread_id=case)
    await expect(staff.status).to_have_text("Sandbox bot печатает")
    await staff.open("Общая тема")
    await expect(staff.part("title")).to_have_text("Общая тема")
    await expect(staff.status).to_have_text("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_from_their_ground(
    browser: Browser, sandbox: TestServer, case: int, api: Api, scheme: str
) -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 : 1 at least."""
    await api.send("an answer", FIRST, chat=GROUP, thread=case)
    await api.post("/fault", error_code=500, method="getMe")
    await as_owner(api, "/topics", action="close", thread=case)
    address = f"{sandbox.make_url('/')}#{UZBEK}/{GROUP}/{case}"
    async with open_page(browser, address, WIDE, color_scheme=scheme) as page:
        await expect(Staff(page).message("an answer")).to_be_visible()
        await expect(Phone(page).message("a first question")).to_be_visible()
        for card in ("time", "parts", "faults", "journal", "recording"):
            await Strip(page).open(card)
            assert await faint_words(page) == []
        await page.click("#members")
        assert await faint_words(page) == []
