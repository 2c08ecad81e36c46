"""Ad-hoc Latin to the Cyrillic of a language, for readers that know only real spelling.

People without their keyboard type ``men jumys istegim keledi``. A sentence model trained on written
text reads it far better as ``мен жұмыс істегім келеді``. Ad-hoc Latin has no rules, so this is a
good guess and not spelling: vowels follow the vowel harmony of Kazakh and Kyrgyz.
"""

from __future__ import annotations

import re
import unicodedata

from bot.language.fold import APOSTROPHES
from bot.language.tags import Locale

_LATIN_WORD = re.compile(r"[a-zà-ɏ\u1e00-\u1eff'ə]+", re.IGNORECASE)
_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_PLAIN_LETTERS = str.maketrans(
    {"ş": "sh", "ș": "sh", "ç": "ch", "ğ": "gh", "ı": "y", "ə": "ä", "ñ": "ng", "ŋ": "ng"}
)
_LETTER_IN_NUMBER = re.compile(r"(?<=[a-z])[46](?=[a-z])|\b4(?=to\b|em\b|erez)", re.IGNORECASE)

_COMMON = {
    "shch": "щ",
    "sch": "щ",
    "dzh": "дж",
    "sh": "ш",
    "ch": "ч",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "ya": "я",
    "yu": "ю",
    "yo": "ё",
    "ye": "е",
    **dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувшхйз", strict=True)),
}
_TURKIC = {
    "gh": "ғ",
    "ng": "ң",
    "q": "қ",
    "ä": "ә",
    "ö": "ө",
    "ü": "ү",
    "ū": "ұ",
    "ia": "я",
    "iu": "ю",
}
_SOUNDS: dict[Locale, dict[str, str]] = {
    Locale.KK: {**_COMMON, **_TURKIC},
    Locale.KY: {**_COMMON, **_TURKIC, "gh": "г", "q": "к", "ä": "а", "ū": "у", "dj": "ж"},
    Locale.UZ: {
        **_COMMON,
        "yo'": "йў",
        "o'": "ў",
        "g'": "ғ",
        "gh": "ғ",
        "ö": "ў",
        "q": "қ",
        "h": "ҳ",
        "j": "ж",
        "'": "ъ",
    },
    Locale.TG: {
        **_COMMON,
        "gh": "ғ",
        "g'": "ғ",
        "dzh": "ҷ",
        "dj": "ҷ",
        "j": "ҷ",
        "q": "қ",
        "h": "ҳ",
        "ī": "ӣ",
        "ū": "ӯ",
        "ö": "ӯ",
        "o'": "ӯ",
        "iy": "ӣ",
        "'": "ъ",
    },
    Locale.RU: {
        **_COMMON,
        "ja": "я",
        "ju": "ю",
        "jo": "ё",
        "ia": "ия",
        "iya": "ия",
        "yy": "ый",
        "iy": "ий",
        "y": "ы",
        "'": "ь",
    },
}
_SOUNDS[Locale.UZ_CYRL] = _SOUNDS[Locale.UZ]
_PATTERNS = {
    locale: re.compile("|".join(sorted(map(re.escape, sounds), key=len, reverse=True)))
    for locale, sounds in _SOUNDS.items()
}


def to_cyrillic(text: str, locale: Locale) -> str:
    """The Latin words of a text in the Cyrillic letters of a language; the rest as it is.

    Args:
        text: in ad-hoc Latin or, for Uzbek, in its Latin alphabet; may be mixed.
        locale: the language it is written in. Both Uzbek locales give Uzbek Cyrillic.

    Returns:
        Lower-case Cyrillic where Latin was; words in other scripts, digits and signs unchanged.
    """
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN_APOSTROPHE)
    plain = _LETTER_IN_NUMBER.sub(lambda digit: "ch" if digit.group() == "4" else "sh", plain)
    return _LATIN_WORD.sub(lambda word: _word(word.group(), locale), plain)


