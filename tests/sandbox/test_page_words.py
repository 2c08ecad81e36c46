"""The page's words: each in three languages, none missing, none left over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser

from bot.sandbox.chats.topic_icons import ICONS
from bot.sandbox.page import STATIC

pytestmark = pytest.mark.browser

LANGUAGES = {"ru", "kk", "en"}
# Words whose name is put together (`status_` and a member's status), or comes from a table: rights,
# kinds of content, cities, errors, keys, and the names of a pane's buttons.
BY_TABLE = re.compile(
    r"(status|state|part|hint|kind|can)_\w+|fault(429short|429long|500|Slow|Cut)(Why)?|key[A-Z]\w+"
    r"|venue|location|contact|photo|voice|audio|video|video_note|animation|sticker|document"
    r"|almaty|astana|shymkent|aktau|aktobe|atyrau|karaganda|turkistan|oral|tashkent|dushanbe|bishkek"
    r"|back|backToTopics|chatMenu|topicMenu"
)

Words = dict[str, dict[str, Any]]


@pytest.fixture
async def words(browser: Browser, sandbox: TestServer) -> Words:
    """All words, as the browser reads them."""
    page = await browser.new_page()
    await page.goto(str(sandbox.make_url("/")))
    names = sorted(path.name for path in (STATIC / "words").glob("*.js"))
    read: Words = await page.evaluate(
        """async (names) => Object.assign({}, ...await Promise.all(
            names.map(async (name) => (await import(`/static/words/${name}`)).default)))""",
        names,
    )
    await page.close()
    return read


def sources() -> dict[Path, str]:
    paths = [*STATIC.rglob("*.js"), STATIC / "index.html"]
    return {path: path.read_text() for path in paths if path.parent.name != "words"}


def used() -> set[str]:
    """Return the names of the words that the page asks for by a name in its text."""
    found: set[str] = set()
    for text in sources().values():
        found |= set(re.findall(r'data-t(?:-label|-hint)?="(\w+)"', text))
        found |= set(re.findall(r'"data-t": "(\w+)"', text))
        found |= set(re.findall(r'\bt\("(\w+)"', text))
        # Neither what something is compared with nor a part of a name put together is a word.
        plain = re.sub(r"[!=]== \"\w+\"|`[^`\n]*`", "", text)
        for call in re.findall(r"\bt\(([^)]*)", plain):
            found |= set(re.findall(r'"(\w+)"', call))
    return found


def test_each_word_is_there_in_three_languages(words: Words) -> None:
    for name, told in words.items():
        assert set(told) == LANGUAGES, name
        for said in told.values():
            variants = said.values() if isinstance(said, dict) else [said]
            assert all(variants), name


def test_the_languages_fill_in_the_same(words: Words) -> None:
    def holes(said: object) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", str(said).replace("': '", "")))

    for name, told in words.items():
        russian = told["ru"]
        expected = holes(russian["other"] if isinstance(russian, dict) else russian)
        for language, said in told.items():
            for variant in said.values() if isinstance(said, dict) else [said]:
                assert holes(variant) == expected, f"{name} in {language}"


def test_what_is_asked_for_is_there(words: Words) -> None:
    assert used() - set(words) == set()


def test_nothing_is_left_over(words: Words) -> None:
    assert {name for name in words if not BY_TABLE.fullmatch(name)} - used() == set()


def test_the_topic_icons_offered_are_telegrams() -> None:
    text = (STATIC / "staff" / "topic_dialog.js").read_text()
    offered = re.search(r"EMOJI = \[(.*?)\]", text, re.DOTALL)
    assert offered is not None
    emoji = {one.replace("\ufe0f", "") for one in re.findall(r'"(.+?)"', offered[1])}
    assert emoji <= {one.replace("\ufe0f", "") for one in ICONS.values()}


def test_nothing_is_asked_of_other_machines_and_no_text_becomes_markup() -> None:
    for path, text in sources().items():
        links = re.findall(r"https?://[\w./-]+", text)
        # A map is opened only when somebody presses it; the rest are names and comments.
        foreign = [one for one in links if not one.startswith((
            "https://www.openstreetmap.org", "http://www.w3.org", "https://core.telegram.org",
            "http://")) ]  # fmt: skip
        assert foreign == [], path
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", text), path
