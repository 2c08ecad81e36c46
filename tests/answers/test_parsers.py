"""The readers of YAML and Markdown: whatever a file holds, they give text or a named fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answers.faults import BrokenLibraryError, Fault, FileFaults
from bot.answers.load import read_library
from bot.answers.markdown_file import parse_markdown
from bot.answers.model import Part
from bot.answers.sentence import as_is
from bot.answers.snapshot import Snapshot
from bot.answers.yaml_file import Fields, Items, Scalar, parse_yaml

if TYPE_CHECKING:
    from bot.answers.yaml_file import Value

YAML_PIECES = st.lists(
    st.sampled_from(
        [
            *("a: ", "- ", "\n", "  ", "{", "}", "[", "]", "'", '"', "&x ", "*x", "!t ", "|", ">"),
            *("#", "? ", ": ", "---\n", "...\n", "%YAML 1.1\n", "\t", "x", "<<: ", "\\U00", ","),
        ]
    ),
    max_size=25,
).map("".join)
MARKDOWN_PIECES = st.lists(
    st.sampled_from(
        [
            *("---\n", "# everyone\n", "# more\n", "## x\n", "question: q\n", "short: s\n", "x\n"),
            *("\n", "translates:\n", "  more: 0123456789ab\n", "===\n", "\r\n", "\x00", "\ufeff"),
        ]
    ),
    max_size=20,
).map("".join)


def plain(value: Value | None) -> object:
    match value:
        case Scalar(text=text):
            return text
        case Items(items=items):
            return [plain(item) for item in items]
        case Fields(fields=fields):
            return {key: plain(inner) for key, inner in fields.items()}
        case _:
            return None


def parsed(text: str) -> object:
    faults = FileFaults("f.yml")
    value = parse_yaml(text, faults)
    assert faults.found == ()
    return plain(value)


@pytest.mark.parametrize("text", ["no", "on", "116 16", "2026-11-22", "010", "1_000", "1e3", "'~'"])
def test_yaml_values_stay_the_letters_that_were_written(text: str) -> None:
    assert parsed(f"key: {text}") == {"key": text.strip("'")}


@pytest.mark.parametrize("text", ["key:", "key: ~", "key: null", "key: Null"])
def test_yaml_nothing_is_none(text: str) -> None:
    assert parsed(text) == {"key": None}


def test_yaml_an_empty_file_is_nothing() -> None:
    assert parsed("# only a comment\n") is None


@pytest.mark.parametrize("text", ["a: &x 1", "a: &x [1]\nb: *x", "a: " + "[" * 30 + "]" * 30])
def test_yaml_anchors_and_deep_nesting_are_faults(text: str) -> None:
    faults = FileFaults("f.yml")
    parse_yaml(text, faults)

    assert faults.found != ()
    assert {str(fault.sentence).split(" ")[0] for fault in faults.found} == {"Anchors"}


def test_yaml_knows_its_lines() -> None:
    root = parse_yaml("a: 1\nb:\n  - x\n  - y\n", FileFaults("f.yml"), first_line=10)

    assert isinstance(root, Fields)
    assert root.key_lines == {"a": 10, "b": 11}
    assert isinstance(root.fields["b"], Items)
    assert [item.line for item in root.fields["b"].items] == [12, 13]


@settings(deadline=None)
@given(YAML_PIECES | st.text(max_size=60))
@example("a: " + "[" * 400)
@example("- " * 400 + "x")
@example('"\\U00110000"')
@example("%YAML 9.9\n---\nx")
@example("? [a]: b")
def test_yaml_never_raises(text: str) -> None:
    faults = FileFaults("f.yml")
    value = parse_yaml(text, faults)

    assert value is not None or faults.found
    assert all(fault.line >= 1 and str(fault.sentence) for fault in faults.found)


@settings(deadline=None)
@given(MARKDOWN_PIECES | st.text(max_size=80), st.booleans())
def test_markdown_never_raises(content: str, is_source: bool) -> None:
    faults = FileFaults("ru.md")
    read = parse_markdown(content, faults, is_source=is_source)

    if not faults:
        assert read.text.question
        assert read.text.short
        assert all(read.text.parts.values())
    assert all(
        1 <= fault.line <= content.count("\n") + content.count("\r") + 2 for fault in faults.found
    )


WORDS = st.text("абв *[]-.\n1", min_size=1).filter(lambda text: text.strip())


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(Part), WORDS, min_size=1))
def test_markdown_gives_the_parts_that_were_written(parts: dict[Part, str]) -> None:
    written = "".join(f"# {part}\n{text}\n\n" for part, text in parts.items())
    faults = FileFaults("ru.md")
    read = parse_markdown(f"---\nquestion: q\nshort: s\n---\n{written}", faults, is_source=True)

    underlined = any("heading of the line above" in str(fault.sentence) for fault in faults.found)
    assert underlined or faults.found == ()
    assert read.text.parts == {part: text.strip() for part, text in parts.items()}


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                *("topics.yml", "centres.yml", "uzbek_exceptions.yml", "housing/rent/answer.yml"),
                *(
                    "housing/rent/ru.md",
                    "housing/rent/uz.md",
                    "danger/violence/ru.md",
                    "x",
                    "a/b/c",
                ),
            ]
        ),
        st.binary(max_size=30) | (YAML_PIECES | MARKDOWN_PIECES).map(str.encode),
        max_size=6,
    )
)
def test_a_folder_of_anything_is_read_or_has_faults(files: dict[str, bytes]) -> None:
    loaded = read_library(Snapshot(files))

    assert loaded.faults  # without all seven cards a folder is never right
    assert all(isinstance(fault, Fault) for fault in loaded.faults)


def test_a_fault_says_where() -> None:
    faults = (Fault("a.yml", 3, as_is("Wrong.")), Fault("b.yml", 0, as_is("Missing.")))

    assert str(BrokenLibraryError(faults)) == "a.yml:3: Wrong.; b.yml: Missing."
