"""What the staff call things: endings, reasons, subjects, people's languages, moments."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.answers.model import DangerKind
from bot.answers.pick import text_for
from bot.dialogue.outcome import Verdict
from bot.handoff.case import Ending, Opening
from bot.telegram.render.menus import FLAGS, citizenship_names

if TYPE_CHECKING:
    from bot.catalogs import Words
    from bot.handoff.case import Case, Said
    from bot.handoff.groups import Group
    from bot.language.tags import Locale
    from bot.telegram.render.context import Context

FACES = {1: "😞", 2: "😐", 3: "🙂"}
"""The ratings, worst first, as the person saw them."""


class Reason(StrEnum):
    """Why the staff block somebody."""

    ABUSE = "abuse"
    SPAM = "spam"
    THREATS = "threats"


def ending_name(words: Words, ending: Ending | None) -> str:
    """How a case ended."""
    match ending:
        case Ending.ANSWERED:
            return words.gettext("answered")
        case Ending.REFERRED:
            return words.gettext("referred to a centre")
        case Ending.NEEDS_LAWYER:
            return words.gettext("needs a lawyer")
        case Ending.SPAM:
            return words.gettext("spam")
        case Ending.CANCELLED:
            return words.gettext("taken back by the person")
        case Ending.IDLE:
            return words.gettext("nobody wrote for long")
        case Ending.BLOCKED:
            return words.gettext("the person is blocked")
        case None:
            return "–"


def reason_name(words: Words, reason: str) -> str:
    """Why somebody is blocked."""
    match reason:
        case Reason.ABUSE:
            return words.gettext("insults")
        case Reason.SPAM:
            return words.gettext("spam")
        case Reason.THREATS:
            return words.gettext("threats")
        case _:
            return reason


def opening_name(words: Words, opening: Opening) -> str:
    """What led to a case."""
    match opening:
        case Opening.ASKED:
            return words.gettext("asked for a person")
        case Opening.LOST:
            return words.gettext("the bot did not understand twice")
        case Opening.DANGER:
            return words.gettext("pressed the button under a danger card")
        case Opening.ANSWER:
            return words.gettext("pressed the button under an answer")


def subject_name(context: Context, subject: str | None) -> str:
    """The short name of an intent or a danger; empty for none, its own name if it is unknown."""
    if subject is None:
        return ""
    found = context.library.answers.get(subject)
    if found is None and subject in set(DangerKind):
        found = context.library.cards.get(DangerKind(subject))
    return subject if found is None else text_for(found, context.words.locale).text.short


def about(context: Context, case: Case) -> str:
    """What a case is about, in a few words: its danger, or its subject; empty if unknown."""
    if case.dangers:
        return subject_name(context, case.dangers[0].value)
    return subject_name(context, case.subject)


def done_by_bot(context: Context, said: Said) -> str:
    """What the bot did with a message."""
    words = context.words
    name = subject_name(context, said.subject)
    known: dict[str, str] = {
        Verdict.ANSWERED: words.gettext("answered: {subject}"),
        Verdict.DANGER: words.gettext("danger card: {subject}"),
        Verdict.OFFERED: words.gettext("asked what was meant"),
        Verdict.LOST: words.gettext("did not understand"),
        Verdict.OUT_OF_SCOPE: words.gettext("not one of our subjects"),
        Verdict.UNREAD: words.gettext("could not read it then"),
    }
    if said.verdict == Verdict.ASKED and said.subject is not None:
        known[said.verdict] = words.gettext("asked for the citizenship first: {subject}")
    sentence = known.get(said.verdict, "{subject}")
    return sentence.format(subject=name or "–") if sentence != "{subject}" else name


def citizenship_of(context: Context, case: Case) -> str:
    """Flag and country of a case, or that it is unknown."""
    if case.citizenship is None:
        return context.words.gettext("citizenship unknown")
    return f"{FLAGS[case.citizenship]} {citizenship_names(context.words)[case.citizenship]}"


def language_of(locale: Locale) -> str:
    """A language by its own name and its tag, which tells the script."""
    return f"{locale.endonym} ({locale.tag})"


def moment(group: Group, seconds: float) -> str:
    """Day and time in the zone of a group."""
    local = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(group.zone))
    return f"{local:%d.%m %H:%M}"


def mention(user_id: int, name: str) -> str:
    """A link that calls a person, as Telegram's HTML; the name is escaped already."""
    return f'<a href="tg://user?id={user_id}">{name}</a>'
