"""Changes fields of ``answer.yml`` and nothing else in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.answers.answer_file import KEYS
from bot.answers.edit_yaml import New, with_values
from bot.answers.model import Source

Field = str | date | None | Sequence[str] | Sequence[Source]
"""A field of the file: a text, a day, nothing, a list of words, the sources."""


def with_fields(content: str, fields: Mapping[str, Field]) -> str:
    """``answer.yml`` with other fields; remarks, order and layout of the others stay.

    Args:
        content: of the file.
        fields: by key, e.g. ``{"status": Status.APPROVED, "approved_by": "…", "checked_on": day,
            "sources": (*answer.sources, Source(…))}``; None empties a field.

    Raises:
        NotEditableError: the file is not written as it should be.
        KeyError: ``answer.yml`` has no such field.
    """
    unknown = fields.keys() - set(KEYS)
    if unknown:
        raise KeyError(min(unknown))
    return with_values(content, {key: _new(field) for key, field in fields.items()}, KEYS)


def _new(field: Field) -> New:
    if field is None or isinstance(field, date):
        return field
    if isinstance(field, str):
        return str(field)  # of an enumeration, its value
    sources = [one for one in field if isinstance(one, Source)]
    if sources:
        return [_entry(one) for one in sources]
    return [str(word) for word in field]


def _entry(source: Source) -> dict[str, str]:
    found = {"title": source.title, "url": source.url}
    return {**found, "date": source.date} if source.date else found
