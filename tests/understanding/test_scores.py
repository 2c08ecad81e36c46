from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Library
from bot.dialogue.events import Guess, Reading, TextReceived
from bot.dialogue.outcome import Verdict
from bot.dialogue.reading import OUT_OF_SCOPE, decide
from bot.dialogue.session import Session
from bot.dialogue.thresholds import Thresholds
from bot.language.tags import Locale
from bot.understanding.labelled import Labelled
from bot.understanding.reached import Outcome, Reached
from bot.understanding.score_tables import as_text
from bot.understanding.scores import Measured, outcome, report
from tests.factories import answer

AT = Thresholds(sure=0.6, margin=0.15, likely=0.1, urgent=0.5)
NOTHING = Reached()
INTENTS = ("permit_need", "permit_cost", "eaeu_work", "greet", "thanks", "hotline")


def reading(*guesses: tuple[str, float], language: str = "ru", urgency: float = 0.0) -> Reading:
    intents = tuple(Guess(name, confidence) for name, confidence in guesses)
    return Reading(intents, (Guess(language, 0.9),), urgency)


@pytest.mark.parametrize(
    ("guesses", "right", "expected"),
    [
        ((("permit_need", 0.9),), "permit_need", Outcome.ANSWERED_RIGHT),
        ((("permit_need", 0.9),), "permit_cost", Outcome.ANSWERED_WRONG),
        ((("permit_need", 0.5), ("hotline", 0.3)), "hotline", Outcome.OFFERED_RIGHT),
        ((("permit_need", 0.5), ("hotline", 0.3)), "eaeu_work", Outcome.OFFERED_WRONG),
        ((("permit_need", 0.05),), "permit_need", Outcome.FALLBACK),
        (((OUT_OF_SCOPE, 0.9),), "permit_need", Outcome.FALLBACK),
        ((("greet", 0.5), ("permit_need", 0.2)), "greet", Outcome.OFFERED_WRONG),
        ((), "permit_need", Outcome.FALLBACK),
    ],
)
def test_what_a_person_gets(
    guesses: tuple[tuple[str, float], ...], right: str, expected: Outcome
) -> None:
    assert outcome(reading(*guesses), (right,), AT) == expected


def test_a_lead_smaller_than_the_margin_is_asked_about() -> None:
    close = msgspec.structs.replace(AT, sure=0.4)

    assert outcome(reading(("permit_need", 0.5), ("hotline", 0.4)), ("permit_need",), close) == (
        Outcome.OFFERED_RIGHT
    )


@given(
    st.lists(
        st.tuples(st.sampled_from((*INTENTS, OUT_OF_SCOPE)), st.floats(0, 1)),
        min_size=1,
        max_size=6,
        unique_by=lambda guess: guess[0],
    ),
    st.floats(0, 1),
    st.floats(0, 0.5),
    st.floats(0, 1),
)
def test_the_bot_decides_as_is_measured_here(
    guesses: list[tuple[str, float]], sure: float, margin: float, likely: float
) -> None:
    """The rule has two homes, so that measuring needs no library of answers."""
    thresholds = Thresholds(sure=sure, margin=margin, likely=likely)
    read = reading(*sorted(guesses, key=lambda guess: -guess[1]))
    library = Library(
        version="test",
        answers={intent: answer(intent) for intent in INTENTS},
        cards={},
        topics=(),
        centres=(),
    )
    session = Session(locale=Locale.RU)

    verdict = decide(session, TextReceived(reading=read), library, thresholds).verdict

    assert (
        outcome(read, (), thresholds)
        == {
            Verdict.ANSWERED: Outcome.ANSWERED_WRONG,
            Verdict.OFFERED: Outcome.OFFERED_WRONG,
            Verdict.LOST: Outcome.FALLBACK,
            Verdict.OUT_OF_SCOPE: Outcome.FALLBACK,
        }[verdict]
    )


def measured(
    text: str,
    right: str,
    read: Reading,
    *,
    locale: Locale = Locale.RU,
    kind: str = "",
    urgent: bool | None = None,
    milliseconds: float = 10.0,
    got: Reached = NOTHING,
) -> Measured:
    row = Labelled(text, (right,), (locale,), kind, urgent)
    return Measured(row, read, got, milliseconds)


