"""A counsellor corrects an answer in the console, a colleague approves it, a migrant reads it.

All processes are real, and so is the browser: in the console, and on the sandbox's page.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bot.settings import ROOT
from tests.e2e.browsing import console
from tests.e2e.helpline import Helpline, Person, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.timeout(300)]

COUNSELLOR, COLLEAGUE = 201, 202
"""Members of the sandbox's ready staff group."""
MIGRANT = 102

ANSWER = "/answers/work_permit/permit_need/ru"
SENTENCE = "Нет, это не нужно. Так написано в договоре о Союзе."


@pytest.fixture(scope="module")
def helpline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpline]:
    """A helpline with an answers folder of its own to write to, and without a classifier."""
    folder = tmp_path_factory.mktemp("edited")
    shutil.copytree(ROOT / "answers", folder / "answers")
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


def test_a_signed_out_browser_sees_nothing(helpline: Helpline, browser: Browser) -> None:
    page = console(browser, helpline, COUNSELLOR)
    page.locator("form[action='/sign-out'] button").click()
    page.goto(f"{helpline.console}{ANSWER}")
    assert page.url.startswith(f"{helpline.console}/sign-in")
    expect(page.locator("textarea")).to_have_count(0)
