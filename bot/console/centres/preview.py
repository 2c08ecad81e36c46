"""A centre as Telegram shows it, drawn by what draws it for the bot. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.answers.model import Centre
from bot.console.answers.bubble import pieces
from bot.console.answers.preview import MAX_MESSAGE, Bubble, Press
from bot.dialogue.acts import CentreAway
from bot.language.tags import Locale
from bot.telegram.render.centre_card import centre_card, line_to_call
from bot.telegram.render.context import copy_phone
from bot.telegram.render.menus import in_pairs

if TYPE_CHECKING:
    from bot.answers.model import Library
    from bot.console.centres.draft import Draft
    from bot.telegram.render.context import Context


def preview(draft: Draft, context: Context) -> Bubble | None:
    """The card; of a hotline of the whole country, the line that stands under every list.

    Args:
        draft: tidied; what is wrong in it is shown as it is.
        context: the words, the centre to ask about this one, the names of what it helps with.

    Returns:
        None if nobody would be shown it.
    """
    centre = as_centre(draft, context.library)
    if not draft.is_shown or not centre.names:
        return None
    locale = context.words.locale
    if centre.kind == "hotline" and centre.city is None and (centre.phones or centre.site):
        html = line_to_call(centre, locale)
    else:
        html = centre_card(context, CentreAway(centre), with_city=True)
    found = pieces(html)
    # Telegram counts UTF-16 code units.
    length = sum(len(piece.text.encode("utf-16-le")) // 2 for piece in found)
    buttons = (copy_phone(phone) for phone in centre.phones)
    rows = tuple(tuple(Press(b.text, copies=True) for b in row) for row in in_pairs(buttons))
    return Bubble(found, rows, length, length > MAX_MESSAGE, locale)


def as_centre(draft: Draft, library: Library) -> Centre:
    """The draft as the bot would read it; what cannot be read is left out."""
    latitude, longitude = _degrees(draft.latitude), _degrees(draft.longitude)
    phones = draft.phones
    asked = next((c for c in library.centres if c.id == draft.ask_at), None)
    if asked is not None and not phones:
        phones = asked.phones[:1]
    named = {locale: draft.names.get(locale.value, "") for locale in Locale}
    names = {locale: name for locale, name in named.items() if name}
    if names and Locale.RU not in names:
        names[Locale.RU] = next(iter(names.values()))
    return Centre(
        id=draft.id,
        names=names,
        kind=draft.kind,
        city=draft.city or None,
        address=draft.address or None,
        phones=phones,
        ask_at=draft.ask_at if asked is not None else None,
        hours=draft.hours or None,
        hours_note=draft.hours_note or None,
        languages=draft.languages,
        services=draft.services,
        citizenships=draft.citizenships,
        site=draft.site or None,
        email=draft.email or None,
        source=draft.source,
        source_date=draft.source_date or None,
        confidence=draft.confidence,
        latitude=latitude if longitude is not None else None,
        longitude=longitude if latitude is not None else None,
        approximate=draft.approximate,
        coordinates_source=draft.coordinates_source or None,
        note=draft.note or None,
    )


def _degrees(written: str) -> float | None:
    try:
        found = float(written)
    except ValueError:
        return None
    return found if math.isfinite(found) else None
