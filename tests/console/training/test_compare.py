"""Measuring two models; with classifiers that take everything for the same question."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.console.training.compare import compare
from bot.console.training.comparison import Comparison
from bot.console.training.folders import Folders
from bot.console.training.trouble import Cause, Trouble
from tests.console.training.conftest import OLD_MODEL

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings

NEW_MODEL = "helpline-000000000002.tar.gz"


@pytest.fixture
def development(place: Folders, tmp_path: Path) -> Folders:
    (place.models / NEW_MODEL).write_text("permit_cost", encoding="utf-8")
    folder = tmp_path / "dev"
    folder.mkdir()
    rows = [
        {"text": "цена разрешения какая", "intent": "permit_cost", "language": "ru"},
        {"text": "рұқсат құны қандай", "intent": "permit_cost", "language": "kk"},
        {"text": "нужен мне иин", "intent": "iin_taxes", "language": "ru"},
        {"text": "что за погода"},
    ]
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / "all.jsonl").write_text(lines, encoding="utf-8")
    return Folders(place.root, place.phrases, place.models, place.state, (folder,), folder)


async def test_both_models_are_measured_by_what_people_would_get(
    development: Folders, settings: Settings
) -> None:
    told: list[tuple[str, int, int]] = []

    found = await compare(development, settings, OLD_MODEL, NEW_MODEL, lambda *t: told.append(t))

    assert isinstance(found, Comparison)
    assert told == [(name, n, 3) for name in (OLD_MODEL, NEW_MODEL) for n in range(4)]
    assert [part.language for part in found.languages] == ["kk", "ru"]
    kazakh, russian = found.languages
    assert kazakh.old is not None
    assert (kazakh.old.answered_wrongly, kazakh.new.answered_rightly) == (1, 1)
    assert (kazakh.better, kazakh.worse) == (1, 0)
    assert (russian.better, russian.worse) == (1, 1)
    assert found.whole.new.rows == 3
    assert len(found.faults) == 1


async def test_a_first_model_has_only_its_figures(development: Folders, settings: Settings) -> None:
    found = await compare(development, settings, None, NEW_MODEL)

    assert isinstance(found, Comparison)
    assert (found.old, found.whole.old) == (None, None)


async def test_without_a_development_set_it_says_so(place: Folders, settings: Settings) -> None:
    assert await compare(place, settings, None, OLD_MODEL) == Trouble(Cause.NO_DEVELOPMENT_SET)


async def test_an_empty_development_set_is_none(development: Folders, settings: Settings) -> None:
    assert development.development is not None
    (development.development / "all.jsonl").write_text("", encoding="utf-8")

    found = await compare(development, settings, None, OLD_MODEL)

    assert isinstance(found, Trouble)
    assert found.cause is Cause.NO_DEVELOPMENT_SET


async def test_a_model_that_is_gone_is_named(development: Folders, settings: Settings) -> None:
    (development.models / NEW_MODEL).unlink()

    found = await compare(development, settings, OLD_MODEL, NEW_MODEL)

    assert found == Trouble(Cause.MODEL_MISSING, NEW_MODEL)


async def test_a_broken_lexicon_is_a_trouble(development: Folders, settings: Settings) -> None:
    (development.phrases / "danger").unlink()

    found = await compare(development, settings, None, OLD_MODEL)

    assert isinstance(found, Trouble)
    assert found.cause is Cause.NOT_COMPARED
