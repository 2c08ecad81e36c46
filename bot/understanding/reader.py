"""Reads a text in every way there is: danger, command, places, letters, classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.dialogue.events import Guess, Reading, TextReceived, Unread
from bot.language.identify import Ranked, with_prior
from bot.language.scripts import Script, is_wordless, locale_by_letters, main_script
from bot.language.tags import Locale
from bot.understanding.commands import plain_command

if TYPE_CHECKING:
    from bot.answers.model import Citizenship
    from bot.understanding.client import Classifier
    from bot.understanding.lexicon import DangerLexicon
    from bot.understanding.places import Atlas

CLASSIFIED = 600
"""Characters the classifier is given: a question with its story fits, and it was trained on less.

The danger lexicon reads everything.
"""

OWN_LANGUAGE = 3.0
"""How much likelier the conversation's language is than another one, before a word is read."""


class Reader:
    """Turns a text into the event that the dialogue understands.

    Args:
        classifier: asked for the intent; may be away.
        lexicon: finds danger without it.
        atlas: finds countries and cities without it.
    """

    def __init__(self, classifier: Classifier, lexicon: DangerLexicon, atlas: Atlas) -> None:
        self._classifier = classifier
        self._lexicon = lexicon
        self._atlas = atlas
        self._gazetteer = atlas.gazetteer()

    async def read(self, text: str, locale: Locale | None = None) -> TextReceived:
        """The event of a text; every text has one.

        Args:
            text: as typed, of any length.
            locale: the conversation's language, if known: a doubt about the language of a short
                text is settled by it.
        """
        places = self._gazetteer.find(text)
        event = TextReceived(
            reading=_NOTHING_TO_ASK,
            danger=self._lexicon.find(text),
            command=plain_command(text),
            citizenship=self._citizenship(places.citizenship),
            destination=places.destination,
            city=places.city,
            bare_city=places.bare_city,
            wordless=is_wordless(text),
            script_locale=locale_by_letters(text),
        )
        if event.wordless or event.command is not None:
            return event
        reading = await self._classifier.read(text[:CLASSIFIED])
        return replace(event, reading=_with_known_language(reading, text, locale))

    def _citizenship(self, code: str | None) -> Citizenship | None:
        return None if code is None else self._atlas.citizenship(code)


_NOTHING_TO_ASK = Reading(intents=())


def _with_known_language(
    reading: Reading | Unread, text: str, locale: Locale | None
) -> Reading | Unread:
    if locale is None or isinstance(reading, Unread) or not reading.languages:
        return reading
    ranked = with_prior(
        [Ranked(guess.name, guess.confidence) for guess in reading.languages],
        {_as_written(locale, text).value: OWN_LANGUAGE},
    )
    languages = tuple(Guess(language.name, language.confidence) for language in ranked)
    return replace(reading, languages=languages)


def _as_written(locale: Locale, text: str) -> Locale:
    """Who reads Uzbek in one script and types the other still writes Uzbek."""
    if locale.language != Locale.UZ.language:
        return locale
    return Locale.UZ if main_script(text) is Script.LATIN else Locale.UZ_CYRL
