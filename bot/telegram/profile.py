"""How the bot presents itself in Telegram: its name, descriptions and commands, per language.

Telegram tells apart languages, not scripts, so Uzbek is shown in Latin there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.dialogue.events import Command
from bot.language.tags import Locale

if TYPE_CHECKING:
    from bot.catalogs import Catalogs, Words

DEFAULT_LOCALE = Locale.RU
"""What people see whose app speaks a language that we do not."""


class Profile(msgspec.Struct, frozen=True):
    """What ``setMyName``, ``setMyDescription``, ``setMyShortDescription``, ``setMyCommands`` set.

    Attributes:
        language_code: ISO 639-1, or "" for everyone else.
        name: at most 64 characters.
        description: shown in an empty chat; at most 512.
        short_description: shown on the bot's page; at most 120.
        commands: (command, description) in the order of the menu.
    """

    language_code: str
    name: str
    description: str
    short_description: str
    commands: tuple[tuple[str, str], ...]


def profiles(catalogs: Catalogs) -> tuple[Profile, ...]:
    """One profile for everyone else, and one for each language Telegram can tell apart."""
    others = _profile("", catalogs[DEFAULT_LOCALE])
    known = (
        _profile(locale.language, catalogs[locale])
        for locale in Locale
        if locale is not Locale.UZ_CYRL
    )
    return (others, *known)


def _profile(language_code: str, words: Words) -> Profile:
    return Profile(
        language_code=language_code,
        name=words.gettext("Migrant helpline Kazakhstan"),
        description=words.gettext(
            "Free help for migrants in Kazakhstan: work permits, EAEU rights, papers, wages, "
            "danger, centres near you. Write in Kazakh, Russian, Uzbek, Tajik or Kyrgyz. "
            "Every answer names its sources."
        ),
        short_description=words.gettext(
            "Free help for migrants in Kazakhstan, in five languages. No name needed."
        ),
        commands=tuple((command.value, text) for command, text in _commands(words).items()),
    )


def _commands(words: Words) -> dict[Command, str]:
    return {
        Command.MENU: words.gettext("All topics"),
        Command.HUMAN: words.gettext("A living person"),
        Command.LANGUAGE: words.gettext("Change the language"),
        Command.HELP: words.gettext("What I can do"),
        Command.PRIVACY: words.gettext("What is kept about you"),
        Command.FORGET: words.gettext("Erase what is kept about me"),
    }
