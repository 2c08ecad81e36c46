"""What the helpline remembers of one conversation."""

from __future__ import annotations

import msgspec

from bot.answers.model import Citizenship
from bot.language.tags import Locale


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """The state of one migrant's conversation; kept in Redis, gone by its TTL or by /forget.

    No text of a message, no name and no account is in it.

    Attributes:
        locale: the language of the replies; None before it is chosen or recognised.
        locale_confirmed: the person picked it with a button or by a deep link.
        citizenship: as picked or as written by the person.
        destination: ISO 3166 country code if the person said they ask about another than KZ.
        place: where a deep link (a poster, a leaflet) was found, e.g. ``almaty-station``.
        city: key of the gazetteer.
        need: what centres are looked for, until something else is asked.
        misses: messages in a row that were not understood.
        awaiting_citizenship: the intent whose answer waits for the citizenship.
        declined_locale: the language whose offer the person turned down last.
        album: the album of pictures that was replied to last, and the rest of it gets no more
            replies; or the one that is being gathered for the staff.
        case: the person's last case with the staff, open or perhaps opened again; only its number.
        word_until: until when the next text is a word about the case's help, in seconds since the
            epoch.
        asked_place: while a case is open, the bot was asked for centres: a place is for the bot.
    """

    locale: Locale | None = None
    locale_confirmed: bool = False
    citizenship: Citizenship | None = None
    destination: str | None = None
    place: str | None = None
    city: str | None = None
    misses: int = 0
    awaiting_citizenship: str | None = None
    declined_locale: Locale | None = None
    album: str | None = None
    need: str | None = None
    case: int | None = None
    word_until: float | None = None
    asked_place: bool = False
