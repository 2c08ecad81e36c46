"""Photographs ten answers, and the screens around them, in all six variants, to be looked at.

Run by ``make answer-sheets``; a language alone: ``python tools/answer_sheets.py uz_Cyrl``. Starts
`helpline run` on ports and data of its own, lets one person per variant ask, and photographs each
reply on the sandbox's page in headless Chromium. Writes ``var/answers/<variant>/`` and, of each
variant, two sheets with all of them side by side. Nothing of it is committed.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright, expect

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.language.tags import Locale  # noqa: E402
from tests.e2e.helpline import Helpline, Person  # noqa: E402
from tests.sandbox.browsing import CHROMIUM, FLAGS  # noqa: E402

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, ViewportSize

FOLDER = ROOT / "var" / "answers"
PEOPLE = {locale: 301 + number for number, locale in enumerate(Locale)}
SCREENS = {
    "menu": "do:menu",
    "topic": "t:work_permit",
    **{
        name: f"a:{name}"
        for name in (
            *("permit_need", "permit_cost", "registration", "visa_free_stay", "overstay_fine"),
            *("deportation_ban", "unpaid_wages", "trafficking", "hotline", "privacy"),
        )
    },
    "hotline_more": "m:hotline",
    "needs": "nw",
    "city": "city:shymkent",
    "consulates": "city:astana",
    "quiet": "q",
}
"""What is photographed, by the data of the button that leads there."""

DANGER = {
    Locale.KK: "мені қамап қойды, паспортымды алып қойды",
    Locale.RU: "меня заперли, паспорт забрали",
    Locale.UZ: "meni qamab qoʻyishdi, pasportimni olib qoʻyishdi",
    Locale.UZ_CYRL: "мени қамаб қўйишди, паспортимни олиб қўйишди",
    Locale.TG: "маро маҳкам карданд, паспортамро гирифтанд",
    Locale.KY: "мени камап коюшту, паспортумду алып коюшту",
}
PHONE: ViewportSize = {"width": 400, "height": 3000}
PER_SHEET = 6
SETTLE_SECONDS = 0.3


async def main(locales: list[Locale]) -> None:
    """Takes all pictures and puts them on sheets."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with tempfile.TemporaryDirectory() as data:
            helpline = Helpline(Path(data))
            try:
                await asyncio.to_thread(helpline.start, "store")
                for locale in locales:
                    taken = await _variant(browser, helpline, locale)
                    await _sheets(browser, locale, taken)
            finally:
                await asyncio.to_thread(helpline.stop)
        await browser.close()


async def _variant(browser: Browser, helpline: Helpline, locale: Locale) -> list[Path]:
    """One person of Uzbekistan goes through everything in one variant."""
    folder = FOLDER / locale.value
    folder.mkdir(parents=True, exist_ok=True)
    person = Person(helpline, PEOPLE[locale], locale.language)
    await asyncio.to_thread(person.send, "/start")
    await asyncio.to_thread(person.press, locale.endonym)
    await asyncio.to_thread(_go, person, "c:UZ:")
    page = await browser.new_page(viewport=PHONE, locale="ru-RU")
    await page.goto(f"{helpline.sandbox}/#{person.user}")
    taken = []
    for number, (name, data) in enumerate([("danger", ""), *SCREENS.items()], start=1):
        if data:
            await asyncio.to_thread(_go, person, data)
        else:
            await asyncio.to_thread(person.send, DANGER[locale])
        file = folder / f"{number:02}-{name}.png"
        await _photograph(page, person, file)
        taken.append(file)
    await page.close()
    return taken


def _go(person: Person, data: str) -> None:
    before = person.messages()
    person.forge(data)
    person.replies(before)


async def _photograph(page: Page, person: Person, file: Path) -> None:
    newest = max(m["message_id"] for m in person.messages() if m["from"]["is_bot"])
    message = page.locator(f"#phone .message[data-message='{newest}']")
    await expect(message).to_be_visible()
    await asyncio.sleep(SETTLE_SECONDS)
    await message.screenshot(path=file)


async def _sheets(browser: Browser, locale: Locale, taken: list[Path]) -> None:
    for start in range(0, len(taken), PER_SHEET):
        page = await browser.new_page(viewport={"width": 100, "height": 100})
        sheet = FOLDER / locale.value / "sheet.html"
        images = "".join(
            f"<figure><figcaption>{file.stem}</figcaption><img src={file.name}></figure>"
            for file in taken[start : start + PER_SHEET]
        )
        sheet.write_text(
            "<meta charset=utf-8><style>body{margin:0;display:inline-flex;align-items:start;"
            f"background:#cdd}}figure{{margin:6px}}</style>{images}",
            encoding="utf-8",
        )
        await page.goto(sheet.as_uri())
        name = FOLDER / f"{locale.value}-{start // PER_SHEET + 1}.png"
        await page.locator("body").screenshot(path=name)
        print(name)
        sheet.unlink()
        await page.close()


if __name__ == "__main__":
    asyncio.run(main([Locale(name) for name in sys.argv[1:]] or list(Locale)))
