"""Stems find a word with any ending and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.stems import folded, has_stem


@pytest.mark.parametrize(
    ("stem", "text", "expected"),
    [
        ("штраф-", "Заплатите Штрафы.", True),
        ("штраф-", "оштрафуют", False),
        ("суд", "в суд, потом", True),
        ("суд", "справка о судимости", False),
        ("инспекци- труда", "в **инспекцию** труда", True),
        ("инспекци- труда", "инспекция. Нет труда", False),
        ("счёт-", "счета и СЧЕТЫ", True),
        ("roʻyxat-", "ro'yxatdan", True),
        ("maʼlumotnoma-", "ma’lumotnomani", True),
        ("РВП", "РВП-ні", True),
        ("РВП", "РВПны", False),
        ("вид на жительство", "«вид на жительство»", True),
        ("c++-", "c++", True),
    ],
)
def test_stem(stem: str, text: str, expected: bool) -> None:
    assert has_stem(folded(text), stem) is expected


@given(st.text(), st.text(min_size=1).filter(lambda stem: stem.split()))
def test_any_stem_can_be_looked_for_in_any_text(text: str, stem: str) -> None:
    assert has_stem(folded(text), stem) in (True, False)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
