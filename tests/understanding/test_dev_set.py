"""The development sets: sound, complete, and never part of the training data.

``dev`` was composed to cover every question in every way of typing; ``wild`` was written in the
manner of real posts, by somebody else.
"""

from __future__ import annotations

import json
from collections import Counter

import pytest
from ruamel.yaml import YAML

from bot.language.fold import fold
from bot.language.tags import Locale, from_tag
from bot.settings import ROOT

SETS = ROOT / "tests" / "understanding"
NLU_DATA = ROOT / "nlu_data"
COINCIDENCE_WORDS = 4
"""Two people may both write "patent narxi"; a longer text that is the same was copied."""


def rows(name: str, locale: Locale) -> list[dict[str, object]]:
    lines = (SETS / name / f"{locale.value}.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def trained(locale: Locale) -> dict[str, str]:
    """The training phrases of a locale, folded, with their intents."""
    found = {}
    for path in sorted((NLU_DATA / locale.value).glob("*.yml")):
        for entry in YAML(typ="safe").load(path)["nlu"]:
            for line in entry["examples"].splitlines():
                found[fold(line.removeprefix("- "))] = entry["intent"]
    return found


@pytest.mark.parametrize("name", ["dev", "wild"])
@pytest.mark.parametrize("locale", list(Locale))
def test_no_message_of_a_development_set_is_trained_on(name: str, locale: Locale) -> None:
    texts = {fold(str(row["text"])) for row in rows(name, locale)}
    copied = {text for text in texts & set(trained(locale)) if _words(text) >= COINCIDENCE_WORDS}
    assert copied == set()


@pytest.mark.parametrize("locale", list(Locale))
def test_every_intent_is_asked_in_every_language(locale: Locale) -> None:
    intents = set(trained(locale).values())
    counts = Counter(row["intent"] for row in rows("dev", locale))
    assert set(counts) == intents
    assert min(counts.values()) >= 4
    assert {row["intent"] for row in rows("wild", locale)} == intents


@pytest.mark.parametrize("name", ["dev", "wild"])
@pytest.mark.parametrize("locale", list(Locale))
def test_every_message_names_its_language(name: str, locale: Locale) -> None:
    assert {from_tag(str(row["language"])) for row in rows(name, locale)} == {locale}


def _words(text: str) -> int:
    return len(text.split())
