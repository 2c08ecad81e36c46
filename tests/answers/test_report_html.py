"""The report as a page: everything is in it, nothing is loaded, nothing breaks out of it."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from bot.answers.check import Beside, check
from bot.answers.report_html import as_html
from bot.answers.stamp import stamp
from bot.settings import ROOT
from tests.answers.small_folder import edit

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)
VOID = {"meta", "wbr", "br"}


class Page(HTMLParser):
    """Reads a page as a browser would that accepts no slip."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        given = dict(attrs)
        self.ids += filter(None, [given.get("id")])
        self.links += filter(None, [given.get("href")])
        if tag in ("script", "link", "img", "iframe") or "src" in given:
            self.loaded.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)


def page(folder: Path, today: date = TODAY) -> Page:
    return Page(as_html(check(folder, today, Beside(ROOT / "nlu_data" / "samples"))))


def test_it_is_one_page_that_loads_nothing(folder: Path) -> None:
    found = page(folder)

    assert found.open == []
    assert found.loaded == []
    assert "url(" not in as_html(check(folder, TODAY))
    assert "@import" not in as_html(check(folder, TODAY))


def test_every_link_leads_to_its_answer(folder: Path) -> None:
    found = page(folder)

    assert "#answer-housing-rent" in found.links
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert len(set(found.ids)) == len(found.ids)


def test_states_and_marks_are_words_not_colours_alone(folder: Path) -> None:
    edit(folder / "housing/rent/answer.yml", "[rent-kz-01]", "[]")
    edit(folder / "housing/rent/uz.md", "tanga", "tanga " + "a" * 1200)
    words = [word.strip() for word in page(folder, date(2027, 3, 1)).words]
    first = words.index("rent")
    row = words[first : words.index("2027-02-20", first)]

    for expected in ("missing", "draft", "outdated", "overdue", "unsourced", "too long"):
        assert expected in row, expected


def test_findings_are_shown_with_their_line_as_text(folder: Path) -> None:
    stamp(folder)
    edit(folder / "housing/rent/ru.md", "монет", "монет <script>alert(1)</script>")
    found = page(folder)

    assert "housing/rent/ru.md:5" in found.words
    assert found.loaded == []
    edit(folder / "housing/rent/answer.yml", "handoff: offer", "handoff: <script>")
    assert "<script>" in "".join(page(folder).words)


def test_nothing_is_left_of_the_template(folder: Path) -> None:
    assert "<!--" not in as_html(check(folder, TODAY))


def test_a_folder_that_is_not_there_is_a_page_too(tmp_path: Path) -> None:
    assert "There is no such folder." in "".join(page(tmp_path / "nowhere").words)