def _word(word: str, locale: Locale) -> str:
    latin = word.lower().translate(_PLAIN_LETTERS)
    if not any(character.isalpha() for character in latin):
        return word
    latin = _BEFORE[locale](latin) if locale in _BEFORE else latin
    sounds = _SOUNDS[locale]
    cyrillic = _PATTERNS[locale].sub(lambda match: sounds[match.group()], latin)
    return _without_marks(_AFTER[locale](cyrillic) if locale in _AFTER else cyrillic)


def _without_marks(word: str) -> str:
    """What no table knew (é, ñ of a foreign word) loses its accent; ``й`` and ``ӣ`` stay."""
    return "".join(
        character if character >= "\u0400" else unicodedata.normalize("NFKD", character)[0]
        for character in word
    )


_UZBEK_INITIAL_E = re.compile(r"\be|(?<=[aeiou])e")
_RUSSIAN_Y_GLIDE = re.compile(r"(?<=[aeiouy])y(?![aoue])|(?<=[aeiou])j(?![aoue])")


def _uzbek(latin: str) -> str:
    """``e`` at the start of a word or after a vowel is ``э`` in Uzbek Cyrillic."""
    return _UZBEK_INITIAL_E.sub("э", latin)


def _russian(latin: str) -> str:
    return _RUSSIAN_Y_GLIDE.sub("й", latin)


_BACK = re.compile(r"[аыұқғя]")
_VOWELS = "аәеёиіоөуұүыэюя"
_GLIDE = re.compile(rf"(?<=[{_VOWELS}])и(?![{_VOWELS}])")
_FIRST_U = re.compile(rf"^([^{_VOWELS}]*)у(?=[^{_VOWELS}])")
_FIRST_O = re.compile(rf"^([^{_VOWELS}]*)о")
_FIRST_A = re.compile(rf"^([^{_VOWELS}]*)а(?=[^{_VOWELS}]+[еі])")


def _kazakh(latin: str) -> str:
    """``y`` is ``й`` beside a vowel and ``ы`` elsewhere; ``w`` after a vowel is ``у``."""
    return _Y_AS_VOWEL.sub("ы", latin)


_Y_AS_VOWEL = re.compile(r"(?<![aeiouyäöüū])y(?![aeiouäöüū])")


def _kazakh_vowels(word: str) -> str:
    """Vowel harmony: a word with ``е`` or ``и`` and no back vowel is a front word (і, ү, ө, ә)."""
    word = _GLIDE.sub("й", word)
    if _BACK.search(_FIRST_A.sub(r"\1", word)):
        word = _FIRST_U.sub(r"\1ұ", word)
        return word.replace("и", "ы") if "ы" not in word and "е" not in word else word
    if "е" not in word and "и" not in word:
        return _FIRST_U.sub(r"\1ұ", word)
    word = word.replace("и", "і")
    word = _FIRST_A.sub(r"\1ә", word)
    word = _FIRST_O.sub(r"\1ө", word)
    return _FIRST_U.sub(r"\1ү", word)


def _kyrgyz_vowels(word: str) -> str:
    """Vowel harmony runs through a Kyrgyz word: with ``е`` or ``и``, ``о`` is ``ө``, ``у`` ``ү``.

    So it is where ``о`` follows ``у``: after a back ``у`` comes ``а``.
    """
    word = _GLIDE.sub("й", word)
    if re.search(r"[аыя]", word) or not re.search(r"[еиэ]|у.*о", word):
        return word
    return word.replace("о", "ө").replace("у", "ү")


_BEFORE = {
    Locale.KK: _kazakh,
    Locale.KY: _kazakh,
    Locale.UZ: _uzbek,
    Locale.UZ_CYRL: _uzbek,
    Locale.RU: _russian,
}
_AFTER = {Locale.KK: _kazakh_vowels, Locale.KY: _kyrgyz_vowels}