SOME = (
    measured(
        "а",
        "hotline",
        reading(("hotline", 0.9)),
        kind="plain",
        urgent=False,
        got=Reached(answered=("hotline",)),
    ),
    measured(
        "б",
        "eaeu_work",
        reading(("permit_need", 0.7), ("hotline", 0.2), ("eaeu_work", 0.1)),
        urgent=False,
        milliseconds=30,
        got=Reached(answered=("trafficking", "permit_need"), card=True),
    ),
    measured(
        "в",
        "permit_need",
        reading(("hotline", 0.4), ("permit_need", 0.3), language="ky"),
        locale=Locale.KK,
        kind="plain",
        urgent=True,
        milliseconds=20,
        got=Reached(answered=("violence", "permit_need"), card=True),
    ),
    measured("г", "hotline", reading((OUT_OF_SCOPE, 0.9), language="kk"), locale=Locale.KK),
    measured("д", OUT_OF_SCOPE, reading(("hotline", 0.9)), got=Reached(answered=("hotline",))),
)


def test_the_figures() -> None:
    found = report(SOME, AT, ["some.jsonl:3: no `intent`"])

    assert (found.rows, found.faults) == (5, ("some.jsonl:3: no `intent`",))
    assert (found.intent.top1, found.intent.top3) == (1 / 5, 3 / 5)
    assert found.intent.by_variant["kk"].top3 == 1 / 2
    assert found.intent.by_kind["plain"].top1 == 1 / 2
    assert found.intent.by_intent["hotline"].rows == 2
    assert ("eaeu_work", "permit_need", 1) in found.intent.confused
    assert found.intent.matrix == (
        ("eaeu_work", "permit_need", 1),
        ("hotline", "hotline", 1),
        ("hotline", OUT_OF_SCOPE, 1),
        (OUT_OF_SCOPE, "hotline", 1),
        ("permit_need", "hotline", 1),
    )
    assert found.decision.answered_right == 2 / 4
    assert found.decision.answered_wrong == 1 / 4
    assert found.decision.offered_right == 0
    assert found.decision.fallback == 1 / 4
    assert found.decision_by_kind["plain"].answered_right == 1
    assert found.decision.out_of_scope_answered == 1
    assert found.language is not None
    assert found.language.accuracy == 4 / 5
    assert found.language.confused == (("kk", "ky", 1),)
    assert found.urgent is not None
    assert (found.urgent.recall, found.urgent.false_alarms) == (1, 1 / 2)
    assert (found.urgent.ordinary_rows, found.urgent.ordinary_alarms) == (2, 0)
    assert found.ms.median == 10


def test_higher_thresholds_answer_less() -> None:
    costs = {(cost.sure, cost.likely): cost for cost in report(SOME, AT, []).costs}

    assert costs[0.9, 0.1].answered_wrong <= costs[0.5, 0.1].answered_wrong
    assert costs[0.5, 0.2].fallback >= costs[0.5, 0.03].fallback


def test_any_right_intent_counts() -> None:
    row = Labelled("а", ("permit_need", "permit_cost"))
    got = Reached(answered=("permit_cost",))
    found = report([Measured(row, reading(("permit_cost", 0.9)), got, 1)], AT, [])

    assert found.intent.top1 == 1
    assert found.decision.answered_right == 1


def test_what_is_not_labelled_is_not_measured() -> None:
    row = Labelled("а", ("greet",))
    found = report([Measured(row, reading(("greet", 0.9)), Reached(), 1)], AT, [])

    assert found.language is None
    assert found.urgent is None


def test_the_report_for_machines_has_the_same_figures() -> None:
    found = report(SOME, AT, [])
    read = msgspec.json.decode(found.as_json())

    assert read["intent"]["top1"] == found.intent.top1
    assert read["decision"]["answered_wrong"] == found.decision.answered_wrong
    assert set(read) == {
        *("rows", "intent", "decision", "decision_by_kind", "costs"),
        *("language", "urgent", "ms", "faults"),
    }


def test_the_report_for_people_has_the_figures_in_percent() -> None:
    text = as_text(report(SOME, AT, ["some.jsonl:3: no `intent`"]))

    assert text.startswith("some.jsonl:3: no `intent`\n5 messages")
    assert "20.0 (3.6-62.4)" in text
    assert "1  eaeu_work → permit_need" in text
    assert "median 10.0 ms" in text


def test_confidence_is_held_against_what_came_true() -> None:
    """Two guesses of 0.9, one of them right: off by 0.4."""
    rows = [
        measured("а", "hotline", reading(("hotline", 0.92))),
        measured("б", "greet", reading(("hotline", 0.88))),
        measured("в", "greet", reading(("hotline", 0.2))),
    ]
    found = report(rows, AT, []).intent

    assert [(b.rows, b.right) for b in found.reliability] == [(1, 0), (1, 0), (1, 1)]
    assert found.calibration_error == pytest.approx((0.2 + 0.88 + 0.08) / 3)
