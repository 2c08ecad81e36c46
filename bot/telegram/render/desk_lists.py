"""Lists for the staff: what waits, who is blocked, who is there, what was before, what works."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.telegram.render import desk_card, desk_words
from bot.telegram.render.desk_buttons import Action, button
from bot.telegram.render.desk_periods import period
from bot.telegram.render.menus import in_pairs
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.catalogs import Words
    from bot.handoff.case import Case
    from bot.handoff.groups import Group, Missing
    from bot.store.cases import Banned, OnDuty, Reveal, Topic
    from bot.telegram.render.context import Context

MAX_ROWS = 40
"""Of about 70 characters each, they fit one message."""

MAX_UNBLOCK_BUTTONS = 20

TOPIC_LINK = "https://t.me/c/{group}/{thread}"
"""Of a topic in a private supergroup; https://core.telegram.org/api/links"""


def queue(
    context: Context, cases: Sequence[Case], topics: Mapping[int, Topic | None], now: float
) -> Screen:
    """Open cases, those in danger first, then whoever waits longest."""
    words = context.words
    if not cases:
        return Screen(escape(words.gettext("No open cases.")))
    ordered = sorted(cases, key=_rank)
    lines = [_row(context, case, topics.get(case.number), now) for case in ordered[:MAX_ROWS]]
    title = words.ngettext("{number} open case", "{number} open cases", len(cases))
    more = len(ordered) - MAX_ROWS
    if more > 0:
        lines.append("… +" + words.number(more))
    return Screen("\n".join((f"<b>{escape(title.format(number=len(cases)))}</b>", *lines)))


def blocked(context: Context, group: Group, bans: Sequence[Banned]) -> Screen:
    """Who is blocked, by the number of the case; never who that is.

    With buttons: in a closed topic only administrators can write.
    """
    words = context.words
    lines = [
        escape(
            words.gettext("Case {number}: {reason}, until {when}, by {name}").format(
                number=one.ban.case,
                reason=desk_words.reason_name(words, one.ban.reason),
                when=desk_words.moment(group, one.ban.until),
                name=one.ban.by.name,
            )
        )
        for one in bans
    ]
    if not lines:
        return Screen(escape(words.gettext("Nobody is blocked.")))
    label = words.gettext("Unblock")
    rows = in_pairs(
        button(f"{label} {one.ban.case}", Action.UNBLOCK, one.ban.case)
        for one in bans[:MAX_UNBLOCK_BUTTONS]
    )
    return Screen("\n".join(lines[:MAX_ROWS]), rows)


def duty(context: Context, group: Group, there: Iterable[OnDuty]) -> Screen:
    """Who is on duty, and until when."""
    words = context.words
    lines = [f"• {escape(one.who.name)} – {desk_words.moment(group, one.until)}" for one in there]
    nobody = escape(words.gettext("Nobody is on duty. /duty on: urgent cases call you."))
    return Screen("\n".join(lines) or nobody)


def reveals(
    context: Context, group: Group, found: Sequence[Reveal], names: Mapping[int, str]
) -> Screen:
    """Who looked at what was masked, the newest first; never what it was.

    Args:
        context: of the staff.
        group: whose clock shows the times.
        found: of the last 30 days, oldest first.
        names: of those on duty; others are shown by their id, which leads to them.
    """
    words = context.words
    title = words.gettext("Revealed in the last 30 days: {number}")
    lines = []
    for one in list(reversed(found))[:MAX_ROWS]:
        case = words.gettext("Case {number}").format(number=one.case)
        who = desk_words.mention(one.staff, escape(names.get(one.staff, str(one.staff))))
        lines.append(f"• {desk_words.moment(group, one.at)} · {escape(case)} · {who}")
    if len(found) > MAX_ROWS:
        lines.append("… +" + words.number(len(found) - MAX_ROWS))
    first = escape(title.format(number=words.number(len(found))))
    return Screen("\n".join((f"<b>{first}</b>", *lines)), silent=True)


def earlier(context: Context, group: Group, cases: Iterable[Case]) -> str:
    """Other cases of the same person; HTML, empty if there are none."""
    words = context.words
    lines = []
    for case in cases:
        parts = (
            words.gettext("Case {number}").format(number=case.number),
            desk_words.moment(group, case.opened),
            desk_words.about(context, case),
            "" if case.is_open else desk_words.ending_name(words, case.ending),
        )
        lines.append("• " + escape(" · ".join(filter(None, parts))))
    if not lines:
        return ""
    title = words.gettext("Earlier cases of this person:")
    return "\n".join((f"<b>{escape(title)}</b>", *lines))


def help_page(words: Words) -> Screen:
    """What works where, as short as it can be."""
    topic = {
        "//": words.gettext("a note: the person does not see it"),
        "/a": words.gettext("find an answer and send it"),
        "/refer": words.gettext("name a centre"),
        "/history": words.gettext("what was before"),
        "/lang /city /citizen": words.gettext("correct the card"),
        "/claim /release /transfer /close": words.gettext("as the buttons"),
        "/block /unblock": words.gettext("block the person"),
        "/snippet /snippets": words.gettext("texts of your own"),
    }
    general = {
        "/queue": words.gettext("open cases"),
        "/duty on, /duty off": words.gettext("whether urgent cases call you"),
        "/blocked": words.gettext("who is blocked"),
        "/stats": words.gettext("figures of the last 30 days"),
        "/audit": words.gettext("who revealed what, for coordinators"),
        "/desk": words.gettext("rights and settings"),
    }
    first = words.gettext("What you write in the topic of a case goes to the person.")
    lines = [f"<b>{escape(first)}</b>", *_commands(topic)]
    heading = words.gettext("In General:")
    lines += ["", f"<b>{escape(heading)}</b>", *_commands(general)]
    return Screen("\n".join(lines))


def rights(context: Context, missing: Sequence[Missing]) -> Screen:
    """What the bot lacks in a group, or that all is well."""
    words = context.words
    if not missing:
        return Screen("✅ " + escape(words.gettext("The bot has all the rights it needs.")))
    title = words.gettext("The desk cannot work fully here. Please change this:")
    lines = [f"• {escape(missing_name(words, one))}" for one in missing]
    return Screen("\n".join((f"⚠️ <b>{escape(title)}</b>", *lines)))


def missing_name(words: Words, missing: Missing) -> str:
    """What is to be done about something that is missing."""
    match missing.value:
        case "member":
            return words.gettext("Add the bot to this group.")
        case "forum":
            return words.gettext("Switch topics on in the settings of the group.")
        case "administrator":
            return words.gettext("Make the bot an administrator.")
        case "can_manage_topics":
            return words.gettext("Give the bot the right to manage topics.")
        case "can_pin_messages":
            return words.gettext("Give the bot the right to pin messages.")
        case "can_delete_messages":
            return words.gettext("Give the bot the right to delete messages.")
        case _:
            return words.gettext("Make the group private: anybody can read it now.")


def _commands(known: Mapping[str, str]) -> list[str]:
    return [f"<code>{escape(name)}</code> {escape(what)}" for name, what in known.items()]


def _rank(case: Case) -> tuple[bool, bool, float]:
    """In danger before others, waiting before answered, then by who waits longest."""
    since = case.waits_since if case.waits_since is not None else case.migrant_wrote
    return not case.is_urgent, not case.waits_for_staff, since


def _row(context: Context, case: Case, topic: Topic | None, now: float) -> str:
    words = context.words
    about = desk_words.about(context, case)
    name = escape(" · ".join(filter(None, (str(case.number), case.locale.tag, about))))
    if topic is not None:
        group = str(topic.group).removeprefix("-100")
        name = f'<a href="{TOPIC_LINK.format(group=group, thread=topic.thread)}">{name}</a>'
    since = case.waits_since
    waits = period(words, max(0.0, now - since)) if since is not None else ""
    who = case.claimed_by.name if case.claimed_by is not None else ""
    return " ".join(
        filter(
            None, (desk_card.icon(case), name, escape(waits), f"✋ {escape(who)}" if who else "")
        )
    )
