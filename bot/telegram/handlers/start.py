"""/start and its deep links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.events import Started
from bot.language.tags import from_tag

if TYPE_CHECKING:
    from bot.language.tags import Locale

MAX_PLACE = 40


def started(payload: str, app_language: str | None) -> Started:
    """The event of a /start.

    Args:
        payload: of the deep link: ``place_language`` (``almaty-station_uz``), either part alone,
            or nothing. What cannot be understood is ignored: a poster may outlive its meaning.
        app_language: the language code of the person's Telegram app.
    """
    place, _, language = payload.strip().rpartition("_")
    locale = from_tag(language) if language else None
    if locale is None:
        place = payload.strip()
    return Started(place=_place(place), locale=locale, app_locale=app_locale(app_language))


def app_locale(language_code: str | None) -> Locale | None:
    """The locale of the person's app, if it is one of ours."""
    return from_tag(language_code) if language_code else None


def _place(name: str) -> str | None:
    """Places are short slugs; anything else was not printed on a poster of ours."""
    known = name.replace("-", "").replace("_", "")
    return name if known.isascii() and known.isalnum() and len(name) <= MAX_PLACE else None
