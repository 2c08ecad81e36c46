"""One folded form that all spellings of a word share.

A migrant's ``Қазақстан`` arrives as ``қазақстан``, ``Казакстан`` (a Russian keyboard) or with Latin
look-alikes among its letters; all of them fold to ``казакстан``. Latin text stays Latin here: see
``bot.language.skeleton`` for a form that both scripts share.
"""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'’‘ʻʼʽ`´ˈ′‛＇ʾʿˊˋ"
"""What stands for the apostrophe of oʻ and gʻ, or for the hard sign, on one keyboard or another."""

_REDUCED = {
    "қ": "к",
    "ҡ": "к",
    "ғ": "г",
    "ҳ": "х",
    "һ": "х",
    "ң": "н",
    "ҥ": "н",
    "ә": "а",
    "ө": "о",
    "ү": "у",
    "ұ": "у",
    "і": "и",
    "ҷ": "ч",
    "ӌ": "ч",
    "җ": "ж",
    "щ": "ш",
    "э": "е",
    "ъ": "",
    "ь": "",
    "ş": "sh",
    "ș": "sh",
    "ç": "ch",
    "ı": "i",
    "ə": "a",
    "ŋ": "n",
    "đ": "d",
}
"""Letters a Russian keyboard or a plain Latin one lacks, to what is typed in their stead."""

_LATIN_LOOKS = str.maketrans("aeopcyxikmthb", "аеорсухикмтхв")
_CYRILLIC_LOOKS = str.maketrans("аеорсухкмт", "aeopcyxkmt")
_MIXED_WORD = re.compile(r"[a-zа-я]*(?:[a-z][а-я]|[а-я][a-z])[a-zа-я]*")
_CYRILLIC_LETTER = re.compile(r"[а-я]")
_LATIN_LETTER = re.compile(r"[a-z]")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_J_OF_TAJIK = re.compile(r"(?:дж|ч)+")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def fold(text: str) -> str:
    """The folded form: lower case, special letters reduced, marks and invisible signs gone.

    Apostrophes, the hard and the soft sign are dropped; ``дж`` becomes ``ч`` as the Tajik ``ҷ``
    does; a repeated letter counts once (digits are left alone); look-alike letters inside a word
    of the other script are put right. Punctuation stays, white space becomes single spaces.

    Folding twice changes nothing more, and no input is an error.
    """
    folded = unicodedata.normalize("NFC", text).translate(_FOLDED)
    if _MIXED_WORD.search(folded):
        folded = _MIXED_WORD.sub(_one_script, folded)
    folded = _REPEATED.sub(r"\1", folded)
    folded = _J_OF_TAJIK.sub("ч", folded)
    return _SPACE.sub(" ", folded).strip()


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in order, without punctuation."""
    return split_words(fold(text))


def split_words(folded: str) -> list[str]:
    """The words and numbers of a text that is folded already."""
    return _WORD.findall(folded)


class _FoldedCharacters(dict[int, str]):
    """Code point to folded text, computed on first use (``str.translate`` asks for it)."""

    def __missing__(self, code_point: int) -> str:
        folded = _fold_character(chr(code_point))
        self[code_point] = folded
        return folded


_FOLDED = _FoldedCharacters()


def _fold_character(character: str) -> str:
    """Folds until nothing changes, so that folding a whole text once is enough."""
    folded = "".join(_fold_once(part) for part in character)
    return folded if folded == character else "".join(_fold_character(part) for part in folded)


def _fold_once(character: str) -> str:
    lowered = character.casefold()
    if lowered in _REDUCED:
        return _REDUCED[lowered]
    if lowered == "й":  # its breve is not an accent
        return lowered
    if character in APOSTROPHES:
        return ""
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf", "Cc", "Co", "Cs"):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    return unicodedata.normalize("NFKD", lowered)


def _one_script(match: re.Match[str]) -> str:
    """A word of both scripts in the one it was meant in, where look-alikes explain the other."""
    word = match.group()
    as_cyrillic, as_latin = word.translate(_LATIN_LOOKS), word.translate(_CYRILLIC_LOOKS)
    may_be_cyrillic = not _LATIN_LETTER.search(as_cyrillic)
    may_be_latin = not _CYRILLIC_LETTER.search(as_latin)
    if may_be_cyrillic and may_be_latin:
        may_be_cyrillic = 2 * len(_CYRILLIC_LETTER.findall(word)) >= len(word)
    if may_be_cyrillic:
        return as_cyrillic
    return as_latin if may_be_latin else word
