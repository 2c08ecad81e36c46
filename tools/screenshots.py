"""Takes the screenshots of the documentation: a real helpline, a real browser.

Run by ``make screenshots``. Starts `helpline run` on ports of its own, lets people chat and staff
answer one of them, then a sandbox with a small relaying bot on which staff work, and photographs
the page in headless Chromium.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import Browser, Page, async_playwright, expect

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.helpline import Helpline, Person  # noqa: E402
from tests.sandbox.browsing import CHROMIUM, FLAGS  # noqa: E402
from tools import console_scene  # noqa: E402
from tools.desk_scene import DeskScene  # noqa: E402
from tools.staff_scene import staff_scene  # noqa: E402

if TYPE_CHECKING:
    from playwright.async_api import Locator

IMAGES = ROOT / "docs" / "images"
CONVERSATIONS = {
    103: ("uz", "Oʻzbekcha", ["xo'jayin ikki oydan beri oyligimni bermayapti"]),
    102: ("ru", "Русский", ["меня заперли и не выпускают, паспорт забрали"]),
}
DESK = {"width": 1440, "height": 900}
TALL = {"width": 1480, "height": 1240}
ANSWER = {"width": 1440, "height": 1610}
PHONE = {"width": 360, "height": 740}
PAGE = {"width": 1280, "height": 860}
WIDE_PAGE = {"width": 1440, "height": 1000}
# Until the pictures in the page are there and nothing moves any more.
SETTLE_SECONDS = 1.0


async def main() -> None:
    """Takes all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with tempfile.TemporaryDirectory() as folder:
            helpline = Helpline(Path(folder))
            await asyncio.to_thread(_talk, helpline)
            try:
                await _conversation(browser, helpline)
                await _desk_pictures(browser, helpline)
            finally:
                await asyncio.to_thread(helpline.stop)
        with tempfile.TemporaryDirectory() as folder:
            await _console_pictures(browser, Path(folder))
        async with staff_scene() as address:
            await _staff_work(browser, address)
        await browser.close()


def _talk(helpline: Helpline) -> None:
    helpline.start()
    for user, (language, button, questions) in CONVERSATIONS.items():
        person = Person(helpline, user, language)
        person.send("/start")
        person.press(button)
        for question in questions:
            person.send(question)


async def _conversation(browser: Browser, helpline: Helpline) -> None:
    """Photograph the helpline itself: the migrant's side, large and on a phone."""
    address = f"{helpline.sandbox}/#103"
    desk = await _open(browser, address, TALL)
    await desk.get_by_text("👍").first.wait_for()
    await _take(desk.locator("#phone"), "chat")
    phone = await _open(browser, address, PHONE, "dark")
    await phone.get_by_text("👍").first.wait_for()
    await _take(phone, "phone")


async def _desk_pictures(browser: Browser, helpline: Helpline) -> None:
    """Photograph a case at the desk, step by step: the staff's half of the page."""
    scene = DeskScene(helpline)
    steps = (
        (scene.card, "#staff", DESK),
        (scene.talk, "#staff-chat", DESK),
        (scene.answer, "#staff-chat", ANSWER),
        (scene.closing, "#staff-chat", DESK),
    )
    for step, part, size in steps:
        await asyncio.to_thread(step)
        page = await _open(browser, scene.address, size)
        await expect(page.locator("#staff .message").last).to_be_visible()
        await _take(page.locator(part), f"desk-{step.__name__}")
        await page.context.close()


async def _console_pictures(browser: Browser, folder: Path) -> None:
    """Photograph the staff's console, with a proposal, questions to teach and made-up figures."""
    running = console_scene.helpline(folder)
    await asyncio.to_thread(running.start)
    try:
        await asyncio.to_thread(console_scene.questions, running)
        await console_scene.figures(running)
        author = await console_scene.console(browser, running, console_scene.AIGUL, viewport=PAGE)
        proposal = await console_scene.proposal(author, running.console)
        page = await console_scene.console(browser, running, console_scene.TIMUR, viewport=PAGE)
        for path, name in (
            *(("/", "home"), ("/answers", "answers"), (proposal, "proposal")),
            *(("/teach", "teach"), ("/insight", "insight")),
        ):
            await page.goto(path if path.startswith("http") else f"{running.console}{path}")
            await _take(page, f"console-{name}")
        await page.goto(f"{running.console}/centres")
        await page.locator(".leaflet-container").scroll_into_view_if_needed()
        await _take(page, "console-centres")
        await page.goto(f"{running.console}{console_scene.ANSWER}")
        await page.set_viewport_size(WIDE_PAGE)
        await _take(page, "console-editor")
        await page.set_viewport_size(PHONE)
        await page.goto(f"{running.console}/answers")
        await _take(page, "console-phone")
    finally:
        await asyncio.to_thread(running.stop)


async def _staff_work(browser: Browser, address: str) -> None:
    """Photograph the whole page at the staff's work: light, dark, and on a phone."""
    for scheme, name in (("light", "sandbox"), ("dark", "sandbox-dark")):
        desk = await _open(browser, address, DESK, scheme)
        await expect(desk.locator("#staff .message").last).to_be_visible()
        if scheme == "dark":
            await desk.click("#card-journal .card-head")
        await _take(desk, name)
    phone = await _open(browser, address, PHONE)
    await phone.click("#tabs [data-tab='staff']")
    await _take(phone, "sandbox-phone")


async def _open(
    browser: Browser, address: str, size: dict[str, int], scheme: str = "light"
) -> Page:
    context = await browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=size is PHONE,
        locale="ru-RU",
    )
    page = await context.new_page()
    await page.goto(address)
    return page


async def _take(what: Page | Locator, name: str) -> None:
    await asyncio.sleep(SETTLE_SECONDS)
    await what.screenshot(path=IMAGES / f"{name}.png")
    print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
