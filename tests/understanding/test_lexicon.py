from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import DangerKind
from bot.settings import ROOT
from bot.understanding.danger_files import load_lexicon
from bot.understanding.lexicon import Alternative, DangerLexicon, Pattern
from tests.understanding.messages import IN_DANGER, NOT_IN_DANGER

LEXICON = load_lexicon(ROOT / "nlu_data" / "danger")


def lexicon(*rows: str, kind: DangerKind = DangerKind.VIOLENCE) -> DangerLexicon:
    return DangerLexicon([pattern(row, kind) for row in rows])


def pattern(row: str, kind: DangerKind = DangerKind.VIOLENCE) -> Pattern:
    """``!`` before a row makes it an exception."""
    places = tuple(
        tuple(Alternative(word.removesuffix("*"), word.endswith("*")) for word in place.split("|"))
        for place in row.removeprefix("!").split()
    )
    return Pattern(kind, "ru", places, is_exception=row.startswith("!"))


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in IN_DANGER.items() for text in texts]
)
def test_a_person_in_danger_is_heard(kind: DangerKind, text: str) -> None:
    assert kind in LEXICON.find(text)


@pytest.mark.parametrize("text", NOT_IN_DANGER)
def test_an_ordinary_message_is_not_alarming(text: str) -> None:
    assert LEXICON.find(text) == ()


def test_capitals_missing_letters_and_emoji_do_not_hide_danger() -> None:
    for text in ("ХОЖАЙЫН ПАСПОРТЫМДЫ АЛЫП КОЙДЫ!!! 😭", "паспортумду алып койду бербейт кожоюн"):
        assert DangerKind.PASSPORT_WITHHELD in LEXICON.find(text)


def test_danger_at_the_end_of_a_very_long_message_is_heard() -> None:
    assert LEXICON.find("салам " * 680 + IN_DANGER[DangerKind.VIOLENCE][0])[0] == (
        DangerKind.VIOLENCE
    )


def test_the_gravest_kind_comes_first() -> None:
    text = f"{IN_DANGER[DangerKind.PASSPORT_WITHHELD][0]}. {IN_DANGER[DangerKind.SELF_HARM][0]}"
    found = LEXICON.find(text)
    assert found.index(DangerKind.SELF_HARM) < found.index(DangerKind.PASSPORT_WITHHELD)


def test_a_word_matches_whole_and_a_stem_by_its_beginning() -> None:
    assert lexicon("бьёт").find("муж бьет") == (DangerKind.VIOLENCE,)
    assert lexicon("бьёт").find("бьется") == ()
    assert lexicon("избил*").find("избили") == (DangerKind.VIOLENCE,)
    assert lexicon("избил*").find("из били") == ()


def test_places_must_come_in_order() -> None:
    assert lexicon("не отпуска*").find("отпускают, но не сегодня") == ()


@pytest.mark.parametrize(("between", "matches"), [(0, True), (5, True), (6, False)])
def test_places_are_at_most_six_words_apart(between: int, matches: bool) -> None:
    text = " ".join(["муж", *["и"] * between, "бьёт"])
    assert bool(lexicon("муж бьёт").find(text)) is matches


def test_the_nearest_of_repeated_words_counts() -> None:
    text = "муж пришёл с работы домой и лёг спать а потом муж бьёт"
    assert lexicon("муж бьёт").find(text) == (DangerKind.VIOLENCE,)


def test_one_word_does_not_fill_two_places() -> None:
    assert lexicon("муж* муж*").find("мужа") == ()


def test_an_exception_takes_back_what_it_touches_and_nothing_else() -> None:
    found = lexicon("избил*", "!избил* рекорд")
    assert found.find("избил рекорд") == ()
    far = "избил меня вчера вечером дома при детях и при соседях, а ещё он избил рекорд"
    assert found.find(far) == (DangerKind.VIOLENCE,)


def test_an_exception_of_another_kind_takes_nothing_back() -> None:
    both = DangerLexicon([pattern("избил*"), pattern("!избил*", DangerKind.TRAFFICKING)])
    assert both.find("избили") == (DangerKind.VIOLENCE,)


def test_latin_typing_meets_cyrillic_patterns_and_the_other_way_round() -> None:
    assert lexicon("держат силой").find("derzhat siloi") == (DangerKind.VIOLENCE,)
    assert lexicon("o'ldir*").find("ўлдирди") == (DangerKind.VIOLENCE,)
    assert lexicon("o'ldir*").find("улдиради") == (DangerKind.VIOLENCE,)


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    kinds = LEXICON.find(text)
    assert list(kinds) == [kind for kind in DangerKind if kind in kinds]


@given(st.lists(st.sampled_from(["муж", "бьёт", "не", "дома", "сын"]), max_size=25))
def test_matching_agrees_with_trying_every_choice_of_words(words: list[str]) -> None:
    expected = any(
        words[i] == "муж" and words[j] == "не" and words[k] == "бьёт"
        for i in range(len(words))
        for j in range(i + 1, min(i + 7, len(words)))
        for k in range(j + 1, min(j + 7, len(words)))
    )
    assert bool(lexicon("муж не бьёт").find(" ".join(words))) is expected
