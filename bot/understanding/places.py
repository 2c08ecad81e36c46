"""Reads ``nlu_data/places.yml``: the gazetteer, and what the helpline calls each city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.answers.model import Citizenship
from bot.language.gazetteer import Gazetteer, Name
from bot.language.place_grammar import Role
from bot.language.tags import Locale
from bot.understanding.files import DataFileError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class City(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A city of Kazakhstan; degrees north and east."""

    names: dict[Locale, str]
    latitude: float
    longitude: float
    source: str | int
    also: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country that people come from or go to, by the button its citizenship means."""

    names: dict[Locale, str]
    citizenship: Citizenship
    also: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    destination: bool = False


class Atlas(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file: cities by key, countries by ISO 3166 code."""

    cities: dict[str, City]
    countries: dict[str, Country]

    def gazetteer(self) -> Gazetteer:
        """The finder of these names in texts."""
        destinations = frozenset(c for c, country in self.countries.items() if country.destination)
        return Gazetteer(tuple(self._names()), destinations)

    def citizenship(self, code: str) -> Citizenship:
        """The citizenship, as a button, of an ISO 3166 code."""
        country = self.countries.get(code)
        return country.citizenship if country else Citizenship.OTHER

    def _names(self) -> Iterator[Name]:
        for key, city in self.cities.items():
            plain = [s for s in (*city.names.values(), *city.also) if s not in city.ambiguous]
            yield Name(key, Role.CITY, tuple(plain))
            if city.ambiguous:
                yield Name(key, Role.CITY, city.ambiguous, needs_context=True)
        for code, country in self.countries.items():
            yield Name(code, Role.COUNTRY, (*country.names.values(), *country.also))
            yield Name(code, Role.PEOPLE, country.people)
            yield Name(code, Role.ADJECTIVE, country.adjectives)
            yield Name(code, Role.TOWN_ABROAD, country.towns)


def load_atlas(path: Path) -> Atlas:
    """Reads and checks the file.

    Raises:
        DataFileError: it cannot be read, or an entry is not as described in its head.
    """
    data = read_yaml(path)
    try:
        atlas = msgspec.convert(data, Atlas)
    except msgspec.ValidationError as fault:
        raise DataFileError(path, str(fault)) from fault
    for key, city in atlas.cities.items():
        missing = [locale.value for locale in Locale if locale not in city.names]
        if missing:
            raise DataFileError(path, f"city {key}: no name in {', '.join(missing)}")
    return atlas
