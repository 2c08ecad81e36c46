"""Centres, hotlines, and the question for a place."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from bot.answers.hours import parse_hours
from bot.answers.pick import main_page
from bot.dialogue.events import AnswerChosen, CentresPaged, CitizenshipWanted, NeedsWanted
from bot.dialogue.needs import SUBJECT
from bot.dialogue.places import by_consulates, named
from bot.telegram.effects import Button, ReplyButton, ReplyKeyboard
from bot.telegram.render.context import copy_phone, press
from bot.telegram.render.markdown import to_html
from bot.telegram.render.menus import flag_of, in_pairs, menu_button, name_of, person_button
from bot.telegram.render.reports import wrong_number_button
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.model import Centre
    from bot.catalogs import Words
    from bot.dialogue.acts import CentreAway, ShowCentres
    from bot.language.tags import Locale
    from bot.telegram.render.context import Context

MAX_HOTLINES = 5
MAX_COPY_BUTTONS = 4
BIGGEST_CITIES = ("almaty", "astana", "shymkent", "karaganda", "aktobe", "taraz")


def centres(context: Context, act: ShowCentres) -> Screen:
    """Centres with distance, phones, hours and a map link; then whom to call from anywhere."""
    blocks = [_title(context, act)]
    blocks += [_centre(context, entry) for entry in act.entries]
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
    called = [entry.centre for entry in act.entries] or list(shown)
    phones = {phone: flag_of(centre) for centre in called for phone in centre.phones}
    rows += in_pairs(copy_phone(*item) for item in list(phones.items())[:MAX_COPY_BUTTONS])
    if context.citizenship is None and _has_consulates(context, act.need):
        label = "🏛 " + words.gettext("My country's consulate")
        rows.append((press(label, CitizenshipWanted(SUBJECT)),))
    if context.library.needs:
        rows.append((press("🔎 " + words.gettext("What help do you need?"), NeedsWanted()),))
    rows += wrong_number_button(context, shown)
    rows.append((person_button(context), menu_button(context)))
    return tuple(rows)


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


def human(context: Context, hotlines: Sequence[Centre]) -> Screen:
    """Whom to call now: the counsellors' own words about it, then the lines."""
    words = context.words
    first = words.gettext("Living people answer on these lines:")
    html = f"<b>{escape(first)}</b>\n\n{_phone_list(context, hotlines[:MAX_HOTLINES])}"
    found = context.library.answers.get("talk_to_human")
    if found is not None:
        markdown = main_page(found, words.locale).markdown
        html = "\n\n".join([*map(to_html, markdown), html])
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


def _centre(context: Context, entry: CentreAway) -> str:
    words, centre = context.words, entry.centre
    head = f"📍 <b>{escape(name_of(centre, words.locale))}</b>"
    if entry.kilometres is not None:
        distance = words.kilometres(entry.kilometres)
        head += f" · {'≈ ' if centre.approximate else ''}{escape(distance)}"
    lines = [head]
    if centre.kind == "government":
        note = words.gettext("A state office: it may check your papers.")
        lines.append(f"<i>{escape(note)}</i>")
    if centre.address:
        lines.append(escape(centre.address))
    if centre.phones:
        lines.append("📞 " + escape(", ".join(centre.phones)))
    else:
        lines.append(_without_phone(words, centre))
    if centre.hours:
        lines.append("🕘 " + escape(_hours(words, centre.hours)))
    map_url = _map_url(centre)
    if map_url:
        label = escape(words.gettext("Show on the map"))
        lines.append(f'<a href="{escape(map_url)}">{label}</a>')
    if centre.source_date:
        as_of = words.gettext("As of {date}; call before you go.")
        if not centre.phones:
            as_of = words.gettext("As of {date}.")
        lines.append(f"<i>{escape(as_of.format(date=centre.source_date))}</i>")
    return "\n".join(lines)


def _without_phone(words: Words, centre: Centre) -> str:
    """What to do instead of calling."""
    text = escape(words.gettext("I know no phone of this place. Ask about it on a hotline."))
    lines = [f"<i>{text}</i>"]
    if centre.site:
        host = (urlsplit(centre.site).hostname or "").removeprefix("www.")
        lines.append(f'🌐 <a href="{escape(centre.site)}">{escape(host)}</a>')
    if centre.email:
        lines.append("✉️ " + escape(centre.email))
    return "\n".join(lines)


def _hours(words: Words, written: str) -> str:
    """Opening hours in the language of the reply; as written where they have no regular form."""
    runs = parse_hours(written)
    if runs is None:
        return written
    return "; ".join(map(words.hours, runs)) or words.gettext("around the clock")


def _hotlines(context: Context, nationwide: Sequence[Centre]) -> str:
    title = escape(context.words.gettext("Hotlines for the whole country:"))
    return f"<b>{title}</b>\n{_phone_list(context, nationwide[:MAX_HOTLINES])}"


def _phone_list(context: Context, hotlines: Sequence[Centre]) -> str:
    return "\n".join(_line(centre, context.words.locale) for centre in hotlines)


def _line(centre: Centre, locale: Locale) -> str:
    """A line to call; of what has no phone, its site."""
    name = escape(name_of(centre, locale))
    if centre.phones:
        return f"☎️ <b>{escape(', '.join(centre.phones))}</b> {name}"
    return f'🌐 <a href="{escape(centre.site or "")}">{name}</a>'


def _map_url(centre: Centre) -> str | None:
    """A link that opens the map of the phone; by coordinates only where they are the house's."""
    if centre.latitude is not None and centre.longitude is not None and not centre.approximate:
        query = f"{centre.latitude},{centre.longitude}"
    elif centre.address and centre.city:
        query = centre.address
    else:
        return None
    return "https://www.google.com/maps/search/?" + urlencode({"api": 1, "query": query})
