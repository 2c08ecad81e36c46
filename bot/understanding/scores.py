"""What measurements amount to: shares of right readings, outcomes for people, costs."""

from __future__ import annotations

from collections import Counter
from statistics import median, quantiles
from typing import TYPE_CHECKING

import msgspec

from bot.answers.model import DangerKind
from bot.dialogue.events import Reading
from bot.dialogue.reading import MAX_OFFERED, OUT_OF_SCOPE
from bot.understanding.labelled import Labelled
from bot.understanding.reached import Outcome, Reached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.dialogue.thresholds import Thresholds

_NEVER_OFFERED = frozenset({OUT_OF_SCOPE, "greet", "thanks", "goodbye"})
"""As in ``bot.dialogue.reading``: nobody is asked "did you mean: hello"."""

_SURE_STEPS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9)
_LIKELY_STEPS = (0.03, 0.05, 0.1, 0.15, 0.2)
_MOST_CONFUSED = 20
_BINS = 10
_DANGERS = frozenset(kind.value for kind in DangerKind)


class Measured(msgspec.Struct, frozen=True):
    """A message, what the classifier made of it, what the person got, and how long a parse took."""

    row: Labelled
    reading: Reading
    reached: Reached
    milliseconds: float


class Accuracy(msgspec.Struct, frozen=True):
    """Shares of messages whose right intent came first, and among the first three."""

    rows: int
    top1: float
    top3: float


class Bin(msgspec.Struct, frozen=True):
    """Messages whose first guess was about so sure, and how many of these guesses were right."""

    rows: int
    confidence: float
    right: float


class Intents(msgspec.Struct, frozen=True):
    """Accuracy over all messages and over parts of them.

    Attributes:
        top1: share of messages whose right intent came first.
        top3: share of messages whose right intent was among the first three.
        by_variant: the same per language variant.
        by_kind: the same per kind of message.
        by_intent: the same per intent.
        confused: (right, got, times), the most frequent first.
        matrix: (right, got, times) of all first guesses, the right ones too.
        reliability: how often guesses come true, by how sure they were.
        calibration_error: the mean distance between the two, weighted by messages.
    """

    top1: float
    top3: float
    by_variant: dict[str, Accuracy]
    by_kind: dict[str, Accuracy]
    by_intent: dict[str, Accuracy]
    confused: tuple[tuple[str, str, int], ...]
    matrix: tuple[tuple[str, str, int], ...]
    reliability: tuple[Bin, ...]
    calibration_error: float


class Decision(msgspec.Struct, frozen=True):
    """Outcomes at given thresholds, as shares of the messages within our subject.

    The last, ``out_of_scope_answered``, is the share of the other messages that get an answer.
    """

    sure: float
    margin: float
    likely: float
    answered_right: float
    answered_wrong: float
    offered_right: float
    offered_wrong: float
    fallback: float
    out_of_scope_answered: float


class Languages(msgspec.Struct, frozen=True):
    """Shares of messages whose language came first; ``confused`` is (right, got, times)."""

    rows: int
    accuracy: float
    by_variant: dict[str, float]
    confused: tuple[tuple[str, str, int], ...]


class Urgency(msgspec.Struct, frozen=True):
    """Who is shown a danger card, by lexicon and classifier together.

    Attributes:
        threshold: how urgent a message must sound to the classifier.
        urgent_rows: how many messages tell of danger.
        recall: the share of these that get a card.
        other_rows: how many messages are labelled as not telling of danger.
        false_alarms: the share of these that get a card.
        ordinary_rows: how many messages are not labelled, and ask for none of the dangers.
        ordinary_alarms: the share of these that get a card.
    """

    threshold: float
    urgent_rows: int
    recall: float
    other_rows: int
    false_alarms: float
    ordinary_rows: int
    ordinary_alarms: float


class Milliseconds(msgspec.Struct, frozen=True):
    """How long one parse took, over HTTP."""

    median: float
    p95: float


