"""Saving drafts: nothing is published by it, and two editors see each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.console.versions.diffs import LineKind
from bot.console.versions.model import (
    Conflict,
    Draft,
    EventKind,
    Refusal,
    Saved,
    State,
)
from bot.console.versions.versions import Versions
from tests.answers.small_folder import RUSSIAN, UZBEK
from tests.console.versions.desk import (
    AYA,
    BEK,
    CHI,
    NEW,
    OLD,
    RU,
    UZ,
    Ticking,
    draft,
    published,
    refusal,
    saved,
    submitted,
    text,
)


def test_a_saved_version_changes_nothing_that_is_published(
    versions: Versions, folder: Path
) -> None:
    proposal = saved(versions)

    assert (folder / RU).read_text() == RUSSIAN
    assert text(versions) == RUSSIAN
    found = versions.current(RU, proposal.id)
    assert found is not None
    assert (found.text, found.version) == (RUSSIAN.replace(OLD, NEW), proposal.tip)


def test_a_proposal_says_what_it_is_about(versions: Versions) -> None:
    proposal = saved(versions, changes={RU: (OLD, NEW), "topics.yml": ("Жильё", "Дом")})

    assert proposal.id == "rent-1"
    assert proposal.state is State.DRAFT
    assert proposal.files == (RU, "topics.yml")
    assert proposal.subjects == ("housing/rent", "topics.yml")
    assert proposal.authors == (AYA,)
    assert proposal.words == "the price rose"
    assert [(e.kind, e.by) for e in proposal.events] == [(EventKind.SAVED, AYA)]


def test_no_id_is_given_twice(versions: Versions) -> None:
    first = saved(versions).id
    versions.withdraw(first, AYA)
    second = published(versions).proposal.id
    third = saved(versions, changes={RU: (NEW, "Дорого.")}).id

    assert [first, second, third] == ["rent-1", "rent-2", "rent-3"]


def test_proposals_survive_a_restart(versions: Versions, folder: Path, git_dir: Path) -> None:
    one, two = submitted(versions), saved(versions, BEK, {UZ: ("100", "200")})
    versions.give_back(one.id, CHI, "Please name\nthe law.\n\nEvent: approved")
    versions.withdraw(two.id, BEK, "no need")
    again = Versions(folder, git_dir, Ticking())

    assert again.proposals() == versions.proposals()
    (returned,) = again.proposals()
    assert returned.state is State.RETURNED
    assert returned.words == "Please name\nthe law.\n\nEvent: approved"
    assert [event.by for event in returned.events] == [AYA, AYA, CHI]
    (withdrawn,) = again.proposals(closed=True)
    assert (withdrawn.id, withdrawn.state) == (two.id, State.WITHDRAWN)
    assert again.proposal(two.id) == withdrawn


def test_line_ends_of_a_browser_do_not_change_every_line(versions: Versions) -> None:
    base = versions.import_outside_changes()
    content = RUSSIAN.replace(OLD, NEW).replace("\n", "\r\n")
    result = versions.save(Draft({RU: content}, base), AYA)

    assert isinstance(result, Saved)
    (hunk,) = versions.diff(base, result.version, RU)
    assert [line.kind for line in hunk.lines].count(LineKind.ADDED) == 1


def test_what_was_not_changed_is_not_saved(versions: Versions) -> None:
    base = versions.import_outside_changes()

    assert refusal(versions.save(Draft({RU: RUSSIAN}, base), AYA)) == Refusal.NO_CHANGE


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("../evil.yml", "x"),
        ("/etc/passwd", "x"),
        ("housing/rent/../../../x.yml", "x"),
        (".git/config", "x"),
        ("housing/rent/.ru.md", "x"),
        ("housing/rent/run.sh", "x"),
        ("README.md", "x"),
        (RU, "a\0b"),
        (RU, "half a character: \ud83d"),
        (RU, "ж" * (128 * 1024 + 1)),
    ],
)
def test_only_texts_of_known_files_are_saved(versions: Versions, path: str, content: str) -> None:
    base = versions.import_outside_changes()

    assert refusal(versions.save(Draft({path: content}, base), AYA)) == Refusal.BAD_FILE
    assert versions.proposals() == ()


@pytest.mark.parametrize("version", ["", "HEAD", "published", "0" * 40, "../x", "g" * 40])
def test_an_unknown_version_is_refused(versions: Versions, version: str) -> None:
    assert refusal(versions.save(Draft({RU: "x"}, version), AYA)) == Refusal.NO_SUCH_VERSION
    assert versions.at(RU, version) is None
    assert versions.snapshot(version) is None


@pytest.mark.parametrize("name", ["rent-9", "", "../heads/published", "rent", "rent-1.lock"])
def test_an_unknown_proposal_is_refused(versions: Versions, name: str) -> None:
    saved(versions)

    assert versions.proposal(name) is None
    assert versions.current(RU, name) is None
    assert refusal(versions.save(draft(versions), AYA, name)) == Refusal.NO_SUCH_PROPOSAL
    assert refusal(versions.submit(name, AYA)) == Refusal.NO_SUCH_PROPOSAL
    assert refusal(versions.publish(name, BEK, seen="")) == Refusal.NO_SUCH_PROPOSAL


def test_the_second_editor_of_a_proposal_sees_what_the_first_one_did(versions: Versions) -> None:
    proposal = saved(versions)
    mine = Draft({RU: RUSSIAN.replace(OLD, "Дорого.")}, proposal.base)
    result = versions.save(mine, BEK, proposal.id)

    assert isinstance(result, Conflict)
    (conflict,) = result.files
    assert conflict.base == RUSSIAN
    assert conflict.theirs == RUSSIAN.replace(OLD, NEW)
    assert conflict.yours == RUSSIAN.replace(OLD, "Дорого.")
    assert not conflict.is_clean
    marked = f"<<<<<<< theirs\n{NEW}\n=======\nДорого.\n>>>>>>> yours"
    assert conflict.merged == RUSSIAN.replace(OLD, marked)
    assert versions.proposal(proposal.id) == proposal

    mended = Draft({RU: RUSSIAN.replace(OLD, "Дороже.")}, result.version)
    assert isinstance(versions.save(mended, BEK, proposal.id), Saved)


def test_changes_that_do_not_meet_are_offered_together_not_saved(versions: Versions) -> None:
    proposal = saved(versions)
    mine = Draft({RU: RUSSIAN.replace("2 этаж", "3 этаж")}, proposal.base)
    result = versions.save(mine, BEK, proposal.id)

    assert isinstance(result, Conflict)
    (conflict,) = result.files
    assert conflict.is_clean
    assert conflict.merged == RUSSIAN.replace(OLD, NEW).replace("2 этаж", "3 этаж")
    assert versions.proposal(proposal.id) == proposal


def test_a_new_proposal_does_not_undo_what_was_published_since(versions: Versions) -> None:
    mine = draft(versions, {RU: (OLD, "Дорого.")})
    published(versions)
    result = versions.save(mine, CHI)

    assert isinstance(result, Conflict)
    assert result.files[0].theirs == RUSSIAN.replace(OLD, NEW)


def test_two_who_write_the_same_are_at_one(versions: Versions) -> None:
    proposal = saved(versions)
    same = Draft({RU: RUSSIAN.replace(OLD, NEW), UZ: UZBEK + "x\n"}, proposal.base)

    assert isinstance(versions.save(same, BEK, proposal.id), Saved)


def test_who_deletes_what_another_changed_sees_it(versions: Versions) -> None:
    proposal = saved(versions, changes={UZ: ("100", "200")})
    result = versions.save(Draft({UZ: None}, proposal.base), BEK, proposal.id)

    assert isinstance(result, Conflict)
    (conflict,) = result.files
    assert (conflict.yours, conflict.theirs) == (None, UZBEK.replace("100", "200"))
    assert (conflict.merged, conflict.is_clean) == (conflict.theirs, False)
