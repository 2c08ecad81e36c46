"""The rules of a turn, one test each, named after the rule."""

from __future__ import annotations

import pytest

from bot.answers.model import Citizenship, DangerKind, Library, Part
from bot.dialogue import acts
from bot.dialogue.events import (
    AnswerChosen,
    CaseCancelled,
    CitizenshipChosen,
    CitizenshipWanted,
    Command,
    CommandGiven,
    Event,
    Fault,
    FaultNamed,
    Lead,
    LocaleChosen,
    LocaleDeclined,
    MediaKind,
    MediaReceived,
    MoreWanted,
    NoneOfThese,
    PersonWanted,
    Rated,
    Reading,
    StaleButton,
    Started,
    TextReceived,
    TopicChosen,
    Unread,
)
from bot.dialogue.outcome import Outcome, Verdict
from bot.dialogue.session import Session
from bot.dialogue.thresholds import Thresholds
from bot.dialogue.turn import turn
from bot.language.tags import Locale
from tests import factories
from tests.factories import read_as, reading

THRESHOLDS = Thresholds(sure=0.6, margin=0.15, likely=0.1, language_sure=0.8, urgent=0.8)
KNOWN = Session(locale=Locale.KK, locale_confirmed=True)


@pytest.fixture
def library() -> Library:
    return factories.library()


def run(event: Event, library: Library, session: Session = KNOWN) -> Outcome:
    return turn(session, event, library, THRESHOLDS)


def said(outcome: Outcome) -> list[type]:
    return [type(act) for act in outcome.step.acts]


class TestStart:
    def test_a_new_person_is_asked_for_the_language(self, library: Library) -> None:
        outcome = run(Started(app_locale=Locale.UZ), library, Session())
        assert said(outcome) == [acts.AskLocale]
        assert outcome.locale == Locale.UZ

    def test_a_deep_link_presets_place_and_language(self, library: Library) -> None:
        outcome = run(Started(place="almaty-station", locale=Locale.UZ), library, Session())
        assert said(outcome) == [acts.Greeting]
        assert outcome.step.session == Session(
            locale=Locale.UZ, locale_confirmed=True, place="almaty-station"
        )

    def test_a_returning_person_is_greeted_in_their_language(self, library: Library) -> None:
        outcome = run(Started(app_locale=Locale.RU), library)
        assert said(outcome) == [acts.Greeting]
        assert outcome.locale == Locale.KK

    def test_the_chosen_language_is_greeted_with(self, library: Library) -> None:
        outcome = run(LocaleChosen(Locale.TG), library, Session(locale=Locale.RU))
        assert said(outcome) == [acts.Greeting]
        assert outcome.locale == Locale.TG

    def test_nothing_known_means_russian(self, library: Library) -> None:
        assert run(Started(), library, Session()).locale == Locale.RU


