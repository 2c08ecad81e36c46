"""Questions put together by meaning; without the classifier's environment by their spelling."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from bot.console.training.folders import Folders, folders
from bot.console.training.likeness import Asked, By, Group, group
from bot.language.tags import Locale
from bot.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

VECTORS = """\
import json, sys
for line in sys.stdin:
    row = json.loads(line)
    print(json.dumps({"group": len(row["text"].split()), "likeness": 1 / len(row["text"])}))
"""
"""Groups by the number of words; the shorter, the likelier."""

QUESTIONS = (
    Asked("a", "почём разрешение", Locale.RU),
    Asked("b", "Почём  разрешение?!", Locale.RU, times=4),
    Asked("c", "где дают иин", Locale.RU, times=3),
    Asked("d", "рұқсат құны", Locale.KK),
    Asked("e", "иин", None),
)


def serve(place: Folders, code: str) -> None:
    (place.root / "nlu" / "vectors.py").write_text(code, encoding="utf-8")


async def test_like_questions_are_one_group_the_most_frequent_first(place: Folders) -> None:
    serve(place, VECTORS)

    found = await group(place, QUESTIONS)

    assert (found.by, found.detail) == (By.MEANING, "")
    assert found.groups == (
        Group(("d", "b", "a"), 6),
        Group(("c",), 3),
        Group(("e",), 1),
    )


async def test_the_order_of_the_questions_does_not_matter(place: Folders) -> None:
    serve(place, VECTORS)
    expected = await group(place, QUESTIONS)
    for seed in range(3):
        shuffled = random.Random(seed).sample(QUESTIONS, len(QUESTIONS))
        assert await group(place, shuffled) == expected


async def test_without_the_environment_equal_spellings_are_grouped_and_it_says_so(
    place: Folders,
) -> None:
    place.classifier_python.unlink()

    found = await group(place, QUESTIONS)

    assert found.by is By.SPELLING
    assert found.detail == "the classifier's environment is not on this machine"
    assert found.groups == (
        Group(("b", "a"), 5),
        Group(("c",), 3),
        Group(("d",), 1),
        Group(("e",), 1),
    )


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        ("raise SystemExit('no model')", "no model"),
        ("print('{')", "Input data was truncated"),
        ("", "0 answers to 4 questions"),
        ("import time\nprint('waiting', flush=True)\ntime.sleep(60)", "no vectors within 2 s"),
    ],
)
async def test_what_goes_wrong_is_grouped_by_spelling(
    place: Folders, code: str, detail: str
) -> None:
    serve(place, code)

    found = await group(place, QUESTIONS, patience=2.0)

    assert (found.by, found.detail) == (By.SPELLING, detail)
    assert len(found.groups) == 4


async def test_no_questions_are_no_groups(place: Folders) -> None:
    assert (await group(place, [])).groups == ()


async def test_masked_places_do_not_matter(place: Folders) -> None:
    place.classifier_python.unlink()
    asked = [Asked("a", "номер [☎ ••12] чей"), Asked("b", "номер [☎ ••34] чей")]

    assert (await group(place, asked)).groups == (Group(("a", "b"), 2),)


@pytest.mark.rasa
async def test_one_question_in_several_languages_is_one_group(tmp_path: Path) -> None:
    """With the real vectors."""
    asked = [
        Asked("ru", "как открыть счёт в банке", Locale.RU),
        Asked("kk", "банкте шотты қалай ашуға болады", Locale.KK),
        Asked("uz", "bankda hisobni qanday ochish mumkin", Locale.UZ),
        Asked("other", "какая завтра погода", Locale.RU),
    ]

    found = await group(folders(Settings(_env_file=None, data_dir=tmp_path)), asked)

    assert found.by is By.MEANING
    assert [set(each.ids) for each in found.groups] == [{"ru", "kk", "uz"}, {"other"}]
