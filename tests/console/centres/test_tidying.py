"""What people type becomes what the file has; what cannot be right stays for the check to find."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.answers.centres_file import FILE
from bot.answers.hours import parse_hours
from bot.console.centres.book import read_book
from bot.console.centres.draft import NAME_ORDER, Draft
from bot.console.centres.editing import with_entry
from bot.console.centres.hours_input import tidied
from bot.console.centres.merging import merge
from bot.console.centres.order import new_id
from bot.console.centres.problems import Problem, problems
from bot.console.centres.tidying import BY_HAND, closed, dialled, located, tidy
from bot.settings import ROOT
from bot.understanding.places import load_atlas

REAL = (ROOT / "answers" / FILE).read_text("utf-8")
BOOK = read_book(REAL)
ATLAS = load_atlas(ROOT / "nlu_data" / "places.yml")

text = st.text(max_size=40)
words = st.lists(text, max_size=4).map(tuple)
drafts = st.builds(
    Draft,
    id=st.just("hot-112"),
    names=st.dictionaries(st.sampled_from(NAME_ORDER), text),
    kind=st.sampled_from(("hotline", "ngo", "circus", "")) | text,
    city=st.sampled_from(("almaty", "", "atlantis")) | text,
    address=text,
    phones=st.lists(st.sampled_from(("112", "+77172906984", "12", "+")) | text).map(tuple),
    ask_at=st.sampled_from(("hot-1414", "hot-112", "x", "")),
    hours=st.sampled_from(("24/7", "пн-пт 9:00-18:00", "Mon-Fri 09:00-18:00")) | text,
    languages=st.lists(st.sampled_from(("ru", "kk", "Russian")) | text).map(tuple),
    services=st.lists(st.sampled_from(("police", "juggling")) | text).map(tuple),
    citizenships=st.lists(st.sampled_from(("any", "UZ", "uz")) | text).map(tuple),
    site=st.sampled_from(("example.org", "https://example.org")) | text,
    email=text,
    latitude=st.sampled_from(("43.2", "1e5", "nan", "91", "")) | text,
    longitude=st.sampled_from(("76.9", "inf", "-181", "")) | text,
    approximate=st.booleans(),
    coordinates_source=text,
    source=text,
    source_date=st.sampled_from(("2026", "2026-13", "2026-02")) | text,
    confidence=st.sampled_from(("high", "low")) | text,
    note=text,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(drafts)
def test_what_has_no_problem_can_be_written_and_has_none_in_the_file(draft: Draft) -> None:
    ready = tidy(draft)
    found = problems(ready, BOOK, ATLAS.cities, Draft(id="hot-112"))
    after = read_book(REAL)
    if not found:
        after = read_book(with_entry(REAL, ready))
    entry = after.find("hot-112")
    assert entry is not None
    assert [fault.sentence for fault in entry.faults] == []


@settings(deadline=None, max_examples=200)
@given(drafts)
def test_tidying_is_done_after_the_first_time(draft: Draft) -> None:
    once = tidy(draft)
    assert tidy(once) == once


def test_every_entry_of_the_file_is_tidy_and_without_problems() -> None:
    for entry in BOOK.entries:
        assert tidy(entry.draft) == entry.draft
        assert problems(entry.draft, BOOK, ATLAS.cities, entry.draft) == ()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("112", "112"),
        ("116 16", "11616"),
        ("8 (7172) 90-69-84", "+77172906984"),
        ("+7 7172 906984", "+77172906984"),
        ("7172906984", "+77172906984"),
        ("ask for Anna", "ask for Anna"),
        ("112 (free)", "112 (free)"),
        ("++7", "++7"),
        ("", ""),
        ("٣٤٥", "٣٤٥"),
    ],
)
def test_phones(typed: str, number: str) -> None:
    assert dialled(typed) == number


@given(st.text())
def test_any_text_in_place_of_a_phone_is_no_error(typed: str) -> None:
    assert isinstance(dialled(typed), str)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("круглосуточно", "24/7"),
        ("пн–пт 9:00–18:00", "Mon-Fri 09:00-18:00"),
        ("Пн. - Пт. 9.00 - 13.00,14.00 - 18.00;сб 9:00-12:00",
         "Mon-Fri 09:00-13:00, 14:00-18:00; Sat 09:00-12:00"),
        ("дс-жм 9:00-18:00", "Mon-Fri 09:00-18:00"),
        ("Mon-Fri 09:00-18:00", "Mon-Fri 09:00-18:00"),
    ],
)  # fmt: skip
def test_hours_as_people_write_them(typed: str, hours: str) -> None:
    assert tidied(typed) == hours
    assert parse_hours(hours) is not None


def test_hours_of_the_file_stay_as_they_are() -> None:
    for entry in BOOK.entries:
        assert tidied(entry.draft.hours) == entry.draft.hours


def test_a_moved_place_does_not_keep_the_source_of_the_old_coordinates() -> None:
    before = Draft(latitude="43.1", longitude="76.1", coordinates_source="a list")
    moved = replace(before, latitude="43.2")
    assert located(before, before, None).coordinates_source == "a list"
    assert located(moved, before, None).coordinates_source == BY_HAND
    told = replace(moved, coordinates_source="a letter")
    assert located(told, before, None).coordinates_source == "a letter"


def test_a_centre_that_moved_to_another_city_does_not_stay_on_the_map_of_the_old_one() -> None:
    city = ATLAS.cities["taraz"]
    before = Draft(city="almaty", latitude="43.2", longitude="76.9", approximate=True)
    moved = located(replace(before, city="taraz"), before, city)
    assert (moved.latitude, moved.longitude) == (str(city.latitude), str(city.longitude))
    exact = replace(before, approximate=False)
    assert located(replace(exact, city="taraz"), exact, city).latitude == "43.2"


def test_what_is_gone_keeps_its_numbers_in_the_note_only() -> None:
    draft = Draft(
        id="x", phones=("112",), address="A street", site="https://x.example", note="Old."
    )
    gone = closed(draft, "2026-11-22", "moved\nabroad")
    assert not gone.is_shown
    expected = "Old. No longer exists (2026-11-22). moved abroad. It was: 112; A street; https://x.example."
    assert gone.note == expected


def test_merging_takes_what_only_they_changed_and_keeps_yours() -> None:
    base = Draft(names={"ru": "A"}, note="1", hours="24/7", phones=("112",))
    theirs = replace(base, names={"ru": "A", "kk": "B"}, note="2", phones=("103",))
    yours = replace(base, note="3", city="almaty")
    merged = merge(base, theirs, yours)
    assert merged.draft == replace(
        base, names={"ru": "A", "kk": "B"}, note="3", city="almaty", phones=("103",)
    )
    assert {clash.field: clash.both for clash in merged.clashes} == {
        "phones": False,
        "note": True,
        "names.kk": False,
    }


@given(drafts, drafts)
def test_merging_with_nobody_gives_yours(base: Draft, yours: Draft) -> None:
    base, yours = tidy(base), tidy(yours)
    assert merge(base, base, yours).draft == yours
    assert merge(base, yours, base).draft == yours


def test_an_id_is_free_and_says_what_and_where() -> None:
    ngo = Draft(kind="ngo", city="ust-kamenogorsk")
    assert new_id(ngo, frozenset()) == "ngo-ust-kamenogorsk"
    assert new_id(ngo, frozenset({"ngo-ust-kamenogorsk"})) == "ngo-ust-kamenogorsk-2"
    assert new_id(Draft(kind="hotline"), frozenset()) == "hot-kz"


def test_a_problem_names_its_field() -> None:
    draft = replace(BOOK.find("hot-112").draft, phones=("12",))  # type: ignore[union-attr]
    [found] = problems(draft, BOOK, ATLAS.cities, draft)
    assert isinstance(found, Problem)
    assert found.field == "phones"