class TestSureUnsureLost:
    def test_sure_means_answer(self, library: Library) -> None:
        outcome = run(read_as("permit_cost"), library)
        assert outcome.step.acts == (acts.ShowAnswer("permit_cost"),)
        assert outcome.step.verdict == Verdict.ANSWERED

    def test_a_close_second_guess_means_ask(self, library: Library) -> None:
        text = TextReceived(reading=reading(("permit_cost", 0.62), ("unpaid_wages", 0.5)))
        outcome = run(text, library)
        assert outcome.step.acts == (acts.DidYouMean(("permit_cost", "unpaid_wages")),)

    def test_none_of_the_offered_means_the_topics(self, library: Library) -> None:
        before = Session(locale=Locale.UZ, misses=1, need="legal_aid")
        outcome = run(NoneOfThese(), library, before)
        assert outcome.step.acts == (acts.Menu(),)
        assert outcome.step.verdict == Verdict.NONE_OF_THESE
        assert outcome.step.session == Session(locale=Locale.UZ)

    def test_unsure_means_two_or_three_buttons(self, library: Library) -> None:
        guesses = (("permit_cost", 0.4), ("hotline", 0.2), ("privacy", 0.15), ("bot_help", 0.12))
        outcome = run(TextReceived(reading=reading(*guesses)), library)
        assert outcome.step.acts == (acts.DidYouMean(("permit_cost", "hotline", "privacy")),)
        lone = TextReceived(reading=reading(("permit_cost", 0.4), ("hotline", 0.01)))
        assert run(lone, library).step.acts == (acts.DidYouMean(("permit_cost", "hotline")),)

    def test_out_of_scope_is_never_offered(self, library: Library) -> None:
        guesses = (("out_of_scope", 0.4), ("permit_cost", 0.3), ("hotline", 0.2))
        outcome = run(TextReceived(reading=reading(*guesses)), library)
        assert outcome.step.acts == (acts.DidYouMean(("permit_cost", "hotline")),)

    def test_lost_once_asks_again_lost_twice_shows_the_ways_out(self, library: Library) -> None:
        text = TextReceived(reading=reading(("permit_cost", 0.05)))
        first = run(text, library)
        assert first.step.acts == (acts.Lost(again=False),)
        assert first.step.session is not None
        second = run(text, library, first.step.session)
        assert second.step.acts == (acts.Lost(again=True),)

    def test_an_answer_ends_a_row_of_misses(self, library: Library) -> None:
        missed = Session(locale=Locale.KK, misses=1)
        session = run(read_as("permit_cost"), library, missed).step.session
        assert session is not None
        assert session.misses == 0

    def test_an_intent_without_an_answer_is_not_answered(self, library: Library) -> None:
        outcome = run(read_as("employer_permit"), library)
        assert said(outcome) == [acts.Lost]


class TestCitizenship:
    def test_is_asked_once_when_the_law_differs(self, library: Library) -> None:
        asked = run(read_as("permit_need"), library)
        assert asked.step.acts == (acts.AskCitizenship("permit_need"),)
        assert asked.step.session is not None
        chosen = CitizenshipChosen(Citizenship.UZBEKISTAN, "permit_need")
        answered = run(chosen, library, asked.step.session)
        assert answered.step.acts == (acts.ShowAnswer("permit_need", Part.VISA_FREE),)
        assert answered.step.session is not None
        again = run(read_as("permit_need"), library, answered.step.session)
        assert again.step.acts == (acts.ShowAnswer("permit_need", Part.VISA_FREE),)

    def test_is_taken_from_what_was_written(self, library: Library) -> None:
        text = read_as("permit_need", citizenship=Citizenship.KYRGYZSTAN)
        outcome = run(text, library)
        assert outcome.step.acts == (acts.ShowAnswer("permit_need", Part.EAEU),)

    def test_written_alone_it_answers_our_question(self, library: Library) -> None:
        waiting = Session(locale=Locale.KK, awaiting_citizenship="permit_need")
        text = TextReceived(
            reading=reading(("permit_cost", 0.05)), citizenship=Citizenship.TAJIKISTAN
        )
        outcome = run(text, library, waiting)
        assert outcome.step.acts == (acts.ShowAnswer("permit_need", Part.VISA_FREE),)

    def test_can_be_corrected(self, library: Library) -> None:
        uzbek = Session(locale=Locale.KK, citizenship=Citizenship.UZBEKISTAN)
        wanted = run(CitizenshipWanted("permit_need"), library, uzbek)
        assert wanted.step.acts == (acts.AskCitizenship("permit_need"),)
        russian = CitizenshipChosen(Citizenship.RUSSIA)
        corrected = run(russian, library, wanted.step.session or KNOWN)
        assert corrected.step.acts == (acts.ShowAnswer("permit_need", Part.EAEU),)

    def test_is_not_asked_where_the_law_is_the_same(self, library: Library) -> None:
        assert said(run(read_as("permit_cost"), library)) == [acts.ShowAnswer]


