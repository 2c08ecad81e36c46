from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.scripts import (
    Script,
    is_wordless,
    locale_by_letters,
    main_script,
    script_of,
    script_shares,
)
from bot.language.tags import Locale


@given(st.text(max_size=100))
def test_shares_add_up_to_one_or_there_is_no_letter(text: str) -> None:
    shares = script_shares(text)
    assert sum(shares.values()) == pytest.approx(0 if is_wordless(text) else 1)
    assert list(shares.values()) == sorted(shares.values(), reverse=True)


@pytest.mark.parametrize(
    ("letter", "script"),
    [
        ("ә", Script.CYRILLIC),
        ("ӯ", Script.CYRILLIC),
        ("ş", Script.LATIN),
        ("ʻ", Script.OTHER),
        ("س", Script.ARABIC),
        ("中", Script.CJK),
        ("한", Script.CJK),
        ("Ա", Script.ARMENIAN),
        ("ქ", Script.OTHER),
    ],
)
def test_script_of_a_letter(letter: str, script: Script) -> None:
    assert script_of(letter) is script


def test_the_main_script_of_mixed_text_is_that_of_most_letters() -> None:
    assert main_script("WhatsApp нөмірім бар, хабарласыңыз") is Script.CYRILLIC
    assert main_script("менга yozib yuboring iltimos") is Script.LATIN


@pytest.mark.parametrize("text", ["", "🙏🙏", "12 500", "?!…", " \n", "❤️ 👍🏽", "\x00"])
def test_wordless(text: str) -> None:
    assert is_wordless(text)
    assert main_script(text) is None


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Сізге не керек?", Locale.KK),
        ("әке", Locale.KK),
        ("Ҷавоб диҳед", Locale.TG),
        ("рӯз ба хайр", Locale.TG),
        ("Ўртоқ, қаердасиз", Locale.UZ_CYRL),
        ("bo‘ladimi", Locale.UZ),
        ("tug'ilgan kun", Locale.UZ),
        ("Мен үйдө жалгыз калдым", Locale.KY),
    ],
)
def test_letters_that_give_a_language_away(text: str, locale: Locale) -> None:
    assert locale_by_letters(text) is locale


@pytest.mark.parametrize(
    "text",
    [
        "привет",
        "қалай",  # Kazakh, Uzbek and Tajik have қ
        "көп",  # Kazakh and Kyrgyz have ө; one word is too little
        "Добры дзень, шаноўны, калі ласка, і дзякуй",  # Belarusian has both ў and і
        "Україна їжа і мир",
        "It's 5 o'clock, the dog's here, Mr O'Brien",
        "",
    ],
)
def test_letters_that_leave_a_doubt(text: str) -> None:
    assert locale_by_letters(text) is None
