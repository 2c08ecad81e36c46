"""How people without the right keyboard write: for training on what will really arrive.

Each function turns correct writing into one of the ways it is typed on a cheap phone: special
letters replaced, apostrophes dropped, ad-hoc Latin. Deterministic for a given random generator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.fold import APOSTROPHES
from bot.language.tags import Locale

if TYPE_CHECKING:
    from random import Random

_POOR: dict[Locale, dict[str, str | int | None]] = {
    Locale.KK: dict(zip("әғқңөұүһіё", "агкноуухие", strict=True)),
    Locale.KY: dict(zip("ңөүё", "ноуе", strict=True)),
    Locale.TG: dict(zip("ғӣқӯҳҷё", "гикухче", strict=True)),
    Locale.UZ_CYRL: dict(zip("ўқғҳё", "укгхе", strict=True)),
    Locale.RU: {"ё": "е"},
    Locale.UZ: {},
}
_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_NO_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, ""))

_TURKIC_LATIN: dict[str, tuple[str, ...]] = {
    "ж": ("j", "zh", "j", "dj"),
    "ш": ("sh", "sh", "ş", "w"),
    "ч": ("ch", "ch", "ç"),
    "щ": ("sh", "shch"),
    "х": ("h", "kh", "x"),
    "һ": ("h",),
    "қ": ("q", "k", "q"),
    "ғ": ("g", "gh", "ğ"),
    "ң": ("n", "ng", "ñ"),
    "ә": ("a", "ä", "e", "a"),
    "ө": ("o", "ö", "o"),
    "ү": ("u", "ü", "u"),
    "ұ": ("u", "ū", "u"),
    "і": ("i",),
    "ы": ("y", "i", "ı"),
    "и": ("i", "i", "ı"),
    "й": ("i", "y", "i", "j"),
    "у": ("u", "u", "w"),
    "я": ("ya", "ia", "ja"),
    "ю": ("yu", "iu", "ju"),
    "ё": ("yo", "io", "e"),
    "э": ("e",),
    "е": ("e", "e", "ye"),
    "ц": ("ts", "c", "s"),
    "ь": ("", "'"),
    "ъ": ("", "'"),
    "в": ("v",),
}
_LATIN: dict[Locale, dict[str, tuple[str, ...]]] = {
    Locale.KK: _TURKIC_LATIN,
    Locale.KY: {
        **_TURKIC_LATIN,
        "к": ("k", "k", "q"),
        "г": ("g", "g", "gh"),
        "и": ("i",),
        "й": ("y", "i", "j"),
        "ы": ("y", "y", "ı", "i"),
        "ү": ("u", "ü", "u", "y"),
        "х": ("h", "kh", "x"),
    },
    Locale.TG: {
        "ж": ("zh", "j"),
        "ҷ": ("j", "j", "dj", "ch"),
        "ш": ("sh", "sh", "w", "š"),
        "ч": ("ch", "ch", "č"),
        "х": ("kh", "x", "h"),
        "ҳ": ("h", "h", "kh"),
        "қ": ("q", "k", "q"),
        "ғ": ("gh", "g", "g'", "ğ"),
        "ӣ": ("i", "i", "ī", "iy"),
        "ӯ": ("u", "o", "ū", "o'", "ö"),
        "й": ("y", "y", "i", "j"),
        "я": ("ya", "ya", "ja", "ia"),
        "ю": ("yu", "yu", "ju", "iu"),
        "ё": ("yo", "yo", "jo", "io"),
        "э": ("e",),
        "ц": ("ts", "s", "c"),
        "щ": ("sh", "shch"),
        "ы": ("i", "y"),
        "ъ": ("'", ""),
        "ь": ("",),
    },
    Locale.RU: {
        "ж": ("zh", "j", "zh", "g"),
        "ш": ("sh", "sh", "w"),
        "щ": ("sch", "shch", "sh", "w"),
        "ч": ("ch", "ch", "4"),
        "х": ("h", "kh", "x"),
        "ы": ("y", "y", "i"),
        "й": ("y", "i", "j", "y"),
        "я": ("ya", "ia", "ja", "ya"),
        "ю": ("yu", "iu", "ju", "yu"),
        "ё": ("e", "yo", "jo", "io"),
        "э": ("e",),
        "е": ("e", "e", "e", "ye"),
        "ц": ("ts", "c", "ts"),
        "ь": ("", "'", ""),
        "ъ": ("", "'"),
    },
    Locale.UZ_CYRL: {
        "ж": ("j",),
        "ш": ("sh", "sh", "w", "ş"),
        "ч": ("ch", "ch", "ç"),
        "х": ("x", "x", "h"),
        "ҳ": ("h", "h", "x"),
        "қ": ("q", "q", "k"),
        "ғ": ("g'", "g", "g", "ğ", "gʻ"),
        "ў": ("o'", "o", "o", "u", "ö", "oʻ"),
        "й": ("y",),
        "я": ("ya",),
        "ю": ("yu",),
        "ё": ("yo",),
        "э": ("e",),
        "ц": ("ts", "s"),
        "щ": ("sh",),
        "ы": ("i",),
        "ъ": ("'", ""),
        "ь": ("",),
    },
}
_PLAIN_LATIN: dict[str, tuple[str, ...]] = {
    cyrillic: (latin,)
    for cyrillic, latin in zip("абвгдезийклмнопрстуфх", "abvgdeziyklmnoprstufh", strict=True)
}

_UZBEK_HABITS: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (("sh", "w"),),
    (("sh", "ş"), ("ch", "ç"), ("o'", "ö"), ("g'", "ğ")),
    (("x", "h"),),
    (("q", "k"), ("g'", "g"), ("o'", "u")),
    (("o'", "o"), ("g'", "g"), ("h", "x")),
)
"""What else people do to the official Uzbek Latin, one habit per writer."""


def keyboard_poor(text: str, locale: Locale) -> str:
    """Typed on a Russian keyboard, or for Uzbek Latin without its apostrophes."""
    poor = text.lower().translate(str.maketrans(_POOR[locale]))
    return poor.translate(_NO_APOSTROPHES) if locale in (Locale.UZ, Locale.UZ_CYRL) else poor


def ad_hoc_latin(text: str, locale: Locale, random: Random) -> str:
    """Typed in Latin letters by one writer, who keeps to the same habit for each letter.

    Args:
        text: in the language's Cyrillic; for Uzbek Latin, which needs none, a habit is applied.
        locale: the language of the text.
        random: chooses the writer.
    """
    if locale is Locale.UZ:
        plain = text.lower().translate(_PLAIN_APOSTROPHE)
        for written, typed in random.choice(_UZBEK_HABITS):
            plain = plain.replace(written, typed)
        return plain if random.random() < 0.3 else plain.translate(_NO_APOSTROPHES)
    ways = {**_PLAIN_LATIN, **_LATIN[locale]}
    habits = {ord(letter): random.choice(latin) for letter, latin in ways.items()}
    return text.lower().translate(habits)
