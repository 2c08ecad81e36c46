"""What every screen is drawn with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.telegram.callbacks import encode
from bot.telegram.effects import Button

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.answers.model import Citizenship, Library
    from bot.catalogs import Catalogs, Words
    from bot.dialogue.events import Event


@dataclass(frozen=True, slots=True)
class Context:
    """The words, the content and the day.

    Attributes:
        words: of the locale of the reply.
        catalogs: the words of all locales, for the few screens that speak several.
        library: the curated content.
        cities: names of places by key, in the locale of the reply.
        today: the day in Kazakhstan.
        citizenship: of the person, if known.
        message: the id of the person's message that is answered, or of the one whose button was
            pressed.
        asked: how often each question was asked lately.
    """

    words: Words
    catalogs: Catalogs
    library: Library
    cities: Mapping[str, str]
    today: date
    citizenship: Citizenship | None = None
    message: int | None = None
    asked: Mapping[str, int] = field(default_factory=dict)


def press(label: str, event: Event) -> Button:
    """A button that means an event."""
    return Button(label, data=encode(event))


def copy_phone(phone: str, flag: str = "") -> Button:
    """A button that copies a phone number: Telegram has none that dials.

    Args:
        phone: E.164 or a short number.
        flag: of the country whose consulate it is, if it is one.
    """
    return Button(" ".join(filter(None, ("📋", flag, phone))), copy_text=phone)
