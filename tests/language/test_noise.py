from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.fold import fold
from bot.language.noise import ad_hoc_latin, keyboard_poor
from bot.language.scripts import Script, main_script
from bot.language.tags import Locale

CORRECT = {
    Locale.KK: "Әкем ғимаратта жұмыс істейді, үйіміз қалың орманда",
    Locale.KY: "Үйдөгүлөр жаңы иш жөнүндө сүйлөштү",
    Locale.TG: "Ғарибон рӯзи ҷумъа ҳамин ҷо, қарибӣ",
    Locale.UZ_CYRL: "Ўғлим қишда ҳам ишлайди, маъно бор",
    Locale.UZ: "Oʻgʻlim qishda ham ishlaydi, maʼno bor",
    Locale.RU: "Ещё чужие щенки съели объедки",
}


@pytest.mark.parametrize("locale", list(Locale))
def test_a_poor_keyboard_changes_the_letters_but_not_the_folded_form(locale: Locale) -> None:
    typed = keyboard_poor(CORRECT[locale], locale)
    assert typed != CORRECT[locale].lower()
    assert fold(typed) == fold(CORRECT[locale])


@pytest.mark.parametrize("locale", list(Locale))
@given(seed=st.integers(0, 10_000))
def test_ad_hoc_latin_has_no_cyrillic_left(locale: Locale, seed: int) -> None:
    typed = ad_hoc_latin(CORRECT[locale], locale, Random(seed))
    assert main_script(typed) is Script.LATIN
    assert not any("\u0400" <= letter <= "\u04ff" for letter in typed)


@pytest.mark.parametrize("locale", [one for one in Locale if one is not Locale.UZ])
def test_nobody_looks_for_the_yo_on_a_phone(locale: Locale) -> None:
    assert "ё" not in keyboard_poor("ёш дорёга яёв", locale)


def test_one_writer_keeps_to_one_habit() -> None:
    typed = ad_hoc_latin("шаш шаш шаш", Locale.KK, Random(3)).split()
    assert len(set(typed)) == 1


def test_the_same_generator_gives_the_same_typing() -> None:
    first, second = (ad_hoc_latin(CORRECT[Locale.TG], Locale.TG, Random(5)) for _ in range(2))
    assert first == second
