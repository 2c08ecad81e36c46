"""Checks each answer apart from its words: dates, sources, languages, periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import text_checks, variables
from bot.answers.facts_file import FactConfidence, same_page
from bot.answers.findings import Finding, Kind
from bot.answers.loaded import CONVERSATION, DANGER
from bot.answers.model import Status
from bot.answers.pick import SOURCE_LOCALE
from bot.answers.text_rules import amounts
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from bot.answers.facts_file import Fact
    from bot.answers.loaded import LoadedAnswer
    from bot.answers.model import Answer

DAYS_IF_CHANGING = 90
"""An answer on amounts and terms that change is looked at every quarter."""
DAYS_OTHERWISE = 365

REQUIRED = frozenset(
    {
        *("permit_need", "permit_apply", "permit_cost", "eaeu_work", "eaeu_stay", "registration"),
        *("unpaid_wages", "passport_withheld", "trafficking", "overstay_fine", "find_centre"),
        "hotline",
    }
)
"""Answers that no release goes out without in every language, besides cards and conversation."""

PRIVACY = f"{CONVERSATION}/privacy"
"""The answer that says what is kept, and for how long."""


def periods(entry: LoadedAnswer, values: Mapping[str, str] | None) -> Iterator[Finding]:
    """What is kept must be said in every language, with the number that the store goes by."""
    if entry.folder != PRIVACY or values is None:
        return
    for locale, text in entry.texts.items():
        said = {name for part in text.read.text.parts.values() for name in variables.used(part)}
        for name in values:
            if name not in said:
                sentence = f"Does not say how long by `{{{name}}}`, now {values[name]}."
                yield Finding(Kind.PERIOD_UNSAID, text.file, 0, sentence, locale)


def changing_facts(answer: Answer, facts: Mapping[str, Fact]) -> list[str]:
    """The facts of an answer that change often, or about which the sources disagree."""
    return [name for name in answer.facts if name in facts and facts[name].changes_often]


def days_allowed(answer: Answer, facts: Mapping[str, Fact]) -> int:
    """For how many days after a check an answer counts as fresh."""
    return DAYS_IF_CHANGING if changing_facts(answer, facts) else DAYS_OTHERWISE


def freshness(entry: LoadedAnswer, facts: Mapping[str, Fact], today: date) -> Iterator[Finding]:
    """What is wrong with its dates, and whether somebody has approved it."""
    answer = entry.answer
    changing, allowed = changing_facts(answer, facts), days_allowed(answer, facts)
    days = (answer.check_again_by - answer.checked_on).days
    line = entry.key_lines["check_again_by"]
    if days > allowed:
        why = f", as {changing[0]} changes" if changing else ""
        sentence = f"To be checked again after {days} days; at most {allowed}{why}."
        yield Finding(Kind.CHECKED_TOO_SELDOM, entry.file, line, sentence)
    source = entry.texts.get(SOURCE_LOCALE)
    if source is not None and not changing:
        for part, markdown in source.read.text.parts.items():
            for amount in amounts(markdown)[:1]:
                sentence = f"`{amount}` changes, but no fact of this answer is marked as changing."
                line = source.read.part_lines[part]
                kind = Kind.AMOUNT_WITHOUT_FACT
                yield Finding(kind, source.file, line, sentence, SOURCE_LOCALE)
    if answer.checked_on > today:
        line = entry.key_lines["checked_on"]
        yield Finding(Kind.CHECKED_IN_FUTURE, entry.file, line, "`checked_on` is not yet.")
    if today > answer.check_again_by:
        sentence = f"Was to be checked again by {answer.check_again_by}."
        yield Finding(Kind.OVERDUE, entry.file, entry.key_lines["check_again_by"], sentence)
    if answer.status is Status.DRAFT:
        sentence = "Not yet approved."
        yield Finding(Kind.DRAFT, entry.file, entry.key_lines["status"], sentence)


def sources(entry: LoadedAnswer, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """Whether it rests on facts that are sure, and names where they are from."""
    answer = entry.answer
    if answer.topic != CONVERSATION and not (answer.facts and answer.sources):
        yield Finding(Kind.UNSOURCED, entry.file, entry.key_lines["sources"], "No fact or source.")
    line = entry.key_lines["facts"]
    for name in answer.facts:
        if name not in facts:
            yield Finding(Kind.UNKNOWN_FACT, entry.file, line, f"There is no fact {name}.")
        elif facts[name].confidence is FactConfidence.LOW:
            yield Finding(Kind.WEAK_FACT, entry.file, line, f"{name} is of low confidence.")
    cited = {url for name in answer.facts if name in facts for url in facts[name].urls}
    for source in answer.sources:
        if same_page(source.url) not in cited:
            sentence = f"No cited fact has this source: {source.url}"
            yield Finding(Kind.SOURCE_NOT_CITED, entry.file, entry.key_lines["sources"], sentence)


def languages(entry: LoadedAnswer) -> Iterator[Finding]:
    """Missing and incomplete translations, and those that are older than the Russian."""
    required = entry.answer.topic in (CONVERSATION, DANGER) or entry.answer.intent in REQUIRED
    for locale in Locale:
        text = entry.texts.get(locale)
        if text is None:
            if locale not in entry.answer.texts:
                kind = Kind.MISSING_REQUIRED if required else Kind.MISSING
                yield Finding(kind, entry.folder, 0, f"No {locale.value}.md.", locale)
        elif text.missing:
            sentence = f"Lacks {', '.join(f'# {part}' for part in text.missing)}"
            hidden = "." if text.is_served else ": not shown, the next-best language is."
            yield Finding(Kind.INCOMPLETE, text.file, 1, sentence + hidden, locale)
        elif outdated := text_checks.outdated(entry, locale):
            parts = ", ".join(f"# {part}" for part in outdated)
            sentence = f"{parts}: not marked as made from the present Russian text."
            line = text.read.part_lines[outdated[0]]
            yield Finding(Kind.OUTDATED, text.file, line, sentence, locale)
