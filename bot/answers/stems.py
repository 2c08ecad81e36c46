"""Finding a term in a text whatever ending it bears. Pure.

All our languages bear endings, and no lemmatiser knows all of them (the well-kept ones know Russian
and, some, Kazakh). So a glossary writes stems as dictionaries do: ``штраф-`` is any word that
begins so, ``РВП`` only this word, ``инспекци- труда`` two words after each other.
"""

from __future__ import annotations

import re
from functools import cache

_APOSTROPHES = str.maketrans(dict.fromkeys("'`´’‘ʼʹ′ʽ", "ʻ"))
_WORD_CHARACTER = r"[\wʻ]"
_BETWEEN = r"[\s\u00a0«»\"“”*()]+"
"""Words of a term stand next to each other; mark-up and quotation marks may come between."""

ANY_ENDING = "-"


def folded(text: str) -> str:
    """A text as stems are looked for in it: case, ё and the kind of apostrophe do not matter."""
    return text.casefold().replace("ё", "е").translate(_APOSTROPHES)


def has_stem(folded_text: str, stem: str) -> bool:
    """Whether a text has a word (or words after each other) of this stem.

    Args:
        folded_text: what ``folded`` made of it.
        stem: of one or more words, each with a hyphen at its end if any ending may follow.
    """
    beginnings, pattern = _compiled(stem)
    # Most terms are not in most texts, which this finds out many times faster than the pattern.
    if not all(beginning in folded_text for beginning in beginnings):
        return False
    return pattern.search(folded_text) is not None


@cache
def _compiled(stem: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    words = folded(stem).split()
    beginnings = tuple(word.removesuffix(ANY_ENDING) for word in words)
    parts = _BETWEEN.join(map(_word, words))
    return beginnings, re.compile(f"(?<!{_WORD_CHARACTER}){parts}")


def _word(word: str) -> str:
    if word.endswith(ANY_ENDING):
        return re.escape(word.removesuffix(ANY_ENDING)) + rf"{_WORD_CHARACTER}*"
    return re.escape(word) + rf"(?!{_WORD_CHARACTER})"
