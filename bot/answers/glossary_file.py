"""Reads ``glossary.yml``: what each term is called in each language. Only checks use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.answers.faults import Fault, FileFaults, not_utf8, unreadable_file
from bot.answers.fields import FieldReader
from bot.answers.sentence import N_
from bot.answers.stems import ANY_ENDING
from bot.answers.yaml_file import Items, parse_yaml
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.answers.sentence import Sentence
    from bot.answers.yaml_file import Value

FILE = "glossary.yml"

_TRANSLATIONS = tuple(locale for locale in Locale if locale is not Locale.RU)
_KEYS = ("ru", "stems", "source", *(locale.value for locale in _TRANSLATIONS))


class Wording(msgspec.Struct, frozen=True):
    """What a term is called in one language.

    Attributes:
        word: what to write.
        stems: one of them stands in a text that uses the term; none if it is not checked.
        avoid: what must not be written.
        note: why, and what else to know.
    """

    word: str
    stems: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    note: str | None = None


class Term(msgspec.Struct, frozen=True):
    """A term in all languages.

    Attributes:
        ru: as it is on the counter.
        stems: how it is found in a Russian text; none if it is advice for people only.
        source: where it is from.
        wordings: by language; Uzbek Cyrillic made from Latin unless it is written.
    """

    ru: str
    stems: tuple[str, ...]
    source: str
    wordings: dict[Locale, Wording]


def read_glossary(
    folder: Path, to_cyrillic: Callable[[str], str]
) -> tuple[tuple[Term, ...], tuple[Fault, ...]]:
    """The glossary of an answers folder, empty if there is none, and what is wrong with it."""
    try:
        content = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        return (), (Fault(FILE, 0, unreadable_file(error)),)
    return glossary_of(content, to_cyrillic)


def glossary_of(
    content: bytes, to_cyrillic: Callable[[str], str]
) -> tuple[tuple[Term, ...], tuple[Fault, ...]]:
    """The terms of a glossary's file, and what is wrong with it."""
    faults = FileFaults(FILE)
    try:
        root = parse_yaml(content.decode(), faults)
    except UnicodeDecodeError:
        faults.add(0, not_utf8())
        return (), faults.found
    terms: dict[str, Term] = {}
    if root is not None and not isinstance(root, Items):
        faults.add(root.line, N_("The file must be a list of terms."))
    for entry in root.items if isinstance(root, Items) else ():
        term = _term(entry, faults, to_cyrillic)
        if term.ru in terms:
            faults.add(entry.line, N_("The term `{term}` stands here twice.", term=term.ru))
        terms[term.ru] = term
    return tuple(terms.values()), faults.found


def _term(entry: Value, faults: FileFaults, to_cyrillic: Callable[[str], str]) -> Term:
    otherwise = N_("A term must be written as `key: value` lines.")
    reader = FieldReader(entry, faults, otherwise)
    reader.only(_KEYS)
    wordings: dict[Locale, Wording] = {
        locale: _wording(reader.inner(locale.value))
        for locale in _TRANSLATIONS
        if locale.value in reader.keys()  # noqa: SIM118 - a reader, not a dict
    }
    latin = wordings.get(Locale.UZ)
    if latin is not None and Locale.UZ_CYRL not in wordings:
        wordings[Locale.UZ_CYRL] = _in_cyrillic(latin, to_cyrillic)
    return Term(
        ru=reader.text("ru", required=True),
        stems=reader.words("stems", _stem_fault),
        source=reader.text("source", required=True),
        wordings=wordings,
    )


def _wording(reader: FieldReader) -> Wording:
    reader.only(("word", "stems", "avoid", "note"))
    return Wording(
        word=reader.text("word", required=True),
        stems=reader.words("stems", _stem_fault),
        avoid=reader.words("avoid", _stem_fault),
        note=reader.optional("note"),
    )


def _stem_fault(stem: str) -> Sentence | None:
    if all(word.removesuffix(ANY_ENDING) for word in stem.split()):
        return None
    return N_("`{stem}`: a hyphen alone is no stem; write `штраф-` or `РВП`.", stem=stem)


def _in_cyrillic(latin: Wording, to_cyrillic: Callable[[str], str]) -> Wording:
    return Wording(
        word=to_cyrillic(latin.word),
        stems=tuple(map(to_cyrillic, latin.stems)),
        avoid=tuple(map(to_cyrillic, latin.avoid)),
        note=latin.note,
    )
