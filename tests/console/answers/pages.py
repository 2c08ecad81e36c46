"""What the tests of the answers' pages share: forms filled as a browser does, and a few places."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

    from tests.console.house import Browser

NEED = "/answers/work_permit/permit_need"
RU = f"{NEED}/ru"
UZ = f"{NEED}/uz"
DETAILS = f"{NEED}/details"


class _Fields(HTMLParser):
    """The fields of the form whose action is asked for, with what stands in them."""

    def __init__(self, action: str) -> None:
        super().__init__(convert_charrefs=True)
        self.action = action
        self.fields: list[tuple[str, str]] = []
        self._inside = False
        self._text: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._inside = found.get("action") == self.action
        name = found.get("name")
        if not self._inside:
            return
        if tag == "input" and name and (found.get("type") != "checkbox" or "checked" in found):
            self.fields.append((name, found.get("value") or ""))
        elif tag == "textarea" and name:
            self._text = ""
            self.fields.append((name, ""))
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            self.fields.append((self._select, found.get("value") or ""))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data
            # a browser leaves out the first newline of a textarea
            self.fields[-1] = (self.fields[-1][0], self._text.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._inside = False


def form(page: str, action: str) -> dict[str, object]:
    """What a browser would send of a form; fields of one name as a list."""
    reader = _Fields(action)
    reader.feed(page)
    assert reader.fields, f"there is no form {action}"
    found: dict[str, object] = {}
    for name, value in reader.fields:
        before = found.get(name)
        if before is None:
            found[name] = value
        else:
            found[name] = [*(before if isinstance(before, list) else [before]), value]
    return found


async def save(
    browser: Browser,
    address: str,
    changes: dict[str, object],
    action: str = "save",
    query: str = "",
) -> httpx.Response:
    """Opens an editor's page, changes fields, presses a button."""
    page = await browser.get(f"{address}{query}")
    assert page.status_code == 200
    return await browser.post(address, {**form(page.text, address), **changes, "action": action})


def proposal_of(answer: httpx.Response) -> str:
    """The proposal that an editor leads to after saving."""
    assert answer.status_code == 303, words(answer.text)[-600:]
    location = answer.headers["location"]
    found = re.search(r"proposal=([a-z0-9_-]+)|proposals/([a-z0-9_-]+)", location)
    assert found, location
    return found[1] or found[2]


async def publish(browser: Browser, proposal: str, **fields: object) -> httpx.Response:
    """Approves a proposal as its page offers it."""
    address = f"/answers/proposals/{proposal}"
    page = await browser.get(address)
    sent = form(page.text, f"{address}/publish")
    return await browser.post(f"{address}/publish", {**sent, **fields})


def words(page: str) -> str:
    """The words of a page, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
