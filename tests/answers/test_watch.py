"""The library in service: changed files are taken in, broken ones are not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.answers.faults import BrokenLibraryError
from bot.answers.watch import MAX_LOGGED_FAULTS, LibraryHolder
from bot.language.tags import Locale
from tests.answers.small_folder import edit, write

if TYPE_CHECKING:
    from pathlib import Path

RU = "housing/rent/ru.md"


def question(holder: LibraryHolder) -> str:
    return holder.library.answers["rent"].texts[Locale.RU].question


def test_a_broken_folder_cannot_be_started_with(folder: Path) -> None:
    edit(folder / RU, "# everyone", "# nobody")

    with pytest.raises(BrokenLibraryError):
        LibraryHolder(folder)


def test_nothing_changed(folder: Path) -> None:
    holder = LibraryHolder(folder)
    before = holder.library

    assert not holder.refresh()
    assert holder.library is before


def test_a_changed_file_is_taken_into_service(folder: Path) -> None:
    holder = LibraryHolder(folder)
    edit(folder / RU, "Сколько стоит комната?", "Почём комната?")

    with capture_logs() as logs:
        assert holder.refresh()

    assert question(holder) == "Почём комната?"
    version = holder.library.version
    assert logs == [
        {"event": "library_changed", "log_level": "info", "version": version, "answers": 2}
    ]


def test_a_new_file_is_taken_into_service(folder: Path) -> None:
    holder = LibraryHolder(folder)
    text = (folder / "housing/rent/uz.md").read_text("utf-8")
    write(folder / "housing/rent/tg.md", text)

    assert holder.refresh()
    assert Locale.TG in holder.library.answers["rent"].texts


def test_a_file_that_was_only_touched_makes_no_new_version(folder: Path) -> None:
    holder = LibraryHolder(folder)
    content = (folder / RU).read_bytes()
    (folder / RU).unlink()
    holder.refresh()
    write(folder / RU, content)

    assert not holder.refresh()


def test_a_broken_file_keeps_the_last_good_version_and_is_told_once(folder: Path) -> None:
    counted: list[int] = []
    holder = LibraryHolder(folder, counted.append)
    good = holder.library
    edit(folder / RU, "# everyone", "# nobody")

    with capture_logs() as logs:
        assert not holder.refresh()
        assert not holder.refresh()

    assert holder.library is good
    assert counted == [0, 1]
    assert [entry["event"] for entry in logs] == ["library_broken", "library_fault"]
    assert logs[0]["still_served"] == good.version
    assert (logs[1]["file"], logs[1]["line"]) == (RU, 5)


def test_a_mended_file_is_taken_into_service(folder: Path) -> None:
    counted: list[int] = []
    holder = LibraryHolder(folder, counted.append)
    edit(folder / RU, "# everyone", "# nobody")
    holder.refresh()
    edit(folder / RU, "# nobody", "# everyone")
    edit(folder / RU, "Сколько стоит комната?", "Почём комната?")

    assert holder.refresh()
    assert question(holder) == "Почём комната?"
    assert counted == [0, 1, 0]


def test_a_folder_that_vanished_keeps_the_last_good_version(folder: Path) -> None:
    holder = LibraryHolder(folder)
    shutil.rmtree(folder)

    assert not holder.refresh()
    assert question(holder) == "Сколько стоит комната?"


def test_the_log_is_not_flooded(folder: Path) -> None:
    holder = LibraryHolder(folder)
    for number in range(MAX_LOGGED_FAULTS * 2):
        write(folder / f"housing/rent/{number}.md", "x")

    with capture_logs() as logs:
        holder.refresh()

    assert len(logs) == MAX_LOGGED_FAULTS + 1
