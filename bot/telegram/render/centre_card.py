"""A centre as it stands in a list: what it helps with, in which languages, how to reach it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from bot.answers.centres_file import is_web_address
from bot.answers.hours import parse_hours
from bot.language.tags import Locale
from bot.telegram.render.menus import name_of

if TYPE_CHECKING:
    from bot.answers.model import Centre
    from bot.catalogs import Words
    from bot.dialogue.acts import CentreAway
    from bot.telegram.render.context import Context

_TITLE_SERVICES = 2
"""The first services of a need are what its title says (``needs.yml``)."""


def centre_card(context: Context, entry: CentreAway, *, with_city: bool) -> str:
    """All that a person wants to know before the call or the way there; HTML.

    Args:
        context: the words.
        entry: the centre, with the distance if it is known.
        with_city: says the city too, as the title of the list does not.
    """
    words, centre = context.words, entry.centre
    lines = [_head(words, entry)]
    if centre.kind == "government":
        lines.append(_italic(words.gettext("A state office: it may check your papers.")))
    lines += filter(None, (_helps_with(context, centre), _speaks(words, centre)))
    city = context.cities.get(centre.city or "") if with_city else None
    lines += filter(None, [escape(", ".join(filter(None, (city, centre.address))))])
    if centre.phones and not centre.ask_at:
        lines.append("📞 " + escape(", ".join(centre.phones)))
    else:
        lines += _without_phone(context, centre)
    if centre.hours:
        lines.append("🕘 " + escape(_hours(words, centre.hours)))
    map_url = _map_url(centre)
    if map_url:
        label = escape(words.gettext("Show on the map"))
        lines.append(f'<a href="{escape(map_url)}">{label}</a>')
    lines += _source(words, centre)
    return "\n".join(lines)


def line_to_call(centre: Centre, locale: Locale) -> str:
    """A hotline in one line; of what has no phone, its site; HTML."""
    name = escape(name_of(centre, locale))
    if centre.phones:
        return f"☎️ <b>{escape(', '.join(centre.phones))}</b> · {name}"
    return f'🌐 <a href="{escape(centre.site or "")}">{name}</a>'


def _head(words: Words, entry: CentreAway) -> str:
    head = f"📍 <b>{escape(name_of(entry.centre, words.locale))}</b>"
    if entry.kilometres is None:
        return head
    about = "≈ " if entry.centre.approximate else ""
    return f"{head} · {about}{escape(words.kilometres(entry.kilometres))}"


def _helps_with(context: Context, centre: Centre) -> str:
    """The needs whose title is true of it, as the buttons name them."""
    locale = context.words.locale
    return " · ".join(
        f"{need.emoji} {escape(need.titles[locale])}"
        for need in context.library.needs
        if not set(need.services[:_TITLE_SERVICES]).isdisjoint(centre.services)
    )


def _speaks(words: Words, centre: Centre) -> str:
    """Languages by their own names, which those who look for them can read."""
    own = {locale.value: locale.endonym for locale in Locale} | {"en": "English"}
    if words.locale is Locale.UZ_CYRL:
        own["uz"] = Locale.UZ_CYRL.endonym
    spoken = [own[code] for code in centre.languages if code in own]
    return "🗣 " + ", ".join(spoken) if spoken else ""


def _without_phone(context: Context, centre: Centre) -> list[str]:
    """What to do instead of calling: ask another, go there, write."""
    words = context.words
    asked = next((c for c in context.library.centres if c.id == centre.ask_at), None)
    lines = []
    if asked is not None:
        text = words.gettext("I know no phone of this place. Ask about it here: {phone}, {name}.")
        city = context.cities.get(asked.city or "")
        name = ", ".join(filter(None, (name_of(asked, words.locale), city)))
        lines.append(_italic(text.format(phone=", ".join(centre.phones), name=name)))
    elif centre.address:
        text = words.gettext("I know no phone of this place. You can go there.")
        lines.append(_italic(text))
    else:
        text = words.gettext("I know no phone of this place. You can find it or write to it here:")
        lines.append(_italic(text))
    if centre.site:
        host = (urlsplit(centre.site).hostname or "").removeprefix("www.")
        lines.append(f'🌐 <a href="{escape(centre.site)}">{escape(host)}</a>')
    if centre.email:
        lines.append("✉️ " + escape(centre.email))
    return lines


def _source(words: Words, centre: Centre) -> list[str]:
    """Where this is from: how old it is, or, of an undated page, which page it is."""
    if centre.source_date:
        return [_as_of(words, centre, centre.source_date)]
    if not is_web_address(centre.source):
        return []
    host = (urlsplit(centre.source).hostname or "").removeprefix("www.")
    link = f'<a href="{escape(centre.source)}">{escape(host)}</a>'
    return [f"<i>{escape(words.gettext('Sources:'))} {link}</i>"]


def _as_of(words: Words, centre: Centre, day: str) -> str:
    """How old this is, with the page that says so where there is one."""
    text = words.gettext("As of {date}; call before you go.")
    if not centre.phones or centre.ask_at:
        text = words.gettext("As of {date}.")
    link = escape(day)
    if is_web_address(centre.source):
        link = f'<a href="{escape(centre.source)}">{link}</a>'
    return f"<i>{escape(text).format(date=link)}</i>"


def _hours(words: Words, written: str) -> str:
    """Opening hours in the language of the reply; as written where they have no regular form."""
    runs = parse_hours(written)
    if runs is None:
        return written
    return "; ".join(map(words.hours, runs)) or words.gettext("around the clock")


def _map_url(centre: Centre) -> str | None:
    """A link that opens the map of the phone; by coordinates only where they are the house's."""
    if centre.latitude is not None and centre.longitude is not None and not centre.approximate:
        query = f"{centre.latitude},{centre.longitude}"
    elif centre.address and centre.city:
        query = f"{centre.address}, {centre.city.replace('_', ' ')}, Kazakhstan"
    else:
        return None
    return "https://www.google.com/maps/search/?" + urlencode({"api": 1, "query": query})


def _italic(text: str) -> str:
    return f"<i>{escape(text)}</i>"
