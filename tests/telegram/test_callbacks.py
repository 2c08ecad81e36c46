"""Button data: short enough, reversible, and harmless when forged or old."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Citizenship
from bot.dialogue.events import (
    AnswerChosen,
    CentresPaged,
    CitizenshipChosen,
    CitizenshipWanted,
    CityChosen,
    Command,
    CommandGiven,
    Event,
    Fault,
    FaultNamed,
    LocaleChosen,
    LocaleDeclined,
    MoreWanted,
    Rated,
    StaleButton,
    Started,
    TopicChosen,
)
from bot.language.tags import Locale
from bot.telegram.callbacks import MAX_BYTES, NotAButtonError, decode, encode

names = st.from_regex(r"[a-z][a-z0-9_-]{0,29}", fullmatch=True)
maybe_names = st.none() | names
events = st.one_of(
    st.builds(CommandGiven, st.sampled_from(Command)),
    st.builds(TopicChosen, names),
    st.builds(AnswerChosen, names),
    st.builds(MoreWanted, names),
    st.builds(LocaleChosen, st.sampled_from(Locale)),
    st.builds(LocaleDeclined, st.sampled_from(Locale)),
    st.builds(CityChosen, names),
    st.builds(Rated, names, st.booleans()),
    st.builds(FaultNamed, names, st.sampled_from(Fault)),
    st.builds(CitizenshipWanted, maybe_names),
    st.builds(CitizenshipChosen, st.sampled_from(Citizenship), maybe_names),
    st.builds(CentresPaged, maybe_names, st.integers(0, 10_000)),
)


@given(events)
def test_what_a_button_says_is_what_was_meant(event: Event) -> None:
    data = encode(event)
    assert len(data.encode()) <= MAX_BYTES
    assert decode(data) == event


@given(st.text())
def test_no_data_raises_and_unknown_data_is_a_stale_button(data: str) -> None:
    decoded = decode(data)
    assert decoded == StaleButton() or encode(decoded)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "a",
        "a:",
        "a:../../etc",
        "a:ПРАВО",
        "a:x:y",
        "l:xx",
        "l:",
        "r:2:permit_need",
        "f:insult:permit_need",
        "c:XX:permit_need",
        "p:almaty:-4",
        "p:almaty:99999999",
        "p:almaty:",
        "do:shutdown",
        "zz:permit_need",
        "a:" + "x" * 100,
    ],
)
def test_forged_data_is_a_stale_button(forged: str) -> None:
    assert decode(forged) == StaleButton()


def test_buttons_of_the_first_release_keep_their_meaning() -> None:
    """Old messages keep their buttons: never change what is listed here, only add to it."""
    assert decode("a:permit_need") == AnswerChosen("permit_need")
    assert decode("t:work_permit") == TopicChosen("work_permit")
    assert decode("m:permit_need") == MoreWanted("permit_need")
    assert decode("l:uz_Cyrl") == LocaleChosen(Locale.UZ_CYRL)
    assert decode("ld:ru") == LocaleDeclined(Locale.RU)
    assert decode("do:human") == CommandGiven(Command.HUMAN)
    assert decode("c:UZ:permit_need") == CitizenshipChosen(Citizenship.UZBEKISTAN, "permit_need")
    assert decode("cw:") == CitizenshipWanted(None)
    assert decode("city:almaty") == CityChosen("almaty")
    assert decode("p::4") == CentresPaged(None, 4)
    assert decode("r:0:permit_need") == Rated("permit_need", helpful=False)
    assert decode("f:untrue:permit_need") == FaultNamed("permit_need", Fault.NOT_TRUE)


def test_an_event_that_no_button_can_mean_is_refused() -> None:
    with pytest.raises(NotAButtonError):
        encode(Started())
    with pytest.raises(NotAButtonError):
        encode(AnswerChosen("x" * 80))
