"""What is changed in the folder by hand becomes a version before anything else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot.console.versions.model import (
    OUTSIDE,
    FileVersion,
    Published,
    Refusal,
)
from bot.console.versions.versions import Versions
from tests.answers.small_folder import RUSSIAN, UZBEK, edit, write
from tests.console.versions.desk import (
    BEK,
    NEW,
    OLD,
    RU,
    UZ,
    git,
    published,
    refusal,
    submitted,
    text,
)


def test_the_first_look_keeps_the_folder_as_it_is(versions: Versions, folder: Path) -> None:
    version = versions.import_outside_changes()

    assert versions.current(RU) == FileVersion(RU, RUSSIAN, version)
    assert "facts/housing.yml" in versions.files()
    (change,) = versions.history()
    assert (change.author, change.approver, change.proposal) == (OUTSIDE, None, None)
    assert change.words == "changed outside the console"


def test_nothing_is_put_into_the_folder_nor_into_a_checkout_around_it(
    versions: Versions, folder: Path, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    before = git(
        tmp_path / ".git", "--work-tree", str(tmp_path), "status", "--porcelain", "answers"
    )
    names = sorted(path.name for path in folder.iterdir())
    published(versions)

    assert sorted(path.name for path in folder.iterdir()) == names
    after = git(tmp_path / ".git", "--work-tree", str(tmp_path), "status", "--porcelain", "answers")
    assert after == before
    assert git(tmp_path / ".git", "for-each-ref") == ""


def test_without_a_change_there_is_no_new_version(versions: Versions) -> None:
    assert versions.import_outside_changes() == versions.import_outside_changes()


def test_a_change_by_hand_is_a_version_before_anything_else(
    versions: Versions, folder: Path
) -> None:
    base = versions.import_outside_changes()
    edit(folder / RU, OLD, NEW)
    (folder / UZ).unlink()
    write(folder / "housing/rent/kk.md", UZBEK)
    found = versions.current(RU)

    assert found is not None
    assert NEW in found.text
    assert found.version != base
    assert versions.current(UZ) is None
    assert versions.current("housing/rent/kk.md") is not None
    assert [change.author for change in versions.history()] == [OUTSIDE, OUTSIDE]


def test_a_change_of_the_same_length_within_the_same_moment_is_seen(
    versions: Versions, folder: Path
) -> None:
    for _ in range(5):
        edit(folder / RU, OLD, NEW)
        assert NEW in text(versions)
        edit(folder / RU, NEW, OLD)
        assert OLD in text(versions)


@pytest.mark.parametrize(
    "name", ["con.yml", "Файл ʻ.md", "notes (copy).txt", "housing/aux", "a" * 200]
)
def test_a_stray_file_of_any_name_does_no_harm(versions: Versions, folder: Path, name: str) -> None:
    write(folder / name, "x")

    assert name in versions.files()
    (folder / name).unlink()
    assert name not in versions.files()


@pytest.mark.parametrize(
    "name", [".hidden", "ru.md~", "#ru.md#", "map.png", "a:b.yml", "a\nb.yml", "GIT~1", "a."]
)
def test_what_is_no_content_is_not_kept(versions: Versions, folder: Path, name: str) -> None:
    write(folder / name, "x")

    assert name not in versions.files()


def test_a_link_is_not_followed(versions: Versions, folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "secret", "not ours")
    (folder / "housing/rent/kk.md").symlink_to(tmp_path / "secret")
    (folder / "housing/outside").symlink_to(tmp_path)

    assert [name for name in versions.files() if "kk" in name or "outside" in name] == []


def test_a_folder_that_was_moved_away_is_not_taken_for_a_wish(
    versions: Versions, folder: Path, tmp_path: Path
) -> None:
    handed_in = submitted(versions)
    folder.rename(tmp_path / "elsewhere")

    assert versions.current(RU) is not None
    refused = versions.publish(handed_in.id, BEK, seen=handed_in.tip)
    assert refusal(refused) == Refusal.NOT_WRITABLE
    (tmp_path / "elsewhere").rename(folder)
    assert isinstance(versions.publish(handed_in.id, BEK, seen=handed_in.tip), Published)


def test_a_file_that_is_no_text_is_shown_as_well_as_can_be(
    versions: Versions, folder: Path
) -> None:
    write(folder / RU, b"\xff\xfeabc")
    found = versions.current(RU)

    assert found is not None
    assert (found.text, found.is_text) == ("\ufffd\ufffdabc", False)


@pytest.mark.parametrize("path", ["", "/", "..", "../x", "housing", "a\0b", "\ud800", "no.yml"])
def test_what_is_not_there_is_not_there(versions: Versions, path: str) -> None:
    version = versions.import_outside_changes()

    assert versions.current(path) is None
    assert versions.at(path, version) is None
    assert versions.blame(path) == ()
