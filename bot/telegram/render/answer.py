"""An answer as a message: its text, how far to trust it, and what can be done next."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.answers.model import Handoff, Part, Status
from bot.answers.pick import Selection, main_page, more_page, text_for
from bot.dialogue.acts import Page, ShowAnswer
from bot.dialogue.events import (
    AnswerChosen,
    CitizenshipWanted,
    Fault,
    FaultNamed,
    Lead,
    MoreWanted,
    NeedsWanted,
    PersonWanted,
    Rated,
)
from bot.dialogue.needs import SUBJECT as FIND_CENTRE
from bot.telegram.render.context import press
from bot.telegram.render.markdown import to_html
from bot.telegram.render.menus import (
    FLAGS,
    citizenship_names,
    menu_button,
    person_button,
    related_rows,
)
from bot.telegram.render.numbers import number_rows
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.model import Answer, Source
    from bot.telegram.effects import Button, Keyboard
    from bot.telegram.render.context import Context

HOTLINE = "hotline"
"""The answer that is a list of numbers."""

HUMAN = "talk_to_human"
"""What the button with the person shows as well."""

MAX_RELATED = 3
MAX_SOURCES = 3
"""On a first page: the most important ones. The second page names them all."""

_UNRATED_TOPIC = "conversation"
"""Small talk is not rated, sourced or dated: there is nothing in it to be wrong."""


def answer(context: Context, act: ShowAnswer, *, by_counsellor: bool = False) -> Screen:
    """The page of an answer that an act asks for, with its notes and buttons.

    Args:
        context: what it is drawn with.
        act: which page, and for whom.
        by_counsellor: a person sends it: nothing under it leads to a person, the menu or a rating.
    """
    found = context.library.answers[act.intent]
    selection = _selection(context, found, act)
    body = "\n\n".join(to_html(markdown) for markdown in selection.markdown)
    if found.topic == _UNRATED_TOPIC and not found.sources:
        return Screen(body)
    question = text_for(found, context.words.locale).text.question
    html = f"<b>{escape(question)}</b>\n\n{body}\n\n{_notes(context, found, act, selection)}"
    if by_counsellor:
        return Screen(html, _reading_rows(context, found, selection))
    return Screen(html, _rows(context, found, act, selection))


def ask_fault(context: Context, intent: str) -> Screen:
    """What was wrong? One tap."""
    words = context.words
    labels = {
        Fault.NOT_MY_QUESTION: words.gettext("Not my question"),
        Fault.UNCLEAR: words.gettext("Hard to understand"),
        Fault.NOT_TRUE: words.gettext("It is not true"),
        Fault.NO_LONGER_SO: words.gettext("No longer so"),
    }
    rows = tuple((press(label, FaultNamed(intent, fault)),) for fault, label in labels.items())
    return Screen(escape(words.gettext("What was wrong with the answer?")), rows)


def _selection(context: Context, found: Answer, act: ShowAnswer) -> Selection:
    locale = context.words.locale
    if act.page is Page.MORE:
        return more_page(found, locale)
    return main_page(found, locale, act.audience, abroad=act.abroad)


def _notes(context: Context, found: Answer, act: ShowAnswer, selection: Selection) -> str:
    """Nothing that weakens an answer is left unsaid: draft, overdue, another language."""
    words = context.words
    lines = []
    if selection.locale != words.locale:
        lines.append(words.gettext("This answer is not yet translated into your language."))
    if selection.outdated and selection.locale == words.locale:
        lines.append(words.gettext("The translation may be older than the Russian text."))
    lines += doubts(context, found)
    if context.today <= found.check_again_by:
        sentence = words.gettext("Checked on {date}.").format(date=words.date(found.checked_on))
        lines.append(sentence.replace("..", "."))  # a date may end with "г."
    notes = [f"<i>{escape(line)}</i>" for line in lines]
    return "\n".join(notes + _named(context, _sources(found, act, selection)))


def doubts(context: Context, found: Answer) -> list[str]:
    """What makes an answer less than sure: it is a draft, or its check is overdue."""
    lines = []
    if found.status is Status.DRAFT:
        lines.append("⚠️ " + context.words.gettext("Not yet checked by a lawyer."))
    return lines + overdue(context, found)


def overdue(context: Context, found: Answer) -> list[str]:
    """That its check is overdue; nothing if it is not."""
    if context.today <= found.check_again_by:
        return []
    stale = context.words.gettext("Checked on {date}, may have changed since.")
    return ["⚠️ " + stale.format(date=context.words.date(found.checked_on))]


def _sources(found: Answer, act: ShowAnswer, selection: Selection) -> tuple[Source, ...]:
    """The sources of what stands on a page: of Russia's part its own, of a first page some."""
    is_abroad = act.abroad and act.page is not Page.MORE
    if is_abroad and Part.RUSSIA in found.texts[selection.locale].parts:
        return found.sources_russia
    return found.sources[:MAX_SOURCES] if selection.more else found.sources


def _named(context: Context, sources: Iterable[Source]) -> list[str]:
    links = [
        f'<a href="{escape(source.url)}">{escape(source.title)}</a>'
        + (f" ({escape(source.date)})" if source.date else "")
        for source in sources
    ]
    if not links:
        return []
    title = escape(context.words.gettext("Sources:"))
    return [f"<i>{title}</i> " + "; ".join(links)]


def _reading_rows(context: Context, found: Answer, selection: Selection) -> Keyboard:
    """Only what belongs to the text: its numbers to copy, its second page."""
    rows: list[tuple[Button, ...]] = []
    if found.intent == HOTLINE:
        rows += number_rows(context, selection.markdown)[0]
    if selection.more:
        rows.append((press(context.words.gettext("More"), MoreWanted(found.intent)),))
    return tuple(rows)


def _rows(
    context: Context, found: Answer, act: ShowAnswer, selection: Selection
) -> tuple[tuple[Button, ...], ...]:
    words = context.words
    rows: list[tuple[Button, ...]] = []
    wrong_number: tuple[tuple[Button, ...], ...] = ()
    if found.intent == HOTLINE:
        copies, wrong_number = number_rows(context, selection.markdown)
        rows += copies
    if found.intent == FIND_CENTRE and context.library.needs:
        rows.append((press("🔎 " + words.gettext("What help do you need?"), NeedsWanted()),))
    if found.handoff is Handoff.URGE:
        rows.append((_person(context, found),))
    if selection.more:
        rows.append((press(words.gettext("More"), MoreWanted(found.intent)),))
    elif act.page is Page.MORE:
        rows.append((press("← " + words.gettext("Back"), AnswerChosen(found.intent)),))
    if found.depends_on_citizenship and context.citizenship is not None:
        name = citizenship_names(words)[context.citizenship]
        label = f"{FLAGS[context.citizenship]} {name} ✎"
        rows.append((press(label, CitizenshipWanted(found.intent)),))
    has_person_button = found.handoff is not Handoff.NONE
    related = [name for name in found.related if not (has_person_button and name == HUMAN)]
    rows += related_rows(context, related[:MAX_RELATED])
    rows += wrong_number
    rows.append(
        (
            press("👍", Rated(found.intent, helpful=True)),
            press("👎", Rated(found.intent, helpful=False)),
        )
    )
    if found.handoff is Handoff.OFFER:
        rows.append((_person(context, found), menu_button(context)))
    else:
        rows.append((menu_button(context),))
    return tuple(rows)


def _person(context: Context, found: Answer) -> Button:
    return person_button(context, PersonWanted(Lead.ANSWER, found.intent))
