"""Corrections of what a case says of the migrant: language, citizenship, city."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.answers.model import Citizenship
from bot.handoff.moves import Move
from bot.language.fold import words as folded_words
from bot.language.tags import Locale, from_tag
from bot.telegram.desk.cases import timers
from bot.telegram.render.desk_buttons import Action, button
from bot.telegram.render.menus import FLAGS, citizenship_names, in_pairs
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.telegram.desk.staff.turn import StaffTurn

MAX_CITIES = 8
"""Buttons for what was written."""


async def language(here: StaffTurn, case: Case, wanted: str) -> None:
    """Sets the language of a case, by tag or own name; asks without one."""
    found = _locale(wanted)
    if found is not None:
        await _correct(here, case, "locale", replace(case, locale=found))
        return
    rows = in_pairs(
        button(locale.endonym, Action.LOCALE, case.number, locale.value) for locale in Locale
    )
    text = here.words.gettext("In which language does the person read?")
    here.reply(Screen(escape(text), rows), case.number)


async def citizenship(here: StaffTurn, case: Case, wanted: str) -> None:
    """Sets the citizenship of a case, by code or country; asks without one."""
    names = citizenship_names(here.words)
    asked = _key(wanted)
    for one, name in names.items():
        if asked and asked in (_key(one.value), _key(name)):
            await _correct(here, case, "citizenship", replace(case, citizenship=one))
            return
    rows = in_pairs(
        button(f"{FLAGS[one]} {name}", Action.CITIZENSHIP, case.number, one.value)
        for one, name in names.items()
    )
    text = here.words.gettext("Of which country is the person a citizen?")
    here.reply(Screen(escape(text), rows), case.number)


async def city(here: StaffTurn, case: Case, wanted: str) -> None:
    """Sets the city of a case, by its key or its name in any of our languages."""
    found = cities(here, wanted)
    if len(found) == 1:
        await _correct(here, case, "city", replace(case, city=found[0]))
        return
    names = here.context.cities
    rows = in_pairs(button(names[key], Action.CITY, case.number, key) for key in found[:MAX_CITIES])
    if found:
        text = here.words.gettext("Which one?")
    else:
        text = here.words.gettext("Write: /city and its name, for example: /city Almaty")
    here.reply(Screen(escape(text), rows), case.number)


def cities(here: StaffTurn, wanted: str) -> list[str]:
    """The keys of the cities that some words name: wholly, or else those that begin so."""
    asked = _key(wanted)
    if not asked:
        return []
    known: dict[str, set[str]] = {key: {_key(key)} for key in here.context.cities}
    for locale in Locale:
        for key, name in here.desk.context(locale).cities.items():
            known.setdefault(key, set()).add(_key(name))
    whole = [key for key, names in known.items() if asked in names]
    if whole:
        return whole[:1]
    return [key for key, names in known.items() if any(n.startswith(asked) for n in names)]


async def corrected(here: StaffTurn, case: Case, action: Action, value: str) -> None:
    """A button of one of the questions above."""
    match action:
        case Action.LOCALE if value in {locale.value for locale in Locale}:
            await _correct(here, case, "locale", replace(case, locale=Locale(value)))
        case Action.CITIZENSHIP if value in set(Citizenship):
            await _correct(here, case, "citizenship", replace(case, citizenship=Citizenship(value)))
        case Action.CITY if value in here.context.cities:
            await _correct(here, case, "city", replace(case, city=value))
        case _:
            here.say(here.words.gettext("This button no longer works."))


async def _correct(here: StaffTurn, case: Case, field: str, corrected_case: Case) -> None:
    """The card and the title change, and what the bot itself goes by with this person.

    The migrant's session, which only a turn of that chat may change, learns it by a signal.
    """
    await here.apply(case, Move(corrected_case))
    cases, now = here.desk.cases, here.desk.clock.now()
    here.turn.write(cases.timer(case.number, case.chat_id, timers.PROFILE + field, now))
    if here.query_id is None:
        here.reply(Screen("✅ " + escape(here.words.gettext("Corrected."))), case.number)


def _locale(wanted: str) -> Locale | None:
    asked = wanted.strip()
    by_name = {locale.endonym.casefold(): locale for locale in Locale}
    return by_name.get(asked.casefold()) or (from_tag(asked) if asked else None)


def _key(text: str) -> str:
    return " ".join(folded_words(text.replace("_", " ")))
