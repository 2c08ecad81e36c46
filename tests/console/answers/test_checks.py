"""Checks of words that are not saved yet say what the check of the whole folder would say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.check import check
from bot.answers.findings import Kind
from bot.console.answers.edited import folder_of, with_folder
from bot.console.web.pages import HERE
from bot.retention import variables

if TYPE_CHECKING:
    from tests.console.house import House


async def test_a_version_is_checked_as_its_folder_is(house: House) -> None:
    checks, settings = house.parts.checks, house.parts.settings
    report = checks.report(checks.published())
    assert report == check(settings.answers_dir, checks.today, checks._beside)


async def test_an_edited_answer_is_checked_as_if_it_were_in_the_folder(house: House) -> None:
    checks, folder = house.parts.checks, house.parts.settings.answers_dir
    read = checks.published()
    name = "work_permit/permit_need"
    edits = {
        f"{name}/ru.md": (read.text(f"{name}/ru.md") or "").replace("# eaeu", "# nobody"),
        f"{name}/uz.md": (read.text(f"{name}/uz.md") or "").replace("1414", "8 800 000 00 00"),
        f"{name}/answer.yml": (read.text(f"{name}/answer.yml") or "") + "phones: [nobody]\n",
    }
    for path, text in edits.items():
        looked = checks.look(read, path, {path: text})
        (folder / path).write_text(text)
        whole = check(folder, checks.today, checks._beside).findings
        own = tuple(one for one in whole if one.file == name or one.file.startswith(f"{name}/"))
        assert looked.findings == own
        (folder / path).write_bytes(read.files[path])


async def test_reading_one_answer_anew_gives_the_same_answers(house: House) -> None:
    read = house.parts.checks.published()
    values = variables(house.parts.settings)
    for entry in read.loaded.answers[::7]:
        again = with_folder(read.loaded, read.files, entry.folder, values)
        assert again.answers == read.loaded.answers
        assert again.faults == ()


def test_the_folder_of_a_path() -> None:
    assert folder_of("work_permit/permit_need/ru.md") == "work_permit/permit_need"
    assert folder_of("facts/work_permit.yml") is None
    assert folder_of("topics.yml") is None


@pytest.mark.parametrize("table", ["kind_words", "kind_help"])
def test_every_finding_has_a_name_and_says_what_to_do(table: str) -> None:
    """Rule: a counsellor need not read the check's own words, which are English."""
    source = (HERE / "templates" / "answers" / "words.html").read_text("utf-8")
    known = source.partition(f"{{% set {table} = {{")[2].partition("} %}")[0]
    assert [kind for kind in Kind if f'"{kind.value}": _("' not in known] == []
