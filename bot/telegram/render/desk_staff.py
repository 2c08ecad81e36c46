"""What the staff are told in the topic of a case."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.handoff import notices
from bot.handoff.moves import Refusal, Why
from bot.handoff.notices import Cause
from bot.telegram.render import desk_words
from bot.telegram.render.desk_buttons import Action, button
from bot.telegram.render.desk_card import icon, shortened, teach_button
from bot.telegram.render.desk_periods import period
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.catalogs import Words
    from bot.handoff.case import Case, Counsellor
    from bot.handoff.groups import Group
    from bot.handoff.notices import Notice
    from bot.store.cases import Line
    from bot.telegram.effects import Keyboard
    from bot.telegram.render.context import Context
    from bot.telegram.render.desk_facts import Facts

MAX_MENTIONS = 10
MAX_LINE = 1000
"""Of one message in a transcript."""

_SIDES = {"migrant": "👤", "staff": "💬", "bot": "🤖", "note": "📝"}


def notice(context: Context, said: Notice, case: Case, facts: Facts) -> Screen | None:
    """A notice in the words of the staff; None for one that is not for them."""
    words = context.words
    match said:
        case notices.Opened(again=again):
            if again or not case.is_urgent:
                return None
            return _call(context, case, facts, words.gettext("Somebody may be in danger."))
        case notices.DangerHeard(kinds):
            names = ", ".join(desk_words.subject_name(context, kind.value) for kind in kinds)
            text = words.gettext("This sounds like danger: {danger}.").format(danger=names)
            return _call(context, case, facts, text)
        case notices.CallToMind(alarm=alarm):
            return _reminder(context, case, facts, alarm=alarm)
        case notices.Nudge(to):
            text = words.gettext("{name}, the person waits for an answer.")
            return Screen(_with_name(text, to, calls=True))
        case notices.MovedHere(by):
            return _moved_here(context, case, facts, by)
        case notices.Closed(ending, by):
            return _closed(context, case, ending_name=desk_words.ending_name(words, ending), by=by)
        case notices.Rated(stars):
            text = words.gettext("The person rates the help:")
            return Screen(f"{escape(text)} {desk_words.FACES[stars]}", silent=True)
        case notices.WillClose(seconds) if case.is_urgent:
            text = words.gettext(
                "Somebody who may be in danger is silent. I close the case in {period} unless you "
                "write."
            )
            return _call(context, case, facts, text.format(period=period(words, seconds)))
        case notices.OpenedAgain():
            text = words.gettext("The case is open again.")
            return _call(context, case, facts, text) if case.is_urgent else Screen(escape(text))
        case _:
            return _short(words, said)


def _short(words: Words, said: Notice) -> Screen | None:
    """Notices of one sentence."""
    match said:
        case notices.Claimed(by):
            return Screen("✋ " + _with_name(words.gettext("{name} takes the case."), by))
        case notices.Released(by, absent):
            if absent:
                text = words.gettext("{name} did not answer. The case is back in the queue.")
                return Screen(_with_name(text, by, calls=True))
            return Screen(_with_name(words.gettext("{name} gave the case back."), by))
        case notices.HandedOver(by, to):
            text = words.gettext("{name} has the case from {before}.")
            named = desk_words.mention(to.id, escape(to.name))
            return Screen("✋ " + escape(text).format(name=named, before=escape(by.name)))
        case notices.MovedAway(by):
            text = words.gettext("{name} gave the case to another group. Write nothing here.")
            return Screen("➡️ " + _with_name(text, by))
        case notices.Cancelled():
            return Screen(escape(words.gettext("The person took the case back.")))
        case notices.Unreachable():
            text = words.gettext(
                "The person has blocked the bot or deleted the account: nothing arrives. "
                "Close the case, or wait: I will say when the person is back."
            )
            return Screen("🚫 " + escape(text))
        case notices.Reachable():
            return Screen(escape(words.gettext("The person is back: what you write arrives.")))
        case notices.Erased():
            text = words.gettext(
                "The person had everything erased. Nothing can be answered any more. "
                "Please delete this topic."
            )
            return Screen("🗑 " + escape(text))
        case _:
            return None


def refused(context: Context, case: Case, refusal: Refusal, *, sent: bool = False) -> Screen:
    """Why something cannot be done, and the button that makes it possible.

    Args:
        context: of the group.
        case: that it was about.
        refusal: the reason.
        sent: whether it was a message, which then did not go out.
    """
    words, number = context.words, case.number
    rows: Keyboard = ()
    match refusal:
        case Refusal(Why.TAKEN, by) if by is not None:
            text = words.gettext("{name} has this case.").format(name=by.name)
            rows = ((button("✋ " + words.gettext("Take over"), Action.TAKE_OVER, number),),)
        case Refusal(Why.CLOSED):
            text = words.gettext("The case is closed.")
            rows = ((button("↩️ " + words.gettext("Reopen"), Action.REOPEN, number),),)
        case Refusal(Why.NOT_CLAIMED):
            text = words.gettext("Nobody has this case.")
        case _:
            text = words.gettext("It is so already.")
    if sent:
        text = " ".join((text, words.gettext("Not sent.")))
    return Screen(escape(text), rows)


def not_carried(words: Words, cause: Cause | str) -> str:
    """Why a message of the staff did not reach the person."""
    match cause:
        case Cause.KIND:
            return words.gettext("Not sent: messages of this kind are not carried over.")
        case Cause.SIZE:
            return words.gettext("Not sent: the file is too large (20 MB at most).")
        case Cause.FILE:
            return words.gettext("Not sent: files of this type are not carried over.")
        case Cause.BLOCKED | "chat_not_found":
            return words.gettext("Not delivered: the person has blocked the bot or is gone.")
        case Cause.GONE | "edit_gone":
            return words.gettext("Not delivered: the message it belongs to is gone.")
        case Cause.CLOSED:
            return words.gettext("Not sent: the case is closed.")
        case Cause.TOO_MANY:
            return words.gettext("Not sent: too many messages in a minute.")
        case "expired":
            return words.gettext("Not delivered: Telegram was away for too long. Send it again.")
        case _:
            return words.gettext("Not delivered: Telegram refused it.")


def not_shown(words: Words, cause: str) -> str:
    """Why a message is not shown as the person wrote it."""
    if cause == "copy_gone":
        return words.gettext("Not shown: the person has deleted this message.")
    if cause == "expired":
        return words.gettext("Not shown: Telegram was away for too long. Try again.")
    return words.gettext("Not shown: Telegram refused it.")


def transcript(context: Context, group: Group, lines: Iterable[Line]) -> str:
    """What was written in a case, oldest first, masked; HTML."""
    words = context.words
    shown = []
    for line in lines:
        sign = _SIDES.get(line.side, "")
        when = desk_words.moment(group, line.at)
        text = escape(shortened(line.text, MAX_LINE)) or f"<i>[{escape(line.kind)}]</i>"
        note = words.gettext("(changed)")
        changed = f" <i>{escape(note)}</i>" if line.version else ""
        shown.append(f"{sign} <i>{when}</i> {text}{changed}")
    if not shown:
        return escape(words.gettext("Nothing has been written yet."))
    title = escape(words.gettext("What was written:"))
    return "\n".join((f"<b>{title}</b>", *shown))


def _moved_here(context: Context, case: Case, facts: Facts, by: Counsellor) -> Screen:
    text = context.words.gettext("{name} gave you this case.")
    history = transcript(context, facts.group, facts.transcript)
    calls = _mentions(facts.on_duty) if case.is_urgent else ""
    parts = ("➡️ " + _with_name(text, by), history, calls)
    return Screen("\n\n".join(filter(None, parts)))


def _closed(context: Context, case: Case, *, ending_name: str, by: Counsellor | None) -> Screen:
    words = context.words
    if by is None:
        text = words.gettext("Closed: {ending}.").format(ending=ending_name)
    else:
        text = words.gettext("{name} closed the case: {ending}.").format(
            name=by.name, ending=ending_name
        )
    rows = ((teach_button(context, case),),) if case.question and by is not None else ()
    return Screen("✅ " + escape(text), rows)


def _reminder(context: Context, case: Case, facts: Facts, *, alarm: bool) -> Screen:
    words = context.words
    since = desk_words.moment(facts.group, case.waits_since or case.opened)
    text = words.gettext("Nobody has taken this case. It waits since {when}.").format(when=since)
    row = (button("✋ " + words.gettext("Claim"), Action.CLAIM, case.number),)
    called = _mentions(facts.on_duty)
    if alarm:
        name = escape(words.gettext("coordinator"))
        coordinators = (desk_words.mention(user, name) for user in facts.group.coordinators)
        called = " ".join(filter(None, (*coordinators, called)))
    sign = "🚨 " if alarm else "⏰ "
    return Screen("\n".join(filter(None, (sign + escape(text), called))), (row,))


def _call(context: Context, case: Case, facts: Facts, text: str) -> Screen:
    """Something urgent, with a mention of who has it and of those on duty.

    Of the coordinators if that is nobody: who has the case may have gone home.
    """
    has_it = () if case.claimed_by is None else (case.claimed_by,)
    called = _mentions({one.id: one for one in (*has_it, *facts.on_duty)}.values())
    if not called:
        name = escape(context.words.gettext("coordinator"))
        called = " ".join(desk_words.mention(user, name) for user in facts.group.coordinators)
    first = f"{icon(case)} <b>{escape(text)}</b>"
    return Screen("\n".join(filter(None, (first, called))))


def _mentions(people: Iterable[Counsellor]) -> str:
    named = [desk_words.mention(one.id, escape(one.name)) for one in people]
    return " ".join(named[:MAX_MENTIONS])


def _with_name(text: str, who: Counsellor, *, calls: bool = False) -> str:
    name = escape(who.name)
    return escape(text).format(name=desk_words.mention(who.id, name) if calls else name)
