"""Addresses and names in networks: e-mail, usernames, links to people, bank accounts with letters.

Patterns run on flat text (``flat.py``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stdnum import iban

from bot.handoff.recognise.found import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_REST = r"[^\s\[\]<>\"]+"
_PEOPLE = (
    r"t\.me|telegram\.(?:me|dog)|wa\.me|(?:api|chat)\.whatsapp\.com|vk\.com|vk\.ru|ok\.ru"
    r"|instagram\.com|facebook\.com|fb\.com|tiktok\.com|imo\.im|signal\.me|threads\.net"
)
_NETWORK = (
    r"(?:telegram\w{0,3}|телеграмм?\w{0,3}|телег[аеу]|инстаграмм?\w{0,3}|инст[аеу]"
    r"|instagram\w{0,3}|insta|имо|imo|skype|скайпе?|ник|nick|username|юзернейм|логин|login)"
)

_NO_LETTER = r"(?<![^\W\d_])"
"""A digit may stand right before: numbers and names are run together."""

_PATTERNS: tuple[tuple[Kind | None, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        # Numbers of laws in the state's legal database are not a person's.
        (None, rf"https?://(?:[\w-]+\.)*zan\.kz/{_REST}"),
        (Kind.EMAIL, r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*"),
        (
            Kind.EMAIL,
            r"(?<![\w.+-])[\w.+-]+(?: @ | ?[(\[](?:at|собака)[)\]] ?)"
            r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}",
        ),
        (
            Kind.USERNAME,
            rf"(?:https?://)?{_NO_LETTER}(?<!-)(?:www\.|m\.|web\.)?(?:{_PEOPLE})/{_REST}"
            rf"|{_NO_LETTER}(?<!-)[a-z]\w{{3,31}}\.t\.me(?![a-z])"
            rf"|{_NO_LETTER}(?:tg|viber|whatsapp|skype)://{_REST}",
        ),
        (Kind.USERNAME, r"@\w[\w.]{1,30}\w"),
        (
            Kind.USERNAME,
            rf"{_NO_LETTER}(?:{_NETWORK}\s?[:=-]|(?:тг|tg)\s?[:=]"
            rf"|{_NETWORK} (?=[a-z.]*(?:[\d_]|\.[a-z])))\s?(?P<only>[a-z][\w.]{{2,30}}\w)",
        ),
        (Kind.USERNAME, rf"{_NO_LETTER}live:[\w.:-]{{3,40}}"),  # of Skype
        (Kind.ACCOUNT, r"(?<![a-z])KZ[ -]?\d\d(?:[ -]?[a-z0-9]){16}(?![a-z0-9])"),
        (Kind.ACCOUNT, r"(?<![a-z])KZ\d\d[a-z0-9]{10,}"),
    )
)
_IBAN = re.compile(r"(?<![A-Z])[A-Z]{2}\d\d[A-Z0-9]{11,30}(?![A-Z0-9])", re.IGNORECASE)
_END_OF_SENTENCE = ".,;:!?)"


def handles(text: str, public: frozenset[str]) -> tuple[tuple[int, int, Kind | None], ...]:
    """The stretches of a flat text that are names or addresses; kind None is to be left alone.

    Args:
        text: flat text.
        public: ``@name``s and addresses of ours, in small letters; they are left alone.
    """
    taken: list[tuple[int, int, Kind | None]] = []
    for start, end, kind in _candidates(text):
        if all(end <= before or start >= after for before, after, _ in taken):
            shown = text[start:end].lower()
            is_ours = shown in public or f"@{shown.rsplit('/', 1)[-1]}" in public
            taken.append((start, end, None if is_ours else kind))
    return tuple(sorted(taken, key=lambda span: span[:2]))


def _candidates(text: str) -> Iterator[tuple[int, int, Kind | None]]:
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            start, end = found.span("only" if "only" in pattern.groupindex else 0)
            yield start, start + len(text[start:end].rstrip(_END_OF_SENTENCE)), kind
    for found in _IBAN.finditer(text):
        if iban.is_valid(found[0]):
            yield *found.span(), Kind.ACCOUNT
