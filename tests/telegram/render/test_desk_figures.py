"""The figures of a group fit a phone, and tell nothing of single cases."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogs import Catalogs
from bot.handoff.figures import Row, Spread, Standing, Summary, Tally, What, step, summarise
from bot.language.tags import Locale
from bot.settings import ROOT
from bot.telegram.render.desk_figures import stats

CATALOGS = Catalogs(ROOT / "locales")
RU = CATALOGS[Locale.RU]
ZONE = "Asia/Almaty"
HOURS = [f"{hour:02}" for hour in range(24)]
NARROW = 32
"""Signs of a line of fixed width on a small phone."""

places = st.sampled_from([*(locale.value for locale in Locale), *HOURS])
counted = st.dictionaries(
    st.builds(Tally, st.sampled_from(What), places, st.integers(1, 180)),
    st.integers(1, 3000),
    max_size=60,
)
standings = st.dictionaries(
    st.sampled_from(Locale), st.builds(Standing, st.integers(0, 50), st.integers(0, 50))
)


def chart(html: str) -> list[str]:
    """The lines of fixed width."""
    found = re.search("<pre>(.*)</pre>", html, re.DOTALL)
    return unescape(found[1]).splitlines() if found else []


def of_hours(**opened: int) -> Summary:
    return summarise({Tally(What.OPENED, name[1:]): number for name, number in opened.items()})


@given(standings, counted, st.sampled_from(Locale))
def test_whatever_was_counted_it_is_one_message_that_fits_a_phone(
    standing: dict[Locale, Standing], tallies: dict[Tally, int], locale: Locale
) -> None:
    html = stats(CATALOGS[locale], standing, summarise(tallies), ZONE).html
    assert len(unescape(re.sub("<[^>]+>", "", html))) < 4096
    assert set(re.findall("</?[^>]+>", html)) <= {"<b>", "</b>", "<pre>", "</pre>"}
    assert max(map(len, chart(html)), default=0) <= NARROW
    assert "{" not in html


def test_without_any_case_there_is_no_breakdown() -> None:
    html = stats(RU, {}, summarise({}), ZONE).html
    assert RU.gettext("Cases opened: {number}").format(number=0) in html
    assert RU.gettext("By language") not in html
    assert chart(html) == []


def test_hours_run_from_the_first_busy_one_to_the_last() -> None:
    lines = chart(stats(RU, {}, of_hours(h09=40, h10=20, h12=10), ZONE).html)
    assert lines == ["09 ████████ 40", "10 ████ 20", "11", "12 ██ 10"]


def test_fewer_than_five_are_not_told_and_no_sum_betrays_them() -> None:
    lines = chart(stats(RU, {}, of_hours(h09=40, h10=3, h11=7, h12=9), ZONE).html)
    assert lines == ["09 ████████ 40", "10 ▌ <5", "11 ▌ 5+", "12 ██ 9"]


def test_languages_are_told_with_their_times() -> None:
    busy = Row(40, Spread(40, 622.0, 7000.0), Spread(30, 90_000.0, 200_000.0))
    rows = {Locale.TG: busy, Locale.KK: Row(12), Locale.RU: Row(2), Locale.KY: Row(1)}
    summary = Summary(Row(55), rows, (Row(),) * 24)
    html = stats(RU, {Locale.TG: Standing(6, 0), Locale.KK: Standing(2, 1)}, summary, ZONE).html
    lines = html.splitlines()
    tajik = lines.index("Тоҷикӣ (tg)")
    assert lines[tajik + 1].strip() == "📥 40 · ⏳ 5+"
    assert lines[tajik + 2].strip() == "💬 10 минут / 2 часа · 🏁 25 часов / 2 дня"
    assert lines[lines.index("Қазақша (kk)") + 1].strip() == "📥 12 · ⏳ &lt;5 · ✋ &lt;5"
    assert lines[lines.index("Русский (ru)") + 1].strip() == "📥 &lt;5"


def test_one_language_alone_is_not_told_twice() -> None:
    summary = summarise({Tally(What.OPENED, "tg"): 9})
    html = stats(RU, {Locale.TG: Standing(2, 1)}, summary, ZONE).html
    assert RU.gettext("By language") not in html


@pytest.mark.parametrize(
    ("took", "told"),
    [(30, "1 минута"), (600, "10 минут"), (3600, "60 минут"), (7200, "2 часа"), (260_000, "3 дня")],
)
def test_times_are_told_to_the_nearest(took: float, told: str) -> None:
    """The scale's 5 % and the rounding up of promises must not make 15 minutes of ten."""
    tallies = {Tally(What.OPENED, "tg"): 5, Tally(What.REPLIED, "tg", step(took)): 5}
    html = stats(RU, {}, summarise(tallies), ZONE).html
    assert f"{told} / {told}" in html
