"""Which writing systems a text is in, and what letters alone say about its language."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections import Counter
from enum import Enum
from functools import lru_cache

from bot.language.tags import Locale


class Script(str, Enum):
    """Writing systems that are told apart; the value is the ISO 15924 code, lower case."""

    LATIN = "latn"
    CYRILLIC = "cyrl"
    ARABIC = "arab"
    ARMENIAN = "armn"
    CJK = "hani"
    OTHER = "zyyy"


_RANGES = (
    (0x0041, 0x024F, Script.LATIN),
    (0x0250, 0x02AF, Script.LATIN),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x0530, 0x058F, Script.ARMENIAN),
    (0x0600, 0x06FF, Script.ARABIC),
    (0x0750, 0x077F, Script.ARABIC),
    (0x08A0, 0x08FF, Script.ARABIC),
    (0x1100, 0x11FF, Script.CJK),
    (0x1C80, 0x1C8F, Script.CYRILLIC),
    (0x1D00, 0x1DBF, Script.LATIN),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x2DE0, 0x2DFF, Script.CYRILLIC),
    (0x3040, 0x30FF, Script.CJK),
    (0x3130, 0x318F, Script.CJK),
    (0x3400, 0x4DBF, Script.CJK),
    (0x4E00, 0x9FFF, Script.CJK),
    (0xA640, 0xA69F, Script.CYRILLIC),
    (0xAC00, 0xD7AF, Script.CJK),
    (0xFB50, 0xFDFF, Script.ARABIC),
    (0xFE70, 0xFEFE, Script.ARABIC),
    (0xFF21, 0xFF5A, Script.LATIN),
    (0x20000, 0x323AF, Script.CJK),
)
"""First and last code point of the blocks, from the Unicode block list (Blocks.txt)."""

_STARTS = [first for first, _, _ in _RANGES]


@lru_cache(maxsize=1024)
def script_of(letter: str) -> Script:
    """The script of one letter."""
    place = bisect.bisect_right(_STARTS, ord(letter)) - 1
    if place >= 0 and ord(letter) <= _RANGES[place][1]:
        return _RANGES[place][2]
    return Script.OTHER


def script_shares(text: str) -> dict[Script, float]:
    """The share of each script among the letters of a text (0 to 1), the largest first.

    Empty for a text without letters.
    """
    counts: dict[Script, int] = {}
    for character, count in Counter(text).items():
        if character.isalpha():
            script = script_of(character)
            counts[script] = counts.get(script, 0) + count
    total = sum(counts.values())
    return {
        script: count / total
        for script, count in sorted(counts.items(), key=lambda item: (-item[1], item[0].value))
    }


def main_script(text: str) -> Script | None:
    """The script of most letters, or None for a text without letters."""
    return next(iter(script_shares(text)), None)


def is_wordless(text: str) -> bool:
    """Whether a text has no letter at all: emoji, digits, punctuation, nothing."""
    return not any(character.isalpha() for character in text)


_UNSEEN_BY_US = frozenset("їєґђћџљњѓќјѕ")
"""Letters of other Cyrillic alphabets (Ukrainian, Serbian, Macedonian)."""

_KAZAKH_ONLY = frozenset("әұі")
_KYRGYZ_AND_KAZAKH = frozenset("өүң")
_KAZAKH_AND_OTHERS = frozenset("қғһ")
_TAJIK_ONLY = frozenset("ӣӯҷ")
_UZBEK_ONLY = frozenset("ў")
_UZBEK_DIGRAPH = re.compile(r"(?!\bo'(?:clock|b))o'[a-z]|g'[aeiou]")
"""Oʻ and gʻ as typed, but not the apostrophes of o'clock, O'Brien and dog's."""

_ENOUGH_WORDS = 3


def locale_by_letters(text: str) -> Locale | None:
    """The locale that letters alone give away, or None when they leave a doubt.

    Only letters of one alphabet count: ``ў`` is Uzbek, ``ҷ`` Tajik, ``ә`` Kazakh. Kyrgyz has no
    letter of its own, but three words with ``ө``, ``ү`` or ``ң`` and nothing Kazakh are Kyrgyz.
    Russian has none either, so it is never given away. Source: the five alphabets.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    letters = frozenset(lowered)
    if letters & _UNSEEN_BY_US:
        return None
    signs = {
        Locale.KK: bool(letters & _KAZAKH_ONLY),
        Locale.TG: bool(letters & _TAJIK_ONLY),
        Locale.UZ_CYRL: bool(letters & _UZBEK_ONLY),
        Locale.UZ: _has_uzbek_digraph(lowered),
        Locale.KY: bool(letters & _KYRGYZ_AND_KAZAKH)
        and not letters & (_KAZAKH_ONLY | _KAZAKH_AND_OTHERS)
        and len(lowered.split()) >= _ENOUGH_WORDS,
    }
    given_away = [locale for locale, sign in signs.items() if sign]
    return given_away[0] if len(given_away) == 1 else None


def _has_uzbek_digraph(lowered: str) -> bool:
    plain = lowered.translate(_PLAIN_APOSTROPHE)
    return main_script(plain) is Script.LATIN and _UZBEK_DIGRAPH.search(plain) is not None


_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys("’‘ʻʼ`´", "'"))
