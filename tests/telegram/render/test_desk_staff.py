"""The card, the title, the icon and the notices of the staff: complete, short, without names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Citizenship, DangerKind
from bot.catalogs import Catalogs
from bot.handoff import notices
from bot.handoff.case import Case, Counsellor, Ending, Opening, Said, State
from bot.handoff.groups import Group
from bot.handoff.moves import Refusal, Why
from bot.language.tags import Locale
from bot.sandbox.chats.topic_icons import ICONS
from bot.settings import ROOT
from bot.telegram.render import desk_card, desk_lists, desk_staff
from bot.telegram.render.context import Context
from bot.telegram.render.desk_buttons import Action, Press, button, decode
from bot.telegram.render.desk_facts import Facts
from bot.telegram.render.screen import Screen
from tests import factories

CATALOGS = Catalogs(ROOT / "locales")
WHO = Counsellor(201, "Aziza <b>")
GROUP = Group(-5, "Staff", Locale.RU, coordinators=(301,))
ICON_EMOJI = {emoji.replace("\ufe0f", "") for emoji in ICONS.values()}


def context(locale: Locale = Locale.RU) -> Context:
    return Context(
        words=CATALOGS[locale],
        catalogs=CATALOGS,
        library=factories.library(),
        cities={"almaty": "Алматы"},
        today=date(2026, 11, 23),
    )


def case(**fields: Any) -> Case:
    known: dict[str, Any] = {
        "number": 17,
        "chat_id": 7_654_321,
        "group": -5,
        "state": State.WAITING,
        "opening": Opening.ASKED,
        "opened": 1_790_000_000.0,
        "locale": Locale.UZ,
        "citizenship": Citizenship.UZBEKISTAN,
        "city": "almaty",
        "subject": "permit_need",
        "before": (Said("Menga <ruxsat> kerakmi?", "answered", "permit_need"),),
    }
    return Case(**{**known, **fields})


SAID = (
    notices.Opened(),
    notices.Cancelled(),
    notices.Closed(Ending.ANSWERED, WHO),
    notices.Closed(Ending.IDLE),
    notices.Claimed(WHO),
    notices.Released(WHO),
    notices.Released(WHO, absent=True),
    notices.HandedOver(WHO, WHO),
    notices.MovedAway(WHO, -6, 0),
    notices.MovedHere(WHO),
    notices.CallToMind(),
    notices.CallToMind(alarm=True),
    notices.Nudge(WHO),
    notices.DangerHeard((DangerKind.VIOLENCE,)),
    notices.OpenedAgain(),
    notices.Rated(3),
    notices.Unreachable(),
    notices.Reachable(),
    notices.Erased(),
)
NOT_FOR_STAFF = (notices.AlreadyOpen(), notices.WillClose(60), notices.ReferralDue())


def drawn(notice: notices.Notice, **fields: Any) -> Screen | None:
    facts = Facts(GROUP, on_duty=(Counsellor(202, "Boris"),))
    return desk_staff.notice(context(), notice, case(**fields), facts)


@pytest.mark.parametrize("notice", SAID, ids=lambda one: type(one).__name__)
def test_every_notice_for_the_staff_has_words(notice: notices.Notice) -> None:
    screen = drawn(notice, dangers=(DangerKind.VIOLENCE,))
    assert screen is not None
    assert screen.html
    assert "Aziza <b>" not in screen.html
    assert "7654321" not in screen.html


@pytest.mark.parametrize("notice", NOT_FOR_STAFF, ids=lambda one: type(one).__name__)
def test_the_others_are_not_for_them(notice: notices.Notice) -> None:
    assert drawn(notice) is None


def test_an_ordinary_new_case_says_nothing_beside_its_card() -> None:
    assert drawn(notices.Opened()) is None


@pytest.mark.parametrize(
    "notice", [notices.Opened(), notices.DangerHeard((DangerKind.VIOLENCE,)), notices.CallToMind()]
)
def test_what_is_urgent_mentions_those_on_duty(notice: notices.Notice) -> None:
    screen = drawn(notice, dangers=(DangerKind.VIOLENCE,))
    assert screen is not None
    assert '<a href="tg://user?id=202">Boris</a>' in screen.html


def test_danger_in_somebodys_case_calls_the_others_too() -> None:
    """Who has it may have gone home."""
    heard = notices.DangerHeard((DangerKind.VIOLENCE,))
    screen = drawn(heard, dangers=(DangerKind.VIOLENCE,), claimed_by=WHO)
    assert screen is not None
    assert [part.split('"')[0] for part in screen.html.split("tg://user?id=")[1:]] == ["201", "202"]


def test_an_alarm_calls_the_coordinators() -> None:
    calm, alarm = drawn(notices.CallToMind()), drawn(notices.CallToMind(alarm=True))
    assert calm is not None
    assert alarm is not None
    assert "tg://user?id=301" not in calm.html
    assert "tg://user?id=301" in alarm.html


def test_the_card_has_all_that_is_known() -> None:
    card = desk_card.card(context(), case(dangers=(DangerKind.VIOLENCE,)), Facts(GROUP))
    for known in ("17", "uz-Latn", "🇺🇿", "Алматы", "permit_need", "violence"):
        assert known in card.html
    assert "Menga &lt;ruxsat&gt; kerakmi?" in card.html
    assert "7654321" not in card.html


@pytest.mark.parametrize(
    ("fields", "actions"),
    [
        ({}, "claim answer note move close block"),
        (
            {"state": State.CLAIMED, "claimed_by": WHO},
            "take release answer note move close block",
        ),
        ({"state": State.CLOSED, "ending": Ending.ANSWERED}, "reopen block teach"),
        ({"state": State.CLOSED, "ending": Ending.BLOCKED}, "reopen unblock teach"),
    ],
    ids=["waiting", "claimed", "closed", "blocked"],
)
def test_the_buttons_fit_the_state(fields: dict[str, Any], actions: str) -> None:
    rows = desk_card.buttons(context(), case(**fields))
    found = [decode(one.data or "") for row in rows for one in row]
    assert [one.action.value for one in found if one] == actions.split()


@given(
    subject=st.text(max_size=300),
    locale=st.sampled_from(list(Locale)),
    citizenship=st.sampled_from([None, *Citizenship]),
    number=st.integers(1, 10**9),
)
def test_a_title_fits_telegrams_limit(
    subject: str, locale: Locale, citizenship: Citizenship | None, number: int
) -> None:
    one = case(number=number, subject=subject, locale=locale, citizenship=citizenship)
    title = desk_card.title(context(), one)
    assert 1 <= len(title) <= 128
    assert title.startswith(str(number))


@given(texts=st.lists(st.text(max_size=2000), max_size=5))
def test_a_card_fits_one_message(texts: list[str]) -> None:
    before = tuple(Said(text, "answered", "permit_need") for text in texts)
    card = desk_card.card(context(), case(before=before), Facts(GROUP))
    assert len(desk_card.shortened("x" * 5000)) == desk_card.MAX_SAID
    assert len(card.html) - card.html.count("&") * 6 <= 4096


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("dangers", [(), (DangerKind.VIOLENCE,)])
@pytest.mark.parametrize("ending", [None, *Ending])
def test_icons_are_telegrams(
    state: State, dangers: tuple[DangerKind, ...], ending: Ending | None
) -> None:
    shown = desk_card.icon(case(state=state, dangers=dangers, ending=ending))
    assert shown.replace("\ufe0f", "") in ICON_EMOJI


@pytest.mark.parametrize("why", list(Why))
def test_every_refusal_has_words(why: Why) -> None:
    assert desk_staff.refused(context(), case(), Refusal(why, WHO)).html


@pytest.mark.parametrize("cause", [*notices.Cause, "expired", "broken", "refused"])
def test_every_cause_has_words(cause: str) -> None:
    assert desk_staff.not_carried(CATALOGS[Locale.RU], cause)


@given(st.text(max_size=80))
def test_any_data_is_a_button_or_nothing(data: str) -> None:
    for one in (data, "d:" + data):
        found = decode(one)
        assert found is None or isinstance(found, Press)


@given(
    st.sampled_from(list(Action)),
    st.integers(0, 10**12),
    st.from_regex("[a-z0-9]{1,20}", fullmatch=True),
)
def test_buttons_come_back_as_they_were(action: Action, number: int, argument: str) -> None:
    made = button("x", action, number, argument)
    assert decode(made.data or "") == Press(action, number, (argument,))


def test_a_button_that_does_not_fit_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="answer"):
        button("x", Action.ANSWER, 1, "y" * 60)


@pytest.mark.parametrize("state", [State.WAITING, State.CLAIMED])
@pytest.mark.parametrize("dangers", [(), (DangerKind.VIOLENCE,)])
def test_the_queue_has_the_signs_of_the_topics(
    state: State, dangers: tuple[DangerKind, ...]
) -> None:
    one = case(state=state, dangers=dangers)
    row = desk_lists.queue(context(), [one], {}, 1_790_000_100.0).html.splitlines()[1]
    assert row.split()[0] == desk_card.icon(one)
    if dangers:
        sign = desk_card.icon(one)
        assert f"{sign} <b>" in desk_card.card(context(), one, Facts(GROUP)).html


@pytest.mark.parametrize(("stars", "face"), [(1, "😞"), (2, "😐"), (3, "🙂")])
def test_a_rating_is_the_face_that_was_pressed(stars: int, face: str) -> None:
    told = drawn(notices.Rated(stars))
    assert told is not None
    assert told.html.endswith(face)
    closed = case(state=State.CLOSED, ending=Ending.ANSWERED, rating=stars)
    assert desk_card.card(context(), closed, Facts(GROUP)).html.endswith(face)


def test_the_card_says_that_the_bot_asked_for_the_citizenship() -> None:
    asked = (Said("Do I need a permit?", "asked", "permit_need"),)
    html = desk_card.card(context(), case(before=asked), Facts(GROUP)).html
    asking = CATALOGS[Locale.RU].gettext("asked for the citizenship first: {subject}")
    assert f"🤖 <i>{asking.format(subject='permit_need')}</i>" in html


def test_an_unknown_citizenship_has_a_sign_like_all_lines() -> None:
    html = desk_card.card(context(), case(citizenship=None), Facts(GROUP)).html
    assert "\n🛂 " in html
