"""Takes the screenshots of the documentation: a real helpline, a real browser.

Run by ``make screenshots``. Starts `helpline run` on ports of its own, lets a person chat, and
photographs the sandbox's page in headless Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.helpline import Helpline, Person  # noqa: E402

IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
]
CONVERSATIONS = {
    103: ("uz", "Oʻzbekcha", ["xo'jayin ikki oydan beri oyligimni bermayapti"]),
    102: ("ru", "Русский", ["меня заперли и не выпускают, паспорт забрали"]),
}


def main() -> None:
    """Takes all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        helpline = Helpline(Path(folder))
        helpline.start()
        try:
            for user, (language, button, questions) in CONVERSATIONS.items():
                person = Person(helpline, user, language)
                person.send("/start")
                person.press(button)
                for question in questions:
                    person.send(question)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                _take(browser.new_page(viewport={"width": 1200, "height": 1240}), helpline, "chat")
                phone = browser.new_context(
                    viewport={"width": 360, "height": 740}, color_scheme="dark", has_touch=True
                )
                _take(phone.new_page(), helpline, "phone")
                browser.close()
        finally:
            helpline.stop()


def _take(page: Page, helpline: Helpline, name: str) -> None:
    page.goto(f"{helpline.sandbox}/#103")
    page.wait_for_selector("text=👍")
    page.screenshot(path=IMAGES / f"{name}.png")
    print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
