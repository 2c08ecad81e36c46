"""The data of inline buttons: events to strings of at most 64 bytes and back.

The strings outlive releases, since old messages keep their buttons: a prefix is never given another
meaning. What this release does not know, or what was forged, decodes to a stale button.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answers.model import Citizenship
from bot.dialogue import marks
from bot.dialogue.events import (
    AnswerChosen,
    BotPreferred,
    CaseCancelled,
    CaseRated,
    CentresPaged,
    CitizenshipChosen,
    CitizenshipWanted,
    CityChosen,
    Command,
    CommandGiven,
    ContactOffered,
    Event,
    Fault,
    FaultNamed,
    Helped,
    HideWanted,
    Lead,
    LocaleChosen,
    LocaleDeclined,
    MoreWanted,
    NeedChosen,
    NeedsWanted,
    NoneOfThese,
    PersonWanted,
    QuietWanted,
    Rated,
    ReferralJudged,
    StaleButton,
    TopicChosen,
    WordWanted,
    WrongNumberNamed,
    WrongNumbersListed,
)
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES = 64
"""Telegram's limit for ``callback_data``."""

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_MARK = re.compile(rf"[0-9a-f]{{{marks.LENGTH}}}")
_MESSAGE_ID = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
_MAX_OFFSET = 10_000
_MAX_MESSAGES = 3
MAX_MARKS = 12
"""Centres that one button can name."""


class NotAButtonError(Exception):
    """An event that no button can carry; a mistake in our own code."""


def encode(event: Event) -> str:
    """The data of a button that means this event.

    Raises:
        NotAButtonError: the event is of a kind that buttons do not have, or too long.
    """
    fields = _fields(event)
    data = ":".join(fields)
    if len(data.encode()) > MAX_BYTES:
        raise NotAButtonError(type(event).__name__)
    return data


def decode(data: str) -> Event:
    """The event that a button's data means; StaleButton for anything unknown. Never raises."""
    prefix, *arguments = data.split(":")
    reader = _READERS.get(prefix)
    if reader is None:
        return StaleButton()
    try:
        return reader(*arguments)
    except (TypeError, ValueError):
        return StaleButton()


def _fields(event: Event) -> tuple[str, ...]:
    match event:
        case CommandGiven(command):
            return ("do", command.value)
        case TopicChosen(topic):
            return ("t", topic)
        case AnswerChosen(intent):
            return ("a", intent)
        case MoreWanted(intent):
            return ("m", intent)
        case LocaleChosen(locale):
            return ("l", locale.value)
        case LocaleDeclined(locale):
            return ("ld", locale.value)
        case CityChosen(city):
            return ("city", city)
        case Rated(intent, helpful):
            return ("r", "1" if helpful else "0", intent)
        case FaultNamed(intent, fault):
            return ("f", fault.value, intent)
        case _:
            return _optional_fields(event)


def _optional_fields(event: Event) -> tuple[str, ...]:
    """Events with an argument that may be missing: an empty field."""
    match event:
        case CitizenshipWanted(intent):
            return ("cw", intent or "")
        case CitizenshipChosen(citizenship, intent):
            return ("c", citizenship.value, intent or "")
        case CentresPaged(city, offset, None):
            return ("p", city or "", str(offset))
        case CentresPaged(city, offset, need):
            return ("pn", need or "", city or "", str(offset))
        case NoneOfThese():
            return ("no",)
        case NeedsWanted():
            return ("nw",)
        case NeedChosen(need):
            return ("n", need or "")
        case PersonWanted(lead, subject):
            return ("pw", lead.value, subject or "")
        case _:
            return _listed_fields(event)


def _listed_fields(event: Event) -> tuple[str, ...]:
    """Events that name centres or messages."""
    match event:
        case WrongNumbersListed(listed):
            return ("w", "".join(listed))
        case WrongNumberNamed(mark):
            return ("wn", mark)
        case QuietWanted(messages):
            return ("q", *map(str, messages))
        case HideWanted(messages):
            return ("h", *map(str, messages))
        case _:
            return _case_fields(event)


