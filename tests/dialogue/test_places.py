"""Which centres are shown, and in which order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Citizenship
from bot.dialogue import places
from tests import factories

LIBRARY = factories.library()


def names(shown: places.ShowCentres) -> list[str]:
    return [entry.centre.id for entry in shown.entries]


def test_ngos_and_consulates_come_before_state_offices() -> None:
    shown = places.in_city(LIBRARY, "almaty", Citizenship.UZBEKISTAN)
    assert names(shown) == ["ngo-almaty", "uz-consulate", "state-almaty"]


def test_other_countries_consulates_are_left_out() -> None:
    assert "tj-consulate" not in names(places.in_city(LIBRARY, "almaty", Citizenship.UZBEKISTAN))


def test_a_centre_one_can_neither_visit_nor_call_is_left_out() -> None:
    assert "ngo-silent" not in names(places.in_city(LIBRARY, None, None))


def test_the_nearest_comes_first_with_its_distance() -> None:
    shown = places.near(LIBRARY, 42.30, 69.60, None)
    assert names(shown)[0] == "ngo-shymkent"
    assert shown.entries[0].kilometres is not None
    assert round(shown.entries[0].kilometres) == 5


def test_pages_cover_every_centre_exactly_once() -> None:
    seen: list[str] = []
    offset: int | None = 0
    while offset is not None:
        page = places.in_city(LIBRARY, None, None, offset)
        seen += names(page)
        offset = page.next_offset
    assert len(seen) == page.total
    assert len(set(seen)) == page.total


def test_a_city_without_centres_still_gets_the_hotlines() -> None:
    shown = places.in_city(LIBRARY, "aktau", None)
    assert shown.entries == ()
    assert [centre.id for centre in shown.nationwide] == ["hot-112", "hot-111"]


@given(
    st.floats(min_value=-90, max_value=90),
    st.floats(min_value=-180, max_value=180),
)
def test_any_point_on_earth_has_nearest_centres_in_order(latitude: float, longitude: float) -> None:
    shown = places.near(LIBRARY, latitude, longitude, None)
    distances = [round(entry.kilometres or 0) for entry in shown.entries]
    assert distances == sorted(distances)
    assert all(0 <= distance <= 20_040 for distance in distances)
