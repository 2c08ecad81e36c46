from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.model import DangerKind
from bot.language.tags import Locale, from_tag
from bot.settings import ROOT
from bot.understanding.danger_files import load_lexicon, read_patterns
from bot.understanding.files import DataFileError

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "nlu_data" / "danger"

GOOD = """\
language: ru
kinds:
  violence:
    any:
      - избил*
      - муж|отец бьёт
    not:
      - избил* рекорд
"""


def test_the_lexicons_can_be_read_and_cover_every_kind_in_every_variant() -> None:
    covered = {
        (from_tag(pattern.language), pattern.kind)
        for path in FOLDER.glob("*.yml")
        for pattern in read_patterns(path)
    }
    assert covered == {(locale, kind) for locale in Locale for kind in DangerKind}


def test_a_good_file_gives_its_patterns(tmp_path: Path) -> None:
    path = tmp_path / "ru.yml"
    path.write_text(GOOD, encoding="utf-8")
    patterns = read_patterns(path)
    assert [(len(p.places), p.is_exception) for p in patterns] == [
        (1, False),
        (2, False),
        (2, True),
    ]
    assert patterns[0].places[0][0] == ("избил", True)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("избил*", "из-за*"), "ru.yml:5: 'из-за*' is not one word or stem"),
        (("избил*", "и*"), "ru.yml:5: the stem 'и*' is too short"),
        (("избил*", "из*бил"), "ru.yml:5: 'из*бил' is not one word or stem"),
        (("муж|отец", "муж||отец"), "ru.yml:6: '' is not one word or stem"),
        (("- избил*\n", "- 5: 6\n"), "ru.yml:5: a pattern must be text"),
        (("violence", "violense"), "ru.yml:3: unknown kind 'violense'"),
        (("not:", "never:"), "ru.yml:7: violence: only any and not"),
        (("any:", "all:"), "ru.yml:3: violence: needs a list any"),
        (("language: ru", "language: xx"), "ru.yml:1: unknown language 'xx'"),
        (("kinds:", "sorts:"), "ru.yml:1: needs a language and kinds"),
        (("    any:", "  any: ["), "ru.yml:"),
    ],
)
def test_a_fault_is_named_with_file_and_line(
    tmp_path: Path, change: tuple[str, str], fault: str
) -> None:
    path = tmp_path / "ru.yml"
    path.write_text(GOOD.replace(*change, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as raised:
        read_patterns(path)
    assert fault in str(raised.value)


def test_a_folder_without_a_lexicon_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="no danger lexicon"):
        load_lexicon(tmp_path)
