from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.fold import fold
from bot.language.scripts import Script, script_shares
from bot.language.tags import Locale
from bot.language.translit import to_cyrillic

LOCALES = st.sampled_from(list(Locale))


@given(st.text(max_size=60), LOCALES)
def test_any_text_can_be_turned(text: str, locale: Locale) -> None:
    to_cyrillic(text, locale)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30), LOCALES)
def test_plain_latin_becomes_cyrillic_entirely(text: str, locale: Locale) -> None:
    assert script_shares(to_cyrillic(text, locale)) == {Script.CYRILLIC: 1.0}


@pytest.mark.parametrize("locale", list(Locale))
def test_cyrillic_digits_and_signs_stay(locale: Locale) -> None:
    assert to_cyrillic("Сіз, 25 000 ₸? 🙏", locale) == "Сіз, 25 000 ₸? 🙏"


@pytest.mark.parametrize(
    ("locale", "latin", "cyrillic"),
    [
        (Locale.KK, "bizdi uide ustap otyr", "бізді үйде ұстап отыр"),
        (Locale.KK, "kelisimshart kerek pe", "келісімшарт керек пе"),
        (Locale.KK, "qarjy joq", "қаржы жоқ"),
        (Locale.KY, "biz kokshotaudon keldik", "биз көкшөтаудон келдик"),
        (Locale.KY, "jardam kerek, jurom", "жардам керек, жүрөм"),
        (Locale.UZ, "Ertaga yo'lga chiqamiz, g'alati e'lon", "эртага йўлга чиқамиз, ғалати эълон"),
        (Locale.UZ_CYRL, "shartnoma yozdik", "шартнома ёздик"),
        (Locale.TG, "hamroham huquq dorad", "ҳамроҳам ҳуқуқ дорад"),
        (Locale.TG, "javobi nav, chizi shirin", "ҷавоби нав, чизи ширин"),
        (Locale.RU, "kogda vyplatyat den'gi", "когда выплатят деньги"),
        (Locale.RU, "ya4eyka, schet, shchi", "ячейка, щет, щи"),
        (Locale.RU, "novyy rabochiy", "новый рабочий"),
    ],
)
def test_ad_hoc_latin_of_each_language(locale: Locale, latin: str, cyrillic: str) -> None:
    assert fold(to_cyrillic(latin, locale)) == fold(cyrillic)


def test_kazakh_vowels_follow_the_harmony_of_the_word() -> None:
    assert to_cyrillic("ake kelgen joq, kunde", Locale.KK) == "әке келген жоқ, күнде"
