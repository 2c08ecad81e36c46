"""Every act in every language: drawn, within Telegram's limits, in HTML that Telegram takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from bot.answers.load import load_library
from bot.answers.model import AUDIENCES, Citizenship, DangerKind, Library
from bot.catalogs import Catalogs
from bot.dialogue import acts, places
from bot.dialogue.acts import Act
from bot.dialogue.events import MediaKind, Unread, WrongNumbersListed
from bot.dialogue.marks import mark, marked
from bot.language.tags import Locale
from bot.sandbox.text.html_parser import parse_html
from bot.settings import ROOT
from bot.telegram.callbacks import decode
from bot.telegram.effects import Button
from bot.telegram.render import Context, Screen, draw
from bot.understanding.places import load_atlas
from tests import factories

CATALOGS = Catalogs(ROOT / "locales")
ATLAS = load_atlas(ROOT / "nlu_data" / "places.yml")
REAL = load_library(ROOT / "answers")
DRAFTS = factories.as_drafts(REAL)
"""Whatever people have approved by now."""
SMALL = factories.library()


def context(
    locale: Locale,
    library: Library = SMALL,
    today: date = factories.CHECKED,
    citizenship: Citizenship | None = Citizenship.UZBEKISTAN,
) -> Context:
    names = {key: city.names[locale] for key, city in ATLAS.cities.items()}
    return Context(CATALOGS[locale], CATALOGS, library, names, today, citizenship, message=2**31)


def acts_of(library: Library) -> list[Act]:
    """Every act there is, with everything the library has."""
    intents = tuple(library.answers)
    return [
        acts.AskLocale(),
        acts.Greeting(),
        acts.Menu(),
        *(acts.TopicMenu(topic.name) for topic in library.topics),
        *(
            acts.ShowAnswer(intent, audience, page)
            for intent, found in library.answers.items()
            for page in acts.Page
            for audience in (AUDIENCES if found.depends_on_citizenship else [None])
        ),
        *(acts.ShowAnswer(intent, None, abroad=True) for intent in intents),
        acts.AskCitizenship(),
        acts.AskCitizenship(intents[0]),
        *(acts.CitizenshipSet(citizenship) for citizenship in Citizenship),
        acts.DidYouMean(intents[:3]),
        acts.Lost(again=False),
        acts.Lost(again=True),
        acts.OutOfScope(again=False),
        acts.OutOfScope(again=True),
        acts.OtherLanguage(),
        *(acts.NoReading(cause) for cause in Unread),
        *(acts.ShowDanger(kind) for kind in DangerKind),
        *(acts.OfferLocale(locale) for locale in Locale),
        *(acts.LocaleSet(locale) for locale in Locale),
        *(places.in_city(library, city, None) for city in (None, "almaty", "semey", "gone")),
        places.near(library, 43.2, 76.9, Citizenship.UZBEKISTAN),
        acts.AskPlace(),
        *(
            places.in_city(library, city, who, need=need)
            for need in library.needs
            for city in (None, "almaty", "semey", "gone")
            for who in (None, Citizenship.TAJIKISTAN)
        ),
        *(places.near(library, 43.2, 76.9, None, need=need) for need in library.needs),
        *(places.everywhere(library, need) for need in library.needs),
        acts.AskNeed(),
        acts.AskWrongNumber(library.centres[:12]),
        *(acts.WrongNumberThanks(centre) for centre in library.centres),
        acts.QuietAdvice((2**31, 2**31)),
        acts.Hidden((1, 2)),
        acts.ShowHuman(places.hotlines(library)),
        *(acts.CannotRead(kind) for kind in MediaKind),
        acts.Wordless(),
        acts.AskFault(intents[0]),
        acts.FeedbackThanks(),
        acts.Forgotten(),
        acts.Stale(),
    ]


def is_valid(button: Button) -> bool:
    targets = [t for t in (button.data, button.url, button.copy_text) if t is not None]
    readable = button.data is None or decode(button.data) is not None
    return bool(button.text.strip()) and len(targets) == 1 and readable


@pytest.mark.parametrize("locale", list(Locale))
def test_every_act_is_drawn_within_telegrams_limits(locale: Locale) -> None:
    for library, act in [(lib, act) for lib in (SMALL, REAL) for act in acts_of(lib)]:
        screen = draw(act, context(locale, library))
        text = parse_html(screen.html)[0]
        assert 0 < len(text) <= 4096, act
        assert all(is_valid(button) for row in screen.rows for button in row), act
        assert not (screen.rows and screen.reply_keyboard), act


def test_no_act_was_left_out_above() -> None:
    assert {type(act) for act in acts_of(SMALL)} == set(get_args(Act))


def words(screen: Screen) -> str:
    return str(parse_html(screen.html)[0])


def test_a_draft_says_that_no_lawyer_checked_it() -> None:
    shown = draw(acts.ShowAnswer("permit_cost"), context(Locale.RU))
    assert "Ещё не проверено юристом." in words(shown)


def test_an_overdue_answer_says_that_it_may_have_changed() -> None:
    fresh = draw(acts.ShowAnswer("permit_cost"), context(Locale.RU))
    assert "с тех пор могло измениться" not in words(fresh)
    overdue = context(Locale.RU, today=date(2027, 2, 21))
    assert "с тех пор могло измениться" in words(draw(acts.ShowAnswer("permit_cost"), overdue))


@pytest.mark.parametrize("locale", list(Locale))
def test_danger_cards_advice_and_lines_say_what_makes_them_less_sure(locale: Locale) -> None:
    """Rule: whatever is a draft says so, and whatever is overdue says so."""
    every = [
        *(acts.ShowDanger(kind) for kind in DangerKind),
        acts.ShowHuman(places.hotlines(DRAFTS)),
        acts.QuietAdvice((1,)),
    ]
    note = CATALOGS[locale].gettext("Not yet checked by a lawyer.")
    for act in every[:-1]:
        assert note in words(draw(act, context(locale, DRAFTS)))
    stale = CATALOGS[locale].gettext("Checked on {date}, may have changed since.")
    late = context(locale, DRAFTS, today=date(2099, 1, 1))
    checked = CATALOGS[locale].date(factories.CHECKED)
    for act in every:
        assert stale.format(date=checked) in words(draw(act, late))
        assert stale.format(date=checked) not in words(draw(act, context(locale, DRAFTS)))


def test_a_missing_translation_is_shown_in_the_next_best_language_with_a_note() -> None:
    russian_only = factories.answer("permit_cost", locales=(Locale.RU,))
    library = Library("v", {"permit_cost": russian_only}, {}, (), ())
    shown = words(draw(acts.ShowAnswer("permit_cost"), context(Locale.RU, library)))
    assert "не переведён" not in shown
    for locale in set(Locale) - {Locale.RU}:
        screen = draw(acts.ShowAnswer("permit_cost"), context(locale, library))
        note = CATALOGS[locale].gettext("This answer is not yet translated into your language.")
        assert note in words(screen)
        assert "Body. (ru)" in words(screen)


def test_the_citizens_part_comes_first_then_what_holds_for_all() -> None:
    by_audience = {
        audience: words(draw(acts.ShowAnswer("permit_need", audience), context(Locale.RU)))
        for audience in AUDIENCES
    }
    firsts = ("No permit.", "A permit.", "A visa.")
    for text, first in zip(by_audience.values(), firsts, strict=True):
        assert text.index(first) < text.index("For all.")
        assert sum(other in text for other in firsts) == 1


def test_a_danger_card_offers_phones_in_one_tap_and_a_person() -> None:
    card = draw(acts.ShowDanger(DangerKind.TRAFFICKING), context(Locale.RU))
    labels = [button.text for row in card.rows for button in row]
    assert card.rows[0][0].copy_text == "112"
    assert any("👤" in label for label in labels)


def test_centres_say_which_office_may_check_papers() -> None:
    shown = words(draw(places.in_city(SMALL, "almaty", None), context(Locale.RU)))
    assert shown.index("ngo-almaty") < shown.index("state-almaty")
    assert "могут проверить ваши документы" in shown[shown.index("state-almaty") :]


@pytest.mark.parametrize("locale", [Locale.UZ, Locale.UZ_CYRL])
def test_uzbek_keeps_to_its_script(locale: Locale) -> None:
    menu = draw(acts.Menu(), context(locale, REAL))
    labels = "".join(button.text for row in menu.rows for button in row) + words(menu)
    foreign = [c for c in labels if c.isalpha() and (c >= "\u0400") is (locale is Locale.UZ)]
    assert [c for c in foreign if c not in "ʻʼ"] == []


def data(screen: Screen) -> list[str]:
    return [button.data for row in screen.rows for button in row if button.data]


@pytest.mark.parametrize("locale", list(Locale))
def test_every_need_finds_somebody_in_every_citizenship(locale: Locale) -> None:
    """Whoever taps a need in the real list gets at least one number or address."""
    for need in REAL.needs:
        for citizenship in (Citizenship.UZBEKISTAN, Citizenship.TAJIKISTAN):
            shown = places.in_city(REAL, None, citizenship, need=need)
            assert shown.entries or shown.nationwide, need.name
            drawn = words(draw(shown, context(locale, REAL, citizenship=citizenship)))
            assert drawn.startswith(f"{need.emoji} {need.titles[locale]}")


def test_without_a_citizenship_no_consulate_is_named_but_asked_for() -> None:
    unknown = draw(places.in_city(SMALL, "almaty", None), context(Locale.RU, citizenship=None))
    assert "consulate" not in words(unknown)
    assert "cw:find_centre" in data(unknown)
    known = draw(places.in_city(SMALL, "almaty", Citizenship.TAJIKISTAN), context(Locale.RU))
    assert "tj-consulate" in words(known)
    assert "cw:find_centre" not in data(known)


def test_a_place_without_a_phone_says_what_to_do_instead() -> None:
    silent = factories.centre("ngo-site", phones=(), address=None, site="https://ngo.example/x")
    library = Library("v", {}, {}, (), (silent,))
    screen = draw(places.in_city(library, "almaty", None), context(Locale.RU, library))
    assert "Телефона этого места я не знаю" in words(screen)
    assert 'href="https://ngo.example/x"' in screen.html
    assert not any(each.startswith("w:") for each in data(screen)), "no number can be wrong"


def test_the_button_under_a_list_names_every_number_on_it() -> None:
    screen = draw(places.in_city(SMALL, "almaty", Citizenship.UZBEKISTAN), context(Locale.RU))
    (button,) = [each for each in data(screen) if each.startswith("w:")]
    event = decode(button)
    assert isinstance(event, WrongNumbersListed)
    named = [centre.id for centre in marked(SMALL, event.marks)]
    assert named == ["ngo-almaty", "uz-consulate", "state-almaty", "hot-112", "hot-111"]


def test_no_two_centres_share_a_mark() -> None:
    assert len({mark(centre) for centre in REAL.centres}) == len(REAL.centres)


WATCHED = {DangerKind.TRAFFICKING, DangerKind.VIOLENCE, DangerKind.PASSPORT_WITHHELD}


@pytest.mark.parametrize("kind", list(DangerKind))
@pytest.mark.parametrize("locale", list(Locale))
def test_a_lock_screen_shows_a_neutral_line_unless_a_second_counts(
    locale: Locale, kind: DangerKind
) -> None:
    neutral = CATALOGS[locale].gettext("The answer to your question:")
    card = draw(acts.ShowDanger(kind), context(locale, REAL))
    assert (words(card).splitlines()[0] == neutral) is (kind in WATCHED)
    assert card.silent is (kind in WATCHED)


@pytest.mark.parametrize("locale", list(Locale))
def test_the_quiet_advice_is_in_every_language_and_says_it_is_a_draft(locale: Locale) -> None:
    advice = draw(acts.QuietAdvice((1,)), context(locale, DRAFTS))
    missing = CATALOGS[locale].gettext("This answer is not yet translated into your language.")
    assert missing not in words(advice)
    assert CATALOGS[locale].gettext("Not yet checked by our counsellors.") in words(advice)
    assert "/forget" in words(advice)
    assert f"h:1:{2**31}" in data(advice)


def test_without_the_advice_a_card_can_still_be_hidden() -> None:
    answers = {name: found for name, found in SMALL.answers.items() if name != "quiet_phone"}
    library = Library("v", answers, SMALL.cards, (), SMALL.centres)
    card = draw(acts.ShowDanger(DangerKind.VIOLENCE), context(Locale.RU, library))
    assert [each[0] for each in data(card)][-1:] == ["h"]
    assert not any(each.startswith("q") for each in data(card))


def test_the_three_most_asked_questions_stand_first() -> None:
    topic = next(topic for topic in REAL.topics if topic.name == "work_permit")
    asked = {"permit_extend": 9, "self_employment": 8, "permit_cost": 8, "permit_refused": 1}
    screen = draw(acts.TopicMenu(topic.name), replace(context(Locale.RU, REAL), asked=asked))
    shown = [each.removeprefix("a:") for each in data(screen) if each.startswith("a:")]
    first = ["permit_extend", "permit_cost", "self_employment"]
    assert shown == first + [intent for intent in topic.intents if intent not in first]


@pytest.mark.parametrize("locale", list(Locale))
def test_a_topic_says_its_questions_as_people_ask_them(locale: Locale) -> None:
    """In the order of the buttons, which have room for the short names only."""
    for topic in REAL.topics:
        screen = draw(acts.TopicMenu(topic.name), context(locale, REAL))
        texts = [REAL.answers[intent].texts[locale] for intent in topic.intents]
        assert words(screen).splitlines()[2:] == [f"• {text.question}" for text in texts]
        labels = [button.text for row in screen.rows for button in row]
        assert labels[: len(texts)] == [text.short for text in texts]


def test_the_lines_for_the_whole_country_are_copied_in_one_tap_too() -> None:
    found = places.in_city(REAL, "astana", Citizenship.UZBEKISTAN)
    screen = draw(found, context(Locale.RU, REAL))
    copied = [button.copy_text for row in screen.rows for button in row if button.copy_text]
    own = {phone for entry in found.entries for phone in entry.centre.phones}
    assert own.intersection(copied)
    assert {"112", "11616"} <= set(copied)
    assert len(set(copied)) == len(copied)
