"""Changing a field of answer.yml: that field is another, every other letter the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer_file import KEYS, read_answer
from bot.answers.edit_answer import with_fields
from bot.answers.edit_yaml import NotEditableError, with_values
from bot.answers.faults import FileFaults
from bot.answers.model import Answer, Source, Status
from bot.answers.written_yaml import plain, scalar
from bot.answers.yaml_file import parse_yaml
from bot.settings import ROOT

ANSWERS = sorted((ROOT / "answers").glob("*/*/answer.yml"))

FILE = """\
# who wrote it: nobody remembers
status: draft            # draft | approved
approved_by:
checked_on: 2026-11-22
check_again_by: '2027-02-20'   # a quarter

facts: [rent-kz-01,   rent-kz-02]
sources:
  # the law itself
  - title: 'A law: part one'   # in force
    url: https://law.example/1
    date: 2025-09
  - title: Another
    url: https://law.example/2
    date: 2024

related: [deposit]
# the last one
handoff: offer
"""

FIRST = Source("A law: part one", "https://law.example/1", "2025-09")
SECOND = Source("Another", "https://law.example/2", "2024")
THIRD = Source("Third #3", "https://law.example/3", "2026-11-23")


def read(content: str) -> Answer:
    faults = FileFaults("answer.yml")
    return read_answer(parse_yaml(content, faults), faults, "housing", "rent").answer


def lines_changed(before: str, after: str) -> list[tuple[str, str]]:
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return [(old, new) for old, new in pairs if old != new]


def test_an_approval() -> None:
    day = date(2026, 12, 1)
    made = with_fields(
        FILE, {"status": Status.APPROVED, "approved_by": "Ким А.", "checked_on": day}
    )

    assert lines_changed(FILE, made) == [
        (
            "status: draft            # draft | approved",
            "status: approved            # draft | approved",
        ),
        ("approved_by:", "approved_by: Ким А."),
        ("checked_on: 2026-11-22", "checked_on: 2026-12-01"),
    ]
    answer = read(made)
    assert (answer.status, answer.approved_by, answer.checked_on) == (
        Status.APPROVED,
        "Ким А.",
        day,
    )


def test_a_field_is_emptied() -> None:
    approved = with_fields(FILE, {"approved_by": "somebody"})

    assert with_fields(approved, {"approved_by": None}) == FILE


def test_a_remark_and_quotes_beside_a_value_stay() -> None:
    made = with_fields(FILE, {"check_again_by": date(2027, 3, 1)})

    assert lines_changed(FILE, made) == [
        ("check_again_by: '2027-02-20'   # a quarter", "check_again_by: 2027-03-01   # a quarter")
    ]


def test_a_source_is_added() -> None:
    made = with_fields(FILE, {"sources": (FIRST, SECOND, THIRD)})
    added = "  - title: 'Third #3'\n    url: https://law.example/3\n    date: 2026-11-23\n"

    assert read(made).sources == (FIRST, SECOND, THIRD)
    assert made.replace(added, "") == FILE.replace("  # the law itself\n", "")


def test_sources_that_stay_keep_their_letters() -> None:
    made = with_fields(FILE, {"sources": (SECOND, FIRST)})

    assert "  - title: 'A law: part one'   # in force\n" in made
    assert made.endswith("\nrelated: [deposit]\n# the last one\nhandoff: offer\n")


@pytest.mark.parametrize("before", ["sources: []\n", "sources:\n", "sources: [ ] # none\n", ""])
def test_the_first_source(before: str) -> None:
    made = with_fields(f"status: draft\n{before}handoff: offer\n", {"sources": (FIRST,)})

    assert read(made).sources == (FIRST,)
    assert made.startswith("status: draft\nsources:\n  - title: 'A law: part one'\n")
    assert made.endswith("handoff: offer\n")


def test_no_source_any_more() -> None:
    made = with_fields(FILE, {"sources": ()})

    assert "sources: []\n\nrelated: [deposit]\n" in made


def test_a_field_that_was_not_there_comes_to_its_place() -> None:
    made = with_fields("status: draft\ncheck_again_by: 2027-02-20", {"approved_by": "X"})

    assert made == "status: draft\napproved_by: X\ncheck_again_by: 2027-02-20"
    assert with_fields(made, {"handoff": "urge"}) == f"{made}\nhandoff: urge\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_stay(newline: str, bom: str) -> None:
    content = bom + FILE.replace("\n", newline)
    made = with_fields(content, {"approved_by": "X", "sources": (FIRST, SECOND, THIRD)})

    assert made.startswith(bom + "# who")
    assert made.count("\n") == made.count(newline)
    assert read(made.removeprefix("\ufeff")).approved_by == "X"


def test_a_line_separator_within_a_text_ends_no_line() -> None:
    content = "facts:\n- 'a\u2028#b'\nrelated: [deposit]\n"
    assert with_fields(content, {"facts": None}) == "facts:\nrelated: [deposit]\n"


def test_an_unknown_field_is_a_fault_of_the_caller() -> None:
    with pytest.raises(KeyError):
        with_fields(FILE, {"colour": "red"})


@pytest.mark.parametrize(
    "content",
    [
        "- a\n- b\n",
        "just text",
        "a: [",
        "{status: draft}",
        "status: a\nstatus: b\n",
        "status: &x a\n",
    ],
)
def test_what_is_not_written_as_it_should_be_is_not_changed(content: str) -> None:
    with pytest.raises(NotEditableError):
        with_fields(content, {"status": "draft"})


def test_an_empty_file_can_be_begun() -> None:
    assert with_fields("", {"status": "draft"}) == "status: draft\n"


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.parent.name)
def test_our_own_files(path: Path) -> None:
    content = path.read_bytes().decode()
    answer = read(content)
    same = with_fields(
        content,
        {
            "status": answer.status,
            "approved_by": answer.approved_by,
            "checked_on": answer.checked_on,
            "facts": answer.facts,
            "sources": answer.sources,
            "related": answer.related,
        },
    )
    assert read(same) == answer
    made = with_fields(content, {"checked_on": date(2031, 1, 2)})
    assert lines_changed(content, made) == [
        (f"checked_on: {answer.checked_on}", "checked_on: 2031-01-02")
    ]


@given(st.text(max_size=30), st.booleans())
def test_any_text_is_written_so_that_it_is_read_back(text: str, in_list: bool) -> None:
    written = scalar(text, in_list=in_list)
    faults = FileFaults("")
    found = plain(parse_yaml(f"k: [{written}]\n" if in_list else f"k: {written} # x\n", faults))

    assert found == {"k": [text] if in_list else text}


WORDS = st.text("абв ab:#'\"-[]{}&*?|>%@!,\\~\u2028", min_size=1, max_size=12).filter(str.strip)
REMARKS = st.sampled_from(["", " # why: because", "   #"])
GAPS = st.sampled_from(["", "\n", "# a remark: x\n", "\n# - two\n\n"])


@st.composite
def blocks(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Keys in any order, each with the letters of its lines, in all the ways people write them."""
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1))
    found = []
    for key in keys:
        word = scalar(draw(WORDS))
        listed = scalar(draw(WORDS), in_list=True)
        value = draw(
            st.sampled_from(
                [
                    "",
                    f" {word}",
                    f"   {word}",
                    f" [{listed}]",
                    " []",
                    f"\n  - {word}\n  # between\n  - title: {word}\n    url: x",
                    f"\n- {word}",
                    " |\n  several\n\n  lines",
                    " >-\n  folded\n  lines",
                    "\n  a: 1\n  b: [2]",
                ]
            )
        )
        remark = draw(REMARKS) if "\n" not in value else ""
        found.append((key, f"{key}:{value}{remark}\n"))
    return found


VALUES = st.one_of(
    st.none(),
    WORDS,
    st.dates(),
    st.lists(WORDS, max_size=3),
    st.lists(st.fixed_dictionaries({"title": WORDS, "url": WORDS}), min_size=1, max_size=3),
)


@settings(deadline=None)
@given(blocks(), st.data(), GAPS, st.sampled_from(["\n", "\r\n"]))
def test_every_other_letter_stays(
    found: list[tuple[str, str]], data: st.DataObject, gap: str, newline: str
) -> None:
    key = data.draw(st.sampled_from(KEYS))
    new = data.draw(VALUES)
    content = "".join(gap + block for _, block in found).replace("\n", newline)
    made = with_values(content, {key: new}, KEYS)
    faults = FileFaults("")
    before, after = plain(parse_yaml(content, faults)), plain(parse_yaml(made, faults))

    assert isinstance(before, dict)
    wished = new.isoformat() if isinstance(new, date) else new
    assert not faults
    assert after == {**before, key: wished}
    names = [name for name, _ in found]
    index = names.index(key) if key in names else None
    if index is None:
        line = next(n for n, one in enumerate(made.split(newline)) if one.startswith(f"{key}:"))
        kept = made.split(newline)
        size = len(kept) - len(content.split(newline))
        assert newline.join([*kept[:line], *kept[line + size :]]) == content
    else:
        head = "".join(gap + block for _, block in found[:index]).replace("\n", newline)
        tail = "".join(gap + block for _, block in found[index + 1 :]).replace("\n", newline)
        assert made.startswith(head + gap.replace("\n", newline) + f"{key}:")
        assert made.endswith(newline + tail)
