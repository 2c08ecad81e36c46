"""The figures of a measurement as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.understanding.scores import Accuracy, Decision, Report, Urgency

_WIDTH = 22


def as_text(report: Report) -> str:
    """All tables of a report."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield from report.faults
    intent = report.intent
    yield f"{report.rows} messages: right intent first / among the first three, %, ±: 95 % interval"
    yield _row(
        "all", _with_interval(intent.top1, report.rows), _with_interval(intent.top3, report.rows)
    )
    for heading, part in (
        ("by language", intent.by_variant),
        ("by kind", intent.by_kind),
        ("by intent", intent.by_intent),
    ):
        yield from _accuracies(heading, part)
    yield from _pairs("most confused (right, got)", intent.confused)
    yield ""
    yield f"confidence and truth differ by {100 * intent.calibration_error:.1f} % on average"
    yield ""
    yield "what people get, % of messages within our subject"
    yield from _decisions([("all", report.decision), *report.decision_by_kind.items()])
    yield ""
    yield "and what other thresholds (sure, likely) would cost"
    yield from _decisions((f"{of.sure:4.2f}  {of.likely:4.2f}", of) for of in report.costs)
    if report.language is not None:
        yield ""
        rows = report.language.rows
        yield f"language right, of {rows}: {_with_interval(report.language.accuracy, rows)}"
        for name, share in report.language.by_variant.items():
            yield _row(name, _percent(share))
        yield from _pairs("most confused (right, got)", report.language.confused)
    if report.urgent is not None:
        yield ""
        yield from _urgency(report.urgent)
    yield ""
    yield f"one reading: median {report.ms.median:.1f} ms, p95 {report.ms.p95:.1f} ms"


def _accuracies(heading: str, part: dict[str, Accuracy]) -> Iterator[str]:
    if part:
        yield ""
        yield heading
        for name, accuracy in part.items():
            yield _row(
                name,
                _with_interval(accuracy.top1, accuracy.rows),
                _with_interval(accuracy.top3, accuracy.rows),
                str(accuracy.rows),
            )


def _decisions(decisions: Iterable[tuple[str, Decision]]) -> Iterator[str]:
    yield (
        f"  {'':12} | answered right, wrong | offered right, wrong | fallback | "
        "out of scope answered"
    )
    for name, of in decisions:
        yield (
            f"  {name:12} |        {_percent(of.answered_right)} "
            f"{_percent(of.answered_wrong)} |       {_percent(of.offered_right)} "
            f"{_percent(of.offered_wrong)} |   {_percent(of.fallback)} | "
            f"{_percent(of.out_of_scope_answered)}"
        )


def _urgency(urgent: Urgency) -> Iterator[str]:
    yield "danger card shown (lexicon and classifier)"
    for name, share, rows in (
        ("urgent", urgent.recall, urgent.urgent_rows),
        ("labelled not urgent", urgent.false_alarms, urgent.other_rows),
        ("ordinary", urgent.ordinary_alarms, urgent.ordinary_rows),
    ):
        if rows:
            yield _row(name, _with_interval(share, rows), str(rows))


def _pairs(heading: str, pairs: Sequence[tuple[str, str, int]]) -> Iterator[str]:
    if pairs:
        yield ""
        yield heading
        for right, got, times in pairs:
            yield f"  {times:4d}  {right} → {got}"


def _row(name: str, *cells: str) -> str:
    return f"  {name:{_WIDTH}}" + "".join(f"{cell:>20}" for cell in cells)


def _with_interval(share: float, rows: int) -> str:
    low, high = wilson(share, rows)
    return f"{100 * share:.1f} ({100 * low:.1f}-{100 * high:.1f})"


def _percent(share: float) -> str:
    return f"{100 * share:5.1f}"
