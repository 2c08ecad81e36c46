"""A centre as it stands in the file or in a form: words, not yet checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from bot.answers.yaml_file import Fields, Items, Scalar

if TYPE_CHECKING:
    from bot.answers.yaml_file import Value

NAME_ORDER = ("ru", "kk", "uz", "uz_Cyrl", "tg", "ky")
"""As the file has them: the source language first."""

TEXTS = (
    *("id", "kind", "city", "address", "ask_at", "hours", "hours_note", "site", "email"),
    *("latitude", "longitude", "coordinates_source", "source", "source_date", "confidence", "note"),
)
LISTS = ("phones", "languages", "services", "citizenships")
FLAGS = ("approximate",)
ORDER = (
    *("id", "names", "kind", "city", "address", "phones", "ask_at", "hours", "hours_note"),
    *("languages", "services", "citizenships", "site", "email", "latitude", "longitude"),
    *("approximate", "coordinates_source", "source", "source_date", "confidence", "note"),
)
"""The keys of an entry as the file has them."""


class Draft(msgspec.Struct, frozen=True):
    """A centre's fields, named as in the file; what is not written is empty."""

    id: str = ""
    names: Mapping[str, str] = {}
    kind: str = ""
    city: str = ""
    address: str = ""
    phones: tuple[str, ...] = ()
    ask_at: str = ""
    hours: str = ""
    hours_note: str = ""
    languages: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    site: str = ""
    email: str = ""
    latitude: str = ""
    longitude: str = ""
    approximate: bool = False
    coordinates_source: str = ""
    source: str = ""
    source_date: str = ""
    confidence: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """In Russian, or else in whatever language there is."""
        return self.names.get("ru") or next(iter(self.names.values()), self.id)

    @property
    def is_shown(self) -> bool:
        """Whether a migrant ever sees it: there must be a way to reach it."""
        return bool(self.phones or self.ask_at or self.address or self.site or self.email)


def changed(one: Draft, other: Draft) -> tuple[str, ...]:
    """The names of the fields in which two drafts differ, in the order of the file."""
    return tuple(name for name in ORDER if getattr(one, name) != getattr(other, name))


def of_entry(entry: Fields) -> Draft:
    """What an entry of the file says; what has the wrong shape is left out."""
    fields = entry.fields
    inner = fields.get("names")
    names = inner.fields if isinstance(inner, Fields) else {}
    values: dict[str, object] = {name: _text(fields.get(name)) for name in TEXTS}
    values |= {name: _words(fields.get(name)) for name in LISTS}
    values |= {name: _text(fields.get(name)) == "true" for name in FLAGS}
    values["names"] = {name: text for name in NAME_ORDER if (text := _text(names.get(name)))}
    return msgspec.convert(values, Draft)


def _text(value: Value | None) -> str:
    return (value.text or "").strip() if isinstance(value, Scalar) else ""


def _words(value: Value | None) -> tuple[str, ...]:
    items = value.items if isinstance(value, Items) else ()
    return tuple(filter(None, map(_text, items)))
