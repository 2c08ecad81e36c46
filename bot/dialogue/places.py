"""Which centres to show for a place."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from bot.dialogue.acts import CentreAway, ShowCentres

if TYPE_CHECKING:
    from bot.answers.model import Centre, Citizenship, Library

PAGE = 4
"""Centres on one page: with address, phones and hours more do not fit a phone's screen."""

EARTH_RADIUS_KM = 6371.0

_TRUST_ORDER = {"ngo": 0, "red_crescent": 0, "iom": 0, "embassy": 1, "government": 2}
"""NGOs and consulates before state bodies, which may check a person's stay."""


def near(
    library: Library, latitude: float, longitude: float, citizenship: Citizenship | None
) -> ShowCentres:
    """The nearest centres to a point in degrees, nearest first, with the national hotlines."""
    away = [
        CentreAway(centre, _kilometres(latitude, longitude, centre.latitude, centre.longitude))
        for centre in _visitable(library, citizenship)
        if centre.latitude is not None and centre.longitude is not None
    ]
    away.sort(key=lambda entry: (round(entry.kilometres or 0), _trust(entry.centre)))
    nearest = tuple(away[:PAGE])
    return ShowCentres(None, nearest, total=len(nearest), nationwide=hotlines(library))


def in_city(
    library: Library, city: str | None, citizenship: Citizenship | None, offset: int = 0
) -> ShowCentres:
    """One page of the centres of a city (None: of the whole country), the most trusted first."""
    found = [c for c in _visitable(library, citizenship) if city in (None, c.city)]
    found.sort(key=_trust)
    page = found[max(offset, 0) : max(offset, 0) + PAGE]
    following = offset + PAGE
    return ShowCentres(
        city=city,
        entries=tuple(CentreAway(centre) for centre in page),
        total=len(found),
        nationwide=hotlines(library) if offset == 0 else (),
        next_offset=following if following < len(found) else None,
    )


def hotlines(library: Library) -> tuple[Centre, ...]:
    """The hotlines that serve the whole country, in the order of the file, with a phone."""
    return tuple(c for c in library.centres if c.kind == "hotline" and c.city is None and c.phones)


def _visitable(library: Library, citizenship: Citizenship | None) -> list[Centre]:
    """Centres a person can go to or call: not the hotlines, no other country's consulate."""
    return [
        centre
        for centre in library.centres
        if centre.kind != "hotline"
        and (centre.address or centre.phones)
        and serves(centre, citizenship)
    ]


def serves(centre: Centre, citizenship: Citizenship | None) -> bool:
    """Whether a centre is for this person: consulates are for their own citizens only."""
    if centre.kind != "embassy" or citizenship is None:
        return True
    return citizenship.value in centre.citizenships


def _trust(centre: Centre) -> tuple[int, bool]:
    return _TRUST_ORDER.get(centre.kind, 3), not centre.phones


def _kilometres(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Great-circle distance by the haversine formula; degrees in, kilometres out."""
    phi, other_phi = radians(latitude), radians(other_latitude)
    a = (
        sin((other_phi - phi) / 2) ** 2
        + cos(phi) * cos(other_phi) * sin(radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, a)))
