"""The operator's staff file: what it says, and each fault by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.faults import FileFaults
from bot.handoff.groups import Groups
from bot.language.tags import Locale
from bot.telegram.desk.upkeep.staff_file import (
    SANDBOX_GROUP,
    StaffFileError,
    load_groups,
    read_groups,
)

WHOLE = """\
groups:
  - id: -1001234567890
    name: Алматы
    locale: ru
    takes: [ru, kk, ky]
    hours: "Mon-Fri 09:00-18:00"
    zone: Asia/Almaty
    holidays: KZ
    closed: [2026-12-31]
    coordinators: [201, 202]
  - id: -1001234567891
    name: Toshkent
    locale: uz
    takes: [uz, uz_Cyrl, tg]
"""

MINIMAL = "groups:\n  - id: -5\n    name: A\n    locale: ru\n"


def test_a_whole_file() -> None:
    faults = FileFaults("staff.yml")
    first, second = read_groups(WHOLE, faults).all
    assert faults.found == ()
    assert (first.id, first.name, first.locale) == (-1001234567890, "Алматы", Locale.RU)
    assert first.takes == (Locale.RU, Locale.KK, Locale.KY)
    assert first.coordinators == (201, 202)
    assert first.hours is not None
    assert first.hours.zone == "Asia/Almaty"
    assert (second.hours, second.coordinators) == (None, ())


def test_the_first_group_takes_the_rest() -> None:
    groups = read_groups(WHOLE.replace(", tg]", "]"), FileFaults("staff.yml"))
    assert groups.taking(Locale.TG) == groups.all[0]


@pytest.mark.parametrize(
    ("file", "line", "word"),
    [
        ("", 1, "mapping"),
        ("groups: []", 1, "empty"),
        ("groups: 5", 1, "list"),
        ("teams: []", 1, "teams"),
        (MINIMAL.replace("-5", "5"), 2, "begin with -"),
        (MINIMAL.replace("locale: ru", "locale: en"), 4, "en"),
        (MINIMAL.replace("    name: A\n", ""), 2, "name"),
        (MINIMAL + "    takes: [ru, xx]\n", 5, "xx"),
        (MINIMAL + "    hours: all day\n", 5, "all day"),
        (MINIMAL + "    hours: 24/7\n    zone: Almaty\n", 6, "Almaty"),
        (MINIMAL + "    hours: 24/7\n    holidays: XX\n", 6, "XX"),
        (MINIMAL + "    hours: 24/7\n    closed: [31.12.2026]\n", 6, "31.12.2026"),
        (MINIMAL + "    closed: [2026-12-31]\n", 5, "without `hours`"),
        (MINIMAL + "    coordinators: ['@boss']\n", 5, "@boss"),
        (MINIMAL + "    color: red\n", 5, "color"),
        (MINIMAL + MINIMAL.removeprefix("groups:\n"), 5, "twice"),
        ("groups:\n\t- x", 2, "YAML"),
    ],
)
def test_each_fault_names_its_line(file: str, line: int, word: str) -> None:
    faults = FileFaults("staff.yml")
    read_groups(file, faults)
    assert faults.found
    found = faults.found[0]
    if word != "mapping":
        assert word in str(found.sentence)
        assert found.line == line
    assert str(found).startswith("staff.yml:")


def test_a_language_goes_to_one_group() -> None:
    faults = FileFaults("staff.yml")
    read_groups(WHOLE.replace("[uz,", "[ru, uz,"), faults)
    assert [fault.line for fault in faults.found] == [11]


def test_the_sandbox_needs_no_file(tmp_path: Path) -> None:
    groups = load_groups(tmp_path / "staff.yml", sandbox=True)
    assert groups is not None
    assert [group.id for group in groups.all] == [SANDBOX_GROUP]
    assert groups.default.takes == tuple(Locale)


def test_without_a_file_there_is_no_desk(tmp_path: Path) -> None:
    assert load_groups(tmp_path / "staff.yml", sandbox=False) is None


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(StaffFileError, match="STAFF_FILE"):
        load_groups(tmp_path / "staff.yml", sandbox=True, required=True)


def test_faults_stop_the_start(tmp_path: Path) -> None:
    file = tmp_path / "staff.yml"
    file.write_text(MINIMAL + "    color: red\n")
    with pytest.raises(StaffFileError, match=r"staff\.yml:5: `color` is not known here"):
        load_groups(file, sandbox=True)


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "staff.yml"
    file.write_text(WHOLE, encoding="utf-8")
    found = load_groups(file, sandbox=False)
    assert isinstance(found, Groups)
    assert len(found.all) == 2