class Report(msgspec.Struct, frozen=True):
    """All figures; shares are 0 to 1."""

    rows: int
    intent: Intents
    decision: Decision
    decision_by_kind: dict[str, Decision]
    costs: tuple[Decision, ...]
    language: Languages | None
    urgent: Urgency | None
    ms: Milliseconds
    faults: tuple[str, ...] = ()

    def as_json(self) -> str:
        """For machines, indented."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2).decode()


def outcome(reading: Reading, right: Iterable[str], thresholds: Thresholds) -> Outcome:
    """What a person gets for a message that was read so, if an answer exists for every intent.

    The rule is that of ``bot.dialogue.reading``; a test holds the two together.

    Args:
        reading: what the classifier made of it.
        right: the intents that are right.
        thresholds: how sure the classifier must be.
    """
    intents = reading.intents
    first = intents[0].confidence if intents else 0.0
    second = intents[1].confidence if len(intents) > 1 else 0.0
    if intents and first >= thresholds.sure and first - second >= thresholds.margin:
        if intents[0].name == OUT_OF_SCOPE:
            return Outcome.FALLBACK
        return Outcome.ANSWERED_RIGHT if intents[0].name in right else Outcome.ANSWERED_WRONG
    known = [guess for guess in intents if guess.name not in _NEVER_OFFERED]
    likely = sum(guess.confidence >= thresholds.likely for guess in known)
    if not likely:
        return Outcome.FALLBACK
    offered = {guess.name for guess in known[: max(2, min(likely, MAX_OFFERED))]}
    return Outcome.OFFERED_RIGHT if offered & set(right) else Outcome.OFFERED_WRONG


def report(measured: Sequence[Measured], thresholds: Thresholds, faults: Iterable[str]) -> Report:
    """The figures of at least one measurement."""
    tried = [
        msgspec.structs.replace(thresholds, sure=sure, likely=likely)
        for sure in _SURE_STEPS
        for likely in _LIKELY_STEPS
        if likely < sure
    ]
    return Report(
        rows=len(measured),
        intent=_intents(measured),
        decision=_decision(measured, thresholds, _as_reached),
        decision_by_kind={
            kind: _decision(some, thresholds, _as_reached)
            for kind, some in _parts(measured, lambda m: m.row.kind).items()
        },
        costs=tuple(_decision(measured, other, _as_ruled(other)) for other in tried),
        language=_languages([m for m in measured if m.row.locales]),
        urgent=_urgency(measured, thresholds.urgent),
        ms=_milliseconds([m.milliseconds for m in measured]),
        faults=tuple(faults),
    )


def _intents(measured: Sequence[Measured]) -> Intents:
    whole = _accuracy(measured)
    wrong = Counter(
        (m.row.intents[0], _first(m.reading)) for m in measured if not _is_among(m, first=1)
    )
    first_guesses = Counter(
        (
            _first(m.reading) if _is_among(m, first=1) else m.row.intents[0],
            _first(m.reading),
        )
        for m in measured
    )
    reliability = _reliability(measured)
    return Intents(
        top1=whole.top1,
        top3=whole.top3,
        by_variant=_by(measured, _variant),
        by_kind=_by(measured, lambda m: m.row.kind),
        by_intent=_by(measured, lambda m: m.row.intents[0]),
        confused=_most(wrong),
        matrix=tuple((*pair, times) for pair, times in sorted(first_guesses.items())),
        reliability=reliability,
        calibration_error=sum(b.rows * abs(b.confidence - b.right) for b in reliability)
        / max(len(measured), 1),
    )


def _accuracy(measured: Sequence[Measured]) -> Accuracy:
    return Accuracy(
        rows=len(measured),
        top1=_share(_is_among(m, first=1) for m in measured),
        top3=_share(_is_among(m, first=3) for m in measured),
    )


def _parts(
    measured: Sequence[Measured], part: Callable[[Measured], str]
) -> dict[str, list[Measured]]:
    names = sorted({part(m) for m in measured} - {""})
    return {name: [m for m in measured if part(m) == name] for name in names}


def _by(measured: Sequence[Measured], part: Callable[[Measured], str]) -> dict[str, Accuracy]:
    return {name: _accuracy(some) for name, some in _parts(measured, part).items()}


def _reliability(measured: Sequence[Measured]) -> tuple[Bin, ...]:
    """The first guesses in ten bins by their confidence; empty bins are left out."""
    bins: list[list[Measured]] = [[] for _ in range(_BINS)]
    for m in measured:
        if m.reading.intents:
            place = min(int(m.reading.intents[0].confidence * _BINS), _BINS - 1)
            bins[place].append(m)
    return tuple(
        Bin(
            rows=len(some),
            confidence=sum(m.reading.intents[0].confidence for m in some) / len(some),
            right=_share(_is_among(m, first=1) for m in some),
        )
        for some in bins
        if some
    )


def _variant(measured: Measured) -> str:
    return measured.row.locales[0].tag if measured.row.locales else ""


def _is_among(measured: Measured, *, first: int) -> bool:
    return any(g.name in measured.row.intents for g in measured.reading.intents[:first])


def _first(reading: Reading) -> str:
    return reading.intents[0].name if reading.intents else ""


def _as_reached(measured: Measured) -> Outcome:
    return measured.reached.outcome(measured.row.intents)


def _as_ruled(thresholds: Thresholds) -> Callable[[Measured], Outcome]:
    return lambda measured: outcome(measured.reading, measured.row.intents, thresholds)


def _decision(
    measured: Sequence[Measured], thresholds: Thresholds, got: Callable[[Measured], Outcome]
) -> Decision:
    ours: Counter[Outcome] = Counter()
    others: Counter[Outcome] = Counter()
    for m in measured:
        of = others if OUT_OF_SCOPE in m.row.intents else ours
        of[got(m)] += 1
    total = max(ours.total(), 1)
    answered = others[Outcome.ANSWERED_RIGHT] + others[Outcome.ANSWERED_WRONG]
    return Decision(
        sure=thresholds.sure,
        margin=thresholds.margin,
        likely=thresholds.likely,
        answered_right=ours[Outcome.ANSWERED_RIGHT] / total,
        answered_wrong=ours[Outcome.ANSWERED_WRONG] / total,
        offered_right=ours[Outcome.OFFERED_RIGHT] / total,
        offered_wrong=ours[Outcome.OFFERED_WRONG] / total,
        fallback=ours[Outcome.FALLBACK] / total,
        out_of_scope_answered=answered / max(others.total(), 1),
    )


def _languages(measured: Sequence[Measured]) -> Languages | None:
    if not measured:
        return None
    variants = sorted({_variant(m) for m in measured})
    wrong = Counter(
        (m.row.locales[0].value, _language(m)) for m in measured if not _is_in_language(m)
    )
    return Languages(
        rows=len(measured),
        accuracy=_share(map(_is_in_language, measured)),
        by_variant={
            variant: _share(_is_in_language(m) for m in measured if _variant(m) == variant)
            for variant in variants
        },
        confused=_most(wrong),
    )


def _is_in_language(measured: Measured) -> bool:
    return _language(measured) in {locale.value for locale in measured.row.locales}


def _language(measured: Measured) -> str:
    return measured.reading.languages[0].name if measured.reading.languages else ""


def _urgency(measured: Sequence[Measured], threshold: float) -> Urgency | None:
    urgent = [m.reached.card for m in measured if m.row.urgent]
    others = [m.reached.card for m in measured if m.row.urgent is False]
    if not urgent and not others:
        return None
    ordinary = [
        m.reached.card
        for m in measured
        if m.row.urgent is None and not _DANGERS.intersection(m.row.intents)
    ]
    return Urgency(
        threshold=threshold,
        urgent_rows=len(urgent),
        recall=_share(urgent),
        other_rows=len(others),
        false_alarms=_share(others),
        ordinary_rows=len(ordinary),
        ordinary_alarms=_share(ordinary),
    )


def _milliseconds(times: Sequence[float]) -> Milliseconds:
    p95 = quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
    return Milliseconds(median=median(times), p95=p95)


def _most(pairs: Counter[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return tuple((right, got, times) for (right, got), times in ordered[:_MOST_CONFUSED])


def _share(facts: Iterable[bool]) -> float:
    known = list(facts)
    return sum(known) / len(known) if known else 0.0
