"""Centres by need: the rules, one test each."""

from __future__ import annotations

from bot.answers.model import Citizenship, Library, Need
from bot.dialogue import acts, places
from bot.dialogue.events import (
    AnswerChosen,
    CentresPaged,
    CitizenshipChosen,
    CityChosen,
    Command,
    CommandGiven,
    Event,
    HideWanted,
    LocationReceived,
    NeedChosen,
    NeedsWanted,
    QuietWanted,
    TextReceived,
    Unread,
    WrongNumberNamed,
    WrongNumbersListed,
)
from bot.dialogue.marks import mark
from bot.dialogue.outcome import Step, Verdict
from bot.dialogue.session import Session
from bot.dialogue.thresholds import Thresholds
from bot.dialogue.turn import turn
from tests import factories
from tests.factories import centre

LIBRARY = factories.library()
IN_ALMATY = Session(city="almaty", citizenship=Citizenship.UZBEKISTAN)


def run(event: Event, session: Session, library: Library = LIBRARY) -> Step:
    return turn(session, event, library, Thresholds()).step


def shown(step: Step) -> acts.ShowCentres:
    return next(act for act in step.acts if isinstance(act, acts.ShowCentres))


def ids(listed: acts.ShowCentres) -> tuple[list[str], list[str]]:
    """Who stands on a list: of the place, of the whole country."""
    return [e.centre.id for e in listed.entries], [c.id for c in listed.nationwide]


def kept(step: Step) -> Session:
    assert step.session is not None
    return step.session


def test_a_need_is_chosen_from_the_list() -> None:
    assert run(NeedsWanted(), IN_ALMATY).acts == (acts.AskNeed(),)


def test_in_a_known_city_its_own_come_first_then_those_for_the_whole_country() -> None:
    step = run(NeedChosen("legal_aid"), IN_ALMATY)
    assert ids(shown(step)) == (["ngo-almaty", "state-almaty"], ["hot-111"])
    assert shown(step).need == "legal_aid"


def test_without_a_place_those_for_the_whole_country_and_the_question_for_a_place() -> None:
    step = run(NeedChosen("legal_aid"), Session())
    assert ids(shown(step)) == ([], ["hot-111"])
    assert step.acts[-1] == acts.AskPlace()


def test_the_place_that_is_shared_then_answers_for_the_need() -> None:
    step = run(NeedChosen("legal_aid"), Session(citizenship=Citizenship.UZBEKISTAN))
    near = shown(run(LocationReceived(43.25, 76.95), kept(step)))
    assert ids(near)[0] == ["ngo-almaty", "state-almaty"]
    assert near.entries[0].kilometres is not None
    text = TextReceived(reading=Unread.DOWN, city="almaty", bare_city=True)
    assert ids(shown(run(text, kept(step))))[0] == ["ngo-almaty", "state-almaty"]
    assert ids(shown(run(CityChosen("almaty"), kept(step))))[0] == ["ngo-almaty", "state-almaty"]


def test_after_a_location_a_need_is_answered_for_its_city() -> None:
    """The point itself is not kept."""
    located = run(LocationReceived(43.25, 76.95), Session())
    assert kept(located).city == "almaty"
    far = run(LocationReceived(51.2, 71.4), IN_ALMATY)
    assert kept(far).city is None


def test_consulates_are_ones_own_and_the_citizenship_is_asked_first() -> None:
    asked = run(NeedChosen("documents"), Session(city="almaty"))
    assert asked.acts == (acts.AskCitizenship("find_centre"),)
    told = run(CitizenshipChosen(Citizenship.TAJIKISTAN, "find_centre"), kept(asked))
    assert ids(shown(told))[0] == ["tj-consulate", "state-almaty"]
    assert kept(told).awaiting_citizenship is None


def test_a_citizenship_in_words_answers_as_well() -> None:
    asked = run(NeedChosen("documents"), Session(city="almaty"))
    words = TextReceived(reading=Unread.DOWN, citizenship=Citizenship.UZBEKISTAN)
    assert ids(shown(run(words, kept(asked))))[0] == ["uz-consulate", "state-almaty"]


