"""Questions to choose from: in the order of the menu, in the counsellor's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.load import read_library
from bot.answers.model import Library
from bot.answers.snapshot import take
from bot.console.teach.choices import question_of, shelves
from bot.console.web.languages import Language, Wording, load_wordings
from bot.settings import ROOT


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(take(ROOT / "answers"), {}).library


@pytest.fixture(scope="module")
def wordings() -> dict[Language, Wording]:
    return dict(load_wordings(Path(ROOT / "locales")))


def test_every_question_of_the_answers_is_there_once(
    library: Library, wordings: dict[Language, Wording]
) -> None:
    intents = {*library.answers, *(kind.value for kind in library.cards), "out_of_scope"}
    for w in wordings.values():
        found = [
            choice.intent for shelf in shelves(w, library, intents) for choice in shelf.choices
        ]
        assert sorted(found) == sorted(intents - {"out_of_scope"})
        assert all(
            choice.question for shelf in shelves(w, library, intents) for choice in shelf.choices
        )


def test_topics_come_as_in_the_menu_and_what_has_no_answer_comes_last(
    library: Library, wordings: dict[Language, Wording]
) -> None:
    intents = {"greet", "permit_need", "not_answered_yet", "self_harm", *library.topics[0].intents}
    found = shelves(wordings[Language.RU], library, intents)
    assert [choice.intent for shelf in found for choice in shelf.choices] == [
        *library.topics[0].intents,
        "self_harm",  # a danger with a card and no answer
        "greet",
        "not_answered_yet",
    ]


def test_a_question_reads_as_people_ask_it(
    library: Library, wordings: dict[Language, Wording]
) -> None:
    for language, locale in ((Language.RU, "ru"), (Language.KK, "kk")):
        texts = library.answers["permit_need"].texts
        expected = next(text.question for key, text in texts.items() if key.value == locale)
        assert question_of(wordings[language], library, "permit_need") == expected
    assert question_of(wordings[Language.EN], library, "permit_need") == "Permit need"
    assert question_of(wordings[Language.EN], library, "out_of_scope") == "Out of scope"
