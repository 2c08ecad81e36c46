"""Stamping a translation: the hashes are set, nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.faults import BrokenLibraryError
from bot.answers.load import load_library
from bot.answers.model import Part
from bot.answers.pick import main_page, more_page, part_hash
from bot.answers.stamp import NothingToStampError, stamp, with_hashes
from bot.language.tags import Locale
from tests.answers.small_folder import RUSSIAN, UZBEK, edit, write

if TYPE_CHECKING:
    from pathlib import Path

UZ = "housing/rent/uz.md"
EVERYONE = part_hash("Около **100** монет.")
MORE = part_hash("Дом, 2 этаж: [страница](https://law.example/1).")


def test_sets_the_hashes_and_leaves_the_rest(folder: Path) -> None:
    changed = stamp(folder)

    assert changed == [folder / UZ]
    block = f"translates:\n  everyone: {EVERYONE}\n  more: {MORE}\n"
    head, body = UZBEK.split("---\n# everyone")
    assert (folder / UZ).read_text("utf-8") == f"{head}{block}---\n# everyone{body}"


def test_a_stamped_translation_is_no_longer_outdated(folder: Path) -> None:
    assert main_page(load_library(folder).answers["rent"], Locale.UZ).outdated
    stamp(folder, "rent", "uz")
    answer = load_library(folder).answers["rent"]

    assert not main_page(answer, Locale.UZ).outdated
    assert not more_page(answer, Locale.UZ).outdated
    assert not main_page(answer, Locale.UZ_CYRL).outdated


def test_a_change_of_the_russian_makes_it_outdated_until_it_is_stamped_again(folder: Path) -> None:
    stamp(folder)
    edit(folder / "housing/rent/ru.md", "**100** монет", "**200** монет")
    answer = load_library(folder).answers["rent"]

    assert main_page(answer, Locale.UZ).outdated
    assert not more_page(answer, Locale.UZ).outdated
    assert stamp(folder) == [folder / UZ]
    assert not main_page(load_library(folder).answers["rent"], Locale.UZ).outdated


def test_a_second_stamp_changes_nothing(folder: Path) -> None:
    stamp(folder)

    assert stamp(folder) == []


def test_stamps_what_was_named(folder: Path) -> None:
    write(folder / "housing/deposit/uz.md", UZBEK)
    write(folder / "housing/rent/tg.md", UZBEK)
    write(folder / "danger/violence/uz.md", UZBEK)

    assert stamp(folder, "deposit") == [folder / "housing/deposit/uz.md"]
    assert stamp(folder, None, "tg") == [folder / "housing/rent/tg.md"]
    assert stamp(folder, "danger/violence") == [folder / "danger/violence/uz.md"]
    assert stamp(folder) == [folder / UZ]


def test_leaves_no_file_aside(folder: Path) -> None:
    before = sorted(path.name for path in (folder / "housing/rent").iterdir())
    stamp(folder)

    assert sorted(path.name for path in (folder / "housing/rent").iterdir()) == before


@pytest.mark.parametrize(
    ("intent", "locale", "expected"),
    [
        ("rant", None, "There is no answer `rant`."),
        ("rent", "ru", "`ru` is none of the languages that translate: kk, uz, uz_Cyrl, tg, ky."),
        ("rent", "ky", "There is no translation into ky of rent yet."),
        (None, "ky", "There is no translation into ky of any answer yet."),
    ],
)
def test_says_what_it_cannot_stamp(
    folder: Path, intent: str | None, locale: str | None, expected: str
) -> None:
    with pytest.raises(NothingToStampError, match=f"^{expected}$"):
        stamp(folder, intent, locale)


def test_does_not_stamp_a_broken_translation(folder: Path) -> None:
    edit(folder / UZ, "# more", "# mehr")

    with pytest.raises(BrokenLibraryError) as broken:
        stamp(folder)
    assert [fault.file for fault in broken.value.faults] == [UZ]


def test_faults_elsewhere_do_not_hinder(folder: Path) -> None:
    edit(folder / "centres.yml", "hours: 24/7", "hours: always")

    assert stamp(folder) == [folder / UZ]


def test_a_translation_that_lacks_a_part_records_those_it_has(folder: Path) -> None:
    edit(folder / UZ, "# more\nUy, 2-qavat: [sahifa](https://law.example/1).\n", "")
    stamp(folder)

    translates = load_library(folder).answers["rent"].texts[Locale.UZ].translates
    assert translates == {Part.EVERYONE: EVERYONE}


@pytest.mark.parametrize(
    "head",
    [
        "question: q\nshort: s\n",
        "question: q\ntranslates:\n  everyone: 000000000000\n  old: 1\nshort: s\n",
        "question: q\ntranslates: {everyone: 000000000000}\nshort: s\n",
        "translates:\n\n  # a remark\n  everyone: 0\n\nquestion: q\nshort: s\n",
        "question: q\nshort: s\ntranslates:\n",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_replaces_an_old_block_wherever_it_stands(head: str, newline: str) -> None:
    body = "---\n# everyone\ntranslates: this is text\n"
    content = f"---\n{head}{body}".replace("\n", newline)
    stamped = with_hashes(content, {"everyone": "0123456789ab"})

    block = "translates:\n  everyone: 0123456789ab\n".replace("\n", newline)
    assert stamped.count(block) == 1
    assert stamped.endswith(body.replace("\n", newline))
    assert stamped.replace(block, "").count("translates:") == 1
    assert ("\n" in stamped.replace("\r\n", "")) is (newline == "\n")
    assert with_hashes(stamped, {"everyone": "0123456789ab"}) == stamped


@settings(deadline=None)
@given(st.text("абв \n\r-#:\u2028", max_size=40))
def test_the_body_is_kept_letter_by_letter(body: str) -> None:
    head = RUSSIAN.split("# everyone")[0]

    assert with_hashes(head + body, {"more": "0123456789ab"}).endswith("---\n" + body)
