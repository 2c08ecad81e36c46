"""The page in a real headless Chromium: opening it, and what people do on it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# Long enough for a machine that is busy with other things.
expect.set_options(timeout=20_000)

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
]
Size = tuple[int, int]
PHONE: Size = (360, 740)
SMALL: Size = (320, 568)
DESK: Size = (1280, 800)
WIDE: Size = (1440, 900)
# The page's own breakpoint: below it one part is seen at a time.
NARROWEST_DESK = 720


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start a browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def open_page(
    browser: Browser, address: str, size: Size, *, silent: bool = True, **options: Any
) -> AsyncIterator[Page]:
    """Open the page.

    Nothing may be asked of other servers, and its console must stay silent unless the test breaks
    the connection itself.
    """
    faults: list[str] = []
    own = address.partition("#")[0]
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        permissions=["clipboard-read", "clipboard-write"],
        **({"locale": "ru-RU"} | options),
    )
    page = await context.new_page()
    page.on("console", lambda told: faults.append(told.text)
            if silent and told.type == "error" else None)  # fmt: skip
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((own, "blob:", "data:"))
            else faults.append(asked.url))  # fmt: skip
    await page.goto(address)
    yield page
    await context.close()
    assert faults == []


class Part:
    """One half of the page."""

    def __init__(self, page: Page, tab: str, name: str) -> None:
        self.page = page
        self.tab = tab
        self.root = page.locator(name)
        self.messages = self.part("messages")
        self.text = self.part("text")
        self.status = self.part("status")

    @property
    def narrow(self) -> bool:
        size = self.page.viewport_size
        assert size is not None
        return size["width"] < NARROWEST_DESK

    def part(self, name: str) -> Locator:
        return self.root.locator(f"[data-part='{name}']")

    async def show(self) -> None:
        """Bring this half into sight, on a phone."""
        tab = self.page.locator(f"#tabs [data-tab='{self.tab}']")
        if self.narrow and await tab.get_attribute("aria-current") is None:
            await tab.click()

    async def to_list(self) -> None:
        """Go back to the list, where it does not stand beside the chat."""
        back = self.part("back")
        if await back.is_visible():
            await back.click()

    async def write(self, text: str) -> None:
        await self.show()
        await self.text.fill(text)
        await self.text.press("Enter")

    async def attach(self, name: str) -> None:
        await self.show()
        await self.part("attach").click()
        await self.page.get_by_role("menuitem", name=name, exact=True).click()

    async def send_dialog(self) -> None:
        await self.page.locator("dialog .primary").click()

    def message(self, text: str) -> Locator:
        return self.messages.locator(".message", has_text=text).last

    def bubble(self, text: str) -> Locator:
        return self.message(text).locator(".bubble")

    async def menu(self, text: str, entry: str) -> None:
        """Choose from the menu of a message."""
        await self.show()
        await self.message(text).locator(".message-menu").click()
        await self.page.get_by_role("menuitem", name=entry, exact=True).click()

    async def react(self, text: str, emoji: str) -> None:
        await self.show()
        await self.message(text).locator(".message-menu").click()
        await self.page.locator(".menu .emoji", has_text=emoji).click()


class Phone(Part):
    """What a migrant does, on the left."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "chat", "#phone")

    async def choose(self, person: int) -> None:
        if self.narrow:
            await self.page.click("#tabs [data-tab='people']")
        else:
            await self.to_list()
        await self.page.click(f"[data-person='{person}']")

    async def start(self, answer: str = "stranger") -> None:
        await self.part("start").click()
        await expect(self.messages.get_by_text(answer)).to_be_visible()


class Staff(Part):
    """What the staff does, on the right."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "staff", "#staff")

    def topic(self, name: str) -> Locator:
        return self.root.locator(".topic", has=self.page.locator(".row-name", has_text=name))

    async def open(self, name: str) -> None:
        await self.show()
        await self.to_list()
        await self.topic(name).click()

    async def act_as(self, person: int) -> None:
        await self.show()
        await self.page.select_option("#acting", str(person))

    async def topic_menu(self, entry: str) -> None:
        await self.show()
        await self.part("chatMenu").click()
        await self.page.get_by_role("menuitem", name=entry, exact=True).click()

    async def group_menu(self, entry: str) -> None:
        await self.show()
        await self.to_list()
        await self.page.click("#group-menu")
        await self.page.get_by_role("menuitem", name=entry, exact=True).click()

    async def member(self, member: str, entry: str) -> None:
        """Choose what is done to a member in the open dialog."""
        await self.page.locator(f".members [data-member='{member}']").click()
        await self.page.get_by_role("menuitem", name=entry, exact=True).click()


class Strip:
    """The controls below."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("#strip")

    def card(self, name: str) -> Locator:
        return self.page.locator(f"#card-{name}")

    def state(self, name: str) -> Locator:
        return self.card(name).locator("[data-part='state']")

    async def open(self, name: str) -> Locator:
        """Open a card; on a phone its tab first."""
        tab = self.page.locator("#tabs [data-tab='strip']")
        if await tab.is_visible():
            await tab.click()
        head = self.card(name).locator(".card-head")
        if await head.get_attribute("aria-expanded") == "false":
            await head.click()
        return self.card(name)


async def overflow(page: Page) -> int:
    """Say by how many pixels the page is wider than the window."""
    over: int = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return over


async def unnamed_controls(page: Page) -> list[str]:
    """Return the visible controls that have no name for a screen reader."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, select, textarea")]
            .filter((node) => node.offsetParent && !(node.getAttribute("aria-label")
                || node.textContent.trim() || node.labels?.length))
            .map((node) => node.outerHTML)"""
    )
    return found


# https://www.w3.org/TR/WCAG22/#contrast-minimum, with the formulas it refers to.
_FAINT = """() => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const colour = (css) => {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = css;
        pen.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    };
    const over = (top, below) =>
        [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
    const light = (rgb) => {
        const [red, green, blue] = rgb.map((value) => value / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ground = (node) => {
        const layers = [];
        for (let one = node; one; one = one.parentElement) {
            layers.unshift(colour(getComputedStyle(one).backgroundColor));
        }
        return layers.reduce((below, top) => over(top, below), [255, 255, 255, 1]);
    };
    const faint = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const node = texts.currentNode.parentElement;
        const words = texts.currentNode.textContent.trim();
        if (!/[\\p{L}\\p{N}]/u.test(words) || !node.offsetParent) continue;
        if (node.closest(".sr-only, option")) continue;
        const below = ground(node);
        const both = [light(over(colour(getComputedStyle(node).color), below)), light(below)];
        const contrast = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
        if (contrast < 4.5) faint.push(`${words.slice(0, 40)}: ${contrast.toFixed(2)}`);
    }
    return faint;
}"""


async def faint_words(page: Page) -> list[str]:
    """Return the visible words whose contrast is below WCAG's 4.5 : 1, with their contrast."""
    found: list[str] = await page.evaluate(_FAINT)
    return found
