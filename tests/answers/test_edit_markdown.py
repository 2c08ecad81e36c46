"""Changing a part or the head of a Markdown file: every other letter stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.edit_markdown import ORDER, new_markdown, with_front, with_part
from bot.answers.edit_yaml import NotEditableError
from bot.answers.faults import FileFaults
from bot.answers.markdown_file import MarkdownFile, parse_markdown
from bot.answers.model import Part
from bot.settings import ROOT
from tests.answers.small_folder import RUSSIAN

TEXTS = sorted((ROOT / "answers").glob("*/*/*.md"))


def read(content: str) -> MarkdownFile:
    faults = FileFaults("ru.md")
    found = parse_markdown(content, faults, is_source=False)
    assert faults.found == ()
    return found


def test_a_part_gets_another_text() -> None:
    made = with_part(RUSSIAN, Part.EVERYONE, "Около **200** монет.\r\n\r\nИли больше.")

    expected = "Около **200** монет.\n\nИли больше."
    assert made == RUSSIAN.replace("Около **100** монет.", expected)


def test_the_last_part() -> None:
    made = with_part(RUSSIAN, Part.MORE, "Иначе.")

    assert made == RUSSIAN.replace("Дом, 2 этаж: [страница](https://law.example/1).", "Иначе.")


def test_empty_lines_around_a_text_stay_and_so_does_a_missing_line_end() -> None:
    content = "---\nquestion: q\nshort: s\n---\n# everyone\n\n\nold\n \n# more\nlast"

    made = with_part(with_part(content, Part.EVERYONE, "new"), Part.MORE, "end")
    assert made == content.replace("old", "new").replace("last", "end")


def test_a_part_is_added_where_it_belongs_and_taken_out() -> None:
    made = with_part(RUSSIAN, Part.RUSSIA, "Мы знаем меньше.")

    assert made == RUSSIAN.replace("# more", "# russia\nМы знаем меньше.\n\n# more")
    assert with_part(made, Part.RUSSIA, None) == RUSSIAN
    assert with_part(RUSSIAN, Part.OTHER, None) == RUSSIAN


@pytest.mark.parametrize("text", ["a\n# more\nb", "# eaeu\nx", "a\n## other\nb", "", " \n"])
def test_a_text_cannot_bring_other_parts_in(text: str) -> None:
    if text.strip():
        with pytest.raises(NotEditableError):
            with_part(RUSSIAN, Part.EVERYONE, text)
    else:  # an empty part is a fault that the check tells
        assert read_loosely(with_part(RUSSIAN, Part.EVERYONE, text)).text.parts[Part.EVERYONE] == ""


def read_loosely(content: str) -> MarkdownFile:
    return parse_markdown(content, FileFaults("ru.md"), is_source=False)


@pytest.mark.parametrize("content", ["", "# everyone\nx\n", "---\nquestion: q\n# everyone\nx\n"])
def test_a_file_without_a_head_is_not_changed(content: str) -> None:
    with pytest.raises(NotEditableError):
        with_part(content, Part.EVERYONE, "new")
    with pytest.raises(NotEditableError):
        with_front(content, {"short": "new"})


def test_a_part_that_stands_there_twice_is_not_changed() -> None:
    with pytest.raises(NotEditableError):
        with_part(RUSSIAN + "# more\nagain\n", Part.EVERYONE, "new")


def test_a_broken_file_can_still_be_mended_part_by_part() -> None:
    broken = RUSSIAN.replace("# more", "# mehr")

    assert with_part(broken, Part.EVERYONE, "new") == broken.replace("Около **100** монет.", "new")


def test_the_question_changes_alone() -> None:
    stamped = RUSSIAN.replace(
        "---\n# everyone", "translates:\n  more: 0123456789ab\n---\n# everyone"
    )
    made = with_front(stamped, {"question": "Почём: комната?"})

    assert made == stamped.replace("Сколько стоит комната?", "'Почём: комната?'")
    assert read(made).text.question == "Почём: комната?"


def test_a_new_file() -> None:
    parts = {Part.MORE: "Ещё.\r\n", Part.EVERYONE: "Всё."}
    made = new_markdown("Где: тут?", "Где", parts)

    assert made == "---\nquestion: 'Где: тут?'\nshort: Где\n---\n# everyone\nВсё.\n\n# more\nЕщё.\n"
    assert read(made).text.parts == {Part.EVERYONE: "Всё.", Part.MORE: "Ещё."}


def test_all_parts_have_their_place() -> None:
    assert set(ORDER) == set(Part)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_our_own_files(path: Path) -> None:
    content = path.read_bytes().decode()
    text = read(content).text
    for part, body in text.parts.items():
        assert with_part(content, part, body) == content
    assert with_front(content, {"question": text.question, "short": text.short}) == content


BODY = st.text("аб \n\r*-[](){}", max_size=30)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(list(Part)), BODY), unique_by=lambda pair: pair[0]),
    st.sampled_from(list(Part)),
    BODY,
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_other_letter_stays(
    parts: list[tuple[Part, str]], part: Part, new: str, newline: str
) -> None:
    bodies = [f"# {name}{newline}{body}{newline}" for name, body in parts]
    head = f"---{newline}question: q{newline}short: s{newline}---{newline}"
    content = head + "".join(bodies)
    before = read_loosely(content).text.parts
    made = with_part(content, part, new)
    wished = new.replace("\r\n", "\n").replace("\r", "\n").strip()

    assert read_loosely(made).text.parts == {**before, part: wished}
    names = [name for name, _ in parts]
    if part in names:
        index = names.index(part)
        assert made.startswith(head + "".join(bodies[:index]) + f"# {part}{newline}")
        assert made.endswith("".join(bodies[index + 1 :]))
    else:
        assert made.startswith(head)
        left = made
        for body in bodies:
            assert body in left
            left = left.split(body, 1)[1] if left.startswith(body) else left.replace(body, "", 1)
