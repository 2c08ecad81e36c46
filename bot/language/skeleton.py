"""A coarse form that Latin and Cyrillic spellings of a word share.

``жұмыс``, ``жумыс``, ``jumys`` and ``zhumis`` all become ``жумис``. It loses too much to be read,
and is for comparing words only: place names and the danger lexicon are looked up by it.
"""

from __future__ import annotations

import re
import unicodedata

from bot.language.fold import APOSTROPHES, fold

_BEFORE_FOLDING = str.maketrans({"щ": "шч", "ҷ": "ж", "ӌ": "ж", "ё": "ио", "я": "иа", "ю": "иу"})
"""Letters whose Latin spelling is not that of what they fold to."""

_UZBEK_O = re.compile(rf"o[{APOSTROPHES}]")
"""Oʻ is ў, which a Russian keyboard makes у: ``oʻlmoq`` (to die) is not ``olmoq`` (to take)."""

_J_SOUND = re.compile(r"(?:д?ж)+")
_NG_SOUND = re.compile(r"н[нг]*")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_LATIN_SOUND = re.compile(r"dzh|sh|ch|zh|kh|gh|ts|dj|ye|[a-z]")

_SOUNDS = {
    **dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувшхиз", strict=True)),
    "dzh": "ж",
    "sh": "ш",
    "ch": "ч",
    "zh": "ж",
    "kh": "х",
    "gh": "г",
    "ts": "ц",
    "dj": "ж",
    "ye": "е",
}
"""How ad-hoc Latin is meant, whichever of the languages it is: ``w`` is typed for ``ш``."""

_MERGED = str.maketrans("ый", "ии")


def skeleton(text: str) -> str:
    """The form both scripts share; like ``fold`` it never fails and changes nothing twice."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_BEFORE_FOLDING)
    folded = fold(_J_SOUND.sub("ж", _UZBEK_O.sub("u", lowered)))
    sounds = _LATIN_SOUND.sub(lambda match: _SOUNDS[match.group()], folded)
    merged = _REPEATED.sub(r"\1", sounds.translate(_MERGED))
    merged = _NG_SOUND.sub("н", merged)
    return _J_SOUND.sub("ж", merged)
