"""Random conversations: whatever happens, in whatever order, there is a reply and a sound state."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.answers.model import AUDIENCES, Citizenship, DangerKind
from bot.dialogue import acts, events
from bot.dialogue.marks import mark
from bot.dialogue.outcome import Verdict
from bot.dialogue.session import Session
from bot.dialogue.thresholds import Thresholds
from bot.dialogue.turn import turn
from bot.language.tags import Locale
from tests import factories

LIBRARY = factories.library()
THRESHOLDS = Thresholds()

intents = st.sampled_from([*LIBRARY.answers, "out_of_scope", "employer_permit", "gone"])
topics = st.sampled_from([topic.name for topic in LIBRARY.topics] + ["gone"])
cities = st.sampled_from(["almaty", "shymkent", "gone"])
needs = st.sampled_from(["legal_aid", "documents", "gone"])
marked = st.sampled_from([*map(mark, LIBRARY.centres), "00000"])
locales = st.sampled_from(Locale)
unit = st.floats(min_value=0, max_value=1)


def guesses(names: SearchStrategy[str]) -> SearchStrategy[tuple[events.Guess, ...]]:
    def ranked(found: dict[str, float]) -> tuple[events.Guess, ...]:
        best_first = sorted(found.items(), key=lambda item: -item[1])
        return tuple(events.Guess(name, confidence) for name, confidence in best_first)

    return st.dictionaries(names, unit, max_size=5).map(ranked)


languages = guesses(st.sampled_from([*(locale.value for locale in Locale), "other"]))
readings = st.builds(events.Reading, guesses(intents), languages, unit)
texts = st.builds(
    events.TextReceived,
    reading=readings | st.sampled_from(events.Unread),
    danger=st.lists(st.sampled_from(DangerKind), unique=True, max_size=3).map(tuple),
    command=st.none() | st.sampled_from(events.Command),
    citizenship=st.none() | st.sampled_from(Citizenship),
    destination=st.none() | st.sampled_from(["KZ", "RU", "TR"]),
    city=st.none() | cities,
    bare_city=st.booleans(),
    wordless=st.booleans(),
    script_locale=st.none() | locales,
    app_locale=st.none() | locales,
)
anything: SearchStrategy[events.Event] = st.one_of(
    texts,
    st.builds(events.Started, st.none() | st.just("almaty-station"), st.none() | locales),
    st.builds(events.CommandGiven, st.sampled_from(events.Command)),
    st.builds(events.LocaleChosen, locales),
    st.builds(events.LocaleDeclined, locales),
    st.builds(events.TopicChosen, topics),
    st.builds(events.AnswerChosen, intents),
    st.just(events.NoneOfThese()),
    st.builds(events.MoreWanted, intents),
    st.builds(events.CitizenshipWanted, st.none() | intents),
    st.builds(events.CitizenshipChosen, st.sampled_from(Citizenship), st.none() | intents),
    st.builds(events.CityChosen, cities),
    st.builds(events.CentresPaged, st.none() | cities, st.integers(0, 10_000), st.none() | needs),
    st.just(events.NeedsWanted()),
    st.builds(events.NeedChosen, st.none() | needs),
    st.builds(events.WrongNumbersListed, st.lists(marked, max_size=4).map(tuple)),
    st.builds(events.WrongNumberNamed, marked),
    st.builds(events.QuietWanted, st.lists(st.integers(1, 99), max_size=2).map(tuple)),
    st.builds(events.HideWanted, st.lists(st.integers(1, 99), max_size=2).map(tuple)),
    st.builds(
        events.LocationReceived,
        st.floats(allow_nan=False, min_value=-90, max_value=90),
        st.floats(allow_nan=False, min_value=-180, max_value=180),
    ),
    st.builds(events.MediaReceived, st.sampled_from(events.MediaKind)),
    st.builds(events.Rated, intents, st.booleans()),
    st.builds(events.FaultNamed, intents, st.sampled_from(events.Fault)),
    st.builds(events.PersonWanted, st.sampled_from(events.Lead), st.none() | intents),
    st.builds(events.CaseCancelled, st.integers(1, 99)),
    st.builds(events.CaseRated, st.integers(1, 99), st.integers(1, 3)),
    st.just(events.StaleButton()),
)


@settings(max_examples=300)
@given(st.lists(anything, max_size=12))
def test_any_conversation_keeps_the_principles(conversation: list[events.Event]) -> None:
    session = Session()
    for event in conversation:
        outcome = turn(session, event, LIBRARY, THRESHOLDS)
        said = outcome.step.acts
        assert said, "silence"
        _only_curated_words(said)
        if isinstance(event, events.TextReceived) and event.danger:
            assert isinstance(said[0], acts.ShowDanger) or _sounds_calm(event), "danger first"
        if outcome.step.verdict is Verdict.FORGOTTEN:
            assert outcome.step.session is None
        session = outcome.step.session or Session()
        kept = msgspec.json.encode(session)
        assert msgspec.json.decode(kept, type=Session) == session


def _sounds_calm(event: events.TextReceived) -> bool:
    """The classifier takes the danger words for other words; it knows all dangers but two."""
    unknown_to_it = {DangerKind.SELF_HARM, DangerKind.CHILD_MISSING}
    return (
        isinstance(event.reading, events.Reading)
        and bool(event.reading.intents)
        and event.reading.urgency < THRESHOLDS.calm
        and not unknown_to_it.intersection(event.danger)
    )


def _only_curated_words(said: tuple[acts.Act, ...]) -> None:
    for act in said:
        if isinstance(act, acts.ShowAnswer):
            answer = LIBRARY.answers[act.intent]
            wants_audience = answer.depends_on_citizenship and act.page is acts.Page.MAIN
            assert (
                (act.audience in AUDIENCES) is wants_audience
                or act.abroad
                or (act.page is acts.Page.MORE)
            )
        if isinstance(act, acts.DidYouMean):
            assert 1 <= len(act.intents) <= 3
            assert all(intent in LIBRARY.answers for intent in act.intents)
