from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.language.tags import Locale
from bot.understanding.labelled import Labelled, Phrases, read

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, *lines: str, name: str = "some.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_row_of_our_own(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '{"text": "а", "intent": "greet", "also": ["thanks"],'
        ' "language": "uz-Cyrl", "kind": "noisy"}',
    )

    assert read(path).rows == [
        Labelled("а", ("greet", "thanks"), (Locale.UZ_CYRL,), kind="noisy", urgent=None)
    ]


def test_a_row_with_the_other_names(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '{"text": "a", "intents": ["greet"], "accept": ["thanks"], "alt_intents": ["goodbye"],'
        ' "lang": "uz", "script": "Latn", "langs": ["tg"], "origin": "wild",'
        ' "urgent": true, "x": 1}',
    )

    assert read(path).rows == [
        Labelled(
            "a", ("greet", "thanks", "goodbye"), (Locale.UZ, Locale.TG), kind="wild", urgent=True
        )
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "truncated"),
        ('{"text": "a"}', "no `intent`"),
        ('{"intent": "greet"}', "missing required field `text`"),
        ('{"text": "", "intent": "greet"}', "length >= 1"),
        ('{"text": "a", "intent": "greet", "language": "de"}', "'de' is none of our languages"),
        ('{"text": 5, "intent": "greet"}', "Expected `str`"),
    ],
)
def test_a_bad_row_is_named_by_line_and_skipped(tmp_path: Path, line: str, fault: str) -> None:
    good = '{"text": "a", "intent": "greet"}'
    found = read(written(tmp_path, good, "", line, good))

    assert len(found.rows) == 2
    (sentence,) = found.faults
    assert "some.jsonl:3: " in sentence
    assert fault in sentence


def test_a_folder_is_all_its_files(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl"):
        written(tmp_path, f'{{"text": "{name}", "intent": "greet"}}', name=name)
    written(tmp_path, "no rows", name="notes.txt")

    assert [row.text for row in read(tmp_path).rows] == ["a.jsonl", "b.jsonl"]


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == Phrases([], [])