class TestLanguage:
    def test_a_guessed_language_follows_the_message(self, library: Library) -> None:
        text = TextReceived(reading=reading(("permit_cost", 0.9), language=Locale.TG))
        outcome = run(text, library, Session(locale=Locale.RU))
        assert outcome.locale == Locale.TG
        assert outcome.step.session == Session(locale=Locale.TG)

    def test_a_chosen_language_is_kept_and_the_switch_offered(self, library: Library) -> None:
        text = TextReceived(reading=reading(("permit_cost", 0.9), language=Locale.UZ_CYRL))
        outcome = run(text, library)
        assert outcome.locale == Locale.UZ_CYRL
        assert outcome.step.acts[-1] == acts.OfferLocale(Locale.UZ_CYRL)
        assert outcome.step.session is not None
        assert outcome.step.session.locale == Locale.KK

    def test_a_declined_offer_is_not_repeated(self, library: Library) -> None:
        declined = run(LocaleDeclined(Locale.RU), library).step.session
        assert declined is not None
        text = TextReceived(reading=reading(("permit_cost", 0.9), language=Locale.RU))
        assert said(run(text, library, declined)) == [acts.ShowAnswer]

    def test_an_unsure_recognition_changes_nothing(self, library: Library) -> None:
        unsure = reading(("permit_cost", 0.9), language=Locale.KY, language_confidence=0.5)
        outcome = run(TextReceived(reading=unsure), library)
        assert outcome.locale == Locale.KK
        assert said(outcome) == [acts.ShowAnswer]

    def test_a_language_we_do_not_speak_is_said_and_a_sure_subject_answered(
        self, library: Library
    ) -> None:
        english = TextReceived(reading=reading(("permit_cost", 0.9), language="other"))
        assert said(run(english, library)) == [acts.OtherLanguage, acts.ShowAnswer]
        lost = TextReceived(reading=reading(("permit_cost", 0.1), language="other"))
        assert said(run(lost, library)) == [acts.OtherLanguage]

    def test_without_the_classifier_the_letters_decide(self, library: Library) -> None:
        text = TextReceived(reading=Unread.DOWN, script_locale=Locale.UZ)
        assert run(text, library, Session()).locale == Locale.UZ


