"""The words of the interface: gettext catalogs under ``locales/``, dates and numbers by CLDR.

Catalogs are read from their ``.po`` files at start, so a translator's change needs no compile step.
Message ids are English sentences; English itself is not a language of the helpline.
"""

from __future__ import annotations

import gettext
from io import BytesIO
from typing import TYPE_CHECKING

from babel.dates import format_date, get_day_names, get_month_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal
from babel.units import format_unit

from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from bot.answers.hours import OpeningHours

DOMAIN = "helpline"


class CatalogError(Exception):
    """A catalog that is missing or cannot be read; the text names the file and what to do."""


class Words:
    """One locale's words, dates and numbers.

    Attributes:
        locale: the locale they are in.
    """

    __slots__ = ("_translations", "locale")

    def __init__(self, locale: Locale, translations: gettext.NullTranslations) -> None:
        self.locale = locale
        self._translations = translations

    def __repr__(self) -> str:
        return f"Words({self.locale.value})"

    def gettext(self, message: str) -> str:
        """The translation of a message id."""
        return self._translations.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The translation in the plural form of a number, by the language's own rules."""
        return self._translations.ngettext(singular, plural, number)

    def date(self, day: date) -> str:
        """A day as it is written out, e.g. ``22 ноября 2026 г.``."""
        if self.locale is Locale.TG:  # CLDR 48 has the bare names, in capitals: "22 Ноябр 2026"
            month = get_month_names("wide", locale=self.locale.value)[day.month].lower()
            return f"{day.day} {month}и соли {day.year}"
        return format_date(day, format="long", locale=self.locale.value)

    def kilometres(self, distance: float) -> str:
        """A distance with its unit: one decimal below 10 km, whole kilometres above."""
        rounded = round(distance, 1) if distance < 10 else round(distance)
        return format_unit(rounded, "length-kilometer", "short", locale=self.locale.value)

    def hours(self, opening: OpeningHours) -> str:
        """The opening hours of a run of days, e.g. ``пн–пт 09:00–13:00, 14:00–18:00``."""
        names = get_day_names("abbreviated", locale=self.locale.value)
        days = dict.fromkeys((names[opening.first_day], names[opening.last_day]))
        spans = (f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in opening.spans)
        return f"{'–'.join(days)} {', '.join(spans)}"

    def number(self, value: float) -> str:
        """A number with the language's separators."""
        return format_decimal(value, locale=self.locale.value)


class Catalogs:
    """The words of all locales.

    Raises:
        CatalogError: one of the six is missing or broken. A helpline that cannot speak one of its
            languages should not start silently without it.
    """

    __slots__ = ("_words",)

    def __init__(self, folder: Path) -> None:
        self._words: Mapping[Locale, Words] = {
            locale: Words(locale, read_catalog(folder, locale)) for locale in Locale
        }

    def __getitem__(self, locale: Locale) -> Words:
        return self._words[locale]

    def all(self) -> Iterable[Words]:
        """The words of every locale, in the order of the language menu."""
        return self._words.values()


def path_of(folder: Path, locale: Locale, domain: str = DOMAIN) -> Path:
    """Where a locale's catalog is."""
    return folder / locale.value / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(folder: Path, locale: Locale, domain: str = DOMAIN) -> gettext.GNUTranslations:
    """A catalog as it is on the disk.

    Args:
        folder: with all catalogs.
        locale: the language.
        domain: what the words are for.

    Raises:
        CatalogError: it is missing or broken.
    """
    path = path_of(folder, locale, domain)
    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=locale.value, abort_invalid=True)
    except FileNotFoundError:
        raise CatalogError(f"{path}: missing; restore it from the repository") from None
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CatalogError(f"{path}: {error}") from None
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
