"""The six language variants of the helpline, and the names they go by elsewhere."""

from __future__ import annotations

from enum import Enum


class Locale(str, Enum):
    """A language in a script, named as its folder under ``locales/``.

    Uzbek has two: migrants read it in Latin letters or in Cyrillic, seldom both with ease.
    """

    KK = "kk"
    RU = "ru"
    UZ = "uz"
    UZ_CYRL = "uz_Cyrl"
    TG = "tg"
    KY = "ky"

    @property
    def tag(self) -> str:
        """The BCP 47 tag, with the script where the language has two."""
        return _TAGS[self]

    @property
    def language(self) -> str:
        """The ISO 639-1 code, which both variants of Uzbek share."""
        return self.value[:2]

    @property
    def endonym(self) -> str:
        """The language's own name, in its own script."""
        return _ENDONYMS[self]


_TAGS = {
    Locale.KK: "kk",
    Locale.RU: "ru",
    Locale.UZ: "uz-Latn",
    Locale.UZ_CYRL: "uz-Cyrl",
    Locale.TG: "tg",
    Locale.KY: "ky",
}

_ENDONYMS = {
    Locale.KK: "Қазақша",
    Locale.RU: "Русский",
    Locale.UZ: "Oʻzbekcha",
    Locale.UZ_CYRL: "Ўзбекча",
    Locale.TG: "Тоҷикӣ",
    Locale.KY: "Кыргызча",
}


def from_tag(tag: str) -> Locale | None:
    """The locale of a language tag, or None for a language the helpline does not speak.

    Args:
        tag: BCP 47 or gettext spelling in any case: ``uz``, ``uz-Cyrl``, ``ru-KZ``, ``ky_KG``.
            Uzbek without a script is Latin, its official script.
    """
    subtags = tag.replace("_", "-").lower().split("-")
    if subtags[0] == "uz":
        return Locale.UZ_CYRL if "cyrl" in subtags[1:] else Locale.UZ
    return _BY_LANGUAGE.get(subtags[0])


_BY_LANGUAGE = {
    locale.language: locale for locale in Locale if locale not in (Locale.UZ, Locale.UZ_CYRL)
}