class TestDanger:
    def test_comes_before_everything_else(self, library: Library) -> None:
        text = TextReceived(
            reading=reading(("permit_cost", 0.95), urgency=0.2), danger=(DangerKind.TRAFFICKING,)
        )
        outcome = run(text, library)
        assert outcome.step.acts == (
            acts.ShowDanger(DangerKind.TRAFFICKING),
            acts.ShowAnswer("permit_cost"),
        )
        assert outcome.step.verdict == Verdict.DANGER

    def test_a_danger_word_in_a_message_that_sounds_calm_is_another_word(
        self, library: Library
    ) -> None:
        """ "They held back my wages": the lexicon finds ``held``, the classifier no danger."""
        text = read_as("unpaid_wages", danger=(DangerKind.DETAINED,))
        assert said(run(text, library)) == [acts.ShowAnswer]

    @pytest.mark.parametrize("kind", [DangerKind.SELF_HARM, DangerKind.CHILD_MISSING])
    def test_of_dangers_that_the_classifier_does_not_know_the_lexicon_alone_decides(
        self, library: Library, kind: DangerKind
    ) -> None:
        text = read_as("unpaid_wages", danger=(kind,))
        assert run(text, library).step.acts[0] == acts.ShowDanger(kind)

    def test_a_danger_word_counts_where_the_classifier_was_not_asked(
        self, library: Library
    ) -> None:
        text = TextReceived(reading=Reading(intents=()), danger=(DangerKind.VIOLENCE,))
        assert said(run(text, library)) == [acts.ShowDanger]

    def test_works_when_the_classifier_is_down(self, library: Library) -> None:
        text = TextReceived(reading=Unread.DOWN, danger=(DangerKind.VIOLENCE,))
        assert run(text, library).step.acts == (acts.ShowDanger(DangerKind.VIOLENCE),)

    def test_beats_a_command_word(self, library: Library) -> None:
        text = read_as("greet", danger=(DangerKind.SELF_HARM,), command=Command.HELP)
        assert said(run(text, library)) == [acts.ShowDanger]

    def test_is_recognised_by_the_classifier_when_sure_of_urgency_if_not_of_the_kind(
        self, library: Library
    ) -> None:
        guesses = (("out_of_scope", 0.5), ("trafficking", 0.4))
        urgent = TextReceived(reading=reading(*guesses, urgency=0.9))
        assert run(urgent, library).step.acts == (acts.ShowDanger(DangerKind.TRAFFICKING),)
        unlikely = (("unpaid_wages", 0.95), ("trafficking", 0.01))
        other = TextReceived(reading=reading(*unlikely, urgency=0.9))
        assert said(run(other, library)) == [acts.ShowAnswer]
        calm = TextReceived(reading=reading(("trafficking", 0.9), urgency=0.2))
        assert said(run(calm, library)) == [acts.ShowAnswer]

    def test_the_danger_that_the_classifier_is_sure_of_goes_before_the_lexicons(
        self, library: Library
    ) -> None:
        text = TextReceived(
            reading=reading(("passport_withheld", 0.9), urgency=0.95),
            danger=(DangerKind.VIOLENCE, DangerKind.DETAINED),
        )
        assert run(text, library).step.acts == (
            acts.ShowDanger(DangerKind.PASSPORT_WITHHELD),
            acts.ShowDanger(DangerKind.VIOLENCE),
        )

    def test_the_danger_that_the_classifier_is_not_sure_of_comes_after_the_lexicons(
        self, library: Library
    ) -> None:
        text = TextReceived(
            reading=reading(("passport_withheld", 0.5), ("detained", 0.3), urgency=0.95),
            danger=(DangerKind.VIOLENCE,),
        )
        assert run(text, library).step.acts == (
            acts.ShowDanger(DangerKind.VIOLENCE),
            acts.ShowDanger(DangerKind.PASSPORT_WITHHELD),
        )

    def test_nothing_goes_before_a_danger_that_only_the_lexicon_knows(
        self, library: Library
    ) -> None:
        text = TextReceived(
            reading=reading(("detained", 0.95), urgency=0.99),
            danger=(DangerKind.MEDICAL_EMERGENCY, DangerKind.CHILD_MISSING),
        )
        assert run(text, library).step.acts == (
            acts.ShowDanger(DangerKind.CHILD_MISSING),
            acts.ShowDanger(DangerKind.DETAINED),
        )

    def test_of_two_dangers_between_which_the_classifier_wavers_both_are_shown(
        self, library: Library
    ) -> None:
        guesses = (("violence", 0.5), ("unpaid_wages", 0.2), ("detained", 0.15))
        text = TextReceived(reading=reading(*guesses, urgency=0.9))
        assert run(text, library).step.acts == (
            acts.ShowDanger(DangerKind.VIOLENCE),
            acts.ShowDanger(DangerKind.DETAINED),
        )

    def test_shows_at_most_two_cards(self, library: Library) -> None:
        text = TextReceived(reading=Unread.DOWN, danger=tuple(DangerKind))
        assert said(run(text, library)) == [acts.ShowDanger, acts.ShowDanger]


class TestPlaces:
    def test_a_centre_is_asked_for_by_place_if_none_is_known(self, library: Library) -> None:
        assert said(run(read_as("find_centre"), library)) == [acts.ShowAnswer, acts.AskPlace]

    def test_a_known_city_is_answered_with_its_centres(self, library: Library) -> None:
        outcome = run(read_as("find_centre", city="almaty"), library)
        assert said(outcome) == [acts.ShowCentres]
        again = run(read_as("find_centre"), library, outcome.step.session or KNOWN)
        assert said(again) == [acts.ShowCentres]


