"""Centres, hotlines, and the question for a place."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.answers.pick import main_page
from bot.dialogue.events import AnswerChosen, CentresPaged, CitizenshipWanted, NeedsWanted
from bot.dialogue.needs import SUBJECT
from bot.dialogue.places import by_consulates, named
from bot.telegram.effects import Button, ReplyButton, ReplyKeyboard
from bot.telegram.render.answer import doubts
from bot.telegram.render.centre_card import centre_card, line_to_call
from bot.telegram.render.context import copy_phone, press
from bot.telegram.render.markdown import to_html
from bot.telegram.render.menus import flag_of, in_pairs, menu_button, person_button
from bot.telegram.render.reports import wrong_number_button
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.model import Centre
    from bot.dialogue.acts import ShowCentres
    from bot.telegram.render.context import Context

MAX_HOTLINES = 5
MAX_COPY_BUTTONS = 4
BIGGEST_CITIES = ("almaty", "astana", "shymkent", "karaganda", "aktobe", "taraz")


def centres(context: Context, act: ShowCentres) -> Screen:
    """Centres with distance, phones, hours and a map link; then whom to call from anywhere."""
    blocks = [_title(context, act)]
    blocks += [centre_card(context, entry, with_city=act.city is None) for entry in act.entries]
    if act.nationwide:
        blocks.append(_hotlines(context, act.nationwide))
    return Screen("\n\n".join(filter(None, blocks)), _rows(context, act))


def _rows(context: Context, act: ShowCentres) -> tuple[tuple[Button, ...], ...]:
    words = context.words
    rows: list[tuple[Button, ...]] = []
    if act.next_offset is not None:
        following = CentresPaged(act.city, act.next_offset, act.need)
        rows.append((press(words.gettext("More centres"), following),))
    elif not act.entries and act.need is not None:
        anywhere = CentresPaged(None, 0, act.need)
        label = words.gettext("In other cities") if act.city else words.gettext("Whole country")
        rows.append((press("🗺 " + label, anywhere),))
    shown = _shown(act)
    rows += in_pairs(copy_phone(*item) for item in _to_copy(act))
    if context.citizenship is None and _has_consulates(context, act.need):
        label = "🏛 " + words.gettext("My country's consulate")
        rows.append((press(label, CitizenshipWanted(SUBJECT)),))
    if context.library.needs:
        rows.append((press("🔎 " + words.gettext("What help do you need?"), NeedsWanted()),))
    rows += wrong_number_button(context, shown)
    rows.append((person_button(context), menu_button(context)))
    return tuple(rows)


def _to_copy(act: ShowCentres) -> list[tuple[str, str]]:
    """The numbers of the places, then those of the lines for the whole country, with their flags.

    Of a line the first number will do; two lines have a button also under a long list.
    """
    near = [(phone, flag_of(e.centre)) for e in act.entries for phone in e.centre.phones]
    lines = [(c.phones[0], "") for c in act.nationwide[:MAX_HOTLINES] if c.phones]
    first = dict(near[:MAX_COPY_BUTTONS])
    found = first | {phone: flag for phone, flag in lines if phone not in first}
    return list(found.items())[: MAX_COPY_BUTTONS + 2 if first else MAX_COPY_BUTTONS]


def _shown(act: ShowCentres) -> tuple[Centre, ...]:
    """Everybody who stands on the screen."""
    return (*(entry.centre for entry in act.entries), *act.nationwide[:MAX_HOTLINES])


def _has_consulates(context: Context, name: str | None) -> bool:
    need = named(context.library, name)
    if need is not None:
        return by_consulates(context.library, need)
    return any(centre.kind == "embassy" for centre in context.library.centres)


def ask_place(context: Context) -> Screen:
    """Share the location, tap a big city, or write another."""
    words = context.words
    cities = tuple(context.cities[key] for key in BIGGEST_CITIES if key in context.cities)
    share = ReplyButton("📍 " + words.gettext("Share my location"), request_location=True)
    pairs = tuple(cities[i : i + 2] for i in range(0, len(cities), 2))
    rows = tuple(tuple(ReplyButton(name) for name in pair) for pair in pairs)
    text = words.gettext("Share your location, or write the name of your city.")
    return Screen(escape(text), reply_keyboard=ReplyKeyboard(((share,), *rows), one_time=True))


def human(context: Context, hotlines: Sequence[Centre], told: str = "") -> Screen:
    """Whom to call now: the counsellors' own words about it, then the lines.

    Args:
        context: what it is drawn with.
        hotlines: serve the whole country.
        told: said above the lines in place of all other words.
    """
    words = context.words
    first = told or words.gettext("Living people answer on these lines:")
    html = f"<b>{escape(first)}</b>\n\n{phone_list(context, hotlines[:MAX_HOTLINES])}"
    found = context.library.answers.get("talk_to_human")
    if found is not None and not told:
        markdown = main_page(found, words.locale).markdown
        notes = [f"<i>{escape(line)}</i>" for line in doubts(context, found)]
        html = "\n\n".join([*map(to_html, markdown), html, *notes])
    phones = [centre.phones[0] for centre in hotlines[:MAX_COPY_BUTTONS]]
    nearest = press("🏠 " + words.gettext("Nearest centre"), AnswerChosen("find_centre"))
    rows = (
        *in_pairs(copy_phone(phone) for phone in phones),
        (nearest,),
        *wrong_number_button(context, hotlines[:MAX_HOTLINES]),
        (menu_button(context),),
    )
    return Screen(html, rows)


def _title(context: Context, act: ShowCentres) -> str:
    """What was looked for, if anything special, and where."""
    need = named(context.library, act.need)
    lines = []
    if need is not None:
        lines.append(f"{need.emoji} {need.titles[context.words.locale]}")
    lines.append(_where(context, act))
    return "\n".join(f"<b>{escape(line)}</b>" for line in lines if line)


def _where(context: Context, act: ShowCentres) -> str:
    words = context.words
    if not act.entries:
        if act.need is None:
            return words.gettext("I know no centre there. These lines answer from everywhere:")
        return "" if act.city is None else words.gettext("I know no such place in this city.")
    if act.city is None and act.entries[0].kilometres is not None:
        return words.gettext("Nearest to you:")
    city = words.gettext("Whole country") if act.city is None else ""
    return words.ngettext(
        "{city}: {number} place that helps", "{city}: {number} places that help", act.total
    ).format(
        city=city or context.cities.get(act.city or "", act.city),
        number=words.number(act.total),
    )


def _hotlines(context: Context, nationwide: Sequence[Centre]) -> str:
    title = escape(context.words.gettext("Hotlines for the whole country:"))
    return f"<b>{title}</b>\n{phone_list(context, nationwide[:MAX_HOTLINES])}"


def phone_list(context: Context, hotlines: Sequence[Centre]) -> str:
    """Names and numbers of some lines, one below the other; HTML."""
    return "\n".join(line_to_call(centre, context.words.locale) for centre in hotlines)
