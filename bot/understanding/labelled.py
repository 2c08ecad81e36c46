"""Labelled phrases to measure with: files of JSON lines, one message each.

A row has ``text`` and ``intent`` (or ``intents``, several of which are right; more of them in
``also``, ``accept`` or ``alt_intents``). It may have ``language``, a language tag (or ``lang`` with
``script``; languages that are right as well in ``langs``), ``kind`` (or ``origin``): what sort of
message it is, and ``urgent``: whether it tells of danger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec

from bot.language.tags import Locale, from_tag

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Labelled(msgspec.Struct, frozen=True):
    """A message and what is right about it.

    Attributes:
        text: as it was typed.
        intents: every one of them is a right reading; the first is the foremost.
        locales: in any of these it is written; empty if not said.
        kind: what sort of message it is; empty if not said.
        urgent: whether it tells of danger; None if not said.
    """

    text: str
    intents: tuple[str, ...]
    locales: tuple[Locale, ...] = ()
    kind: str = ""
    urgent: bool | None = None


class Phrases(NamedTuple):
    """What was read, and a sentence for each row that cannot be used, with file and line."""

    rows: list[Labelled]
    faults: list[str]


def read(path: Path) -> Phrases:
    """Reads a file, or all ``*.jsonl`` files of a folder.

    Raises:
        OSError: it cannot be read.
    """
    files = sorted(path.glob("**/*.jsonl")) if path.is_dir() else [path]
    rows: list[Labelled] = []
    faults: list[str] = []
    for file in files:
        for number, line in enumerate(file.read_bytes().splitlines(), start=1):
            if not line.strip():
                continue
            try:
                rows.append(_labelled(msgspec.json.decode(line, type=_Row)))
            except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
                faults.append(f"{file}:{number}: {error}")
    return Phrases(rows, faults)


class _Row(msgspec.Struct):
    text: Annotated[str, msgspec.Meta(min_length=1)]
    intent: str | None = None
    intents: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    alt_intents: tuple[str, ...] = ()
    language: str = ""
    lang: str = ""
    script: str = ""
    langs: tuple[str, ...] = ()
    kind: str = ""
    origin: str = ""
    urgent: bool | None = None


def _labelled(row: _Row) -> Labelled:
    first = (row.intent,) if row.intent else ()
    intents = tuple(dict.fromkeys((*first, *row.intents, *row.also, *row.accept, *row.alt_intents)))
    if not intents:
        raise ValueError("no `intent`")
    tag = row.language or "-".join(filter(None, (row.lang, row.script)))
    return Labelled(
        text=row.text,
        intents=intents,
        locales=_locales(filter(None, (tag, *row.langs))),
        kind=row.kind or row.origin,
        urgent=row.urgent,
    )


def _locales(tags: Iterable[str]) -> tuple[Locale, ...]:
    found = []
    for tag in tags:
        locale = from_tag(tag)
        if locale is None:
            raise ValueError(f"{tag!r} is none of our languages")
        found.append(locale)
    return tuple(dict.fromkeys(found))