class TestWithoutTheClassifier:
    @pytest.mark.parametrize("cause", list(Unread))
    def test_the_person_is_told_and_shown_the_menu(self, library: Library, cause: Unread) -> None:
        outcome = run(TextReceived(reading=cause), library)
        assert outcome.step.acts == (acts.NoReading(cause), acts.Menu())

    def test_centres_are_still_found(self, library: Library) -> None:
        alone = TextReceived(reading=Unread.DOWN, city="almaty", bare_city=True)
        assert said(run(alone, library)) == [acts.ShowCentres]
        inside = TextReceived(reading=Unread.DOWN, city="almaty")
        assert said(run(inside, library)) == [acts.NoReading, acts.ShowCentres]


class TestCommandsAndButtons:
    @pytest.mark.parametrize(
        ("command", "expected"),
        [
            (Command.MENU, [acts.Menu]),
            (Command.LANGUAGE, [acts.AskLocale]),
            (Command.HELP, [acts.ShowAnswer]),
            (Command.PRIVACY, [acts.ShowAnswer]),
            (Command.HUMAN, [acts.ShowHuman]),
            (Command.FORGET, [acts.Forgotten]),
        ],
    )
    def test_a_command_works_typed_and_as_a_plain_word(
        self, library: Library, command: Command, expected: list[type]
    ) -> None:
        assert said(run(CommandGiven(command), library)) == expected
        word = TextReceived(reading=Unread.DOWN, command=command)
        assert said(run(word, library)) == expected

    @pytest.mark.parametrize("lead", Lead)
    def test_a_person_is_wanted_and_what_led_to_it_is_known(
        self, library: Library, lead: Lead
    ) -> None:
        outcome = run(PersonWanted(lead, "permit_cost"), library)
        (act,) = outcome.step.acts
        assert isinstance(act, acts.ShowHuman)
        assert (act.lead, act.subject, bool(act.hotlines)) == (lead, "permit_cost", True)

    def test_without_a_desk_a_button_of_a_case_is_stale(self, library: Library) -> None:
        assert said(run(CaseCancelled(7), library)) == [acts.Stale, acts.Menu]

    def test_forget_keeps_nothing_but_answers_in_the_language(self, library: Library) -> None:
        outcome = run(CommandGiven(Command.FORGET), library)
        assert outcome.step.session is None
        assert outcome.locale == Locale.KK

    def test_rating_down_asks_what_was_wrong(self, library: Library) -> None:
        assert said(run(Rated("permit_cost", helpful=False), library)) == [acts.AskFault]
        assert said(run(Rated("permit_cost", helpful=True), library)) == [acts.FeedbackThanks]
        fault = FaultNamed("permit_cost", Fault.UNCLEAR)
        assert said(run(fault, library)) == [acts.FeedbackThanks]

    @pytest.mark.parametrize(
        "event",
        [
            StaleButton(),
            TopicChosen("gone"),
            AnswerChosen("gone"),
            MoreWanted("gone"),
            CitizenshipChosen(Citizenship.RUSSIA, "gone"),
        ],
    )
    def test_a_button_of_an_old_release_still_gets_a_reply(
        self, library: Library, event: Event
    ) -> None:
        assert said(run(event, library))[-1] == acts.Menu

    def test_media_get_a_sensible_reply(self, library: Library) -> None:
        for kind in MediaKind:
            assert run(MediaReceived(kind), library).step.acts == (acts.CannotRead(kind),)

    def test_only_emoji_is_not_a_miss(self, library: Library) -> None:
        outcome = run(read_as("greet", wordless=True), library)
        assert outcome.step.acts == (acts.Wordless(),)
        assert outcome.step.session == KNOWN
