"""What a person wrote, as a phrase to be learnt."""

from __future__ import annotations

import re
import unicodedata

from bot.handoff import masking
from bot.language.fold import words

_MASKED = re.compile(rf"\[[^\[\]]{{{masking.LABEL_LENGTH - 2}}}\]")
_LIST_MARK = re.compile(r"^[\s\-–—•*]+")
_UNWRITABLE = frozenset({"Cs", "Cn", "Co"})
"""Categories of characters that YAML does not take, or that nobody types."""

_BYTE_ORDER_MARK = "\ufeff"


def suggestion(masked: str) -> str:
    """A question of the queue as a phrase to start from: masked places taken out, on one line."""
    return tidy(_MASKED.sub(" ", masked))


def same(text: str) -> str:
    """Two phrases with the same one are one: spelling variants and punctuation do not matter."""
    return " ".join(words(text))


def tidy(text: str) -> str:
    """On one line, without what a file of phrases cannot hold."""
    letters = "".join(map(_writable, text))
    return _LIST_MARK.sub("", " ".join(letters.split())).strip()


def _writable(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cc":
        return " "
    return "" if category in _UNWRITABLE or letter == _BYTE_ORDER_MARK else letter
