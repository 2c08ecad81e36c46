"""Picking what a person sees of an answer: the language, the parts, the page. Pure."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from bot.answers.model import Answer, AnswerText, Part
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCE_LOCALE = Locale.RU
"""The language answers are written in first; all others are translations of it."""

NEXT_BEST = {
    Locale.KK: (Locale.RU,),
    Locale.RU: (),
    Locale.UZ: (Locale.UZ_CYRL, Locale.RU),
    Locale.UZ_CYRL: (Locale.UZ, Locale.RU),
    Locale.TG: (Locale.RU,),
    Locale.KY: (Locale.RU, Locale.KK),
}
"""Where a translation is missing: the other script first, then what most people can read."""

HASH_LENGTH = 12


class Picked(msgspec.Struct, frozen=True):
    """An answer's text in the language that is shown.

    Attributes:
        text: its questions and parts.
        locale: the language it is in, which may be the next best one.
    """

    text: AnswerText
    locale: Locale


class Selection(msgspec.Struct, frozen=True):
    """What to show of an answer.

    Attributes:
        markdown: the parts, in the order they are shown.
        locale: the language they are in.
        outdated: they translate an older version of the Russian text.
        more: there is a second page behind this one.
    """

    markdown: tuple[str, ...]
    locale: Locale
    outdated: bool
    more: bool


def text_for(answer: Answer, locale: Locale) -> Picked:
    """The text in a locale, or in the next best language that it exists in.

    Raises:
        KeyError: it exists in none, not even in Russian; a checked library has no such answer.
    """
    for candidate in (locale, *NEXT_BEST[locale]):
        text = answer.texts.get(candidate)
        if text is not None:
            return Picked(text, candidate)
    raise KeyError(answer.intent)


def main_page(
    answer: Answer, locale: Locale, audience: Part | None = None, *, abroad: bool = False
) -> Selection:
    """The first page: what differs by citizenship comes first, then what holds for everyone.

    Args:
        answer: with at least its Russian text.
        locale: of the person.
        audience: the part of the person's citizenship, if the answer depends on it.
        abroad: the person asks about Russia; its part then stands alone.
    """
    picked = text_for(answer, locale)
    if abroad and Part.RUSSIA in picked.text.parts:
        return _select(answer, picked, (Part.RUSSIA,), more=False)
    wanted = (Part.EVERYONE,) if audience is None else (audience, Part.EVERYONE)
    return _select(answer, picked, wanted, more=Part.MORE in picked.text.parts)


def more_page(answer: Answer, locale: Locale) -> Selection:
    """The second page; the first if there is none (the button was from an older release)."""
    picked = text_for(answer, locale)
    if Part.MORE not in picked.text.parts:
        return main_page(answer, locale)
    return _select(answer, picked, (Part.MORE,), more=False)


def part_hash(markdown: str) -> str:
    """A short hash of a part's words, which a translation records; white space does not count."""
    words = " ".join(markdown.split())
    return hashlib.sha256(words.encode()).hexdigest()[:HASH_LENGTH]


def is_outdated(answer: Answer, locale: Locale, parts: Iterable[Part]) -> bool:
    """Whether any of these parts translates an older Russian text; unknown counts as outdated."""
    if locale is SOURCE_LOCALE:
        return False
    source = answer.texts[SOURCE_LOCALE].parts
    recorded = answer.texts[locale].translates
    return any(recorded.get(part) != part_hash(source[part]) for part in parts if part in source)


def _select(answer: Answer, picked: Picked, wanted: tuple[Part, ...], *, more: bool) -> Selection:
    shown = tuple(part for part in wanted if part in picked.text.parts)
    return Selection(
        markdown=tuple(picked.text.parts[part] for part in shown),
        locale=picked.locale,
        outdated=is_outdated(answer, picked.locale, shown),
        more=more,
    )
