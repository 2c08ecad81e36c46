"""Uzbek in its two scripts: Latin to Cyrillic for the texts, and back.

UzTransliterator maps the letters and knows some 450 loanwords; around it stand the rules of the
orthography that it leaves out, a list of exceptions that counsellors can extend
(``answers/uzbek_exceptions.yml``), and what must not change: addresses, commands, mark-up, numbers
and foreign names.

Sources: the rules of the Latin orthography (Cabinet of Ministers of Uzbekistan, No 339 of 24
August 1995) and of the Cyrillic one (1956), where they say how a sound is written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from UzTransliterator import UzTransliterator

from bot.answers.fields import FieldReader
from bot.answers.sentence import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.answers.faults import FileFaults
    from bot.answers.yaml_file import Value

FILE = "uzbek_exceptions.yml"

_APOSTROPHES = "'`´’‘ʻʼʹ′ʽ"
_TURNED = "‘"
"""Marks oʻ and gʻ in UzTransliterator's tables; written U+02BB."""
_TUTUQ = "’"
"""The tutuq belgisi (ъ) in UzTransliterator's tables; written U+02BC."""

_DOMAINS = "kz|uz|ru|kg|tj|com|org|net|info|int|eu|me|io|gov"
_UNTOUCHED = re.compile(
    r"https?://[^\s)>\]]+"
    r"|\]\([^)\s]*\)"  # the target of a Markdown link
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|(?<![\w.@-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:{_DOMAINS})\b(?:/[^\s)>\]]*)?"
    r"|(?<![\w/])[/@][A-Za-z_][A-Za-z0-9_]*"  # a command or a name in Telegram
    r"|\{\w*\}"
)
_LATIN_WORD = re.compile(
    rf"[A-Za-z]+(?:[{_APOSTROPHES}][A-Za-z]+)*(?:(?<=[oOgG])[{_APOSTROPHES}]|ʼ)?"
)
_CYRILLIC_CAPITALS = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁЎҚҒҲ"
_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁёЎўҚқҒғҲҳ]+")

_TURNED_LETTER = re.compile(rf"([og])[{_APOSTROPHES}]")
_OTHER_APOSTROPHE = re.compile(rf"[{_APOSTROPHES.replace(_TURNED, '')}]|(?<![og]){_TURNED}")

_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_FOREIGN = re.compile(r"[wW]|[cC](?![hH])")
"""Letters that Uzbek Latin does not have: a foreign name, kept as it is."""
_CAPITAL_LETTER = re.compile(rf"(?:SH|CH|Y[EOUA]|Sh|Ch|Y[eoua]|[A-Z])[{_APOSTROPHES}]?")
_CAPITALS = re.compile(f"(?:{_CAPITAL_LETTER.pattern})+")

_VOWELS = "aeiou‘"
_TO_CYRILLIC: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(f"s{_TUTUQ}h"), "сҳ"),  # the tutuq only keeps s and h apart
    (re.compile("(?:(?<=k)s|(?<=n)s|(?<=p)s|ts)iya"), "ция"),  # aksiya, stansiya, militsiya
    (re.compile("(?:(?<=k)s|(?<=n)s|ts)ion"), "цион"),
    (re.compile("ts$"), "ц"),
    (re.compile("(?<=[bdv])ye"), "ъе"),  # obyekt, adyektiv
    (re.compile("(?<=[fghjklmnpqrstxz])ye"), "ье"),  # kuryer, premyera
    (re.compile(r"(?<=[bdfghjklmnpqrstvxz])y(?![aeou])"), "ы"),  # Kazakh names: Shymkent
    (re.compile(rf"(?:(?<=[{_VOWELS}])|^)e"), "э"),  # ekan, poema, aeroport
)
_AFTER_DATE = "yil|asr|yanvar|fevral|mart|aprel|may|iyun|iyul|avgust|sentabr|oktabr|noyabr|dekabr"
_DATE_HYPHEN = re.compile(rf"(?<=\d)-(?=(?:{_AFTER_DATE}))", re.IGNORECASE)
"""2026-yil is written 2026 йил in Cyrillic."""

_TO_LATIN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("ўъ"), "ў"),
    (re.compile("сҳ"), f"s{_TUTUQ}h"),
    (re.compile("[ьъ](?=ye|[ёюя])"), ""),
    (re.compile("ь"), ""),
    (re.compile("ъ"), _TUTUQ),
    (re.compile("(?<=[аеёиоуўэюя])ц"), "ts"),
    (re.compile("ц"), "s"),
    (re.compile("ё"), "yo"),
    (re.compile("ю"), "yu"),
    (re.compile("я"), "ya"),
    (re.compile("э"), "e"),
    (re.compile("щ"), "sh"),
    (re.compile("ы"), "i"),
)
_IOTATED_E = re.compile("(?:(?<=[аеёиоуўэюяьъ])|^)е")


class Transliterator:
    """Writes Uzbek texts in the other script.

    Args:
        exceptions: Cyrillic by Latin words, lower case; each holds with endings too. Where a
            Cyrillic word stands twice, its first Latin spelling is the one to write.
        kept: foreign names and abbreviations that stay in Latin letters, capitals as written.
    """

    __slots__ = ("_cyrillic", "_kept", "_latin", "_letters", "_words")

    def __init__(self, exceptions: Mapping[str, str], kept: Iterable[str] = ()) -> None:
        own = {_plain(latin): cyrillic for latin, cyrillic in exceptions.items()}
        self._cyrillic = {**_known_loanwords(), **own}
        self._latin = _by_cyrillic(own)
        self._kept = re.compile("|".join(map(re.escape, kept)) or "(?!)")
        self._letters = UzTransliterator()
        self._words: dict[str, str] = {}

    def to_cyrillic(self, text: str) -> str:
        """A text or Markdown in Cyrillic; what is not Uzbek in Latin letters stays."""
        return _outside(
            text,
            lambda piece: _LATIN_WORD.sub(
                lambda found: self._remembered(found.group()), _DATE_HYPHEN.sub(" ", piece)
            ),
        )

    def to_latin(self, text: str) -> str:
        """A text or Markdown in Latin, with oʻ gʻ (U+02BB) and the tutuq belgisi (U+02BC)."""
        return _outside(
            text, lambda piece: _CYRILLIC_WORD.sub(lambda found: self._latin_word(found[0]), piece)
        )

    def _remembered(self, word: str) -> str:
        if word not in self._words:
            self._words[word] = self._cyrillic_word(word)
        return self._words[word]

    def _cyrillic_word(self, word: str) -> str:
        """A word with its capitals; kept if it is foreign, a Roman number or has inner capitals."""
        kept = self._kept.match(word)
        if kept and word[kept.end() :] == word[kept.end() :].lower():
            return kept.group() + self._cyrillic_letters(word[kept.end() :], inner=True)
        capitals = found.group() if (found := _CAPITALS.match(word)) else ""
        ending = word[len(capitals) :]
        if _ROMAN.fullmatch(word) or _FOREIGN.search(word) or ending != ending.lower():
            return word
        if len(_CAPITAL_LETTER.findall(capitals)) < 2:
            cyrillic = self._cyrillic_letters(word)
            return _capitalised(cyrillic) if capitals else cyrillic
        return self._cyrillic_letters(capitals).upper() + self._cyrillic_letters(ending, inner=True)

    def _cyrillic_letters(self, word: str, *, inner: bool = False) -> str:
        plain = _plain(word.lower())
        stem = "" if inner else _longest_prefix(plain, self._cyrillic)
        done, rest = self._cyrillic.get(stem, ""), plain[len(stem) :]
        if rest and done.endswith("ь"):  # the soft sign of a stem is not written before an ending
            done = done[:-1]
        for pattern, cyrillic in _TO_CYRILLIC if not (done or inner) else _TO_CYRILLIC[:-1]:
            rest = pattern.sub(cyrillic, rest)
        return done + self._mapped(rest, "lat", "cyr")

    def _latin_word(self, word: str) -> str:
        """A word with its capitals; an abbreviation may bear an ending in small letters."""
        latin = self._latin_letters(word.lower())
        capitals = len(word) - len(word.lstrip(_CYRILLIC_CAPITALS))
        if capitals < 2:
            return _capitalised(latin) if capitals else latin
        head, ending = word[:capitals], word[capitals:]
        if not ending:
            return latin.upper()
        return self._latin_letters(head.lower()).upper() + self._latin_letters(ending.lower())

    def _latin_letters(self, word: str) -> str:
        stem = _longest_prefix(word, self._latin)
        done, rest = self._latin.get(stem, ""), word[len(stem) :]
        rest = rest if done else _IOTATED_E.sub("ye", rest)
        for pattern, latin in _TO_LATIN:
            rest = pattern.sub(latin, rest)
        written = done + self._mapped(rest, "cyr", "lat")
        return written.replace(_TUTUQ, "ʼ").replace(_TURNED, "ʻ")

    def _mapped(self, word: str, source: str, target: str) -> str:
        """The letters by UzTransliterator; it drops a word of one letter, so that is doubled."""
        if len(word) != 1:
            return str(self._letters.transliterate(word, from_=source, to=target))
        doubled = str(self._letters.transliterate(word * 2, from_=source, to=target))
        return doubled[: len(doubled) // 2]


def read_exceptions(root: Value, faults: FileFaults) -> Transliterator:
    """A transliterator with the exceptions of the file; what is wrong goes to ``faults``."""
    reader = FieldReader(root, faults, N_("The file must be written as `key: value` lines."))
    reader.only(("words", "kept"))
    words = reader.inner("words")
    exceptions = {
        key.lower(): words.text(key, required=True).lower()
        for key in words.keys()  # noqa: SIM118 - a reader, not a dict
    }
    return _shared(tuple(exceptions.items()), tuple(reader.words("kept")))


@lru_cache(maxsize=4)
def _shared(exceptions: tuple[tuple[str, str], ...], kept: tuple[str, ...]) -> Transliterator:
    """One for each table: it remembers the words that it has written."""
    return Transliterator(dict(exceptions), kept)


def _outside(text: str, change: Callable[[str], str]) -> str:
    """Changes what lies between the addresses, commands and link targets of a text."""
    pieces = []
    start = 0
    for found in _UNTOUCHED.finditer(text):
        pieces += [change(text[start : found.start()]), found.group()]
        start = found.end()
    return "".join([*pieces, change(text[start:])])


def _plain(lowered: str) -> str:
    """The apostrophes as UzTransliterator's tables have them."""
    turned = _TURNED_LETTER.sub(rf"\1{_TURNED}", lowered)
    return _OTHER_APOSTROPHE.sub(_TUTUQ, turned)


def _longest_prefix(word: str, stems: Mapping[str, str]) -> str:
    return next((word[:end] for end in range(len(word), 1, -1) if word[:end] in stems), "")


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


def _by_cyrillic(stems: Mapping[str, str]) -> dict[str, str]:
    """The stems the other way; those on a soft sign also as they are before an ending."""
    latin: dict[str, str] = {}
    for spelling, cyrillic in stems.items():
        latin.setdefault(cyrillic, spelling)
    return {cyrillic.removesuffix("ь"): spelling for cyrillic, spelling in latin.items()} | latin


def _known_loanwords() -> dict[str, str]:
    lines = (files("UzTransliterator") / "cyr_exwords.csv").read_text("utf-8").splitlines()
    pairs = (line.split(",", 1) for line in lines if "," in line)
    return {_plain(latin): cyrillic for latin, cyrillic in pairs}
