"""Needs: read in order; a fault of each kind is named with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.faults import BrokenLibraryError
from bot.answers.load import load_library
from tests.answers.small_folder import edit, write

if TYPE_CHECKING:
    from pathlib import Path

NEEDS = """\
- name: danger
  emoji: 🏠
  titles: {kk: Үй, ru: Дом, uz: Uy, uz_Cyrl: Уй, tg: Хона, ky: Үй}
  services: [emergency]
"""


@pytest.fixture
def needs(folder: Path) -> Path:
    path = folder / "needs.yml"
    write(path, NEEDS)
    return path


def faults(folder: Path) -> list[str]:
    with pytest.raises(BrokenLibraryError) as broken:
        load_library(folder)
    return [str(fault) for fault in broken.value.faults]


def test_a_need_is_read_with_its_services(folder: Path, needs: Path) -> None:
    (need,) = load_library(folder).needs
    assert (need.name, need.emoji, need.services) == ("danger", "🏠", ("emergency",))


def test_a_folder_may_do_without(folder: Path) -> None:
    assert load_library(folder).needs == ()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[emergency]", "[emergenci]", "`emergenci` is no service of centres.yml"),
        ("[emergency]", "[]", "`services` is empty"),
        ("tg: Хона, ", "", "`tg` is missing"),
        ("name: danger", "name: Danger!", "cannot be a need"),
        ("name: danger", f"name: {'d' * 21}", "cannot be a need"),
        ("ru: Дом", f"ru: {'Д' * 31}", "31 characters; 30 fit"),
        ("emoji", "icon", "`icon` is not known here"),
    ],
)
def test_a_fault_is_named(folder: Path, needs: Path, old: str, new: str, named: str) -> None:
    edit(needs, old, new)
    found = faults(folder)
    assert any("needs.yml" in fault and named in fault for fault in found), found


def test_a_need_stands_there_once(folder: Path, needs: Path) -> None:
    write(needs, NEEDS + NEEDS)
    assert any("stands here twice" in fault for fault in faults(folder))


@pytest.mark.parametrize("content", ["name: danger\n", "- danger\n", "- [a]\n"])
def test_what_is_no_list_of_needs_is_a_fault(folder: Path, needs: Path, content: str) -> None:
    write(needs, content)
    assert any("needs.yml" in fault for fault in faults(folder))
