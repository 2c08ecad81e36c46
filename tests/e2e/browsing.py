"""The console of a running helpline in a real browser, as the staff open it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.helpline import Helpline, Person, texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Long enough for a machine that is busy with other things.
expect.set_options(timeout=30_000)


def console(browser: Browser, helpline: Helpline, member: int) -> Page:
    """The console's first page, opened with the link that the bot sends."""
    told = texts(Person(helpline, member, "ru").send("/console"))
    link = re.search(r"http\S+/sign-in/\S+", told)
    assert link, told
    page = browser.new_context(locale="ru-RU").new_page()
    page.goto(link[0])
    page.locator("main button").click()
    page.wait_for_url(f"{helpline.console}/")
    return page