def _case_fields(event: Event) -> tuple[str, ...]:
    """Events of a case."""
    match event:
        case CaseCancelled(case):
            return ("kc", str(case))
        case BotPreferred(case):
            return ("kb", str(case))
        case ContactOffered(case):
            return ("ks", str(case))
        case CaseRated(case, stars):
            return ("kr", str(case), str(stars))
        case WordWanted(case):
            return ("kw", str(case))
        case ReferralJudged(case, helped, mark):
            return ("kf", str(case), helped.value, mark or "")
        case _:
            raise NotAButtonError(type(event).__name__)


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError(value)
    return value


def _optional_name(value: str) -> str | None:
    return _name(value) if value else None


def _flag(value: str) -> bool:
    return {"0": False, "1": True}[value] if value in ("0", "1") else bool(_name(""))


def _offset(value: str) -> int:
    offset = int(value)
    if not 0 <= offset <= _MAX_OFFSET:
        raise ValueError(value)
    return offset


def _marks(value: str) -> tuple[str, ...]:
    found = tuple(value[i : i + marks.LENGTH] for i in range(0, len(value), marks.LENGTH))
    if not 1 <= len(found) <= MAX_MARKS:
        raise ValueError(value)
    return tuple(map(_mark, found))


def _mark(value: str) -> str:
    if not _MARK.fullmatch(value):
        raise ValueError(value)
    return value


def _number(value: str) -> int:
    if not _MESSAGE_ID.fullmatch(value):
        raise ValueError(value)
    return int(value)


def _stars(value: str) -> int:
    if value not in ("1", "2", "3"):
        raise ValueError(value)
    return int(value)


def _messages(*values: str) -> tuple[int, ...]:
    if len(values) > _MAX_MESSAGES or not all(map(_MESSAGE_ID.fullmatch, values)):
        raise ValueError(values)
    return tuple(map(int, values))


_READERS: dict[str, Callable[..., Event]] = {
    "do": lambda command: CommandGiven(Command(command)),
    "t": lambda topic: TopicChosen(_name(topic)),
    "a": lambda intent: AnswerChosen(_name(intent)),
    "m": lambda intent: MoreWanted(_name(intent)),
    "l": lambda locale: LocaleChosen(Locale(locale)),
    "ld": lambda locale: LocaleDeclined(Locale(locale)),
    "city": lambda city: CityChosen(_name(city)),
    "r": lambda helpful, intent: Rated(_name(intent), _flag(helpful)),
    "f": lambda fault, intent: FaultNamed(_name(intent), Fault(fault)),
    "cw": lambda intent: CitizenshipWanted(_optional_name(intent)),
    "c": lambda who, intent: CitizenshipChosen(Citizenship(who), _optional_name(intent)),
    "p": lambda city, offset: CentresPaged(_optional_name(city), _offset(offset)),
    "pn": lambda need, city, offset: CentresPaged(
        _optional_name(city), _offset(offset), _name(need)
    ),
    "no": lambda: NoneOfThese(),  # noqa: PLW0108 - all of them are called the same way
    "nw": lambda: NeedsWanted(),  # noqa: PLW0108
    "n": lambda need: NeedChosen(_optional_name(need)),
    "w": lambda listed: WrongNumbersListed(_marks(listed)),
    "wn": lambda mark: WrongNumberNamed(_mark(mark)),
    "q": lambda *messages: QuietWanted(_messages(*messages)),
    "h": lambda *messages: HideWanted(_messages(*messages)),
    "pw": lambda lead, subject: PersonWanted(Lead(lead), _optional_name(subject)),
    "kc": lambda case: CaseCancelled(_number(case)),
    "kb": lambda case: BotPreferred(_number(case)),
    "ks": lambda case: ContactOffered(_number(case)),
    "kr": lambda case, stars: CaseRated(_number(case), _stars(stars)),
    "kw": lambda case: WordWanted(_number(case)),
    "kf": lambda case, helped, mark: ReferralJudged(
        _number(case), Helped(helped), _mark(mark) if mark else None
    ),
}
