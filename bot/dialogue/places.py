"""Which centres to show for a place."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from bot.dialogue.acts import CentreAway, ShowCentres

if TYPE_CHECKING:
    from bot.answers.model import Centre, Citizenship, Library, Need
    from bot.dialogue.session import Session

PAGE = 4
"""Centres on one page: with address, phones and hours more do not fit a phone's screen."""

CITY_KM = 30.0
"""Who shares a location so close to a centre is in its city, for the questions that follow."""

EARTH_RADIUS_KM = 6371.0

_TRUST_ORDER = {
    "ngo": 0,
    "red_crescent": 0,
    "iom": 0,
    "hotline": 0,
    "embassy": 1,
    "government": 2,
}
"""NGOs and consulates before state bodies, which may check a person's stay."""


def near(
    library: Library,
    latitude: float,
    longitude: float,
    citizenship: Citizenship | None,
    *,
    need: Need | None = None,
) -> ShowCentres:
    """The nearest centres to a point in degrees, nearest first; then whom to call from anywhere."""
    away = [
        CentreAway(centre, _kilometres(latitude, longitude, centre.latitude, centre.longitude))
        for centre in _visitable(library, citizenship, need)
        if centre.latitude is not None and centre.longitude is not None
    ]
    away.sort(key=lambda entry: (round(entry.kilometres or 0), _trust(entry.centre, need)))
    nearest = tuple(away[:PAGE])
    return ShowCentres(
        city=None,
        entries=nearest,
        total=len(nearest),
        nationwide=nationwide(library, need),
        need=need.name if need else None,
    )


def in_city(
    library: Library,
    city: str | None,
    citizenship: Citizenship | None,
    offset: int = 0,
    *,
    need: Need | None = None,
) -> ShowCentres:
    """One page of the centres of a city (None: of the whole country), the most trusted first."""
    found = [c for c in _visitable(library, citizenship, need) if city in (None, c.city)]
    found.sort(key=lambda centre: _trust(centre, need))
    page = found[max(offset, 0) : max(offset, 0) + PAGE]
    following = offset + PAGE
    return ShowCentres(
        city=city,
        entries=tuple(CentreAway(centre) for centre in page),
        total=len(found),
        nationwide=nationwide(library, need) if offset == 0 else (),
        next_offset=following if following < len(found) else None,
        need=need.name if need else None,
    )


def known(library: Library, session: Session) -> ShowCentres:
    """The first page for what a session knows of the place, the need and the citizenship."""
    need = need_of(library, session)
    return in_city(library, session.city, session.citizenship, need=need)


def everywhere(library: Library, need: Need | None) -> ShowCentres:
    """Whom to call from anywhere, while the place is not known."""
    name = need.name if need else None
    return ShowCentres(None, (), total=0, nationwide=nationwide(library, need), need=name)


def named(library: Library, name: str | None) -> Need | None:
    """The need of a name; None if there is none (any more)."""
    return next((need for need in library.needs if need.name == name), None)


def need_of(library: Library, session: Session) -> Need | None:
    """What a session looks for."""
    return named(library, session.need)


def by_consulates(library: Library, need: Need) -> bool:
    """Whether consulates serve a need."""
    return any(c.kind == "embassy" and _meets(c, need) for c in library.centres)


def city_around(library: Library, latitude: float, longitude: float) -> str | None:
    """The city whose centre is nearest to a point, if it is near; the point itself is not kept."""
    away = [
        (_kilometres(latitude, longitude, centre.latitude, centre.longitude), centre.city)
        for centre in library.centres
        if centre.city and centre.latitude is not None and centre.longitude is not None
    ]
    distance, city = min(away, default=(CITY_KM, None))
    return city if distance < CITY_KM else None


def nationwide(library: Library, need: Need | None) -> tuple[Centre, ...]:
    """Whom one can call from anywhere in the country: what fits the need best comes first.

    State offices come last; among equals the order of the file decides, the most useful first.
    """
    if need is None:
        return hotlines(library)
    found = [
        centre
        for centre in library.centres
        if centre.city is None and (centre.phones or centre.site) and _meets(centre, need)
    ]
    return tuple(sorted(found, key=lambda c: (c.kind == "government", _fit(c, need))))


def hotlines(library: Library) -> tuple[Centre, ...]:
    """The hotlines that serve the whole country, in the order of the file, with a phone."""
    return tuple(c for c in library.centres if c.kind == "hotline" and c.city is None and c.phones)


def _visitable(
    library: Library, citizenship: Citizenship | None, need: Need | None
) -> list[Centre]:
    """Centres one can go to, call or write to; of the consulates only one's own, if it is known.

    For a need, what serves the whole country is listed apart, and the hotlines of a city with the
    city.
    """
    return [
        centre
        for centre in library.centres
        if (centre.address or centre.phones or centre.site or centre.email)
        and _is_for(centre, citizenship)
        and (
            centre.kind != "hotline"
            if need is None
            else centre.city is not None and _meets(centre, need)
        )
    ]


def _is_for(centre: Centre, citizenship: Citizenship | None) -> bool:
    return centre.kind != "embassy" or (citizenship is not None and serves(centre, citizenship))


def _meets(centre: Centre, need: Need) -> bool:
    return not set(need.services).isdisjoint(centre.services)


def _fit(centre: Centre, need: Need) -> int:
    """How far down the need's list its best service stands; 0 fits best."""
    return min(need.services.index(s) for s in centre.services if s in need.services)


def serves(centre: Centre, citizenship: Citizenship | None) -> bool:
    """Whether a centre is for this person: consulates are for their own citizens only."""
    if centre.kind != "embassy" or citizenship is None:
        return True
    return citizenship.value in centre.citizenships


def _trust(centre: Centre, need: Need | None = None) -> tuple[int, int, bool]:
    fit = 0 if need is None else _fit(centre, need)
    return _TRUST_ORDER.get(centre.kind, 3), fit, not centre.phones


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
