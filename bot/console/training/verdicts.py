"""Judges an old model against a new one, message by message: pure."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

from bot.console.training.comparison import (
    EXAMPLES,
    Asking,
    Change,
    Comparison,
    Figures,
    Part,
    Verdict,
)
from bot.understanding.reached import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.understanding.scores import Measured

OUT_OF_SCOPE = "out_of_scope"
"""As in ``bot.dialogue.reading``: what is none of our subjects."""

_RANKS = {
    Outcome.ANSWERED_RIGHT: 4,
    Outcome.OFFERED_RIGHT: 3,
    Outcome.FALLBACK: 2,
    Outcome.OFFERED_WRONG: 1,
    Outcome.ANSWERED_WRONG: 0,
}
"""How good an outcome is: a confident wrong answer is the worst (principle 2 of the design)."""

_RANKS_OUT_OF_SCOPE = {
    Outcome.FALLBACK: 4,
    Outcome.OFFERED_RIGHT: 2,
    Outcome.OFFERED_WRONG: 2,
    Outcome.ANSWERED_RIGHT: 0,
    Outcome.ANSWERED_WRONG: 0,
}
"""The same for what is none of our subjects: to say so is right."""


def compared(
    old: tuple[str, Sequence[Measured]] | None,
    new: tuple[str, Sequence[Measured]],
    faults: Iterable[str] = (),
) -> Comparison:
    """The figures of two models that were measured on the same messages in the same order.

    Args:
        old: name of the old model and what was measured; None if there is none.
        new: the same of the new one.
        faults: what is to be told of the development set.
    """
    after = new[1]
    before: Sequence[Measured | None] = old[1] if old else [None] * len(after)
    pairs = list(zip(before, after, strict=True))
    tags = sorted({_tag(row) for row in after} - {""})
    changes = [change for pair in pairs if (change := _change(*pair))]
    changes.sort(key=_worst_first)
    return Comparison(
        old=old[0] if old else None,
        new=new[0],
        whole=_part("", pairs),
        languages=tuple(_part(tag, [p for p in pairs if _tag(p[1]) == tag]) for tag in tags),
        examples=tuple(changes[:EXAMPLES]),
        faults=tuple(faults),
        intents=_by_intent(pairs),
    )


def figures(measured: Sequence[Measured]) -> Figures:
    """What one model did."""
    ours = [m for m in measured if OUT_OF_SCOPE not in m.row.intents]
    others = [m for m in measured if OUT_OF_SCOPE in m.row.intents]
    outcomes = [m.reached.outcome(m.row.intents) for m in ours]
    urgent = [m for m in measured if m.row.urgent]
    return Figures(
        rows=len(measured),
        first=sum(_is_among(m, 1) for m in measured),
        first_three=sum(_is_among(m, 3) for m in measured),
        ours=len(ours),
        answered_rightly=outcomes.count(Outcome.ANSWERED_RIGHT),
        answered_wrongly=outcomes.count(Outcome.ANSWERED_WRONG),
        others=len(others),
        others_answered=sum(bool(m.reached.answered) for m in others),
        urgent=len(urgent),
        urgent_shown=sum(m.reached.card for m in urgent),
    )


def sign_test(better: int, worse: int) -> float:
    """The two-sided sign test: the chance of so uneven a split, or worse, by tossing a coin."""
    total = better + worse
    if not total:
        return 1.0
    ways = sum(comb(total, k) for k in range(min(better, worse) + 1))
    return min(1.0, ways / (1 << (total - 1)))


def _part(language: str, pairs: Sequence[tuple[Measured | None, Measured]]) -> Part:
    before = [old for old, _ in pairs if old]
    changes = [change for pair in pairs if (change := _change(*pair))]
    better = sum(change.better is True for change in changes)
    worse = sum(change.better is False for change in changes)
    return Part(
        language=language,
        old=figures(before) if before else None,
        new=figures([new for _, new in pairs]),
        better=better,
        worse=worse,
        other=len(changes) - better - worse,
        chance=sign_test(better, worse),
    )


def _by_intent(pairs: Sequence[tuple[Measured | None, Measured]]) -> tuple[Asking, ...]:
    found: dict[str, list[tuple[Measured | None, Measured]]] = {}
    for pair in pairs:
        found.setdefault(pair[1].row.intents[0], []).append(pair)
    asking = [_asking(intent, some) for intent, some in found.items()]
    return tuple(sorted(asking, key=lambda one: (-one.better - one.worse, -one.worse, one.intent)))


def _asking(intent: str, pairs: Sequence[tuple[Measured | None, Measured]]) -> Asking:
    before = [old for old, _ in pairs if old]
    changes = [change for pair in pairs if (change := _change(*pair))]
    return Asking(
        intent=intent,
        rows=len(pairs),
        old=sum(_is_among(each, 1) for each in before) if before else None,
        new=sum(_is_among(each, 1) for _, each in pairs),
        better=sum(change.better is True for change in changes),
        worse=sum(change.better is False for change in changes),
    )


def _change(old: Measured | None, new: Measured) -> Change | None:
    if old is None:
        return None
    was, became = _verdict(old), _verdict(new)
    if (was.outcome, was.card) == (became.outcome, became.card):
        return None
    before, after = _rank(old), _rank(new)
    return Change(
        text=new.row.text,
        language=_tag(new),
        right=new.row.intents,
        old=was,
        new=became,
        better=None if before == after else after > before,
    )


def _worst_first(change: Change) -> tuple[int, str, str]:
    """Worse, then better, then other."""
    return ({False: 0, True: 1, None: 2}[change.better], change.language, change.text)


def _verdict(measured: Measured) -> Verdict:
    got = measured.reached
    return Verdict(got.outcome(measured.row.intents), got.answered or got.offered, got.card)


def _rank(measured: Measured) -> tuple[int, int]:
    """How good what somebody got is; a danger card for one in danger counts before all."""
    ranks = _RANKS_OUT_OF_SCOPE if OUT_OF_SCOPE in measured.row.intents else _RANKS
    outcome = ranks[measured.reached.outcome(measured.row.intents)]
    if measured.row.urgent is None:
        return 0, outcome
    return int(measured.reached.card == measured.row.urgent), outcome


def _is_among(measured: Measured, first: int) -> bool:
    return any(g.name in measured.row.intents for g in measured.reading.intents[:first])


def _tag(measured: Measured) -> str:
    return measured.row.locales[0].tag if measured.row.locales else ""
