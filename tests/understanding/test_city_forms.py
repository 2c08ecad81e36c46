"""Every city in every case form of every variant, as grammars give them.

The forms are made here, apart from the code that takes them to pieces: vowel harmony and the first
consonant of the ending in Kazakh and Kyrgyz, the endings of Uzbek in both scripts, prepositions,
``-ро`` and the izofat in Tajik, the declensions in Russian.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.language.tags import Locale
from bot.settings import ROOT
from bot.understanding.places import load_atlas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ATLAS = load_atlas(ROOT / "nlu_data" / "places.yml")
GAZETTEER = ATLAS.gazetteer()

UNSURE = {
    *("Қарағандаи ман", "Семейи ман", "Руднийи ман", "к Семею", "с Семеем"),
}
"""Names that are ordinary words too, in a form that says nothing of a place: left unread."""


def _kazakh(name: str) -> Iterator[str]:
    back = next((c in "аоуұыяю" for c in reversed(name.lower()) if c in "аоуұыяюәеөүіэиё"), True)
    a, y = ("а", "ы") if back else ("е", "і")
    last = name.lower()[-1]
    nasal, voiced = last in "мнң", last in "лрйзж"
    vowel = last in "аәеиоөуүұыіэюя"
    soft = vowel or nasal or voiced
    yield name + ("н" if vowel or nasal else "д" if voiced else "т") + y + "ң"
    yield name + (("ғ" if back else "г") if soft else ("қ" if back else "к")) + a
    yield name + ("н" if vowel else "д" if soft else "т") + y
    yield name + ("д" if soft else "т") + a
    yield name + ("н" if nasal else "д" if soft else "т") + a + "н"
    yield name + ("м" if soft else "п") + "ен"
    yield name + ("д" if soft else "т") + a + "мын"
    yield from (f"{name} {word}" for word in ("қаласы", "қаласында", "қаласына", "қаласынан"))


_KYRGYZ_WIDE = dict(zip("аяыуюоёеэиөү", "аааааооеееөө", strict=True))
_KYRGYZ_NARROW = dict(zip("аяыуюоёеэиөү", "ыыыууууиииүү", strict=True))


def _kyrgyz(name: str) -> Iterator[str]:
    vowel = next((c for c in reversed(name.lower()) if c in _KYRGYZ_WIDE), "а")
    a, y = _KYRGYZ_WIDE[vowel], _KYRGYZ_NARROW[vowel]
    last = name.lower()[-1]
    hard = last in "пткхсшщчцф"
    n = "н" if last in _KYRGYZ_WIDE else "т" if hard else "д"
    d = "т" if hard else "д"
    yield from (name + n + y + "н", name + ("к" if hard else "г") + a, name + n + y)
    yield from (name + d + a, name + d + a + "н", name + d + a + "мын")
    yield from (f"{name} {word}" for word in ("шаары", "шаарында", "шаарына", "шаарынан"))


def _uzbek(name: str) -> Iterator[str]:
    yield from (name + end for end in ("ning", "ni", "da", "dan", "dagi", "daman", "lik", "ga"))
    yield name + {"k": "ka", "q": "qa"}.get(name[-1].lower(), "ga")
    yield from (f"{name} {word}" for word in ("shahri", "shahrida", "shahriga", "shahridan"))


def _uzbek_cyrillic(name: str) -> Iterator[str]:
    yield from (name + end for end in ("нинг", "ни", "да", "дан", "даги", "даман", "лик", "га"))
    yield name + {"к": "ка", "қ": "қа"}.get(name[-1].lower(), "га")
    yield from (f"{name} {word}" for word in ("шаҳри", "шаҳрида", "шаҳрига", "шаҳридан"))


def _tajik(name: str) -> Iterator[str]:
    yield name + "ро"
    yield from (f"{word} {name}" for word in ("дар", "аз", "ба", "то", "шаҳри", "дар шаҳри"))
    yield (name[:-1] + "ии ман") if name[-1] in "иӣ" else (name + "и ман")


def _russian(name: str) -> Iterator[str]:
    lowered = name.lower()
    yield from (f"в городе {name}", f"в {name}", f"из {name}")
    if lowered.endswith(("ай", "ей")):
        stem, ends = name[:-1], ("я", "ю", "ем", "е")
    elif lowered.endswith("а"):
        stem, ends = name[:-1], ("и" if lowered[-2] in "гкхжшчщ" else "ы", "е", "у", "ой")
    elif lowered[-1] in "бвгджзклмнпрстфхцчшщ":
        stem, ends = name, ("а", "у", "ом", "е")
    else:
        return
    yield from (stem + end for end in ends)
    words = ("из", "к", "с", "в")
    first, second, third, fourth = ends
    of_word = dict(zip(words, (first, second, third, fourth), strict=True))
    if lowered.endswith("а"):
        of_word = {"из": first, "к": second, "в": second, "с": fourth}
    yield from (f"{word} {stem}{end}" for word, end in of_word.items())


FORMS: dict[Locale, Callable[[str], Iterator[str]]] = {
    Locale.KK: _kazakh,
    Locale.RU: _russian,
    Locale.UZ: _uzbek,
    Locale.UZ_CYRL: _uzbek_cyrillic,
    Locale.TG: _tajik,
    Locale.KY: _kyrgyz,
}


@pytest.mark.parametrize("locale", list(Locale))
def test_every_city_is_found_in_every_case_form(locale: Locale) -> None:
    seen, missed = 0, []
    for key, city in ATLAS.cities.items():
        for form in FORMS[locale](city.names[locale]):
            seen += 1
            if form not in UNSURE and GAZETTEER.find(form).city != key:
                missed.append(form)
    assert missed == []
    assert seen > 300
