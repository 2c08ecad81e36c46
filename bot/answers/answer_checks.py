"""Checks each answer apart from its words: dates, sources, languages, periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import text_checks, variables
from bot.answers.facts_file import FactConfidence, same_page
from bot.answers.findings import Finding, Kind
from bot.answers.loaded import CONVERSATION, DANGER
from bot.answers.model import Part, Status
from bot.answers.pick import SOURCE_LOCALE
from bot.answers.sentence import N_, NN_
from bot.answers.text_rules import amounts
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from bot.answers.facts_file import Fact
    from bot.answers.loaded import LoadedAnswer
    from bot.answers.model import Answer
    from bot.answers.sentence import Sentence

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


def periods(entry: LoadedAnswer, values: variables.Values | None) -> Iterator[Finding]:
    """What is kept, how long and by whom, must be said in every language, as it is done."""
    if entry.folder != PRIVACY or values is None:
        return
    for locale, text in entry.texts.items():
        said = {name for part in text.read.text.parts.values() for name in variables.used(part)}
        for name, value in values.items():
            if name in said:
                continue
            variable = f"{{{name}}}"
            if isinstance(value, variables.InWords):
                sentence = N_(
                    "Does not say who runs the helpline by `{variable}`.", variable=variable
                )
                yield Finding(Kind.OPERATOR_UNSAID, text.file, 0, sentence, locale)
            else:
                sentence = N_(
                    "Does not say how long by `{variable}`, now {value}.",
                    variable=variable,
                    value=value,
                )
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
        sentence = _too_seldom(days, allowed, changing)
        yield Finding(Kind.CHECKED_TOO_SELDOM, entry.file, line, sentence)
    source = entry.texts.get(SOURCE_LOCALE)
    if source is not None and not changing:
        for part, markdown in source.read.text.parts.items():
            for amount in amounts(markdown)[:1]:
                sentence = N_(
                    "`{amount}` changes, but no fact of this answer is marked as changing.",
                    amount=amount,
                )
                line = source.read.part_lines[part]
                kind = Kind.AMOUNT_WITHOUT_FACT
                yield Finding(kind, source.file, line, sentence, SOURCE_LOCALE)
    if answer.checked_on > today:
        line = entry.key_lines["checked_on"]
        sentence = N_("`checked_on` is not yet.")
        yield Finding(Kind.CHECKED_IN_FUTURE, entry.file, line, sentence)
    if today > answer.check_again_by:
        sentence = N_("Was to be checked again by {day}.", day=answer.check_again_by)
        yield Finding(Kind.OVERDUE, entry.file, entry.key_lines["check_again_by"], sentence)
    if answer.status is Status.DRAFT:
        sentence = N_("Not yet approved.")
        yield Finding(Kind.DRAFT, entry.file, entry.key_lines["status"], sentence)


def sources(entry: LoadedAnswer, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """Whether it rests on facts that are sure, and names where they are from."""
    answer = entry.answer
    if answer.topic != CONVERSATION and not (answer.facts and answer.sources):
        sentence = N_("No fact or source.")
        yield Finding(Kind.UNSOURCED, entry.file, entry.key_lines["sources"], sentence)
    source_text = entry.texts.get(SOURCE_LOCALE)
    tells_of_russia = source_text is not None and Part.RUSSIA in source_text.read.text.parts
    if tells_of_russia and not answer.sources_russia:
        line = entry.key_lines["sources_russia"]
        yield Finding(Kind.UNSOURCED, entry.file, line, N_("No fact or source."))
    line = entry.key_lines["facts"]
    for name in answer.facts:
        if name not in facts:
            sentence = N_("There is no fact {fact}.", fact=name)
            yield Finding(Kind.UNKNOWN_FACT, entry.file, line, sentence)
        elif facts[name].confidence is FactConfidence.LOW:
            sentence = N_("{fact} is of low confidence.", fact=name)
            yield Finding(Kind.WEAK_FACT, entry.file, line, sentence)
    cited = {url for name in answer.facts if name in facts for url in facts[name].urls}
    for source in (*answer.sources, *answer.sources_russia):
        if same_page(source.url) not in cited:
            sentence = N_("No cited fact has this source: {url}", url=source.url)
            yield Finding(Kind.SOURCE_NOT_CITED, entry.file, entry.key_lines["sources"], sentence)


def languages(entry: LoadedAnswer) -> Iterator[Finding]:
    """Missing and incomplete translations, and those that are older than the Russian."""
    required = entry.answer.topic in (CONVERSATION, DANGER) or entry.answer.intent in REQUIRED
    for locale in Locale:
        text = entry.texts.get(locale)
        if text is None:
            if locale not in entry.answer.texts:
                kind = Kind.MISSING_REQUIRED if required else Kind.MISSING
                sentence = N_("No {file}.", file=f"{locale.value}.md")
                yield Finding(kind, entry.folder, 0, sentence, locale)
        elif text.missing:
            parts = tuple(f"# {part}" for part in text.missing)
            sentence = N_("Lacks {parts}: not shown, the next-best language is.", parts=parts)
            if text.is_served:
                sentence = N_("Lacks {parts}.", parts=parts)
            yield Finding(Kind.INCOMPLETE, text.file, 1, sentence, locale)
        elif outdated := text_checks.outdated(entry, locale):
            parts = tuple(f"# {part}" for part in outdated)
            sentence = N_("{parts}: not marked as made from the present Russian text.", parts=parts)
            line = text.read.part_lines[outdated[0]]
            yield Finding(Kind.OUTDATED, text.file, line, sentence, locale)


def _too_seldom(days: int, allowed: int, changing: list[str]) -> Sentence:
    if not changing:
        return NN_(
            "To be checked again after {days} day; at most {allowed}.",
            "To be checked again after {days} days; at most {allowed}.",
            days,
            days=days,
            allowed=allowed,
        )
    return NN_(
        "To be checked again after {days} day; at most {allowed}, as {fact} changes.",
        "To be checked again after {days} days; at most {allowed}, as {fact} changes.",
        days,
        days=days,
        allowed=allowed,
        fact=changing[0],
    )
