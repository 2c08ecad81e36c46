"""What topics, questions, cities and ends are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.console.insight.figures import THE_REST, Outcome
from bot.console.web.languages import Language
from bot.language.identify import OTHER
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers.model import Library
    from bot.console.web.languages import Wording
    from bot.understanding.places import Atlas

DANGER = "danger"
"""The topic of all danger cards."""

UNKNOWN = "unknown"
"""The topic of what the answers do not have any more."""

Names = dict[str, dict[Locale, str]]


class Called(msgspec.Struct, frozen=True):
    """The names by key, in the languages of the bot.

    Attributes:
        topics: of the menu.
        subjects: of intents and dangers: their short names.
        cities: of the gazetteer.
        topic_of: the topic of each intent.
    """

    topics: Names
    subjects: Names
    cities: Names
    topic_of: dict[str, str]

    def topic_for(self, subject: str) -> str:
        """The topic of an intent or a danger."""
        return self.topic_of.get(subject, UNKNOWN)


def called(library: Library, atlas: Atlas | None) -> Called:
    """The names that there are.

    Args:
        library: the answers.
        atlas: the gazetteer; None if it cannot be read.
    """
    cards = {kind.value: card for kind, card in library.cards.items()}
    subjects = {
        name: {locale: text.short for locale, text in answer.texts.items()}
        for name, answer in {**cards, **library.answers}.items()
    }
    topic_of = {intent: answer.topic for intent, answer in library.answers.items()}
    return Called(
        {topic.name: topic.titles for topic in library.topics},
        subjects,
        {} if atlas is None else {key: city.names for key, city in atlas.cities.items()},
        topic_of | dict.fromkeys(cards, DANGER),
    )


def named(w: Wording, key: str, names: Mapping[str, Mapping[Locale, str]]) -> str:
    """A name in the reader's language; there are none in English: then it is the key, spelt out."""
    if key == THE_REST:
        return w.gettext("others, fewer than five each")
    found = names.get(key, {})
    own = None if w.language is Language.EN else found.get(Locale(w.language.value))
    return own or _spelt_out(key)


def topic_name(w: Wording, key: str, names: Names) -> str:
    """A topic."""
    match key:
        case "danger":
            return w.gettext("Danger")
        case "conversation":
            return w.gettext("Greetings and thanks")
        case "unknown":
            return w.gettext("Answers that are gone")
        case _:
            return named(w, key, names)


def language_name(w: Wording, key: str) -> str:
    """A language of the figures."""
    if key == THE_REST:
        return named(w, key, {})
    return w.gettext("Other languages") if key == OTHER else w.language_name(Locale(key))


def outcome_name(w: Wording, end: Outcome) -> str:
    """How a question ended."""
    match end:
        case Outcome.ANSWERED:
            return w.gettext("answered")
        case Outcome.DANGER:
            return w.gettext("danger card")
        case Outcome.OFFERED:
            return w.gettext("offered questions")
        case Outcome.LOST:
            return w.gettext("not understood")
        case Outcome.NOT_OURS:
            return w.gettext("not our subject")
        case Outcome.UNREAD:
            return w.gettext("classifier away")
        case Outcome.TAPPED:
            return w.gettext("opened by button")
        case Outcome.HANDED_OVER:
            return w.gettext("handed over")


def _spelt_out(key: str) -> str:
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
