"""The report of a check as one page: no scripts, nothing from elsewhere; light, dark, on paper."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.answers.findings import IN_TABLE, Finding, Mark, State, Weight
from bot.answers.report_text import sums
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.answers.findings import Report, Row
    from bot.answers.plain_language import Reading

TEMPLATE = "report.html"
STYLE = "report.css"

_STATE_WORDS = {
    State.MISSING: "missing",
    State.INCOMPLETE: "incomplete",
    State.OUTDATED: "outdated",
    State.DRAFT: "draft",
    State.APPROVED: "approved",
}
_GRAVE = frozenset({Mark.BROKEN, Mark.UNSOURCED, Mark.DEAD_LINK})
"""Marks of errors; the others are work still to do or notes."""


def as_html(report: Report, beside: str = "") -> str:
    """The report as a page that can be opened from a file, sent by mail and printed.

    Args:
        report: what was found.
        beside: HTML to stand at its end.
    """
    page = _file(TEMPLATE)
    for name, content in {
        "style": _file(STYLE),
        "today": report.today.isoformat(),
        "sums": escape(sums(report)),
        "legend": _legend(),
        "heads": "".join(_head(locale) for locale in Locale),
        "rows": "\n".join(_row(row) for row in report.rows),
        "findings": "\n".join(_findings(report)),
        "baselines": "\n".join(_baselines(report)),
        "readings": "\n".join(_readings(report)),
        "beside": beside,
    }.items():
        page = page.replace(f"<!--{name}-->", content)
    return page


def _file(name: str) -> str:
    return (files("bot.answers") / name).read_text("utf-8")


def _head(locale: Locale) -> str:
    name = f'<span lang="{locale.tag}">{escape(locale.endonym)}</span>'
    return f'<th scope="col">{name} <code>{locale.value}</code></th>'


def _legend() -> str:
    states = (_badge(f"state-{state.name.lower()}", _STATE_WORDS[state]) for state in State)
    marks = (_badge(_mark_class(mark), mark.words) for mark in Mark)
    return " ".join((*states, *marks))


def _badge(kind: str, words: str) -> str:
    return f'<span class="badge {kind}">{escape(words)}</span>'


def _mark_class(mark: Mark) -> str:
    if mark in _GRAVE:
        return "grave"
    return "note" if mark is Mark.HARD_TO_READ else "todo"


def _row(row: Row) -> str:
    cells = "".join(f"<td>{_cell(row, locale)}</td>" for locale in Locale)
    day = row.check_again_by.isoformat()
    due = f'<td class="number">{day} {_badge("todo", "overdue") if row.is_overdue else ""}</td>'
    name = f'<th scope="row">{_link(row.answer)}</th>'
    return f'<tr>{name}{cells}<td class="number">{row.longest}</td>{due}</tr>'


def _link(answer: str) -> str:
    return f'<a href="#{_anchor(answer)}">{escape(answer).replace("/", "/<wbr>")}</a>'


def _anchor(folder: str) -> str:
    return "answer-" + folder.replace("/", "-")


def _cell(row: Row, locale: Locale) -> str:
    state = row.states[locale]
    badges = [_badge(f"state-{state.name.lower()}", _STATE_WORDS[state])]
    badges += [_badge(_mark_class(mark), mark.words) for mark in row.marks[locale]]
    return " ".join(badges)


def _findings(report: Report) -> Iterator[str]:
    """By answer, in the order of the table, after what is of no answer: the files for all."""
    rest = [one for one in report.findings if one.kind.is_error or one.kind not in IN_TABLE]
    groups: list[tuple[str, list[Finding]]] = []
    for row in report.rows:
        own = [one for one in rest if f"{one.file}/".startswith(f"{row.answer}/")]
        rest = [one for one in rest if one not in own]
        groups.append((row.answer, own))
    if rest:
        yield _group("other files", rest)
    for answer, own in groups:
        yield _group(answer, own)


def _group(title: str, findings: Iterable[Finding]) -> str:
    order = list(Weight)
    listed = sorted(findings, key=lambda one: (order.index(one.kind.weight), one.file, one.line))
    items = "".join(
        f"<li>{_badge(one.kind.weight.value, one.kind.value.replace('_', ' '))} "
        f"<code>{escape(one.where)}</code> {escape(str(one.sentence))}</li>"
        for one in listed
    )
    head = f'<h3 id="{_anchor(title)}">{escape(title)}</h3>'
    body = f"<ul>{items}</ul>" if items else "<p>Nothing beside the table.</p>"
    return f"<section>{head}{body}</section>"


def _baselines(report: Report) -> Iterator[str]:
    for locale, usual in report.baselines.items():
        yield (
            f'<tr><th scope="row">{locale.value}</th>'
            f'<td class="number">{usual.measure.sentences}</td>'
            f'<td class="number">{usual.measure.words_per_sentence:.1f}</td>'
            f'<td class="number">{usual.measure.letters_per_word:.2f}</td>'
            f'<td class="number">{usual.long_word}</td></tr>'
        )


def _readings(report: Report) -> Iterator[str]:
    for row in report.rows:
        for locale, found in row.readings.items():
            yield _reading(row.answer, locale, found)


def _reading(answer: str, locale: Locale, found: Reading) -> str:
    hard = _badge("note", "hard to read") if found.is_hard else ""
    words = escape(", ".join(found.long_words))
    return (
        f'<tr><th scope="row">{_link(answer)}</th><td>{locale.value}</td>'
        f'<td class="number">{found.measure.words_per_sentence:.1f}'
        f" ({found.sentence_ratio:.0%})</td>"
        f'<td class="number">{found.measure.letters_per_word:.2f} ({found.word_ratio:.0%})</td>'
        f'<td class="number">{found.longest_sentence}</td>'
        f'<td>{hard} <span lang="{locale.tag}">{words}</span></td></tr>'
    )
