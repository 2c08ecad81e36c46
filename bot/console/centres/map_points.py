"""The points of the map: cities, and the places that the list shows. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.console.centres.gazetteer import city_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.console.centres.listing import Row
    from bot.console.web.languages import Wording
    from bot.understanding.places import Atlas


class CityPoint(msgspec.Struct, frozen=True):
    """A city, so that the map says something without pictures; ``main``: there is a centre."""

    name: str
    latitude: float
    longitude: float
    main: bool


class Spot(msgspec.Struct, frozen=True):
    """A centre on the map; ``approximate``: somewhere in its city."""

    name: str
    kind: str
    address: str
    latitude: float
    longitude: float
    approximate: bool
    hidden: bool


class Points(msgspec.Struct, frozen=True):
    """What the map shows."""

    cities: tuple[CityPoint, ...]
    centres: tuple[Spot, ...]


def points(w: Wording, atlas: Atlas, listed: Iterable[Row], kinds: dict[str, str]) -> Points:
    """The cities, and those of the listed centres that have coordinates.

    Args:
        w: the reader's words.
        atlas: the gazetteer.
        listed: what the list shows.
        kinds: what sorts of places are called.
    """
    rows = tuple(listed)
    there = {row.draft.city for row in rows}
    cities = tuple(
        CityPoint(city_name(w, atlas, key), city.latitude, city.longitude, key in there)
        for key, city in atlas.cities.items()
    )
    return Points(cities, tuple(spot for row in rows if (spot := _spot(w, row, kinds))))


def _spot(w: Wording, row: Row, kinds: dict[str, str]) -> Spot | None:
    draft = row.draft
    try:
        latitude, longitude = float(draft.latitude), float(draft.longitude)
    except ValueError:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return Spot(
        name=draft.names.get(w.language.value) or draft.name,
        kind=kinds.get(draft.kind, draft.kind),
        address=f"/centres/{draft.id}",
        latitude=latitude,
        longitude=longitude,
        approximate=draft.approximate,
        hidden=not draft.is_shown,
    )
