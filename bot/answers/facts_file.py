"""Reads ``facts/*.yml``: the statements that answers rest on. Only checks use them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from bot.answers.faults import Fault, FileFaults, not_utf8, unreadable_file
from bot.answers.sentence import N_
from bot.answers.yaml_file import Fields, Items, Scalar, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bot.answers.yaml_file import Value

FOLDER = "facts"


class FactConfidence(StrEnum):
    """How sure a fact is; an answer must not rest on one that is low."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Fact(msgspec.Struct, frozen=True):
    """What a check needs to know of a fact.

    Attributes:
        id: stable name, cited by answers.
        confidence: how sure it is.
        changes_often: it is an amount or a term that changes, or its sources disagree.
        urls: where it can be read.
        statement: what it says, in the words of whoever found it.
        intent: under which it is filed.
    """

    id: str
    confidence: FactConfidence
    changes_often: bool
    urls: frozenset[str]
    statement: str = ""
    intent: str = ""


def read_facts(folder: Path) -> tuple[dict[str, Fact], tuple[Fault, ...]]:
    """All facts of an answers folder by id, and what is wrong with their files."""
    files: dict[str, bytes] = {}
    unreadable: list[Fault] = []
    for path in sorted((folder / FOLDER).glob("*.yml")):
        name = f"{FOLDER}/{path.name}"
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            unreadable.append(Fault(name, 0, unreadable_file(error)))
    facts, faults = facts_of(files)
    return facts, (*unreadable, *faults)


def facts_of(files: Mapping[str, bytes]) -> tuple[dict[str, Fact], tuple[Fault, ...]]:
    """All facts by id, and what is wrong with their files.

    Args:
        files: by path within the answers folder; those of other folders are left aside.
    """
    facts: dict[str, Fact] = {}
    found: list[Fault] = []
    for name in sorted(files):
        if not (name.startswith(f"{FOLDER}/") and name.endswith(".yml")):
            continue
        faults = FileFaults(name)
        try:
            root = parse_yaml(files[name].decode(), faults)
        except UnicodeDecodeError:
            faults.add(0, not_utf8())
            root = None
        for intent, fields in _entries(root):
            fact = _fact(fields, faults, intent)
            if fact.id in facts:
                sentence = N_("The fact `{fact}` stands here again.", fact=fact.id)
                faults.add(fields.line, sentence)
            facts[fact.id] = fact
        found += faults.found
    return facts, tuple(found)


def same_page(url: str) -> str:
    """An address as it is compared: a trailing slash makes no other page."""
    return url.strip().rstrip("/")


def _entries(root: Value | None) -> Iterator[tuple[str, Fields]]:
    """The facts under ``intents``, one list for each intent, with its name."""
    intents = root.fields.get("intents") if isinstance(root, Fields) else None
    for intent, listed in intents.fields.items() if isinstance(intents, Fields) else ():
        for entry in listed.items if isinstance(listed, Items) else ():
            if isinstance(entry, Fields):
                yield intent, entry


def _fact(fields: Fields, faults: FileFaults, intent: str) -> Fact:
    name, confidence = _text(fields, "id"), _text(fields, "confidence")
    if not name:
        faults.add(fields.line, N_("A fact without `id`."))
    if confidence not in set(FactConfidence):
        sentence = N_("`confidence` of {fact} is none of high, medium, low.", fact=name)
        faults.add(fields.line, sentence)
        confidence = FactConfidence.LOW
    if _text(fields, "volatile") not in ("true", "false"):
        sentence = N_("`volatile` of {fact} is neither true nor false.", fact=name)
        faults.add(fields.line, sentence)
    return Fact(
        id=name,
        confidence=FactConfidence(confidence),
        changes_often=_text(fields, "volatile") == "true" or "conflict" in fields.fields,
        urls=frozenset(_urls(fields)),
        statement=" ".join(_text(fields, "fact").split()),
        intent=intent,
    )


def _urls(fields: Fields) -> Iterator[str]:
    sources = fields.fields.get("sources")
    for source in sources.items if isinstance(sources, Items) else ():
        if isinstance(source, Fields):
            for key in ("url", "official_url"):
                if url := _text(source, key):
                    yield same_page(url)


def _text(fields: Fields, key: str) -> str:
    value = fields.fields.get(key)
    return (value.text or "") if isinstance(value, Scalar) else ""
