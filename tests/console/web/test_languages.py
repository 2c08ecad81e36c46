"""The console's languages: chosen, else what the browser asks for, else Russian."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.web.languages import Language, chosen, load_wordings
from bot.settings import ROOT


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        (None, "", Language.RU),
        (None, "kk-KZ,ru;q=0.8", Language.KK),
        (None, "uz,tg;q=0.9,en;q=0.1", Language.EN),
        ("kk", "en", Language.KK),
        ("tlh", "en", Language.EN),
    ],
)
def test_which_language(cookie: str | None, accepted: str, language: Language) -> None:
    assert chosen(cookie, accepted) is language


@given(st.none() | st.text(), st.text())
def test_whatever_a_browser_says_there_is_a_language(cookie: str | None, accepted: str) -> None:
    assert chosen(cookie, accepted) in set(Language)


@given(
    st.sampled_from(Language),
    st.floats(0, 4e9),
    st.floats(0, 4e7),
    st.floats(-1e9, 1e9),
    st.floats(0, 1),
)
def test_numbers_have_words_in_each(
    language: Language, moment: float, seconds: float, number: float, fraction: float
) -> None:
    w = load_wordings(ROOT / "locales")[language]
    assert w.time(moment)
    assert w.period(seconds)
    assert w.number(number)
    assert w.percent(fraction).endswith("%")
