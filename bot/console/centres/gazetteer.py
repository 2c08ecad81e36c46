"""The cities and countries of ``nlu_data/places.yml``, by the names that the staff read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import structlog
from babel import Locale as Cldr

from bot.console.web.languages import Language
from bot.language.tags import Locale
from bot.understanding.files import DataFileError
from bot.understanding.places import Atlas, load_atlas

if TYPE_CHECKING:
    from pathlib import Path

    from bot.console.parts import Parts
    from bot.console.web.languages import Wording

_log = structlog.get_logger()


def atlas_of(parts: Parts) -> Atlas:
    """The gazetteer as it is now; an empty one if it cannot be read. Blocks."""
    path = parts.settings.nlu_data_dir / "places.yml"
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _read(path, changed)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Atlas:
    try:
        return load_atlas(path)
    except DataFileError as error:
        _log.error("places_broken", fault=str(error))
        return Atlas({}, {})


def city_name(w: Wording, atlas: Atlas, key: str) -> str:
    """A city in the reader's language; in English its key, spelt out."""
    city = atlas.cities.get(key)
    if city is None or w.language is Language.EN:
        return key.replace("_", " ").replace("-", " ").title().replace(" ", "-")
    return city.names[Locale(w.language.value)]


def country_name(w: Wording, code: str) -> str:
    """A country by its ISO 3166 code, in the reader's language; the code if nobody knows it."""
    found: str = Cldr(w.language.value).territories.get(code, code)
    return found


def language_name(w: Wording, code: str) -> str:
    """A language by its code, in the reader's language; the code if nobody knows it."""
    found: str = Cldr(w.language.value).languages.get(code, code)
    return found
