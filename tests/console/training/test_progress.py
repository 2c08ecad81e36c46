from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.training.progress import (
    USUAL_SECONDS,
    Stage,
    hear,
    named_model,
    named_phrases,
    percent,
)

LINES = (
    ("→ classifier: training with 22268 phrases in 6 languages (one to five minutes)", None),
    ("  languages: learning from 25195 texts", Stage.LANGUAGES),
    ("  n-grams: 80970 of letters", Stage.WORDS),
    ("  n-grams: 34910 of words", Stage.WORDS),
    ("  readers: the words alone count 1.45", Stage.SENTENCES),
    ("  sentence vectors: 1024 of 2048 new ones", Stage.SENTENCES),
    ("  readers: 22268 phrases, 42 classes", Stage.QUESTIONS),
    ("  readers: shares 1.07, 0.48", Stage.PACKING),
    ("→ classifier: trained in 187 s: helpline-35922a961a78.tar.gz (21 MB)", None),
)
"""A training of the real trainer."""


@pytest.mark.parametrize(("line", "stage"), LINES, ids=[line.split(":")[0] for line, _ in LINES])
def test_the_trainers_lines_tell_the_stage(line: str, stage: Stage | None) -> None:
    assert hear(line).stage is stage


def test_the_stages_come_in_their_order() -> None:
    heard = [stage for line, _ in LINES if (stage := hear(line).stage)]

    assert heard == sorted(heard, key=list(Stage).index)


def test_sentence_vectors_tell_how_many_are_done() -> None:
    assert hear("  sentence vectors: 1024 of 2048 new ones").share == 0.5
    assert hear("  sentence vectors: 0 of 0 new ones").share == 0.0


def test_the_sign_before_the_words_is_left_out() -> None:
    assert hear("→ classifier: the model is up to date").line == "the model is up to date"


def test_only_the_first_line_tells_how_many_phrases_it_trains_with() -> None:
    assert [named_phrases(line) for line, _ in LINES] == [22268] + [None] * (len(LINES) - 1)


def test_the_model_is_found_in_the_last_line() -> None:
    assert named_model(LINES[-1][0]) == "helpline-35922a961a78.tar.gz"
    assert named_model(LINES[0][0]) is None


@given(st.lists(st.tuples(st.sampled_from(list(Stage)), st.floats(0, 1000)), max_size=20))
def test_it_never_goes_back_and_never_says_done(marks: list[tuple[Stage, float]]) -> None:
    ordered = sorted(marks, key=lambda mark: (list(Stage).index(mark[0]), mark[1]))
    found = [percent(stage, seconds) for stage, seconds in ordered]

    assert found == sorted(found)
    assert all(0 <= share <= 99 for share in found)


def test_what_is_known_to_be_done_counts_more_than_the_clock() -> None:
    assert percent(Stage.SENTENCES, 0.0, share=0.9) > percent(Stage.SENTENCES, 0.0)
    assert percent(Stage.SENTENCES, 0.0) == percent(Stage.WORDS, USUAL_SECONDS[Stage.WORDS]) + 1


@pytest.mark.parametrize("usual", [{}, {Stage.WORDS: 0.0}, {Stage.WORDS: 10.0}])
def test_any_last_time_will_do(usual: dict[Stage, float]) -> None:
    for stage in Stage:
        assert 0 <= percent(stage, 5.0, usual=usual) <= 99
