"""What a comparison says, and when somebody has to think twice."""

from __future__ import annotations

import msgspec
import pytest

from bot.console.teach.judged import QUESTIONS, Against, Reason, Verdict, against, moved, verdict
from bot.console.training.comparison import Asking, Comparison, Figures, Part

OLD = Figures(100, 80, 95, 80, 70, 2, 20, 3, 10, 9)


def part(language: str = "", new: Figures = OLD, **changes: object) -> Part:
    return msgspec.structs.replace(Part(language, OLD, new), **changes)


def compared(whole: Part, *languages: Part, intents: tuple[Asking, ...] = ()) -> Comparison:
    return Comparison("old", "new", whole, languages, (), (), intents)


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (part(better=9, worse=1, chance=0.02), Verdict.BETTER),
        (part(better=1, worse=9, chance=0.02), Verdict.WORSE),
        (part(better=3, worse=1, chance=0.6), Verdict.ALIKE),
        (part(), Verdict.ALIKE),
        (Part("", None, OLD), Verdict.FIRST),
    ],
)
def test_a_difference_counts_only_beyond_chance(whole: Part, expected: Verdict) -> None:
    assert verdict(compared(whole)) is expected


def test_nothing_against_one_that_is_as_good() -> None:
    assert against(compared(part(), part("ru", better=1, worse=3, chance=0.6))) == ()


def test_what_was_not_measured_is_to_be_thought_about() -> None:
    assert (verdict(None), against(None)) == (Verdict.UNKNOWN, (Reason(Against.UNMEASURED),))


def test_the_first_model_has_nothing_against_it() -> None:
    assert against(compared(Part("", None, OLD))) == ()


def test_one_danger_card_or_one_wrong_answer_is_a_reason() -> None:
    """Principles 2 and 3 of the design: never a confident wrong answer; danger first."""
    new = msgspec.structs.replace(OLD, urgent_shown=8, answered_wrongly=3)
    found = against(compared(part(new=new, better=5, worse=1)))
    assert found == (Reason(Against.DANGER, 9, 8), Reason(Against.WRONG, 2, 3))


def test_more_worse_than_better_is_a_reason_and_so_is_a_language_beyond_chance() -> None:
    found = against(compared(part(better=1, worse=2), part("kk", better=0, worse=8, chance=0.01)))
    assert found == (Reason(Against.WORSE, 1, 2), Reason(Against.LANGUAGE, 0, 8, "kk"))


def test_only_questions_that_changed_are_told_of() -> None:
    some = tuple(Asking(f"q{number}", 5, 3, 4, 1, 0) for number in range(QUESTIONS + 2))
    still = Asking("still", 5, 3, 3)
    assert moved(compared(part(), intents=(*some, still))) == some[:QUESTIONS]
    assert moved(compared(part(), intents=(still,))) == ()
