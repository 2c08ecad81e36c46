"""Button data: short enough, reversible, and harmless when forged or old."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Citizenship
from bot.dialogue.events import (
    AnswerChosen,
    BotPreferred,
    CaseCancelled,
    CaseRated,
    CentresPaged,
    CitizenshipChosen,
    CitizenshipWanted,
    CityChosen,
    Command,
    CommandGiven,
    ContactOffered,
    Event,
    Fault,
    FaultNamed,
    Helped,
    HideWanted,
    Lead,
    LocaleChosen,
    LocaleDeclined,
    MoreWanted,
    NeedChosen,
    NeedsWanted,
    NoneOfThese,
    PersonWanted,
    QuietWanted,
    Rated,
    ReferralJudged,
    StaleButton,
    Started,
    TopicChosen,
    WordWanted,
    WrongNumberNamed,
    WrongNumbersListed,
)
from bot.language.tags import Locale
from bot.telegram.callbacks import MAX_BYTES, MAX_MARKS, NotAButtonError, decode, encode

names = st.from_regex(r"[a-z][a-z0-9_-]{0,29}", fullmatch=True)
short_names = st.from_regex(r"[a-z][a-z0-9_-]{0,19}", fullmatch=True)
marks = st.from_regex(r"[0-9a-f]{5}", fullmatch=True)
message_ids = st.integers(1, 2**31)
case_numbers = st.integers(1, 10**9)
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
    st.builds(CentresPaged, st.none() | short_names, st.integers(0, 10_000), short_names),
    st.just(NeedsWanted()),
    st.just(NoneOfThese()),
    st.builds(NeedChosen, maybe_names),
    st.builds(WrongNumbersListed, st.lists(marks, min_size=1, max_size=MAX_MARKS).map(tuple)),
    st.builds(WrongNumberNamed, marks),
    st.builds(QuietWanted, st.lists(message_ids, max_size=2).map(tuple)),
    st.builds(HideWanted, st.lists(message_ids, max_size=3).map(tuple)),
    st.builds(PersonWanted, st.sampled_from(Lead), st.none() | names),
    st.builds(CaseCancelled, case_numbers),
    st.builds(BotPreferred, case_numbers),
    st.builds(ContactOffered, case_numbers),
    st.builds(CaseRated, case_numbers, st.sampled_from((1, 2, 3))),
    st.builds(WordWanted, case_numbers),
    st.builds(ReferralJudged, case_numbers, st.sampled_from(Helped), st.none() | marks),
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
        "pn::almaty:0",
        "n:../x",
        "nw:x",
        "w:",
        "w:abc",
        "w:" + "0" * 65,
        "wn:zzzzz",
        "wn:abcdef",
        "h:0",
        "h:-4",
        "h:x",
        "h:1:2:3:4",
        "q:٣",
        "pw:bribed:",
        "pw:danger:../x",
        "kc:",
        "kc:-1",
        "kr:1:4",
        "kr:1",
        "kf:1:maybe:",
        "kf:1:yes:zzzzz",
        "d:claim:1",
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
    assert decode("pn:legal_aid:almaty:4") == CentresPaged("almaty", 4, "legal_aid")
    assert decode("nw") == NeedsWanted()
    assert decode("n:legal_aid") == NeedChosen("legal_aid")
    assert decode("n:") == NeedChosen(None)
    assert decode("pw:danger:violence") == PersonWanted(Lead.DANGER, "violence")
    assert decode("pw:lost:") == PersonWanted(Lead.LOST)
    assert decode("kc:7") == CaseCancelled(7)
    assert decode("kr:7:3") == CaseRated(7, 3)
    assert decode("kf:7:dead:0a1b2") == ReferralJudged(7, Helped.NO_ANSWER, "0a1b2")
    assert decode("w:0a1b2c3d4e") == WrongNumbersListed(("0a1b2", "c3d4e"))
    assert decode("wn:0a1b2") == WrongNumberNamed("0a1b2")
    assert decode("q:17") == QuietWanted((17,))
    assert decode("h:17:18") == HideWanted((17, 18))
    assert decode("h") == HideWanted(())
    assert decode("f:untrue:permit_need") == FaultNamed("permit_need", Fault.NOT_TRUE)


def test_an_event_that_no_button_can_mean_is_refused() -> None:
    with pytest.raises(NotAButtonError):
        encode(Started())
    with pytest.raises(NotAButtonError):
        encode(AnswerChosen("x" * 80))
