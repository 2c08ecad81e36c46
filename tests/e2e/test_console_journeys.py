"""What the staff change in the console reaches the migrants, and what migrants say the staff.

All processes are real, and so is the browser: in the console, and on the sandbox's page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.console.browsing import RULES
from tests.content import fresh_answers
from tests.e2e.browsing import console
from tests.e2e.helpline import Helpline, Person, buttons, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.timeout(300)]

COUNSELLOR, COLLEAGUE = 201, 202
"""Members of the sandbox's ready staff group."""
MIGRANT = 102

ANSWER = "/answers/work_permit/permit_need/ru"
PAGES = (
    *("/", "/answers", ANSWER, "/answers/work_permit/permit_need/uz", f"{ANSWER}?whole=1"),
    *("/answers/work_permit/permit_need/details", f"{ANSWER}/history", f"{ANSWER}/blame"),
    *("/answers/proposals", "/answers/overdue", "/answers/files", "/answers/files/glossary.yml"),
    *("/answers/work_permit/permit_need/still-true", "/centres", "/centres/hot-112"),
    *("/centres/hot-112/history", "/centres/new", "/centres/wrong", "/teach", "/teach/phrases"),
    *("/teach/training", "/insight", "/insight/waits", "/insight/equity", "/insight/reach"),
    *("/people", "/people/changes", "/people/reveals", "/people/settings", "/teach/new"),
)
NUMBER = "1414"
"""A public line: an invented number could be somebody's."""
SENTENCE = "Нет, это не нужно. Так написано в договоре о Союзе."


@pytest.fixture(scope="module")
def helpline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpline]:
    """A helpline with an answers folder of its own to write to, and without a classifier."""
    folder = tmp_path_factory.mktemp("edited")
    fresh_answers(folder / "answers")
    running = Helpline(folder, ANSWERS_DIR=str(folder / "answers"), NLU_URL="http://127.0.0.1:1")
    running.start("store")
    yield running
    running.stop()


def eaeu_answer(helpline: Helpline) -> str:
    """What the bot tells a citizen of the Union who asks whether they need a permit."""
    someone = Person(helpline, MIGRANT, "ru")
    someone.send("/menu")
    someone.press("🛂")
    return texts(someone.press("Нужно ли разрешение"))


def test_a_correction_is_approved_by_a_colleague_and_reaches_the_migrant(
    helpline: Helpline, browser: Browser
) -> None:
    someone = Person(helpline, MIGRANT, "ru")
    someone.send("/start")
    someone.press("Русский")
    someone.press("🛂")
    someone.press("Нужно ли разрешение")
    assert SENTENCE not in texts(someone.press("Кыргызстан"))

    page = console(browser, helpline, COUNSELLOR)
    page.goto(f"{helpline.console}{ANSWER}")
    page.locator("textarea[name='part-eaeu']").fill(SENTENCE)
    expect(page.locator("#live")).to_contain_text(SENTENCE)
    page.locator("input[name='reason']").fill("Короче и понятнее")
    page.locator("button[value='submit']").click()
    page.wait_for_url(re.compile("/answers/proposals/"))
    proposal = page.url.partition("?")[0]
    assert SENTENCE not in eaeu_answer(helpline)  # a proposal is not what is published

    colleague = console(browser, helpline, COLLEAGUE)
    colleague.goto(proposal)
    expect(colleague.locator("ins").first).to_be_visible()
    colleague.locator("form[action$='/publish'] button").click()
    colleague.wait_for_url(re.compile("done=published"))

    helpline.wait_until(lambda: SENTENCE in eaeu_answer(helpline), 30)
    chat = browser.new_context(locale="ru-RU", viewport={"width": 1440, "height": 900}).new_page()
    chat.goto(f"{helpline.sandbox}/#{MIGRANT}")
    expect(chat.locator("#phone .theirs .words", has_text=SENTENCE).last).to_be_visible()

    page.goto(f"{helpline.console}{ANSWER}/history")
    expect(page.locator("main")).to_contain_text("Короче и понятнее")


def test_a_number_called_wrong_is_corrected_and_the_next_migrant_gets_the_new_one(
    helpline: Helpline, browser: Browser
) -> None:
    someone = Person(helpline, MIGRANT, "ru")
    said = someone.send(location={"latitude": 43.24, "longitude": 76.91})
    someone.press("Номер неверный")
    asked = someone.press(buttons(someone.messages()[-1])[0]["text"])
    assert texts(asked)

    page = console(browser, helpline, COUNSELLOR)
    page.goto(f"{helpline.console}/centres/wrong")
    expect(page.locator("table.wrong tbody tr")).to_have_count(1)
    page.locator("table.wrong a.button").click()
    page.locator("textarea[name='phones_text']").fill(NUMBER)
    page.locator("button[value='submit']").click()
    page.wait_for_url(re.compile("/answers/proposals/"))
    proposal = page.url.partition("?")[0]
    colleague = console(browser, helpline, COLLEAGUE)
    colleague.goto(proposal)
    colleague.locator("form[action$='/publish'] button").click()
    colleague.wait_for_url(re.compile("done=published"))
    page.goto(f"{helpline.console}/centres/wrong")
    page.locator("button[value='corrected']").click()
    expect(page.locator("table.wrong")).to_have_count(0)

    def near() -> str:
        return texts(someone.send(location={"latitude": 43.24, "longitude": 76.91}))

    before = texts(said).count(NUMBER)
    helpline.wait_until(lambda: near().count(NUMBER) > before, 30)


def test_every_page_works_and_breaks_no_rule_of_accessibility(
    helpline: Helpline, browser: Browser
) -> None:
    page = console(browser, helpline, COUNSELLOR)
    faults: list[str] = []
    page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((helpline.console, "data:"))
            else faults.append(asked.url))  # fmt: skip
    for path in PAGES:
        answer = page.goto(f"{helpline.console}{path}")
        assert answer is not None
        assert (path, answer.status) == (path, 200)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert (path, [one["id"] for one in found]) == (path, [])
    assert faults == []


def test_a_signed_out_browser_sees_nothing(helpline: Helpline, browser: Browser) -> None:
    page = console(browser, helpline, COUNSELLOR)
    page.locator("form[action='/sign-out'] button").click()
    page.goto(f"{helpline.console}{ANSWER}")
    assert page.url.startswith(f"{helpline.console}/sign-in")
    expect(page.locator("textarea")).to_have_count(0)
