"""Reads ``needs.yml``: what a person looks for a centre for, and which services meet it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answers.fields import FieldReader
from bot.answers.model import Need
from bot.answers.sentence import N_
from bot.answers.yaml_file import Fields, Items
from bot.language.tags import Locale

if TYPE_CHECKING:
    from bot.answers.faults import FileFaults
    from bot.answers.sentence import Sentence
    from bot.answers.yaml_file import Value

FILE = "needs.yml"

NAME = re.compile(r"[a-z][a-z0-9_]{0,19}")
"""It shares the 64 bytes of a button's data with the name of a city and a number."""
NAME_RULE = N_("a name has small Latin letters, digits and _, at most {limit}.", limit=20)

MAX_TITLE = 30
"""What fits on one line of a full-width button, beside the emoji."""


def read_needs(root: Value, faults: FileFaults, services: frozenset[str]) -> tuple[Need, ...]:
    """The needs in the order of their buttons.

    Args:
        root: the file.
        faults: takes what is wrong.
        services: the words that ``centres.yml`` has for what a place helps with.
    """
    if not isinstance(root, Items):
        faults.add(root.line, N_("The file must be a list of needs."))
        return ()
    needs: dict[str, Need] = {}
    otherwise = N_("A need must be `key: value` lines.")
    for entry in root.items:
        if not isinstance(entry, Fields):
            faults.add(entry.line, otherwise)
            continue
        need = _need(FieldReader(entry, faults, otherwise), services, faults)
        if need.name and not NAME.fullmatch(need.name):
            sentence = N_("`{name}` cannot be a need: {rule}", name=need.name, rule=NAME_RULE)
            faults.add(entry.line, sentence)
        if need.name in needs:
            faults.add(entry.line, N_("The need `{name}` stands here twice.", name=need.name))
        needs[need.name] = need
    return tuple(needs.values())


def _need(reader: FieldReader, services: frozenset[str], faults: FileFaults) -> Need:
    def fault(service: str) -> Sentence | None:
        if service in services:
            return None
        return N_("`{service}` is no service of centres.yml.", service=service)

    reader.only(("name", "emoji", "titles", "services"))
    titles = reader.inner("titles")
    titles.only(tuple(locale.value for locale in Locale))
    need = Need(
        name=reader.text("name", required=True),
        emoji=reader.text("emoji", required=True),
        titles={
            locale: titles.text(locale.value, required=True, max_length=MAX_TITLE)
            for locale in Locale
        },
        services=reader.words("services", fault),
    )
    if not reader.entries("services"):
        sentence = N_("`services` is empty: nobody would be found.")
        faults.add(reader.line_of("services"), sentence)
    return need
