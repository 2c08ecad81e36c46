"""The figures of a measurement as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.understanding.scores import Accuracy, Decision, Report

_WIDTH = 22


def as_text(report: Report) -> str:
    """All tables of a report."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield from report.faults
    intent = report.intent
    yield f"{report.rows} messages: right intent first / among the first three"
    yield _row("all", _percent(intent.top1), _percent(intent.top3))
    for heading, part in (
        ("by language", intent.by_variant),
        ("by kind", intent.by_kind),
        ("by intent", intent.by_intent),
    ):
        yield from _accuracies(heading, part)
    yield from _pairs("most confused (right, got)", intent.confused)
    yield ""
    yield "what people get at these thresholds, % of messages within our subject"
    yield from _decisions([report.decision])
    yield ""
    yield "and what others would cost"
    yield from _decisions(report.costs)
    if report.language is not None:
        yield ""
        yield f"language right: {_percent(report.language.accuracy)} of {report.language.rows}"
        for name, share in report.language.by_variant.items():
            yield _row(name, _percent(share))
        yield from _pairs("most confused (right, got)", report.language.confused)
    if report.urgent is not None:
        urgent = report.urgent
        yield ""
        yield (
            f"urgency from {urgent.threshold:.2f}: {_percent(urgent.recall)} of "
            f"{urgent.urgent_rows} urgent messages, {_percent(urgent.false_alarms)} of the rest"
        )
    yield ""
    yield f"one parse: median {report.ms.median:.1f} ms, p95 {report.ms.p95:.1f} ms"


def _accuracies(heading: str, part: dict[str, Accuracy]) -> Iterator[str]:
    if part:
        yield ""
        yield heading
        for name, accuracy in part.items():
            yield _row(name, _percent(accuracy.top1), _percent(accuracy.top3), str(accuracy.rows))


def _decisions(decisions: Iterable[Decision]) -> Iterator[str]:
    yield (
        "  sure likely | answered right, wrong | offered right, wrong | fallback | "
        "out of scope answered"
    )
    for of in decisions:
        yield (
            f"  {of.sure:4.2f}   {of.likely:4.2f} |        {_percent(of.answered_right)} "
            f"{_percent(of.answered_wrong)} |       {_percent(of.offered_right)} "
            f"{_percent(of.offered_wrong)} |   {_percent(of.fallback)} | "
            f"{_percent(of.out_of_scope_answered)}"
        )


def _pairs(heading: str, pairs: Sequence[tuple[str, str, int]]) -> Iterator[str]:
    if pairs:
        yield ""
        yield heading
        for right, got, times in pairs:
            yield f"  {times:4d}  {right} → {got}"


def _row(name: str, *cells: str) -> str:
    return f"  {name:{_WIDTH}}" + "".join(f"{cell:>7}" for cell in cells)


def _percent(share: float) -> str:
    return f"{100 * share:5.1f}"
