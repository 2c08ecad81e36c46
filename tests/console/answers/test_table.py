"""The table of answers and languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.console.answers.pages import words
from tests.console.house import ANNA, House
from tests.content import overdue

if TYPE_CHECKING:
    from tests.console.house import Browser


async def rows(browser: Browser, query: str = "") -> list[str]:
    """The folders of the rows, in order."""
    page = await browser.get(f"/answers{query}")
    assert page.status_code == 200
    return re.findall(r'<th scope="row"><a href="/answers/([a-z_]+/[a-z_]+)/ru"', page.text)


async def test_every_answer_stands_in_the_table_with_words_for_its_states(house: House) -> None:
    report = house.parts.checks.report(house.parts.checks.published())
    async with house.browser(ANNA) as anna:
        found = await rows(anna)
        assert sorted(found) == sorted(row.answer for row in report.rows)
        page = await anna.get("/answers")
        shown = words(page.text)
        assert f"{len(found)} of {len(found)} answers" in shown
        assert "draft" in shown
        order = [
            page.text.index(f'<th scope="col" lang="{tag}">') for tag in ("ru", "kk", "uz-Latn")
        ]
        assert order == sorted(order)


async def test_states_are_looked_for_in_a_language(house: House) -> None:
    folder = house.parts.settings.answers_dir / "work_permit" / "permit_need"
    (folder / "tg.md").unlink()
    (folder / "answer.yml").write_text(overdue((folder / "answer.yml").read_text()))
    async with house.browser(ANNA) as anna:
        assert await rows(anna, "?state=missing") == ["work_permit/permit_need"]
        assert await rows(anna, "?state=missing&language=tg") == ["work_permit/permit_need"]
        assert await rows(anna, "?state=missing&language=kk") == []
        assert await rows(anna, "?state=overdue") == ["work_permit/permit_need"]
        assert "Nothing fits" in (await anna.get("/answers?state=missing&language=kk")).text


async def test_any_word_finds_answers_in_any_language_and_topic(house: House) -> None:
    async with house.browser(ANNA) as anna:
        assert (await rows(anna, "?q=сколько стоит разрешение"))[0] == "work_permit/permit_cost"
        assert "work_permit/permit_cost" in await rows(anna, "?q=patent narxi&language=uz")
        assert "danger/violence" in await rows(anna, "?q=violence")
        topic = await rows(anna, "?q=разрешение&topic=work_permit")
        assert topic
        assert {row.split("/")[0] for row in topic} == {"work_permit"}


async def test_nonsense_in_the_address_is_left_aside(house: House) -> None:
    async with house.browser(ANNA) as anna:
        every = await rows(anna)
        assert await rows(anna, "?state=nonsense&language=xx&done=<b>") == every
        assert await rows(anna, "?topic=nonsense") == []
        page = await anna.get("/answers?q=<script>alert(1)</script>")
        assert "<script>alert" not in page.text
