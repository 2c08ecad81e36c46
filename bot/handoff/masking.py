"""What staff do not see: numbers, accounts and addresses that tell who a migrant is.

``find`` is deliberately jealous: what might be personal is masked, a leak costs more than a blank.
Left alone are dates, times, years, amounts, articles of laws, case numbers, short numbers, and what
the helpline itself publishes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.handoff.recognise.flat import flatten
from bot.handoff.recognise.found import Found, Kind
from bot.handoff.recognise.handles import handles
from bot.handoff.recognise.numbers import numbers
from bot.handoff.recognise.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Found", "Kind", "Masked", "find", "hide", "mask"]

_SIGNS = {
    Kind.PHONE: "☎",
    Kind.IIN: "🪪",
    Kind.PASSPORT: "🛂",
    Kind.CARD: "💳",
    Kind.ACCOUNT: "🏦",
    Kind.EMAIL: "✉",
    Kind.USERNAME: "👤",
}
_SHOWS_ITS_END = {Kind.PHONE, Kind.CARD}
_HIDDEN = "•"
_BARRIER = "\x00"
LABEL_LENGTH = 8
"""Every label has as many characters: ``[☎ ••12]``, ``[🪪 ••••]``."""


class Masked(msgspec.Struct, frozen=True):
    """A text in which what is personal gave way to labels.

    Attributes:
        text: the text that may be shown.
        found: what was masked, with offsets in the *original* text; sorted, without overlaps.
    """

    text: str
    found: tuple[Found, ...]

    @property
    def hidden(self) -> bool:
        """Whether anything was masked."""
        return bool(self.found)

    def moved(self, offset: int) -> int:
        """Where a place of the original text is in the masked one; it never runs backwards.

        Args:
            offset: a place between characters, 0 to the length of the original.

        Returns:
            The place in ``text``. The start of a masked stretch becomes the start of its label;
            its end, and every place inside, the end of the label.
        """
        return self._moved(offset, inside=LABEL_LENGTH)

    def moved_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the original is; a label that it touches belongs to it as a whole.

        Args:
            start: its first character.
            end: one after its last; greater than ``start``.
        """
        return self._moved(start, inside=0), self._moved(end, inside=LABEL_LENGTH)

    def _moved(self, offset: int, inside: int) -> int:
        shift = 0
        for each in self.found:
            if offset <= each.start:
                break
            if offset < each.end:
                return each.start + shift + inside
            shift += LABEL_LENGTH - (each.end - each.start)
        return offset + shift


def find(text: str, public: frozenset[str] = frozenset()) -> tuple[Found, ...]:
    """All that is personal in a text, sorted, without overlaps.

    Args:
        text: what a migrant wrote.
        public: what is not personal: telephones as E.164 ("+7…"), short numbers ("1414"), and
            ``@name``s and e-mail addresses of ours in small letters.
    """
    flat = flatten(text)
    named = handles(flat.text, public)
    rest = _without(flat.text, named)
    in_words = spoken(rest)
    rest = _without(rest, in_words)
    spans = [(start, end, kind) for start, end, kind in named if kind is not None]
    found = [
        Found(*flat.original(start, end), kind)
        for start, end, kind in (*spans, *in_words, *numbers(rest, public))
    ]
    return tuple(sorted(found, key=lambda each: each.start))


def _without(text: str, spans: Iterable[tuple[int, int, Kind | None]]) -> str:
    """A text with barriers in place of what is settled, so that nothing reaches across."""
    for start, end, _ in spans:
        text = text[:start] + _BARRIER * (end - start) + text[end:]
    return text


def hide(text: str, found: Iterable[Found]) -> Masked:
    """A text with these stretches masked.

    Args:
        text: the original.
        found: sorted, without overlaps.
    """
    parts: list[str] = []
    done = 0
    hidden = tuple(found)
    for each in hidden:
        parts += [text[done : each.start], _label(text[each.start : each.end], each.kind)]
        done = each.end
    return Masked("".join([*parts, text[done:]]), hidden)


def mask(text: str, public: frozenset[str] = frozenset()) -> Masked:
    """A text as staff may see it; ``public`` as for ``find``."""
    return hide(text, find(text, public))


def _label(original: str, kind: Kind) -> str:
    digits = [each for each in flatten(original).text if each.isdecimal()]
    ending = "".join(digits[-2:]) if kind in _SHOWS_ITS_END else ""
    return f"[{_SIGNS[kind]} {ending:{_HIDDEN}>4}]"
