"""Whatever can go wrong has a sentence of its own."""

from __future__ import annotations

import pytest

from bot.console.teach import words, words_training
from bot.console.teach.judged import Against, Reason, Verdict
from bot.console.teach.labelling import Fault
from bot.console.teach.rows import RowFault
from bot.console.training.phrases import Refusal
from bot.console.training.progress import Stage
from bot.console.training.trouble import Cause
from bot.console.web.languages import Language, Wording, load_wordings
from bot.settings import ROOT
from bot.store.review import Question, Why
from bot.understanding.reached import Outcome


@pytest.fixture(scope="module")
def w() -> Wording:
    return load_wordings(ROOT / "locales")[Language.EN]


def test_every_trouble_fault_and_stage_has_its_own_sentence(w: Wording) -> None:
    unknown = words.fault_sentence(w, "something else", "")
    for said in (
        [words.fault_sentence(w, one.value, "X") for one in (*Fault, *RowFault, *Refusal)]
        + [unknown],
        [words.why_name(w, one) for one in Why],
        [words_training.trouble_sentence(w, one) for one in Cause],
        [words_training.stage_name(w, one) for one in Stage],
        [words_training.verdict_sentence(w, one) for one in Verdict],
        [words_training.reason_sentence(w, Reason(one, 1, 2, "kk")) for one in Against],
        [words_training.outcome_name(w, one) for one in Outcome],
    ):
        assert len(set(said)) == len(said)
        assert all(said)


def test_a_known_phrase_names_its_question(w: Wording) -> None:
    assert "“Where is it?”" in words.fault_sentence(w, "known", "Where is it?")


@pytest.mark.parametrize(
    ("locale", "script", "expected"),
    [
        ("ru", "cyrl", "Russian, script: Cyrillic"),
        ("ru", "latn", "Russian, script: Latin"),
        ("uz", "latn", "Uzbek (Latin)"),
        ("kk", "", "Kazakh"),
        ("kk", "xxxx", "Kazakh"),
        ("other", "arab", "Other languages, script: Arabic"),
    ],
)
def test_a_question_says_its_language_and_script(
    w: Wording, locale: str, script: str, expected: str
) -> None:
    assert words.written_in(w, Question("2026-11-20", "x", locale, script)) == expected


def test_languages_of_comparisons_are_named(w: Wording) -> None:
    assert words_training.tag_name(w, "uz-Cyrl") == "Uzbek (Cyrillic)"
    assert words_training.tag_name(w, "de") == "de"
