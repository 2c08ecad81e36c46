"""Sentences for whoever mends the answers: English, and data for any other language. Pure.

A check knows nothing of its reader. It makes a sentence of an English template with named places
and of what belongs into them. ``str()`` says it in English, as logs and the command line do; a page
says it in the words of its reader (``Sentence.said``).

``N_`` and ``NN_`` mark templates for translation as gettext's own ``N_`` does: ``make strings``
puts them into the catalogs of the console (``locales/*/LC_MESSAGES/console.po``).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Protocol

import msgspec

_PLACE = re.compile(r"\{(\w+)\}")


class Words(Protocol):
    """A language: its translations, and how it writes a day."""

    def gettext(self, message: str, /) -> str:
        """The translation of an English sentence."""

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """The translation in the plural form of a number."""

    def date(self, day: date, /) -> str:
        """A day as it is written out."""


class Sentence(msgspec.Struct, frozen=True):
    """A sentence, or a part of one.

    Sentences are in the order of their English words.

    Attributes:
        template: English, with places such as ``{key}``; the id of its translations.
        values: what belongs into the places, by name. A sentence within a sentence is translated
            too; the members of a tuple are listed.
        plural: the template for any ``number`` but one; empty if nothing is counted.
        number: how many there are of what is counted.
    """

    template: str
    values: tuple[tuple[str, Value], ...] = ()
    plural: str = ""
    number: int = 1

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def __lt__(self, other: Sentence) -> bool:
        return str(self) < str(other)

    def said(self, words: Words) -> str:
        """The sentence in a language; whatever the values are, nothing is raised.

        Args:
            words: of the language. What it has no translation of is said in English, and a place
                that there is no value for stays as it is.
        """
        if not self.template:  # of the empty id, gettext gives the head of the catalog
            return ""
        if self.plural:
            written = words.ngettext(self.template, self.plural, self.number)
        else:
            written = words.gettext(self.template)
        values = dict(self.values)

        def value(place: re.Match[str]) -> str:
            return _said(values[place[1]], words) if place[1] in values else place[0]

        return _PLACE.sub(value, written)


Value = str | int | date | Sentence | tuple["Value", ...]
"""What stands in a place of a sentence."""


class _English:
    """What is written in the code; days as in the files."""

    def gettext(self, message: str, /) -> str:
        return message

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        return singular if number == 1 else plural

    def date(self, day: date, /) -> str:
        return day.isoformat()


ENGLISH: Words = _English()


def N_(template: str, /, **values: Value) -> Sentence:  # noqa: N802 - gettext's name
    """A sentence that can be translated.

    Args:
        template: English; a literal, or it would not be found for the catalogs.
        **values: what belongs into its places.
    """
    return Sentence(template, tuple(values.items()))


def NN_(singular: str, plural: str, number: int, /, **values: Value) -> Sentence:  # noqa: N802
    """A sentence that counts something.

    Args:
        singular: English, for one; a literal.
        plural: English, for any other number; a literal with the same places.
        number: how many. It is shown only if it is among the values, too.
        **values: what belongs into the places.
    """
    return Sentence(singular, tuple(values.items()), plural, number)


def as_is(text: str) -> Sentence:
    """Words that are in no catalog: another program's, or for operators only."""
    return Sentence("{words}", (("words", text),))


def joined(sentences: tuple[Sentence, ...], by: str) -> Sentence:
    """Sentences after one another, with marks between them that are the same in any language."""
    names = [f"part_{number}" for number in range(len(sentences))]
    template = by.join(f"{{{name}}}" for name in names)
    return Sentence(template, tuple(zip(names, sentences, strict=True)))


def _said(value: Value, words: Words) -> str:
    match value:
        case Sentence():
            return value.said(words)
        case tuple():
            return ", ".join(_said(member, words) for member in value)
        case date():
            return words.date(value)
        case _:
            return str(value)
