"""Draws the picture of the counsellors' guide: how the files of an answer become a message.

Run by ``make answers-picture``. Both sides are real: the files of one answer as they are now, and
the screen that the bot draws of them for a citizen of Uzbekistan. Same numbers belong together.
Writes ``docs/images/answer.png``, photographed in headless Chromium.
"""

from __future__ import annotations

import asyncio
import re
import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.answers.load import load_library  # noqa: E402
from bot.answers.model import Citizenship, Part  # noqa: E402
from bot.catalogs import Catalogs  # noqa: E402
from bot.dialogue import acts  # noqa: E402
from bot.language.tags import Locale  # noqa: E402
from bot.telegram.render import Context, draw  # noqa: E402
from tests.sandbox.browsing import CHROMIUM, FLAGS  # noqa: E402

if TYPE_CHECKING:
    from bot.telegram.render import Screen

INTENT = "eaeu_work"
FOLDER = ROOT / "answers" / "eaeu_rights" / INTENT
PICTURE = ROOT / "docs" / "images" / "answer.png"
SHOWN_PARTS = (Part.VISA_FREE, Part.EVERYONE)
NUMBERED_LINES = {
    "question:": 1,
    f"# {Part.VISA_FREE}": 2,
    f"# {Part.EVERYONE}": 3,
    f"# {Part.MORE}": 6,
    "status:": 4,
    "checked_on:": 4,
    "sources:": 5,
    "related:": 7,
    "handoff:": 8,
}
STYLE = """
body { margin: 0; padding: 20px; display: inline-flex; gap: 28px; align-items: start;
  background: #fff; font: 14px/1.4 "Noto Sans", sans-serif; color: #1c2733 }
section { width: 460px } section.phone { width: 370px }
h1 { margin: 0 0 6px; font-size: 14px } h1 span { font-weight: normal; color: #667 }
pre { margin: 0 0 16px; padding: 10px 12px; background: #f4f5f7; border-radius: 8px;
  white-space: pre-wrap; font: 12px/1.45 "Noto Sans Mono", monospace }
.bubble { padding: 10px 12px; background: #eef6ff; border-radius: 12px }
.button { margin-top: 5px; padding: 6px; background: #dfe9f3; border-radius: 8px;
  text-align: center }
.row { display: flex; gap: 5px } .row .button { flex: 1 }
a { color: #1769aa } .faint { color: #889 }
b.n { display: inline-block; min-width: 17px; margin-right: 5px; border-radius: 9px; color: #fff;
  background: #c4314b; font: bold 11px/17px sans-serif; text-align: center }
"""


def main() -> None:
    """Draws it anew."""
    asyncio.run(_photograph(page()))
    print(PICTURE)


def page() -> str:
    """The picture as a page."""
    files = (
        f"<section><h1>ru.md <span>what we say</span></h1><pre>{_markdown()}</pre>"
        f"<h1>answer.yml <span>what it rests on</span></h1><pre>{_fields()}</pre></section>"
    )
    title = "<h1>What a citizen of Uzbekistan sees</h1>"
    phone = f"<section class=phone>{title}{_message(_screen())}</section>"
    return f"<meta charset=utf-8><style>{STYLE}</style>{files}{phone}"


def _screen() -> Screen:
    library = load_library(ROOT / "answers")
    catalogs = Catalogs(ROOT / "locales")
    day = library.answers[INTENT].checked_on
    context = Context(catalogs[Locale.RU], catalogs, library, {}, day, Citizenship.UZBEKISTAN)
    return draw(acts.ShowAnswer(INTENT, Part.VISA_FREE), context)


def _markdown() -> str:
    """The file; parts that this person does not see are left out."""
    kept = []
    is_shown = True
    for line in (FOLDER / "ru.md").read_text("utf-8").splitlines():
        if line.startswith("# "):
            is_shown = line[2:] in SHOWN_PARTS
            kept.append(_numbered(line) + ("" if is_shown else ' <span class="faint">…</span>'))
        elif is_shown and (line or kept[-1]):
            kept.append(_numbered(line))
    return "\n".join(kept)


def _fields() -> str:
    """The lines of the file that show on the phone, with one source of several."""
    lines = (FOLDER / "answer.yml").read_text("utf-8").splitlines()
    wanted = ("status:", "checked_on:", "check_again_by:", "sources:", "related:", "handoff:")
    kept = [line for line in lines if line.startswith(wanted)]
    after = kept.index("sources:") + 1
    source = lines.index("sources:") + 1
    kept[after:after] = [*lines[source : source + 3], "  …"]
    return "\n".join(map(_numbered, kept))


def _numbered(line: str) -> str:
    number = next((n for start, n in NUMBERED_LINES.items() if line.startswith(start)), None)
    return (_number(number) if number else "") + escape(line)


def _number(number: int) -> str:
    return f"<b class=n>{number}</b>"


def _message(screen: Screen) -> str:
    """The message, with the number of the line that each piece comes from."""
    blocks = screen.html.split("\n\n")
    of_person = 1
    marked = [_number(1) + blocks[0], _number(2) + blocks[of_person], _number(3) + blocks[2]]
    notes = blocks[-1].split("\n")
    notes = [_number(4) + notes[0], *notes[1:-1], _number(5) + notes[-1]]
    text = "\n\n".join([*marked, *blocks[3:-1], "\n".join(notes)])
    rows = "".join(
        f"<div class=row>{''.join(map(_button, (b.text for b in row)))}</div>"
        for row in screen.rows
    )
    return f"<div class=bubble>{text.replace(chr(10), '<br>')}</div>{rows}"


def _button(label: str) -> str:
    library = load_library(ROOT / "answers")
    related = {library.answers[i].texts[Locale.RU].short for i in library.answers[INTENT].related}
    number = 6 if label == "Подробнее" else 7 if label in related else 8 if "👤" in label else None
    return f"<div class=button>{_number(number) if number else ''}{escape(label)}</div>"


async def _photograph(html: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        shown = await browser.new_page(viewport={"width": 1000, "height": 600})
        await shown.set_content(re.sub(r"(?m)^\s+$", "", html))
        await shown.locator("body").screenshot(path=PICTURE)
        await browser.close()


if __name__ == "__main__":
    main()
