"""Sentences: in English as they always were, in any language, and never an error."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.sentence import N_, NN_, Sentence, Value, as_is, joined


class German:
    """A language of three sentences."""

    KNOWN = {  # noqa: RUF012
        "`{key}` is empty.": "`{key}` ist leer.",
        "none": "keine",
        "Only: {these}; by {day}.": "Bis {day} nur: {these}.",
    }

    def gettext(self, message: str, /) -> str:
        return self.KNOWN.get(message, message)

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        return "{n} Zeichen." if singular == "{n} character." else "?"

    def date(self, day: date, /) -> str:
        return f"{day.day}.{day.month}."


scalars = st.text() | st.integers() | st.dates()
templates = st.text(st.sampled_from("{}ab_.! %")) | st.text()


def sentences() -> st.SearchStrategy[Sentence]:
    def made(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Sentence]:
        named = st.lists(st.tuples(st.sampled_from(["a", "b", "ab", "_"]), values), max_size=4)
        return st.builds(Sentence, templates, named.map(tuple), templates, st.integers())

    inner = made(scalars | st.lists(scalars, max_size=3).map(tuple))
    return made(scalars | inner | st.lists(scalars | inner, max_size=3).map(tuple))


@given(sentences())
def test_whatever_its_values_are_a_sentence_can_be_said(sentence: Sentence) -> None:
    """Rule: what somebody typed into a file must never keep a page from being shown."""
    assert isinstance(str(sentence), str)
    assert isinstance(sentence.said(German()), str)


@given(st.text())
def test_a_value_is_shown_to_the_letter_braces_or_not(value: str) -> None:
    said = N_("`{key}` is empty.", key=value)

    assert str(said) == f"`{value}` is empty."
    assert said.said(German()) == f"`{value}` ist leer."
    assert str(as_is(value)) == value
    assert as_is(value).said(German()) == value


def test_lists_days_and_sentences_within_it_are_in_the_same_language() -> None:
    day = date(2026, 11, 22)
    listed = N_("Only: {these}; by {day}.", these=("7", N_("none")), day=day)

    assert str(listed) == "Only: 7, none; by 2026-11-22."
    assert listed.said(German()) == "Bis 22.11. nur: 7, keine."


def test_what_is_counted_has_the_form_of_its_number() -> None:
    forms = [NN_("{n} character.", "{n} characters.", n, n=n) for n in (1, 2)]

    assert [str(one) for one in forms] == ["1 character.", "2 characters."]
    assert forms[1].said(German()) == "2 Zeichen."


def test_sentences_after_one_another() -> None:
    said = joined((N_("none"), N_("`{key}` is empty.", key="a")), "; ")

    assert str(said) == "none; `a` is empty."
    assert said.said(German()) == "keine; `a` ist leer."
    assert str(joined((), "; ")) == ""


@given(st.lists(st.text(), max_size=8))
def test_they_are_in_the_order_of_their_english_words(words: list[str]) -> None:
    found = sorted(as_is(one) for one in words)

    assert [str(one) for one in found] == sorted(words)


def test_the_same_said_twice_is_the_same() -> None:
    """A report finds by it what is new: a line that moved is no new finding."""
    assert {N_("`{key}` is empty.", key="a"), N_("`{key}` is empty.", key="a")} == {
        N_("`{key}` is empty.", key="a")
    }
    assert N_("`{key}` is empty.", key="a") != N_("`{key}` is empty.", key="b")
