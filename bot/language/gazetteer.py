"""Countries and cities in a text, in every case form of every language, however spelt.

Words are compared by skeleton (both scripts, special letters or not), a stem plus the endings that
the languages add: ``Өзбекстаннанмын``, ``Oʻzbekistonlikman``, ``из Узбекистана``.
What a name means there, ``bot.language.place_grammar`` decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.language.endings import CASE_OF_PREPOSITION, Form, forms, parse
from bot.language.fold import APOSTROPHES
from bot.language.place_grammar import (
    Mention,
    Role,
    Word,
    counts,
    is_bare_city,
    is_citizenship,
    is_destination,
    main_city,
)
from bot.language.skeleton import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


__all__ = ["Entity", "Gazetteer", "Name", "Places", "Role"]

_WORD = re.compile(r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:['’‘ʻʼ`´][^\W\d_]+)*(?:['’‘ʻʼ`´](?=\W|$))?")


@dataclass(frozen=True)
class Name:
    """A name to look for.

    Attributes:
        key: what it stands for: the key of a city, the ISO 3166 code of a country.
        role: what kind of thing the word names.
        spellings: as written, in any language; every one is inflected.
        needs_context: an ordinary word elsewhere (``семей`` is "of families" in Russian), so that
            it counts only with a case ending, beside "city of", or as the whole message.
    """

    key: str
    role: Role
    spellings: tuple[str, ...]
    needs_context: bool = False


@dataclass(frozen=True)
class Entity:
    """What a mention was understood as; ``kind`` is citizenship, destination or city."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Places:
    """What a text says of places.

    Attributes:
        citizenship: ISO 3166 code of the country the person is a citizen of, if said.
        destination: ISO 3166 code of the country asked about, if said.
        city: key of a city, if named.
        bare_city: the text is nothing but the name of a city.
        entities: the same, with where in the text it says so.
    """

    citizenship: str | None = None
    destination: str | None = None
    city: str | None = None
    bare_city: bool = False
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """Finds the given names in texts.

    Args:
        names: what to look for.
        destinations: codes of countries that count as a destination when one goes or works there.
            The countries people come from do not: most who write "to Uzbekistan" are going home.
    """

    names: tuple[Name, ...]
    destinations: frozenset[str] = frozenset()
    _by_start: dict[str, list[tuple[tuple[str, ...], Form, Name]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for name in self.names:
            for spelling in name.spellings:
                for words, form in _forms(spelling, name.role):
                    entry = (words, form, name)
                    start = self._by_start.setdefault(words[0][:_KEY], [])
                    if entry not in start:
                        start.append(entry)
        for entries in self._by_start.values():
            entries.sort(key=lambda entry: -sum(map(len, entry[0])))

    def find(self, text: str) -> Places:
        """Everything the text says of places; the empty result if nothing."""
        words = _words(text)
        mentions = [mention for mention in self._mentions(words) if counts(mention, words)]
        if not mentions:
            return Places()
        citizenships = [m for m in mentions if is_citizenship(m, words)]
        destinations = [
            m
            for m in mentions
            if m.key in self.destinations and m not in citizenships and is_destination(m, words)
        ]
        cities = [mention for mention in mentions if mention.role is Role.CITY]
        codes = {mention.key for mention in citizenships}
        entities = [
            *(Entity("citizenship", m.key, m.start, m.end) for m in citizenships),
            *(Entity("destination", m.key, m.start, m.end) for m in destinations),
            *(Entity("city", m.key, m.start, m.end) for m in cities),
        ]
        return Places(
            citizenship=citizenships[0].key if len(codes) == 1 else None,
            destination=destinations[0].key if destinations else None,
            city=main_city(cities),
            bare_city=is_bare_city(cities, words),
            entities=tuple(sorted(entities, key=lambda entity: entity.start)),
        )

    def _mentions(self, words: Sequence[Word]) -> Iterator[Mention]:
        index = 0
        while index < len(words):
            mention = self._mention_at(words, index)
            if mention is None:
                index += 1
            else:
                yield mention
                index = mention.last_word + 1

    def _mention_at(self, words: Sequence[Word], index: int) -> Mention | None:
        for spelling, form, name in self._by_start.get(words[index].skeleton[:_KEY], ()):
            last = index + len(spelling) - 1
            if last >= len(words) or any(
                words[index + place].skeleton != part for place, part in enumerate(spelling[:-1])
            ):
                continue
            ending = parse(words[last].skeleton, spelling[-1], form)
            if ending is None:
                continue
            before = words[index - 1].skeleton if index else ""
            return Mention(
                key=name.key,
                role=name.role,
                case=CASE_OF_PREPOSITION.get(before, ending.case),
                first_person=ending.first_person,
                plural=ending.plural,
                start=words[index].start,
                end=words[last].end,
                first_word=index,
                last_word=last,
                needs_context=name.needs_context,
            )
        return None


_KEY = 3
"""Names are looked up by their first letters."""

_NO_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, ""))


def _words(text: str) -> list[Word]:
    found = (
        Word(skeleton(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)
    )
    return [word for word in found if word.skeleton]


def _forms(spelling: str, role: Role) -> Iterator[tuple[tuple[str, ...], Form]]:
    """The words' skeletons of a spelling and its Russian cases; several words also as one."""
    with_plural = role in (Role.PEOPLE, Role.ADJECTIVE)
    spellings = dict.fromkeys((spelling, spelling.translate(_NO_APOSTROPHE)))
    inflected = [form for each in spellings for form in forms(each, with_plural=with_plural)]
    for form in inflected:
        words = tuple(word.skeleton for word in _words(form.text))
        if words:
            yield words, form
        if len(words) > 1:
            yield (skeleton("".join(words)),), form
