"""The languages of the console's own words: Russian, Kazakh and English.

The words of the bot are in six languages, for people who ask; the staff work in these three.
"""

from __future__ import annotations

import gettext
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from babel import Locale as CldrLocale
from babel.dates import (
    format_date,
    format_datetime,
    format_timedelta,
    get_day_names,
)
from babel.numbers import format_decimal, format_percent

from bot.catalogs import read_catalog
from bot.clock import KAZAKHSTAN_TIME
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

DOMAIN = "console"


class Language(StrEnum):
    """A language of the console; the value is its tag for HTML, CLDR and the catalogs."""

    RU = "ru"
    KK = "kk"
    EN = "en"

    @property
    def own_name(self) -> str:
        """What it calls itself."""
        return {"ru": "Русский", "kk": "Қазақша", "en": "English"}[self.value]


_DAY = {Language.RU: "d MMM y", Language.KK: "y 'ж'. d MMMM", Language.EN: "MMM d, y"}
_MONTH = {Language.RU: "LLLL y", Language.KK: "y 'ж'. LLLL", Language.EN: "LLLL y"}
"""As CLDR has them, but none ends in a dot (``2026 г.``): they stand at the ends of sentences."""


class Wording:
    """The console's words, dates and numbers in one language.

    Attributes:
        language: which.
    """

    __slots__ = ("_translations", "language")

    def __init__(self, language: Language, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def gettext(self, message: str) -> str:
        """The translation of an English sentence."""
        return self._translations.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The translation in the plural form of a number."""
        return self._translations.ngettext(singular, plural, number)

    def month(self, day: date) -> str:
        """The month of a day, e.g. ``ноябрь 2026``."""
        return format_date(day, format=_MONTH[self.language], locale=self.language.value)

    def date(self, day: date) -> str:
        """A day, e.g. ``22 нояб. 2026``."""
        return format_date(day, format=_DAY[self.language], locale=self.language.value)

    def time(self, moment: float) -> str:
        """A moment, given in seconds since the epoch, in Kazakhstan's time."""
        when = datetime.fromtimestamp(moment, UTC).astimezone(KAZAKHSTAN_TIME)
        pattern = f"{_DAY[self.language]}, HH:mm"
        return format_datetime(when, format=pattern, locale=self.language.value)

    def period(self, seconds: float) -> str:
        """How long something takes, rounded to its largest unit."""
        return format_timedelta(int(seconds), granularity="second", locale=self.language.value)

    def number(self, value: float) -> str:
        """A number with the language's separators, with at most one decimal."""
        return format_decimal(round(value, 1), locale=self.language.value)

    def language_name(self, locale: Locale) -> str:
        """What a language is called in this one, with its script where it has two."""
        cldr = CldrLocale.parse(locale.tag, sep="-")
        name = cldr.get_display_name(self.language.value) or locale.endonym
        return name[0].upper() + name[1:]

    def weekday(self, number: int) -> str:
        """The short name of a day of the week; 0 is Monday."""
        return str(get_day_names("abbreviated", "stand-alone", self.language.value)[number])

    def percent(self, fraction: float) -> str:
        """A fraction as a percentage with one decimal."""
        return format_percent(fraction, format="#,##0.0 %", locale=self.language.value)

    def whole_percent(self, fraction: float) -> str:
        """The same without a decimal: where a decimal would pretend to be exact."""
        return format_percent(fraction, format="#,##0 %", locale=self.language.value)


def load_wordings(folder: Path) -> Mapping[Language, Wording]:
    """The words of all languages; the English ones are the sentences in the code.

    Args:
        folder: of the catalogs.

    Raises:
        CatalogError: a catalog is missing or broken.
    """
    return {
        Language.RU: Wording(Language.RU, read_catalog(folder, Locale.RU, DOMAIN)),
        Language.KK: Wording(Language.KK, read_catalog(folder, Locale.KK, DOMAIN)),
        Language.EN: Wording(Language.EN, gettext.NullTranslations()),
    }


def chosen(cookie: str | None, accepted: str) -> Language:
    """The language of a reader.

    Args:
        cookie: what they chose before, if anything.
        accepted: the browser's ``Accept-Language``; the first of ours in it wins.
    """
    for tag in (cookie or "", *accepted.split(",")):
        language = tag.split(";")[0].split("-")[0].strip().lower()
        if language in set(Language):
            return Language(language)
    return Language.RU
