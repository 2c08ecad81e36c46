"""Editing one entry of ``centres.yml``: it says what it should, and nothing else has changed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.answers.centres_file import FILE
from bot.console.centres.book import read_book
from bot.console.centres.draft import NAME_ORDER, Draft
from bot.console.centres.editing import CannotEditError, with_entry, with_new_entry
from bot.settings import ROOT

REAL = (ROOT / "answers" / FILE).read_text("utf-8")

ANY = "    citizenships: [any]\n"

PECULIAR = """\
# What a place helps with.
services:
  emergency: 'life at risk'   # most important
  shelter: "a bed"

centres:
# the first one
- names:   # by language
    ru: Один   # why so
    # between
    tg: >-
      Як
      ду
  id: one
  kind: hotline  # a kind
  city:    # none
  phones:
    - '112'   # always
    # and
    - "99999"
  languages: [ ru,kk ]   # spoken
  services:
  - emergency

  citizenships: [any]
  source: |
    https://one.example
  source_date: null
  confidence: high
  # the end of the first

# the second one
- {id: two, names: {ru: Два}, kind: ngo, phones: [], source: x, confidence: high}
- id: three
  names: {ru: Три}
  kind: ngo
  unknown: kept
  source: a
    b
  confidence: medium
# the end"""

SMALL = """\
services:
  emergency: life at risk
centres:
  - id: a
    names:
      ru: А
    kind: ngo
    city:
    phones: []
    languages: []
    services: []
    citizenships: [any]
    source: x
    source_date:
    confidence: high
  - id: b   # a comment
    names:
      ru: Б
      kk: Б
    kind: ngo   # why
    city: almaty
    # a comment of its own
    phones: ['112']
    languages: [ru]
    services: [emergency]
    citizenships: [any]
    site: https://b.example
    source: x
    source_date: '2024'
    confidence: high
    note: |
      # no comment

      text
  # before the last
  - id: c
    names:
      ru: В
    kind: ngo
    city:
    phones: []
    languages: []
    services: []
    citizenships: [any]
    source: x
    source_date:
    confidence: high
"""

line = st.text(
    st.one_of(
        st.sampled_from(": #'\"-?[]{}&*!|>%@`,\\~nulltrue0129."),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    ),
    max_size=30,
).map(lambda text: " ".join(text.split()))
filled = line.filter(bool)
words = st.lists(filled, max_size=3, unique=True).map(tuple)
names = st.dictionaries(st.sampled_from(NAME_ORDER[1:]), filled).flatmap(
    lambda others: filled.map(
        lambda ru: {
            name: ({"ru": ru} | others)[name] for name in NAME_ORDER if name in {"ru": ru} | others
        }
    )
)
drafts = st.builds(
    Draft,
    id=st.just("b"),
    names=names,
    kind=filled,
    city=line,
    address=line,
    phones=words,
    ask_at=line,
    hours=line,
    hours_note=line,
    languages=words,
    services=words,
    citizenships=words,
    site=line,
    email=line,
    latitude=line,
    longitude=line,
    approximate=st.booleans(),
    coordinates_source=line,
    source=line,
    source_date=line,
    confidence=line,
    note=line,
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(drafts)
def test_only_the_lines_of_the_changed_entry_differ(draft: Draft) -> None:
    after = with_entry(SMALL, draft)
    found = read_book(after).find("b")
    assert found is not None
    assert found.draft == draft
    start, end = SMALL.index("  - id: b"), SMALL.index("  # before the last")
    assert after.startswith(SMALL[:start])
    assert after.endswith(SMALL[end:])


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(drafts)
def test_a_new_entry_changes_no_line_of_the_others(draft: Draft) -> None:
    draft = replace(draft, id="new")
    after = with_new_entry(SMALL, draft)
    found = read_book(after).find("new")
    assert found is not None
    assert found.draft == draft
    start = after.index("  - id: new\n")
    end = start + len(after) - len(SMALL)
    assert after[:start] + after[end:] == SMALL


def test_saying_the_same_changes_nothing() -> None:
    for entry in read_book(REAL).entries:
        assert with_entry(REAL, entry.draft) == REAL


@pytest.mark.parametrize(
    ("field", "value", "before", "after"),
    [
        ("hours", "Mon-Fri 09:00-18:00", "    hours: 24/7\n", "    hours: Mon-Fri 09:00-18:00\n"),
        ("city", "almaty", "    city:\n", "    city: almaty\n"),
        ("phones", ("112", "103"), "    phones: ['112']\n", "    phones: ['112', '103']\n"),
        ("note", "", "    note: Free from any phone.\n", ""),
        ("approximate", True, ANY, ANY + "    approximate: true\n"),
        ("latitude", "43.25", ANY, ANY + "    latitude: 43.25\n"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_the_file_writes_it(
    field: str, value: object, before: str, after: str
) -> None:
    entry = read_book(REAL).find("hot-112")
    assert entry is not None
    changed = with_entry(REAL, replace(entry.draft, **{field: value}))
    assert changed == REAL.replace(before, after, 1)


def test_comments_around_a_changed_value_stay() -> None:
    one = read_book(PECULIAR).find("one")
    assert one is not None
    draft = replace(
        one.draft,
        kind="ngo",
        city="almaty",
        phones=("103",),
        source="https://two.example",
        names={"ru": "Один", "kk": "Бір", "tg": "Се"},
        address="ул. 1",
    )
    after = with_entry(PECULIAR, draft)
    expected = (
        PECULIAR.replace("kind: hotline", "kind: ngo")
        .replace("city:    # none", "city: almaty    # none\n  address: ул. 1")
        .replace("phones:\n    - '112'   # always\n    # and\n    - \"99999\"", "phones: ['103']")
        .replace("source: |\n    https://one.example", "source: https://two.example")
        .replace("tg: >-\n      Як\n      ду", "tg: Се")
        .replace("Один   # why so", "Один   # why so\n    kk: Бір")
    )
    assert after == expected


def test_a_file_with_other_line_ends_is_read_and_written() -> None:
    b = read_book(SMALL).find("b")
    assert b is not None
    draft = replace(b.draft, address="ул. 1")
    assert with_entry(SMALL.replace("\n", "\r\n"), draft) == with_entry(SMALL, draft)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("two", {"kind": "iom"}),
        ("three", {"names": {"ru": "Другое"}}),
        ("nobody", {}),
    ],
)
def test_what_is_not_laid_out_in_lines_is_left_to_people(
    name: str, change: dict[str, object]
) -> None:
    found = read_book(PECULIAR).find(name)
    draft = replace(found.draft, **change) if found else Draft(id=name)
    with pytest.raises(CannotEditError):
        with_entry(PECULIAR, draft)


def test_a_broken_file_is_not_edited() -> None:
    with pytest.raises(CannotEditError):
        with_new_entry("centres: [", Draft(id="x", names={"ru": "x"}))


def test_a_taken_id_is_refused() -> None:
    with pytest.raises(CannotEditError):
        with_new_entry(SMALL, Draft(id="a", names={"ru": "x"}))


def test_an_anchor_is_never_followed_into_another_entry() -> None:
    text = SMALL.replace("    source: x\n", "    source: &n x\n", 1).replace(
        "city: almaty", "city: *n", 1
    )
    b = read_book(text).find("b")
    assert b is not None
    with pytest.raises(CannotEditError):
        with_entry(text, replace(b.draft, city="astana"))


def test_a_new_one_stands_where_its_kind_and_city_belong() -> None:
    base = Draft(
        id="new",
        names={"ru": "x"},
        kind="ngo",
        citizenships=("any",),
        source="x",
        confidence="high",
    )

    def before_and_after(**fields: str) -> tuple[str | None, str | None]:
        ids = [e.draft.id for e in read_book(with_new_entry(REAL, replace(base, **fields))).entries]
        at = ids.index("new")
        return ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None

    assert before_and_after(kind="hotline") == ("hot-astana-psy", "ngo-mhg")
    assert before_and_after(kind="ngo", city="aktobe") == ("ngo-aktobe", "ngo-kibhr")
    assert before_and_after(kind="ngo", city="ust-kamenogorsk") == ("gov-li-wko", "emb-ru-oskemen")
    assert before_and_after(kind="government", city="zhanaozen")[1] is None