def test_without_a_citizenship_no_consulate_is_shown() -> None:
    assert "consulate" not in str(ids(places.in_city(LIBRARY, "almaty", None)))


def test_ngos_and_consulates_come_before_state_offices_whatever_fits_best() -> None:
    need = Need("papers", "x", {}, ("permit", "papers"))
    library = Library(
        "v",
        {},
        {},
        (),
        (
            centre("state", kind="government", services=("permit",)),
            centre("uz", kind="embassy", citizenships=("UZ",), services=("papers",)),
            centre("ngo", services=("papers",)),
            centre("ngo-permit", services=("permit",)),
            centre("gov-line", kind="government", city=None, services=("permit",)),
            centre("line", kind="hotline", city=None, services=("papers",)),
        ),
        (need,),
    )
    listed = places.in_city(library, "almaty", Citizenship.UZBEKISTAN, need=need)
    assert ids(listed) == (["ngo-permit", "ngo", "uz", "state"], ["line", "gov-line"])


def test_pages_of_a_need_cover_everybody_once() -> None:
    need = Need("help", "x", {}, ("help",))
    many = tuple(centre(f"ngo-{number}", services=("help",)) for number in range(10))
    library = Library("v", {}, {}, (), many, (need,))
    seen: list[str] = []
    offset: int | None = 0
    while offset is not None:
        page = shown(run(CentresPaged("almaty", offset, "help"), IN_ALMATY, library))
        seen += ids(page)[0]
        offset = page.next_offset
    assert seen == [each.id for each in many]


def test_every_other_question_ends_the_search() -> None:
    searching = kept(run(NeedChosen("legal_aid"), IN_ALMATY))
    assert searching.need == "legal_aid"
    for event in (CommandGiven(Command.MENU), AnswerChosen("permit_cost"), NeedChosen(None)):
        assert kept(run(event, searching)).need is None
    assert shown(run(AnswerChosen("find_centre"), searching)).need is None


def test_a_need_that_is_gone_is_a_stale_button() -> None:
    assert run(NeedChosen("gone"), IN_ALMATY).acts == (acts.Stale(), acts.Menu())


def test_a_need_that_went_meanwhile_shows_everybody() -> None:
    listed = shown(run(CityChosen("almaty"), Session(need="gone")))
    assert "ngo-almaty" in ids(listed)[0]


def test_a_wrong_number_is_chosen_then_counted_under_its_centre() -> None:
    ngo = next(each for each in LIBRARY.centres if each.id == "ngo-almaty")
    asked = run(WrongNumbersListed((mark(ngo), "00000")), IN_ALMATY)
    assert asked.acts == (acts.AskWrongNumber((ngo,)),)
    thanked = run(WrongNumberNamed(mark(ngo)), IN_ALMATY)
    assert thanked.acts == (acts.WrongNumberThanks(ngo),)
    assert (thanked.verdict, thanked.subject) == (Verdict.WRONG_NUMBER, "ngo-almaty")


def test_the_number_of_a_centre_that_is_gone_is_a_stale_button() -> None:
    for event in (WrongNumbersListed(("00000",)), WrongNumberNamed("00000")):
        assert run(event, IN_ALMATY).acts == (acts.Stale(), acts.Menu())


def test_quiet_advice_is_counted_and_remembers_what_to_hide() -> None:
    step = run(QuietWanted((41,)), IN_ALMATY)
    assert step.acts == (acts.QuietAdvice((41,)),)
    assert (step.verdict, step.subject) == (Verdict.ANSWERED, "quiet_phone")


def test_without_the_advice_its_button_is_stale() -> None:
    assert run(QuietWanted(), IN_ALMATY, Library("v", {}, {}, (), ())).acts[0] == acts.Stale()


def test_hiding_keeps_the_conversation_as_it_is() -> None:
    step = run(HideWanted((41, 42)), IN_ALMATY)
    assert step.acts == (acts.Hidden((41, 42)),)
    assert step.session == IN_ALMATY
