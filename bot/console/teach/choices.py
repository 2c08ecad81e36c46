"""The questions that can be taught, by topic and in the counsellor's language. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.answers.loaded import CONVERSATION
from bot.console.insight.names import DANGER, UNKNOWN, named, topic_name
from bot.console.training.verdicts import OUT_OF_SCOPE
from bot.console.web.languages import Language
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.answers.model import Answer, Library
    from bot.console.web.languages import Wording


class Choice(msgspec.Struct, frozen=True):
    """A question that can be chosen: its intent, and how people ask it."""

    intent: str
    question: str


class Shelf(msgspec.Struct, frozen=True):
    """The questions of a topic."""

    topic: str
    choices: tuple[Choice, ...]


def shelves(w: Wording, library: Library, intents: Collection[str]) -> tuple[Shelf, ...]:
    """The questions in the order of the bot's menu; then dangers, greetings, and what is left.

    Args:
        w: the reader's words.
        library: the answers.
        intents: that can be taught.
    """
    left = set(intents) - {OUT_OF_SCOPE}
    titles = {topic.name: topic.titles for topic in library.topics}
    talk = [name for name, answer in library.answers.items() if answer.topic == CONVERSATION]
    found = []
    for topic, names in (
        *((topic.name, topic.intents) for topic in library.topics),
        (DANGER, [kind.value for kind in library.cards]),
        (CONVERSATION, sorted(talk)),
        (UNKNOWN, sorted(left)),
    ):
        here = [name for name in names if name in left]
        left -= set(here)
        if here:
            some = tuple(Choice(name, question_of(w, library, name)) for name in here)
            found.append(Shelf(topic_name(w, topic, titles), some))
    return tuple(found)


def question_of(w: Wording, library: Library, intent: str) -> str:
    """An intent as people ask it; in English, which no answer is written in, its name in words."""
    if intent == OUT_OF_SCOPE:
        return w.gettext("Out of scope")
    if w.language is not Language.EN:
        answer = library.answers.get(intent) or _card(library, intent)
        text = answer.texts.get(Locale(w.language.value)) if answer else None
        if text is not None:
            return text.question
    return named(w, intent, {})


def _card(library: Library, name: str) -> Answer | None:
    return next((card for kind, card in library.cards.items() if kind.value == name), None)
