"""Two models as figures: what counts as better, and when a difference says something."""

from __future__ import annotations

import pytest

from bot.console.training.comparison import EXAMPLES, Asking, Figures
from bot.console.training.verdicts import OUT_OF_SCOPE, compared, sign_test
from bot.dialogue import reading
from bot.dialogue.events import Guess, Reading
from bot.language.tags import Locale
from bot.understanding.labelled import Labelled
from bot.understanding.reached import Outcome, Reached
from bot.understanding.scores import Measured

NOTHING = Reached()
RIGHT = Reached(answered=("permit_cost",))
WRONG = Reached(answered=("iin_taxes",))
OFFERED = Reached(offered=("permit_cost", "iin_taxes"))
OFFERED_WRONG = Reached(offered=("iin_taxes", "contract"))
CARD = Reached(answered=("violence",), card=True)


def measured(
    reached: Reached,
    *,
    text: str = "почём",
    intents: tuple[str, ...] = ("permit_cost",),
    locale: Locale = Locale.RU,
    urgent: bool | None = None,
    guesses: tuple[str, ...] = ("permit_cost", "contract", "iin_taxes"),
) -> Measured:
    row = Labelled(text, intents, (locale,), urgent=urgent)
    reading = Reading(tuple(Guess(name, 0.9 / n) for n, name in enumerate(guesses, 1)))
    return Measured(row, reading, reached, 1.0)


@pytest.mark.parametrize(
    ("old", "new", "better"),
    [
        (OFFERED, RIGHT, True),
        (NOTHING, OFFERED, True),
        (WRONG, NOTHING, True),  # never a confident wrong answer
        (OFFERED_WRONG, NOTHING, True),
        (RIGHT, WRONG, False),
        (RIGHT, OFFERED, False),
    ],
)
def test_what_is_better_for_a_person(old: Reached, new: Reached, better: bool) -> None:
    [change] = compared(("a", [measured(old)]), ("b", [measured(new)])).examples

    assert change.better is better


@pytest.mark.parametrize(
    ("old", "new", "better"), [(WRONG, NOTHING, True), (NOTHING, WRONG, False)]
)
def test_out_of_scope_is_best_left_unanswered(old: Reached, new: Reached, better: bool) -> None:
    pair = [measured(reached, intents=("out_of_scope",)) for reached in (old, new)]
    [change] = compared(("a", pair[:1]), ("b", pair[1:])).examples

    assert change.better is better


def test_out_of_scope_is_what_the_dialogue_calls_so() -> None:
    assert OUT_OF_SCOPE == reading.OUT_OF_SCOPE


def test_a_danger_card_for_one_in_danger_counts_before_all() -> None:
    intents = ("permit_cost", "violence")
    old = measured(RIGHT, intents=intents, urgent=True)
    new = measured(CARD, intents=intents, urgent=True)

    assert compared(("a", [old]), ("b", [new])).whole.better == 1
    assert compared(("b", [new]), ("a", [old])).whole.worse == 1


def test_a_card_for_one_who_is_not_in_danger_is_worse() -> None:
    old, new = measured(RIGHT, urgent=False), measured(CARD, urgent=False)

    assert compared(("a", [old]), ("b", [new])).whole.worse == 1


def test_another_order_of_what_is_offered_is_no_change() -> None:
    other = Reached(offered=("iin_taxes", "permit_cost"))

    found = compared(("a", [measured(OFFERED)]), ("b", [measured(other)]))

    assert (found.whole.better, found.whole.worse, found.whole.other) == (0, 0, 0)
    assert found.examples == ()


def test_figures_by_language_and_of_all() -> None:
    old = [
        measured(RIGHT),
        measured(WRONG, locale=Locale.KK, guesses=("iin_taxes", "permit_cost")),
        measured(CARD, locale=Locale.KK, intents=("violence",), urgent=True),
        measured(WRONG, locale=Locale.KK, intents=("out_of_scope",)),
    ]
    new = [
        measured(RIGHT),
        measured(RIGHT, locale=Locale.KK),
        measured(NOTHING, locale=Locale.KK, intents=("violence",), urgent=True),
        measured(NOTHING, locale=Locale.KK, intents=("out_of_scope",)),
    ]

    found = compared(("a", old), ("b", new), ["dev/kk.jsonl:3: no `intent`"])

    assert (found.old, found.new) == ("a", "b")
    assert [part.language for part in found.languages] == ["kk", "ru"]
    kazakh, russian = found.languages
    assert kazakh.old == Figures(3, 0, 1, 2, 1, 1, 1, 1, 1, 1)
    assert kazakh.new == Figures(3, 1, 1, 2, 1, 0, 1, 0, 1, 0)
    assert (kazakh.better, kazakh.worse, kazakh.other) == (2, 1, 0)
    assert (russian.better, russian.worse, russian.chance) == (0, 0, 1.0)
    assert found.whole.new.rows == 4
    assert [change.better for change in found.examples] == [False, True, True]
    assert found.faults == ("dev/kk.jsonl:3: no `intent`",)


def test_examples_are_few_and_the_worse_ones_come_first() -> None:
    old = [measured(RIGHT if n % 2 else NOTHING, text=f"почём {n}") for n in range(60)]
    new = [measured(NOTHING if n % 2 else RIGHT, text=f"почём {n}") for n in range(60)]

    found = compared(("a", old), ("b", new))

    assert (found.whole.better, found.whole.worse) == (30, 30)
    assert [change.better for change in found.examples] == [False] * EXAMPLES


def test_by_question_the_largest_change_comes_first() -> None:
    iin, contract = {"intents": ("iin_taxes",)}, {"intents": ("contract", "permit_cost")}
    old = [measured(NOTHING), measured(NOTHING), measured(NOTHING, **iin), measured(RIGHT)]
    new = [measured(RIGHT), measured(WRONG), measured(WRONG, **iin), measured(RIGHT)]
    still = [measured(RIGHT, **contract, guesses=("x", "contract"))]

    assert compared(("a", old + still), ("b", new + still)).intents == (
        Asking("permit_cost", 3, 3, 3, better=1, worse=1),
        Asking("iin_taxes", 1, 0, 0, better=1),
        Asking("contract", 1, 0, 0),
    )
    assert compared(None, ("b", still)).intents == (Asking("contract", 1, None, 0),)


def test_an_example_shows_what_was_given() -> None:
    [change] = compared(("a", [measured(OFFERED)]), ("b", [measured(RIGHT)])).examples

    assert (change.text, change.language, change.right) == ("почём", "ru", ("permit_cost",))
    assert (change.old.outcome, change.old.shown) == (
        Outcome.OFFERED_RIGHT,
        ("permit_cost", "iin_taxes"),
    )
    assert (change.new.outcome, change.new.card) == (Outcome.ANSWERED_RIGHT, False)


def test_without_an_old_model_there_are_only_figures() -> None:
    found = compared(None, ("b", [measured(RIGHT)]))

    assert (found.old, found.whole.old, found.examples) == (None, None, ())
    assert found.whole.new.answered_rightly == 1


@pytest.mark.parametrize(
    ("better", "worse", "chance"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 5, 1.0), (6, 0, 0.03125), (0, 6, 0.03125), (8, 1, 0.0390625)],
)
def test_the_sign_test(better: int, worse: int, chance: float) -> None:
    """Values of the binomial distribution: 2 · Σ C(n, k) / 2ⁿ."""
    assert sign_test(better, worse) == chance


def test_the_sign_test_takes_many_changes() -> None:
    assert 0 < sign_test(500, 700) < 1e-6
