"""Deep links: a place, a language, either, neither, or nonsense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.events import Started
from bot.language.tags import Locale
from bot.telegram.handlers.start import started


@pytest.mark.parametrize(
    ("payload", "place", "locale"),
    [
        ("", None, None),
        ("almaty-station_uz", "almaty-station", Locale.UZ),
        ("almaty-station_uz-Cyrl", "almaty-station", Locale.UZ_CYRL),
        ("shymkent_market_tg", "shymkent_market", Locale.TG),
        ("almaty-station", "almaty-station", None),
        ("ky", None, Locale.KY),
        ("_ru", None, Locale.RU),
        ("poster_xx", "poster_xx", None),
        ("a" * 64, None, None),
        ("<script>_ru", None, Locale.RU),
    ],
)
def test_a_payload_presets_what_it_names(
    payload: str, place: str | None, locale: Locale | None
) -> None:
    assert started(payload, None) == Started(place=place, locale=locale)


@pytest.mark.parametrize(
    ("code", "locale"),
    [("uz", Locale.UZ), ("ru-KZ", Locale.RU), ("en", None), ("", None), (None, None)],
)
def test_the_language_of_the_app_is_a_hint(code: str | None, locale: Locale | None) -> None:
    assert started("", code).app_locale == locale


@given(st.text(max_size=80), st.none() | st.text(max_size=20))
def test_any_payload_starts(payload: str, code: str | None) -> None:
    place = started(payload, code).place
    assert place is None or (place.isascii() and len(place) <= 40)
