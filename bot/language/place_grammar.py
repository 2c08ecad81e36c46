"""What a country or a city means by the grammar around it.

Where the person comes from is the citizenship, where they go or work is a destination, and what is
less clear is neither: a boss who is a Tajik, a ticket from Tashkent, a language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.language.endings import Case
from bot.language.skeleton import skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence


class Role(str, Enum):
    """What a word names."""

    CITY = "city"
    COUNTRY = "country"
    PEOPLE = "people"
    ADJECTIVE = "adjective"
    TOWN_ABROAD = "town"


@dataclass(frozen=True)
class Mention:
    """A name found: ``start`` and ``end`` are character offsets into the text that was given."""

    key: str
    role: Role
    case: Case
    first_person: bool
    plural: bool
    start: int
    end: int
    first_word: int
    last_word: int
    needs_context: bool = False


@dataclass(frozen=True)
class Word:
    """A word of a text with its skeleton and its place."""

    skeleton: str
    start: int
    end: int


HERE = "KZ"
"""The country all live in: its people are named as employers and officials, not as "I"."""


def _skeletons(written: str) -> frozenset[str]:
    return frozenset(map(skeleton, written.split()))


_CITY_WORDS = _skeletons(
    "г гор город города городе городу қала қаласы қаласында қаласына қаласынан "
    "шаҳар шаҳри шаҳрида шаҳрига шаҳридан шаар шаары шаарында шаарына шаарынан "
    "сити в во дар область области облысы облысында вилояти"
)
_AROUND_CITY = _CITY_WORDS | _skeletons("я живу мен ман биз мо из аз ба на жашаймын")
_AROUND_COUNTRY = _skeletons(
    "я мы мен ман биз мо из аз гражданин гражданка азаматы фуқароси жараны шаҳрванди"
)
_I = _skeletons("я мы мен ман биз мо сам сама ўзим oʻzim ozim өзім өзүм худам")
_NOT = _skeletons("не")
_NOT_AFTER = re.compile(r"ем[ае]с|нестам|нестем|нест$")
_CITIZEN = re.compile(
    r"граждан(?!ств)|азамат(?!иг|ик|ту)|фукаро(?!лик|лиг)|жаран(?!дик|диг)|шахрванд|паспорт"
)
_ACQUIRED = re.compile(r"гирифт|мегир|гирам|гирем")
_CAME = re.compile(r"кел[дгиа]|приех|прибил|омад|ома|боламан")
_RETURNED = re.compile(r"депорт|висл|висел|вернул|каит|аидал|ихрож|баргашт")
_LANGUAGE = re.compile(r"тил|забон|иазик|гап|сухан|говор|соило|суило")


def counts(mention: Mention, words: Sequence[Word]) -> bool:
    """Whether a name that is an ordinary word elsewhere is meant as a name."""
    if not mention.needs_context or mention.case in (Case.AT_OR_TO, Case.FROM) or len(words) == 1:
        return True
    return any(word in _CITY_WORDS for word in _neighbours(mention, words, 1))


def is_citizenship(mention: Mention, words: Sequence[Word]) -> bool:
    """Whether the person says that they, or those they ask about, are citizens of this country."""
    if mention.role is Role.CITY or _negated(mention, words):
        return False
    if any(map(_CITIZEN.match, _neighbours(mention, words, 2))):
        return not _is_acquired(mention, words)
    if mention.key == HERE or mention.role is Role.ADJECTIVE:
        return False
    if mention.role is not Role.TOWN_ABROAD and _nothing_else([mention], words, _AROUND_COUNTRY):
        return True
    says_i = mention.first_person or _follows_first_person(mention, words)
    if mention.role is Role.PEOPLE:
        return says_i or (mention.plural and not _names_language(mention, words))
    if mention.case is not Case.FROM:
        return mention.first_person and mention.role is Role.COUNTRY
    if mention.role is Role.COUNTRY and mention.key != "RU":
        return True
    came = any(map(_CAME.match, _neighbours(mention, words, 2)))
    return (says_i or (came and mention.role is Role.TOWN_ABROAD)) and not any(
        _RETURNED.match(word.skeleton) for word in words
    )


def is_destination(mention: Mention, words: Sequence[Word]) -> bool:
    """Whether the person goes, lives or works there; "Kazakhstan" alone says it too."""
    if mention.role is not Role.COUNTRY:
        return False
    return mention.case is Case.AT_OR_TO or (
        mention.key == HERE and _nothing_else([mention], words, _AROUND_COUNTRY)
    )


def is_bare_city(cities: Sequence[Mention], words: Sequence[Word]) -> bool:
    """Whether the text is nothing but the name of a city."""
    return bool(cities) and _nothing_else(cities, words, _AROUND_CITY)


def main_city(cities: Sequence[Mention]) -> str | None:
    """Of several cities the one where the person is or goes, else the first named."""
    there = [mention for mention in cities if mention.case is Case.AT_OR_TO]
    chosen = (there or cities)[:1]
    return chosen[0].key if chosen else None


def _neighbours(mention: Mention, words: Sequence[Word], distance: int) -> list[str]:
    before = words[max(mention.first_word - distance, 0) : mention.first_word]
    after = words[mention.last_word + 1 : mention.last_word + 1 + distance]
    return [word.skeleton for word in (*before, *after)]


def _negated(mention: Mention, words: Sequence[Word]) -> bool:
    before = words[max(mention.first_word - 2, 0) : mention.first_word]
    after = words[mention.last_word + 1 : mention.last_word + 3]
    return any(word.skeleton in _NOT for word in before) or any(
        _NOT_AFTER.match(word.skeleton) for word in after
    )


def _is_acquired(mention: Mention, words: Sequence[Word]) -> bool:
    """Tajik ``шаҳрвандии Русия гирифтан`` is to become a citizen."""
    after = words[mention.last_word + 1 : mention.last_word + 2]
    return any(_ACQUIRED.match(word.skeleton) for word in after)


def _follows_first_person(mention: Mention, words: Sequence[Word]) -> bool:
    before = words[max(mention.first_word - 3, 0) : mention.first_word]
    if mention.role is Role.PEOPLE:
        before = before[-1:]
    return any(word.skeleton in _I for word in before)


def _names_language(mention: Mention, words: Sequence[Word]) -> bool:
    return any(map(_LANGUAGE.match, _neighbours(mention, words, 1)))


def _nothing_else(
    mentions: Sequence[Mention], words: Sequence[Word], around: frozenset[str]
) -> bool:
    named = {
        index for mention in mentions for index in range(mention.first_word, mention.last_word + 1)
    }
    return all(index in named or word.skeleton in around for index, word in enumerate(words))
