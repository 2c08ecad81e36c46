"""The library in service: changed files are taken in, broken ones are not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.answers import snapshot
from bot.answers.edition import pack
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


def edition_of(folder: Path) -> tuple[str, bytes]:
    taken = snapshot.take(folder)
    return taken.version, pack(taken)


@pytest.fixture
def newer(folder: Path, tmp_path: Path) -> Path:
    """The folder of the console's machine, where the price is called otherwise."""
    copied = tmp_path / "newer"
    shutil.copytree(folder, copied)
    edit(copied / RU, "Сколько стоит комната?", "Почём комната?")
    return copied


def test_an_edition_wins_over_the_folder(folder: Path, newer: Path) -> None:
    holder = LibraryHolder(folder)

    assert holder.follow(edition_of(newer))
    assert question(holder) == "Почём комната?"
    assert holder.edition == edition_of(newer)[0]


def test_while_there_is_an_edition_the_folder_is_not_followed(folder: Path, newer: Path) -> None:
    holder = LibraryHolder(folder)
    holder.follow(edition_of(newer))
    edit(folder / RU, "Сколько стоит комната?", "Что стоит комната?")

    assert not holder.refresh()
    assert question(holder) == "Почём комната?"


def test_an_edition_is_served_from_the_start(folder: Path, newer: Path) -> None:
    holder = LibraryHolder(folder, edition=edition_of(newer))

    assert question(holder) == "Почём комната?"
    assert not holder.refresh()


def test_with_an_edition_a_broken_or_missing_folder_does_not_matter(
    folder: Path, newer: Path
) -> None:
    shutil.rmtree(folder)

    assert question(LibraryHolder(folder, edition=edition_of(newer))) == "Почём комната?"


def test_without_the_edition_the_folder_is_served_again(folder: Path, newer: Path) -> None:
    holder = LibraryHolder(folder, edition=edition_of(newer))

    assert holder.follow(None)
    assert question(holder) == "Сколько стоит комната?"
    edit(folder / RU, "Сколько стоит комната?", "Что стоит комната?")
    assert holder.refresh()
    assert not holder.follow(None)


def test_without_the_edition_a_broken_folder_is_not_served(folder: Path, newer: Path) -> None:
    holder = LibraryHolder(folder, edition=edition_of(newer))
    edit(folder / RU, "# everyone", "# nobody")

    assert not holder.follow(None)
    assert question(holder) == "Почём комната?"
    edit(folder / RU, "# nobody", "# everyone")
    assert holder.refresh()
    assert question(holder) == "Сколько стоит комната?"


def test_a_broken_edition_is_never_served(folder: Path, newer: Path) -> None:
    counted: list[int] = []
    holder = LibraryHolder(folder, counted.append, edition=edition_of(newer))
    edit(newer / RU, "# everyone", "# nobody")
    broken = edition_of(newer)

    with capture_logs() as logs:
        assert not holder.follow(broken)
    assert question(holder) == "Почём комната?"
    assert holder.edition == broken[0]
    assert counted == [0, 1]
    assert [entry["event"] for entry in logs] == ["library_broken", "library_fault"]
    assert logs[0]["edition"] == broken[0]


def test_a_broken_edition_leaves_the_folder_in_service(folder: Path, newer: Path) -> None:
    edit(newer / RU, "# everyone", "# nobody")
    holder = LibraryHolder(folder, edition=edition_of(newer))

    assert question(holder) == "Сколько стоит комната?"
    edit(folder / RU, "Сколько стоит комната?", "Что стоит комната?")
    assert holder.refresh()


@pytest.mark.parametrize("packed", [b"", b"x", b"answers-1 ", b"answers-2 abc"])
def test_a_damaged_edition_is_never_served(folder: Path, packed: bytes) -> None:
    holder = LibraryHolder(folder)
    good = holder.library

    with capture_logs() as logs:
        assert not holder.follow(("0123456789ab", packed))
    assert holder.library is good
    assert [entry["event"] for entry in logs] == ["edition_damaged"]


def test_neither_edition_nor_folder(folder: Path) -> None:
    edit(folder / RU, "# everyone", "# nobody")

    with pytest.raises(BrokenLibraryError):
        LibraryHolder(folder, edition=("0123456789ab", b"x"))
