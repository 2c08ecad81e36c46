"""The row of an answer in the table of answers and languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.findings import Mark, Row, State, mark_of
from bot.answers.model import Status
from bot.answers.pick import SOURCE_LOCALE
from bot.answers.text_checks import outdated
from bot.answers.text_rules import page_length
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.answers.findings import Finding
    from bot.answers.loaded import LoadedAnswer
    from bot.answers.plain_language import Reading


def row(
    entry: LoadedAnswer,
    today: date,
    findings: Iterable[Finding],
    readings: dict[Locale, Reading],
) -> Row:
    """The row of an answer, with the marks of those findings that are about it."""
    own = [finding for finding in findings if _is_about(finding, entry)]
    source = entry.texts.get(SOURCE_LOCALE)
    return Row(
        answer=entry.folder,
        states={locale: _state(entry, locale) for locale in Locale},
        marks={locale: _marks(entry, own, locale) for locale in Locale},
        check_again_by=entry.answer.check_again_by,
        is_overdue=today > entry.answer.check_again_by,
        longest=page_length(source.read.text) if source else 0,
        readings=readings,
    )


def _is_about(finding: Finding, entry: LoadedAnswer) -> bool:
    return finding.file == entry.folder or finding.file.startswith(f"{entry.folder}/")


def _written(entry: LoadedAnswer, locale: Locale) -> Locale:
    """The language whose file a cell shows: Uzbek Cyrillic is made from Latin."""
    made = locale is Locale.UZ_CYRL and locale not in entry.texts
    return Locale.UZ if made else locale


def _state(entry: LoadedAnswer, locale: Locale) -> State:
    locale = _written(entry, locale)
    text = entry.texts.get(locale)
    if text is None:
        return State.MISSING
    if text.missing:
        return State.INCOMPLETE
    if outdated(entry, locale):
        return State.OUTDATED
    return State.DRAFT if entry.answer.status is Status.DRAFT else State.APPROVED


def _marks(entry: LoadedAnswer, findings: list[Finding], locale: Locale) -> tuple[Mark, ...]:
    locale = _written(entry, locale)
    found = {
        mark_of(finding.kind)
        for finding in findings
        if finding.locale is locale
        or (finding.locale is None and _concerns(entry, finding, locale))
    }
    return tuple(mark for mark in Mark if mark in found)


def _concerns(entry: LoadedAnswer, finding: Finding, locale: Locale) -> bool:
    """Whether a finding about no language is about this one's file, or about the whole answer."""
    if finding.file == f"{entry.folder}/{locale.value}.md":
        return True
    return finding.file in (entry.file, entry.folder) and locale in entry.texts
