"""Who runs this copy of the helpline, as people are told: another organisation in every place.

Kazakhstan's law on personal data (No 94-V, Art. 8 part 4; fact privacy-kz-03) has people told who
collects their data, by name and BIN. Who has not said it must not be passed over in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.variables import OPERATOR, InWords

if TYPE_CHECKING:
    from bot.answers.variables import Values
    from bot.catalogs import Catalogs, Words
    from bot.settings import Settings


def variables(settings: Settings, catalogs: Catalogs) -> Values:
    """The organisation by the name that the privacy answer gives it, in every language.

    Args:
        settings: name it, or do not.
        catalogs: the words of all languages.
    """
    told = tuple((words.locale, _told(settings, words)) for words in catalogs.all())
    return {OPERATOR: InWords(told)}


def is_unnamed(settings: Settings) -> bool:
    """Whether people who are not only trying it out are not told who runs it."""
    return not (settings.uses_sandbox or settings.operator_name)


def _told(settings: Settings, words: Words) -> str:
    """What stands in an imprint, or that nothing was said."""
    if not settings.operator_name:
        return words.gettext(
            "The organisation that runs this bot has not named itself. Ask who it is: /human."
        )
    found = [settings.operator_name]
    if settings.operator_bin:
        found.append(words.gettext("BIN {number}").format(number=settings.operator_bin))
    if settings.operator_contact:
        found.append(settings.operator_contact)
    return ", ".join(found)
