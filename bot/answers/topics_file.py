"""Reads ``topics.yml``: the menu."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answers.fields import FieldReader
from bot.answers.loaded import DANGER
from bot.answers.model import Topic
from bot.answers.sentence import N_
from bot.answers.yaml_file import Fields, Items
from bot.language.tags import Locale

if TYPE_CHECKING:
    from bot.answers.faults import FileFaults
    from bot.answers.yaml_file import Value

FILE = "topics.yml"

NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
"""Of topics and intents: they travel in the data of a button, where Telegram allows 64 bytes."""
NAME_RULE = N_("a name has small Latin letters, digits and _, at most {limit}.", limit=32)
_RESERVED = (DANGER,)

MAX_TITLE = 30
"""What fits on one line of a full-width button, beside the emoji."""


def read_topics(root: Value, faults: FileFaults) -> tuple[tuple[Topic, ...], dict[str, int]]:
    """The topics in order, and the line at which each starts; faults go to ``faults``."""
    if not isinstance(root, Items):
        faults.add(root.line, N_("The file must be a list of topics."))
        return (), {}
    topics: dict[str, Topic] = {}
    lines: dict[str, int] = {}
    otherwise = N_("A topic must be `key: value` lines.")
    for entry in root.items:
        if not isinstance(entry, Fields):
            faults.add(entry.line, otherwise)
            continue
        topic = _topic(FieldReader(entry, faults, otherwise))
        if topic.name and (topic.name in _RESERVED or not NAME.fullmatch(topic.name)):
            sentence = N_("`{name}` cannot be a topic: {rule}", name=topic.name, rule=NAME_RULE)
            faults.add(entry.line, sentence)
        if topic.name in topics:
            sentence = N_("The topic `{name}` stands here twice.", name=topic.name)
            faults.add(entry.line, sentence)
        topics[topic.name] = topic
        lines[topic.name] = entry.line
    return tuple(topics.values()), lines


def _topic(reader: FieldReader) -> Topic:
    reader.only(("name", "emoji", "titles", "intents"))
    titles = reader.inner("titles")
    titles.only(tuple(locale.value for locale in Locale))
    return Topic(
        name=reader.text("name", required=True),
        emoji=reader.text("emoji", required=True),
        titles={
            locale: titles.text(locale.value, required=True, max_length=MAX_TITLE)
            for locale in Locale
        },
        intents=reader.words("intents"),
    )
