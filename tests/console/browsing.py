"""The console in a real headless Chromium, over a real port."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import uvicorn
from axe_playwright_python.async_playwright import Axe

from bot.console.web.pages import LANGUAGE_COOKIE
from tests.console.house import ADDRESS
from tests.sandbox.browsing import chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, BrowserContext, Dialog, Locator, Page

    from bot.store.console import Member
    from tests.console.house import House

SIZES = ((360, "dark"), (1280, "light"))
"""Widths, each in one of the two looks."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


_STATUSES = "Failed to load resource: the server responded with a status of 4"


@asynccontextmanager
async def served(house: House) -> AsyncIterator[str]:
    """The console on a free port; its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(house.app, log_config=None, lifespan="off"))
        task = asyncio.create_task(server.serve([listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        yield ADDRESS.rpartition(":")[0] + f":{port}"
        server.should_exit = True
        await task


class Desk:
    """One browser at one console, for as many people as a test needs.

    Attributes:
        address: of the console.
        faults: what no page may do: break a rule of the content policy or a script, open a dialog,
            ask anything of another server.
    """

    def __init__(self, house: House, browser: Browser, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        self._house = house
        self._browser = browser

    async def page(
        self, member: Member, *, language: str = "en", script: bool = True, width: int = 1280
    ) -> Page:
        """A page of somebody who is signed in."""
        context = await self._browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script, locale="en"
        )
        page = await context.new_page()
        page.on("console", lambda told: self._told(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", self._dialog)
        page.on("request", lambda asked: self._asked(asked.url))
        secret = f"desk-{member.id}-{len(self._browser.contexts)}"
        await self._house.parts.store.console.offer(secret, member)
        await page.goto(f"{self.address}/sign-in/{secret}")
        await page.locator("main button").click()
        await page.wait_for_url(f"{self.address}/")
        cookie = {"name": LANGUAGE_COOKIE, "value": language, "url": self.address}
        await context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    def _told(self, text: str) -> None:
        # Chromium also says of every page with another status than 200 that it is one.
        if not text.startswith(_STATUSES):
            self.faults.append(text)

    async def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        await dialog.dismiss()

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.address}/", "data:image/")):
            self.faults.append(url)


@asynccontextmanager
async def desk(house: House) -> AsyncIterator[Desk]:
    """The console and a browser; nothing that a page may not do has been done at the end."""
    async with served(house) as address, chromium() as browser:
        made = Desk(house, browser, address)
        yield made
        assert made.faults == []


@asynccontextmanager
async def signed_in(
    house: House, member: Member, *, width: int = 1280, scheme: str = "light", script: bool = True
) -> AsyncIterator[tuple[Page, str]]:
    """A page in a browser of a member of the staff, and the console's address."""
    async with served(house) as address, chromium() as browser:
        context: BrowserContext = await browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=script,
            locale="en",
        )
        page = await context.new_page()
        await house.parts.store.console.offer(f"browser-{member.id}", member)
        await page.goto(f"{address}/sign-in/browser-{member.id}")
        await page.locator("main button").click()
        await page.wait_for_url(f"{address}/")
        yield page, address


async def violations(page: Page) -> list[str]:
    """What axe says against a page: the rule and the first element that breaks it."""
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = (await Axe().run(page, options=options)).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


async def every_look(page: Page) -> list[str]:
    """What is wrong with a page on a phone and on a desk, each in one of the two looks."""
    found = []
    for width, scheme in SIZES:
        await page.set_viewport_size({"width": width, "height": 800})
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found += [f"{width} px, {scheme}: {one}" for one in await violations(page)]
    await page.set_viewport_size({"width": 320, "height": 800})
    if await overflows(page):
        found.append("320 px: wider than the window")
    await page.set_viewport_size({"width": 1280, "height": 800})
    return found


async def tab_to(page: Page, target: Locator, *, most: int = 200) -> None:
    """Goes to an element as somebody without a mouse does.

    Args:
        page: where.
        target: one element.
        most: key presses; a page that takes more is no page for the keyboard.
    """
    for _ in range(most):
        await page.keyboard.press("Tab")
        if await target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not come to {target}")


async def overflows(page: Page) -> bool:
    """Whether the page is wider than the window."""
    wide: bool = await page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide
