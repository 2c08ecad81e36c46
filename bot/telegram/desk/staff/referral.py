"""Naming a centre to the migrant, and asking some days later whether it helped."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from bot.dialogue.acts import CentreAway
from bot.dialogue.marks import mark, marked
from bot.dialogue.places import serves
from bot.handoff.moves import Timer
from bot.language.fold import words as folded_words
from bot.store.cases import Line, Referral
from bot.telegram.desk.staff.profile import cities
from bot.telegram.desk.staff.replies import reply_counts, went_out
from bot.telegram.effects import EditMarkup, Origin, SendMessage
from bot.telegram.render.centre_card import centre_card
from bot.telegram.render.context import copy_phone
from bot.telegram.render.desk_buttons import Action, button
from bot.telegram.render.menus import flag_of, in_pairs, name_of
from bot.telegram.render.reports import wrong_number_button
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.answers.model import Centre
    from bot.handoff.case import Case
    from bot.telegram.desk.staff.turn import StaffTurn

MAX_CENTRES = 8
MAX_LABEL = 60


async def find(here: StaffTurn, case: Case, wanted: str) -> None:
    """Centres of a city, or with some words in their names or services, as buttons."""
    words = here.words
    found = _found(here, case, wanted)[:MAX_CENTRES]
    towns = {case.city} if not wanted else set(cities(here, wanted))
    of_city = len({centre.city for centre in found}) == 1 and found[0].city in towns
    rows = tuple(
        (
            button(
                _label(here, centre, with_city=not of_city), Action.REFER, case.number, mark(centre)
            ),
        )
        for centre in found
    )
    if rows:
        text = words.gettext("Choose a centre: its card goes to the person at once.")
    else:
        text = words.gettext("Write: /refer and a city or a word, for example: /refer Almaty")
    here.reply(Screen(escape(text), rows), case.number)


async def chosen(here: StaffTurn, case: Case, centre_mark: str) -> None:
    """Sends a centre's card in the migrant's language; in some days the bot asks about it."""
    centre = next(iter(marked(here.context.library, (centre_mark,))), None)
    if centre is None:
        here.say(here.words.gettext("This centre is no longer on the list."))
        return
    if await went_out(here, case) or not await reply_counts(here, case):
        return
    context = replace(here.desk.context(case.locale), citizenship=case.citizenship)
    rows = (
        *in_pairs(copy_phone(phone, flag_of(centre)) for phone in centre.phones[:4]),
        *wrong_number_button(context, (centre,)),
    )
    here.toast()
    origin = None
    if here.message_id is not None:
        origin = Origin(here.group.id, here.message_id)
        here.turn.add(EditMarkup(chat_id=here.group.id, message_id=here.message_id))
    here.turn.add(
        SendMessage(
            chat_id=case.chat_id,
            case=case.number,
            origin=origin,
            text=centre_card(context, CentreAway(centre), with_city=True),
            keyboard=rows or None,
        )
    )
    now = here.desk.clock.now()
    name = name_of(centre, here.group.locale)
    here.turn.write(
        here.desk.cases.referred(case.number, Referral(centre.id, now)),
        here.desk.cases.line(
            case.number, Line(now, "staff", "referral", name, here.message_id or 0)
        ),
    )
    due = now + here.desk.rules.ask_after_referral
    here.desk.timer(here.turn, case, Timer.REFERRAL, due)
    text = here.words.gettext("Named to the person: {name}.").format(name=name)
    here.reply(Screen("📍 " + escape(text)), case.number)


def _found(here: StaffTurn, case: Case, wanted: str) -> list[Centre]:
    """Those in the city first if the words are one; of consulates only the person's own."""
    centres = [c for c in here.context.library.centres if serves(c, case.citizenship)]
    asked = folded_words(wanted)
    if not asked:
        return [c for c in centres if case.city is not None and c.city == case.city]
    towns = cities(here, wanted)
    in_town = [c for c in centres if c.city in towns]
    if in_town:
        return in_town
    return [c for c in centres if _fits(c, asked)]


def _fits(centre: Centre, asked: list[str]) -> bool:
    known = folded_words(" ".join((*centre.names.values(), *centre.services, centre.kind)))
    return all(any(word.startswith(one) for word in known) for one in asked)


def _label(here: StaffTurn, centre: Centre, *, with_city: bool) -> str:
    """Its name, with the city unless the name has it or it was asked for; never cut off."""
    name = name_of(centre, here.group.locale)
    city = here.context.cities.get(centre.city or "", "") if with_city else ""
    tail = f" · {city}" if city and city.casefold() not in name.casefold() else ""
    room = MAX_LABEL - len(tail)
    return (name if len(name) <= room else name[: room - 1].rstrip() + "…") + tail
