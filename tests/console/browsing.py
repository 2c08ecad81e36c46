"""The console in a real headless Chromium, over a real port."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import uvicorn
from axe_playwright_python.async_playwright import Axe

from tests.console.house import ADDRESS
from tests.sandbox.browsing import chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import BrowserContext, Page

    from bot.store.console import Member
    from tests.console.house import House

SIZES = ((360, "dark"), (1280, "light"))
"""Widths, each in one of the two looks."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
    found = (await Axe().run(page, options={"runOnly": RULES})).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


async def overflows(page: Page) -> bool:
    """Whether the page is wider than the window."""
    wide: bool = await page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide
