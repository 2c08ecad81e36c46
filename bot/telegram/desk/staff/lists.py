"""What counsellors ask for: the queue, who is blocked, who is there, what was before."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from bot.handoff.rules import HOUR
from bot.telegram.desk.cases import working_time
from bot.telegram.render import desk_lists
from bot.telegram.render.desk_words import language_of
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.telegram.desk.staff.turn import StaffTurn

AUDIT_DAYS = 30

DUTY_HOURS = 12
"""Whoever forgets to say that they go home is not called at night."""


async def queue(here: StaffTurn) -> None:
    """Open cases of the group, with links to their topics."""
    cases = here.desk.cases
    found = await cases.load_all(await cases.open_in(here.group.id))
    shown = [case for case in found if case.is_open]
    topics = {case.number: await cases.topic(case.number) for case in shown}
    screen = desk_lists.queue(here.context, shown, topics, here.desk.clock.now())
    here.reply(screen, await here.number(), late=True)


async def blocked(here: StaffTurn) -> None:
    """Whom the group blocked."""
    bans = await here.desk.cases.bans(here.group.id, here.desk.clock.now())
    here.reply(desk_lists.blocked(here.context, here.group, bans), await here.number(), late=True)


async def duty(here: StaffTurn, wanted: str) -> None:
    """On or off duty; without either, who is on duty."""
    cases, now = here.desk.cases, here.desk.clock.now()
    match wanted.strip().lower():
        case "on":
            here.turn.write(cases.duty(here.group.id, here.who, now + DUTY_HOURS * HOUR))
            text = here.words.gettext("You are on duty for 12 hours: urgent cases call you.")
            here.reply(Screen(escape(text)), await here.number())
        case "off":
            here.turn.write(cases.duty(here.group.id, here.who, None))
            text = here.words.gettext("You are off duty.")
            here.reply(Screen(escape(text)), await here.number())
        case _:
            there = await cases.on_duty(here.group.id, now)
            screen = desk_lists.duty(here.context, here.group, there)
            here.reply(screen, await here.number(), late=True)


async def audit(here: StaffTurn) -> None:
    """Who looked at what was masked, for the coordinators; in General, where all may see it."""
    desk, words = here.desk, here.words
    if here.who.id not in here.group.coordinators:
        here.say(words.gettext("Only coordinators may ask for this."), await here.number())
        return
    now = desk.clock.now()
    found = [
        one
        for one in await desk.cases.reveals(now, AUDIT_DAYS)
        if not one.group or await desk.cases.canonical(one.group) == here.group.id
    ]
    known = {one.who.id: one.who.name for one in await desk.cases.on_duty(here.group.id, now)}
    screen = desk_lists.reveals(here.context, here.group, found, known)
    in_general = here if here.thread is None else replace(here, message_id=None)
    in_general.reply(screen, late=True)


async def settings(here: StaffTurn) -> None:
    """How the desk is set up for the group, what the bot may do in it, and who asks."""
    words, group = here.words, here.group
    takes = ", ".join(map(language_of, group.takes)) or "–"
    lines = [
        f"<b>{escape(group.name)}</b> <code>{group.id}</code>",
        "🗣 " + escape(words.gettext("Takes: {languages}").format(languages=takes)),
    ]
    if await here.desk.cases.canonical(here.desk.groups.default.id) == group.id:
        lines.append("➕ " + escape(words.gettext("Takes all other languages as well.")))
    works = working_time.is_open(group.hours, here.desk.clock.now())
    text = words.gettext("Open now.") if works else words.gettext("Closed now.")
    lines.append("🕘 " + escape(text))
    number = words.number(len(group.coordinators))
    text = words.gettext("Coordinators: {number}").format(number=number)
    lines.append("🚨 " + escape(text))
    if here.rights is not None and (lacks := await here.rights()) is not None:
        lines.append(desk_lists.rights(here.context, lacks).html)
    own = words.gettext("Your own user id, for the staff file: {id}").split("{id}")
    lines.append("👤 " + f"<code>{here.who.id}</code>".join(map(escape, own)))
    here.reply(Screen("\n".join(lines)), await here.number(), late=True)
