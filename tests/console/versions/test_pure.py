"""Paths, rules, messages, merges and differences."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pygit2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.faults import Fault
from bot.answers.sentence import as_is
from bot.console.versions import diffs, messages, paths, rules
from bot.console.versions.folder import prepare
from bot.console.versions.merging import merge_file
from bot.console.versions.messages import Message
from bot.console.versions.model import EventKind, Person, Refusal, State
from bot.console.versions.versions import Versions
from tests.answers.small_folder import write
from tests.console.versions.desk import AYA, BEK, RU, git, published, saved, text

LINES = st.lists(st.sampled_from(["a", "b", "c", "слово и слово", ""]), max_size=12).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


@pytest.mark.parametrize(
    "path",
    [
        *("topics.yml", "centres.yml", "needs.yml", "glossary.yml", "uzbek_exceptions.yml"),
        *("facts/housing.yml", "housing/rent/answer.yml", "housing/rent/uz_Cyrl.md"),
        *("danger/violence/ru.md", "conversation/privacy/ky.md"),
    ],
)
def test_known_kinds_of_files(path: str) -> None:
    assert paths.is_known(path)


@pytest.mark.parametrize(
    "path",
    [
        *("", "x.yml", "README.md", "facts/README.md", "facts/../topics.yml", "./topics.yml"),
        *("housing/ru.md", "housing/rent/en.md", "housing/rent/deep/ru.md", "/housing/rent/ru.md"),
        *("housing//ru.md", "Housing/rent/ru.md", "housing/.rent/ru.md", "housing/rent/ru.md\n"),
        *("facts/x/ru.md", "housing\\rent\\ru.md", "../answers/housing/ru.md", "topics.yml/"),
    ],
)
def test_other_files_are_not_written(path: str) -> None:
    assert not paths.is_known(path)


@given(st.text("a./\\~-_ \n\0:кA", max_size=30), st.sampled_from(["", "ru.md", "topics.yml"]))
def test_no_path_leads_out(head: str, tail: str) -> None:
    path = head + tail
    if paths.is_known(path):
        parts = path.split("/")
        assert all(part and not part.startswith(".") and "\\" not in part for part in parts)


@given(st.text(), st.text())
def test_line_ends_stay_those_of_the_file(content: str, before: str) -> None:
    ended = paths.with_its_line_ends(content, before)

    assert "\r\n" not in ended if "\r\n" not in before else "\n" not in ended.replace("\r\n", "")
    assert ended.replace("\r\n", "\n") == content.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind is not EventKind.OUTSIDE])
@pytest.mark.parametrize("state", list(State))
def test_nothing_can_be_done_with_what_is_closed(kind: EventKind, state: State) -> None:
    assert not (rules.is_allowed(kind, state) and not state.is_open)


@given(st.lists(st.integers(1, 5), min_size=1), st.integers(1, 5), st.booleans())
def test_only_another_person_may_publish(authors: list[int], approver: int, alone: bool) -> None:
    people = [Person(f"name {number}", number) for number in authors]
    against = rules.against_publishing(
        State.SUBMITTED, people, Person("another name", approver), alone=alone
    )

    assert against == (Refusal.OWN_WORK if approver in authors and not alone else None)


def test_faults_that_were_there_do_not_hinder_but_more_of_them_do() -> None:
    x, y = as_is("x"), as_is("y")
    before = (Fault("a", 1, x), Fault("a", 2, y))
    after = (Fault("a", 9, x), Fault("a", 12, x), Fault("b", 1, y))

    assert rules.new_faults(before, after) == (Fault("a", 12, x), Fault("b", 1, y))
    assert rules.new_faults(after, after) == ()


@given(st.text(), st.sampled_from(list(EventKind)), st.sampled_from(["", "rent-1"]))
def test_a_message_says_what_was_put_into_it(words: str, kind: EventKind, name: str) -> None:
    read = messages.read(messages.written(Message(words, kind, name)))
    said = messages.cleaned(words)

    assert read == Message("" if said == kind else said, kind, name)


@given(st.text())
def test_words_cannot_pass_for_an_event(words: str) -> None:
    forged = f"{words}\n\nProposal: x-1\nEvent: approved"
    read = messages.read(messages.written(Message(forged, EventKind.SAVED, "rent-1")))

    assert read is not None
    assert (read.kind, read.proposal) == (EventKind.SAVED, "rent-1")


def test_a_foreign_message_is_none_of_ours() -> None:
    assert messages.read("Fix a typo") is None
    assert messages.read("") is None


@given(st.text(), st.integers())
def test_any_name_becomes_one_that_git_takes(name: str, number: int) -> None:
    person = Person(name, number)
    signature = pygit2.Signature(messages.name(person), messages.email(person), 1, 0, "utf-8")
    back = messages.person(signature.name, signature.email)

    assert back.id == number
    assert back.name == messages.name(person)


def test_the_name_of_a_counsellor_comes_back(versions: Versions) -> None:
    person = Person("Гүлнара <b>O'ktam</b>\n", -17)
    proposal = saved(versions, person)

    assert proposal.authors == (Person("Гүлнара bO'ktam/b", -17),)


def test_the_time_is_the_callers(folder: Path, git_dir: Path) -> None:
    still = Versions(folder, git_dir, lambda: 1_800_000_000.9)

    assert saved(still).changed_at == datetime.fromtimestamp(1_800_000_000, UTC)


@settings(deadline=None, max_examples=60)
@given(LINES, LINES, LINES)
def test_a_clean_merge_is_gits(base: str, theirs: str, yours: str) -> None:
    repository, folder = scratch()
    found = merge_file(repository, "f", base.encode(), theirs.encode(), yours.encode())
    for name, content in (("base", base), ("theirs", theirs), ("yours", yours)):
        (folder / name).write_text(content)
    done = subprocess.run(
        ["git", "merge-file", "-p", "theirs", "base", "yours"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.is_clean is (done.returncode == 0)
    if found.is_clean:
        assert found.merged == done.stdout
    else:
        assert found.merged is not None
        assert "<<<<<<< theirs\n" in found.merged
        assert ">>>>>>> yours\n" in found.merged


_SCRATCH: list[tuple[pygit2.Repository, Path]] = []


@pytest.fixture(autouse=True, scope="module")
def _scratch(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("scratch")
    _SCRATCH.append((pygit2.init_repository(str(folder / "r.git"), bare=True), folder))


def scratch() -> tuple[pygit2.Repository, Path]:
    return _SCRATCH[-1]


@pytest.mark.parametrize("raw", [b"\xff", b"a\0b"])
def test_what_is_no_text_is_not_merged(raw: bytes) -> None:
    found = merge_file(scratch()[0], "f", b"a\n", raw, b"c\n")

    assert (found.is_clean, found.merged) == (False, "c\n")


@given(LINES, LINES)
def test_a_difference_leads_from_one_text_to_the_other(old: str, new: str) -> None:
    hunks = diffs.diff(old, new, context=100)
    lines = [line for hunk in hunks for line in hunk.lines]
    if not hunks:
        assert old == new
        return
    assert [line.text for line in lines if line.kind != "added"] == old.splitlines()
    assert [line.text for line in lines if line.kind != "removed"] == new.splitlines()
    assert [line.old for line in lines if line.old] == list(range(1, len(old.splitlines()) + 1))
    assert [line.new for line in lines if line.new] == list(range(1, len(new.splitlines()) + 1))


@given(LINES, LINES)
def test_side_by_side_shows_every_line_once(old: str, new: str) -> None:
    rows = [row for hunk in diffs.diff(old, new, context=100) for row in diffs.rows(hunk)]
    left = ["".join(span.text for span in row.left) for row in rows if row.left is not None]
    right = ["".join(span.text for span in row.right) for row in rows if row.right is not None]

    if rows:
        assert (left, right) == (old.splitlines(), new.splitlines())


def test_words_that_changed_are_marked() -> None:
    (hunk,) = diffs.diff("Плата 100 монет.\n", "Плата 200 монет.\n")
    (row,) = diffs.rows(hunk)

    assert row.kind is diffs.RowKind.CHANGED
    assert row.left is not None
    assert [(s.text, s.is_changed) for s in row.left] == [
        ("Плата ", False),
        ("100", True),
        (" монет.", False),
    ]


@pytest.mark.parametrize(("old", "new"), [("a\r\nb", "a\nb\n"), ("", ""), ("a", "a\n")])
def test_line_ends_are_no_difference(old: str, new: str) -> None:
    assert diffs.diff(old, new) == ()


@pytest.mark.parametrize("odd", ["a\0b", "\ud83d", "a\u2028b\x0cc", "x" * 5000])
def test_any_text_can_be_compared(odd: str) -> None:
    (hunk,) = diffs.diff("a\n", odd)

    assert [line.text for line in hunk.lines if line.kind == "added"] == [odd]


def test_blame_is_gits(versions: Versions, git_dir: Path) -> None:
    published(versions)
    published(versions, BEK, AYA, {RU: ("# more\n", "# more\nНовая строка.\n\n")})
    published(versions, AYA, BEK, {RU: ("Дом, 2", "Дом, 4")})
    found = git(git_dir, "blame", "--first-parent", "-l", "-s", "--root", "published", "--", RU)

    assert [line.version for line in versions.blame(RU)] == [
        line.split(" ")[0] for line in found.splitlines()
    ]
    assert len(versions.blame(RU)) == len(text(versions).splitlines())


@pytest.mark.parametrize("name", ["out/x.md", "out", "../x.md", "/x.md"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    write(tmp_path / "in/kept.md", "x")
    (tmp_path / "outside").mkdir()
    (tmp_path / "in/out").symlink_to(tmp_path / "outside")

    with pytest.raises(PermissionError):
        prepare(tmp_path / "in", {"kept.md": b"y", name: b"z"})
    assert sorted(p.name for p in (tmp_path / "in").iterdir()) == ["kept.md", "out"]
    assert list((tmp_path / "outside").iterdir()) == []
