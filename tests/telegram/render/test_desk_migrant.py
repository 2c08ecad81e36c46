"""What migrants are told about a case, in every language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import DangerKind
from bot.catalogs import Catalogs
from bot.dialogue.events import Helped, StaleButton
from bot.dialogue.places import hotlines
from bot.handoff import notices
from bot.handoff.case import BY_STAFF, Case, Counsellor, Ending, Opening, State
from bot.handoff.groups import Group
from bot.handoff.notices import Cause
from bot.handoff.rules import DAY, HOUR, MINUTE
from bot.language.tags import Locale
from bot.sandbox.text.html_parser import parse_html
from bot.settings import ROOT
from bot.store.cases import OnDuty
from bot.telegram.callbacks import decode
from bot.telegram.render import Context, Screen, desk_migrant, desk_referral
from bot.telegram.render.desk_facts import Facts
from bot.telegram.render.desk_periods import days, period
from tests import factories

CATALOGS = Catalogs(ROOT / "locales")
LIBRARY = factories.library()
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp()
GROUP = Group(-1001, "Staff", Locale.RU)
WHO = Counsellor(201, "A counsellor's name")
OPEN = Facts(GROUP)
CLOSED = Facts(GROUP, is_open=False, opens_at=NOW + 16 * HOUR)


def context(locale: Locale = Locale.RU) -> Context:
    return Context(CATALOGS[locale], CATALOGS, LIBRARY, {}, datetime.fromtimestamp(NOW, UTC).date())


def case(**changes: object) -> Case:
    plain = {"state": State.WAITING, "opening": Opening.ASKED, "opened": NOW, "locale": Locale.RU}
    return Case(number=7, chat_id=101, group=GROUP.id, **{**plain, **changes})  # type: ignore[arg-type]


def shown(said: notices.Notice, locale: Locale = Locale.RU, facts: Facts = OPEN) -> Screen:
    found = desk_migrant.notice(context(locale), said, case(), facts)
    assert found is not None
    return found


FOR_MIGRANTS = [
    notices.Opened(),
    notices.Opened(again=True),
    notices.AlreadyOpen(),
    notices.Cancelled(),
    *(notices.Closed(ending, WHO) for ending in BY_STAFF),
    notices.Closed(Ending.IDLE),
    notices.Closed(Ending.BLOCKED, WHO),
    notices.WillClose(DAY),
    notices.Rated(3),
]
FOR_STAFF = [
    notices.Claimed(WHO),
    notices.Released(WHO),
    notices.HandedOver(WHO, WHO),
    notices.MovedAway(WHO, -1, 0),
    notices.MovedHere(WHO),
    notices.CallToMind(),
    notices.Nudge(WHO),
    notices.DangerHeard((DangerKind.VIOLENCE,)),
    notices.OpenedAgain(),
    notices.Unreachable(),
    notices.Reachable(),
    notices.Erased(),
]


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("facts", [OPEN, CLOSED], ids=["open", "closed"])
@pytest.mark.parametrize("said", FOR_MIGRANTS, ids=repr)
def test_every_notice_is_html_with_buttons_that_work(
    said: notices.Notice, facts: Facts, locale: Locale
) -> None:
    screen = shown(said, locale, facts)
    text = parse_html(screen.html)[0]
    assert "{" not in text
    assert WHO.name not in text
    data = [button.data for row in screen.rows for button in row if button.data]
    assert StaleButton() not in map(decode, data)


@pytest.mark.parametrize("said", FOR_STAFF, ids=repr)
def test_what_is_the_staffs_is_not_said_to_migrants(said: notices.Notice) -> None:
    assert desk_migrant.notice(context(), said, case(), OPEN) is None


def test_off_hours_the_day_and_the_time_are_those_of_the_staff() -> None:
    """12:00 UTC on Monday is 17:00 in Almaty; sixteen hours later it is Tuesday, 09:00."""
    text = shown(notices.Opened(), facts=CLOSED).html
    assert "09:00" in text
    assert CATALOGS[Locale.RU].date(datetime(2026, 11, 24, tzinfo=UTC).date()) in text


def test_today_is_said_without_a_date() -> None:
    facts = Facts(GROUP, is_open=False, opens_at=NOW + HOUR)
    text = shown(notices.Opened(), facts=facts).html
    assert "18:00" in text
    assert "2026" not in text


def test_a_wait_is_not_told_where_somebody_answered_already() -> None:
    facts = Facts(GROUP, usual_wait=5 * MINUTE)
    answered = case(answered=NOW)
    found = desk_migrant.notice(context(), notices.AlreadyOpen(), answered, facts)
    assert found is not None
    usual = CATALOGS[Locale.RU].gettext("Usual wait: {period}.").partition("{")[0]
    assert usual not in found.html
    assert usual in shown(notices.Opened(), facts=facts).html


def test_nobody_is_named_who_is_on_duty() -> None:
    facts = Facts(GROUP, on_duty=(OnDuty(WHO, NOW + 1).who,))
    assert WHO.name not in shown(notices.Opened(), facts=facts).html


def test_who_showed_the_contact_is_not_asked_for_it_again() -> None:
    found = desk_migrant.notice(context(), notices.Opened(), case(contact_shared=True), OPEN)
    assert found is not None
    assert [button.data for row in found.rows for button in row] == ["kc:7"]


@pytest.mark.parametrize("locale", Locale)
def test_every_other_screen_is_html(locale: Locale) -> None:
    here = context(locale)
    centre = LIBRARY.centres[0]
    screens = [
        *(desk_migrant.refused(here, NOW), desk_migrant.too_often(here)),
        *(desk_migrant.ask_contact(here), desk_migrant.contact_kept(here)),
        *(desk_migrant.contact_shown(here), desk_migrant.ask_word(here)),
        *(desk_migrant.word_thanks(here), desk_migrant.no_longer(here)),
        *(desk_migrant.rating_again(here), desk_migrant.staff_keep(here)),
        *(desk_referral.ask(here, 7, centre), desk_referral.ask(here, 7, None)),
        *(desk_referral.thanks(here, helped) for helped in Helped),
        *(desk_referral.told(here, helped, centre) for helped in Helped),
        *(desk_referral.told(here, helped, None) for helped in Helped),
    ]
    for screen in screens:
        text = parse_html(screen.html)[0]
        assert text
        assert "{" not in text


@pytest.mark.parametrize("locale", Locale)
def test_every_cause_has_words(locale: Locale) -> None:
    words = CATALOGS[locale]
    texts = {cause: desk_migrant.not_carried(words, cause) for cause in Cause}
    assert len(set(texts.values())) == 5
    assert desk_migrant.not_carried(words, "expired") == texts[Cause.GONE]


@pytest.mark.parametrize(
    ("seconds", "number"),
    [(0, "1"), (61, "2"), (600, "10"), (601, "15"), (90 * MINUTE, "90"), (91 * MINUTE, "2")],
)
def test_periods_are_rounded_up_to_what_people_say(seconds: float, number: str) -> None:
    assert period(CATALOGS[Locale.RU], seconds).startswith(f"{number} ")


@given(st.floats(0, 400 * DAY), st.sampled_from(Locale))
def test_every_period_has_words(seconds: float, locale: Locale) -> None:
    assert "{" not in period(CATALOGS[locale], seconds)
    assert days(CATALOGS[locale], max(seconds, 1.0))[0] != "0"


@pytest.mark.parametrize(
    "said", [notices.Opened(), notices.Opened(again=True), notices.AlreadyOpen()], ids=repr
)
@pytest.mark.parametrize(
    ("dangers", "facts", "told"),
    [
        ((DangerKind.VIOLENCE,), OPEN, True),
        ((DangerKind.VIOLENCE,), CLOSED, True),
        ((), CLOSED, True),
        ((), OPEN, False),
    ],
    ids=["danger", "danger off hours", "off hours", "calm"],
)
def test_in_danger_and_off_hours_it_says_whom_to_call(
    said: notices.Notice, dangers: tuple[DangerKind, ...], facts: Facts, told: bool
) -> None:
    """Rule: a danger card promises numbers behind its button; no case takes them away."""
    found = desk_migrant.notice(context(), said, case(dangers=dangers), facts)
    assert found is not None
    lines = [centre.phones[0] for centre in hotlines(LIBRARY)]
    assert lines
    copied = [button.copy_text for row in found.rows for button in row if button.copy_text]
    assert copied == (lines[:4] if told else [])
    assert all((phone in found.html) == told for phone in lines[:5])
