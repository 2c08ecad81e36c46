"""Saving, submitting, publishing: the life of a proposal."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot.answers.model import DangerKind
from bot.console.versions.diffs import LineKind
from bot.console.versions.model import (
    OUTSIDE,
    Conflict,
    Draft,
    EventKind,
    FileVersion,
    Proposal,
    Published,
    Refusal,
    Refused,
    Saved,
    State,
)
from bot.console.versions.versions import Versions
from tests.answers.small_folder import RUSSIAN, UZBEK, edit, write
from tests.console.versions.desk import (
    ANSWER,
    AYA,
    BEK,
    CHI,
    NEW,
    OLD,
    RU,
    UZ,
    Ticking,
    draft,
    git,
    published,
    saved,
    submitted,
    text,
)


def refusal(result: object) -> Refusal:
    assert isinstance(result, Refused), result
    return result.why


def test_the_first_look_keeps_the_folder_as_it_is(versions: Versions, folder: Path) -> None:
    version = versions.import_outside_changes()

    assert versions.current(RU) == FileVersion(RU, RUSSIAN, version)
    assert "facts/housing.yml" in versions.files()
    (change,) = versions.history()
    assert (change.author, change.approver, change.proposal) == (OUTSIDE, None, None)
    assert change.words == "changed outside the console"


def test_nothing_is_put_into_the_folder_nor_into_a_checkout_around_it(
    versions: Versions, folder: Path, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    before = git(
        tmp_path / ".git", "--work-tree", str(tmp_path), "status", "--porcelain", "answers"
    )
    names = sorted(path.name for path in folder.iterdir())
    published(versions)

    assert sorted(path.name for path in folder.iterdir()) == names
    after = git(tmp_path / ".git", "--work-tree", str(tmp_path), "status", "--porcelain", "answers")
    assert after == before
    assert git(tmp_path / ".git", "for-each-ref") == ""


def test_without_a_change_there_is_no_new_version(versions: Versions) -> None:
    assert versions.import_outside_changes() == versions.import_outside_changes()


def test_a_change_by_hand_is_a_version_before_anything_else(
    versions: Versions, folder: Path
) -> None:
    base = versions.import_outside_changes()
    edit(folder / RU, OLD, NEW)
    (folder / UZ).unlink()
    write(folder / "housing/rent/kk.md", UZBEK)
    found = versions.current(RU)

    assert found is not None
    assert NEW in found.text
    assert found.version != base
    assert versions.current(UZ) is None
    assert versions.current("housing/rent/kk.md") is not None
    assert [change.author for change in versions.history()] == [OUTSIDE, OUTSIDE]


def test_a_change_of_the_same_length_within_the_same_moment_is_seen(
    versions: Versions, folder: Path
) -> None:
    for _ in range(5):
        edit(folder / RU, OLD, NEW)
        assert NEW in text(versions)
        edit(folder / RU, NEW, OLD)
        assert OLD in text(versions)


@pytest.mark.parametrize(
    "name", ["con.yml", "Файл ʻ.md", "notes (copy).txt", "housing/aux", "a" * 200]
)
def test_a_stray_file_of_any_name_does_no_harm(versions: Versions, folder: Path, name: str) -> None:
    write(folder / name, "x")

    assert name in versions.files()
    (folder / name).unlink()
    assert name not in versions.files()


@pytest.mark.parametrize(
    "name", [".hidden", "ru.md~", "#ru.md#", "map.png", "a:b.yml", "a\nb.yml", "GIT~1", "a."]
)
def test_what_is_no_content_is_not_kept(versions: Versions, folder: Path, name: str) -> None:
    write(folder / name, "x")

    assert name not in versions.files()


def test_a_link_is_not_followed(versions: Versions, folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "secret", "not ours")
    (folder / "housing/rent/kk.md").symlink_to(tmp_path / "secret")
    (folder / "housing/outside").symlink_to(tmp_path)

    assert [name for name in versions.files() if "kk" in name or "outside" in name] == []


def test_a_folder_that_was_moved_away_is_not_taken_for_a_wish(
    versions: Versions, folder: Path, tmp_path: Path
) -> None:
    handed_in = submitted(versions)
    folder.rename(tmp_path / "elsewhere")

    assert versions.current(RU) is not None
    refused = versions.publish(handed_in.id, BEK, seen=handed_in.tip)
    assert refusal(refused) == Refusal.NOT_WRITABLE
    (tmp_path / "elsewhere").rename(folder)
    assert isinstance(versions.publish(handed_in.id, BEK, seen=handed_in.tip), Published)


def test_a_file_that_is_no_text_is_shown_as_well_as_can_be(
    versions: Versions, folder: Path
) -> None:
    write(folder / RU, b"\xff\xfeabc")
    found = versions.current(RU)

    assert found is not None
    assert (found.text, found.is_text) == ("\ufffd\ufffdabc", False)


@pytest.mark.parametrize("path", ["", "/", "..", "../x", "housing", "a\0b", "\ud800", "no.yml"])
def test_what_is_not_there_is_not_there(versions: Versions, path: str) -> None:
    version = versions.import_outside_changes()

    assert versions.current(path) is None
    assert versions.at(path, version) is None
    assert versions.blame(path) == ()


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


def test_the_way_there_and_back(versions: Versions) -> None:
    name = submitted(versions).id
    returned = versions.give_back(name, BEK, "Which law?")
    assert isinstance(returned, Proposal)
    assert (returned.state, returned.words) == (State.RETURNED, "Which law?")
    again = versions.submit(name, AYA, "It is named now.")
    assert isinstance(again, Proposal)
    assert (again.state, again.words) == (State.SUBMITTED, "It is named now.")


def test_who_returns_a_proposal_says_why(versions: Versions) -> None:
    name = submitted(versions).id

    assert refusal(versions.give_back(name, BEK, " \n")) == Refusal.NO_WORDS


def test_a_submitted_proposal_that_is_changed_is_a_draft_again(versions: Versions) -> None:
    proposal = submitted(versions)
    change = Draft({UZ: UZBEK.replace("100", "200")}, proposal.tip)
    result = versions.save(change, AYA, proposal.id)

    assert isinstance(result, Saved)
    assert result.proposal.state is State.DRAFT


def test_what_is_closed_stays_closed(versions: Versions) -> None:
    done = published(versions).proposal
    gone = saved(versions, changes={UZ: ("100", "200")})
    versions.withdraw(gone.id, AYA)
    for name, tip in ((done.id, done.tip), (gone.id, gone.tip)):
        results = [
            versions.save(Draft({RU: "x"}, tip), AYA, name),
            versions.submit(name, AYA),
            versions.give_back(name, AYA, "why"),
            versions.withdraw(name, AYA),
            versions.publish(name, CHI, seen=tip),
        ]
        assert [refusal(result) for result in results] == [Refusal.WRONG_STATE] * 5


def test_what_is_published_is_in_the_folder(versions: Versions, folder: Path) -> None:
    result = published(versions)

    assert (folder / RU).read_text() == RUSSIAN.replace(OLD, NEW)
    assert result.files == (RU,)
    assert result.version == versions.import_outside_changes()
    assert result.proposal.state is State.APPROVED
    assert [event.by for event in result.proposal.events] == [AYA, AYA, BEK]
    assert versions.proposals() == ()
    assert versions.proposals(closed=True) == (result.proposal,)


def test_git_names_who_wrote_it_and_who_approved_it(versions: Versions, git_dir: Path) -> None:
    published(versions)
    log = git(git_dir, "log", "-1", "--format=%an|%ae|%cn|%ce|%s", "published")

    assert log == "Айя|11@staff.invalid|Bek|12@staff.invalid|the price rose\n"


@pytest.mark.parametrize("approver", [AYA, BEK])
def test_nobody_approves_what_they_wrote_a_part_of(versions: Versions, approver: object) -> None:
    proposal = saved(versions)
    more = Draft({UZ: UZBEK.replace("100", "200")}, proposal.tip)
    versions.save(more, BEK, proposal.id)
    handed_in = versions.submit(proposal.id, CHI)
    assert isinstance(handed_in, Proposal)

    refused = versions.publish(proposal.id, approver, seen=handed_in.tip)  # type: ignore[arg-type]
    assert refusal(refused) == Refusal.OWN_WORK
    assert isinstance(versions.publish(proposal.id, CHI, seen=handed_in.tip), Published)


def test_in_the_sandbox_one_person_may_do_all(versions: Versions) -> None:
    handed_in = submitted(versions)

    alone = versions.publish(handed_in.id, AYA, seen=handed_in.tip, alone=True)
    assert isinstance(alone, Published)


def test_what_was_not_submitted_is_not_published(versions: Versions) -> None:
    proposal = saved(versions)

    assert refusal(versions.publish(proposal.id, BEK, seen=proposal.tip)) == Refusal.WRONG_STATE


def test_only_what_the_approver_saw_is_published(versions: Versions) -> None:
    seen = submitted(versions)
    change = Draft({UZ: UZBEK.replace("100", "200")}, seen.tip)
    versions.save(change, AYA, seen.id)
    versions.submit(seen.id, AYA)

    assert refusal(versions.publish(seen.id, BEK, seen=seen.tip)) == Refusal.NOT_AS_SEEN


def test_the_approval_itself_can_change_files(versions: Versions, folder: Path) -> None:
    handed_in = submitted(versions)

    def approved(files: object) -> dict[str, str | None]:
        assert isinstance(files, dict)
        assert NEW in files[RU]
        return {ANSWER: files[ANSWER].replace("approved_by:", "approved_by: Bek")}

    result = versions.publish(handed_in.id, BEK, seen=handed_in.tip, extra=approved)
    assert isinstance(result, Published)
    assert result.files == (ANSWER, RU)
    assert "approved_by: Bek\n" in (folder / ANSWER).read_text()


def test_the_approval_writes_known_files_only(versions: Versions) -> None:
    handed_in = submitted(versions)
    refused = versions.publish(
        handed_in.id, BEK, seen=handed_in.tip, extra=lambda _: {"../x.yml": "x"}
    )
    assert refusal(refused) == Refusal.BAD_FILE


def test_changes_of_other_places_are_published_together(versions: Versions, folder: Path) -> None:
    mine = submitted(versions, changes={RU: ("2 этаж", "3 этаж")})
    published(versions, CHI)
    edit(folder / UZ, "100", "200")

    assert isinstance(versions.publish(mine.id, BEK, seen=mine.tip), Published)
    both = RUSSIAN.replace(OLD, NEW).replace("2 этаж", "3 этаж")
    assert (folder / RU).read_text() == both
    assert (folder / UZ).read_text() == UZBEK.replace("100", "200")


def test_a_conflict_on_publishing_is_mended_by_saving_onto_what_is_published(
    versions: Versions, folder: Path
) -> None:
    mine = submitted(versions, changes={RU: (OLD, "Дорого."), UZ: ("100", "300")})
    other = published(versions, CHI)
    result = versions.publish(mine.id, BEK, seen=mine.tip)

    assert isinstance(result, Conflict)
    (conflict,) = result.files
    assert conflict.theirs == RUSSIAN.replace(OLD, NEW)
    assert conflict.yours == RUSSIAN.replace(OLD, "Дорого.")
    assert result.onto == other.version
    assert (folder / RU).read_text() == RUSSIAN.replace(OLD, NEW)

    left = versions.save(Draft({}, result.version, "", result.onto), AYA, mine.id)
    assert isinstance(left, Conflict)
    mended = RUSSIAN.replace(OLD, "Дорого: 200.")
    done = versions.save(Draft({RU: mended}, result.version, "", result.onto), AYA, mine.id)
    assert isinstance(done, Saved)
    assert done.proposal.base == other.version
    assert done.proposal.files == (RU, UZ)
    again = versions.submit(mine.id, AYA)
    assert isinstance(again, Proposal)
    assert isinstance(versions.publish(mine.id, BEK, seen=again.tip), Published)
    assert (folder / RU).read_text() == mended
    assert (folder / UZ).read_text() == UZBEK.replace("100", "300")


def test_nothing_is_published_that_could_not_be_served(versions: Versions, folder: Path) -> None:
    handed_in = submitted(versions, changes={RU: ("# everyone", "# nobody")})
    result = versions.publish(handed_in.id, BEK, seen=handed_in.tip)

    assert isinstance(result, Refused)
    assert result.why is Refusal.BROKEN
    assert {fault.file for fault in result.faults} == {RU}
    assert (folder / RU).read_text() == RUSSIAN


def test_yaml_that_only_checks_read_must_be_readable_too(versions: Versions) -> None:
    base = versions.import_outside_changes()
    proposal = versions.save(Draft({"facts/housing.yml": "a: [b"}, base), AYA)
    assert isinstance(proposal, Saved)
    versions.submit(proposal.proposal.id, AYA)
    tip = versions.proposals()[0].tip

    assert refusal(versions.publish(proposal.proposal.id, BEK, seen=tip)) == Refusal.BROKEN


def test_one_of_two_broken_files_can_be_mended(versions: Versions, folder: Path) -> None:
    edit(folder / RU, "# everyone", "# nobody")
    edit(folder / "housing/deposit/ru.md", "# everyone", "# nobody")

    published(versions, changes={RU: ("# nobody", "# everyone")})
    assert (folder / RU).read_text() == RUSSIAN


def test_an_answer_can_be_added_and_deleted(versions: Versions, folder: Path) -> None:
    for kind in DangerKind:
        edit(folder / f"danger/{kind}/answer.yml", "[deposit]", "[rent]")
    base = versions.import_outside_changes()
    files: dict[str, str | None] = {
        "housing/deposit/answer.yml": None,
        "housing/deposit/ru.md": None,
        "housing/heating/answer.yml": text(versions, "housing/deposit/answer.yml"),
        "housing/heating/ru.md": RUSSIAN,
        ANSWER: text(versions, ANSWER).replace("[deposit]", "[heating]"),
        "topics.yml": text(versions, "topics.yml").replace("deposit", "heating"),
    }
    proposal = versions.save(Draft(files, base), AYA)
    assert isinstance(proposal, Saved)
    handed_in = versions.submit(proposal.proposal.id, AYA)
    assert isinstance(handed_in, Proposal)
    assert isinstance(versions.publish(handed_in.id, BEK, seen=handed_in.tip), Published)

    assert not (folder / "housing/deposit").exists()
    assert (folder / "housing/heating/ru.md").read_text() == RUSSIAN


def test_permissions_of_a_file_stay(versions: Versions, folder: Path) -> None:
    (folder / RU).chmod(0o640)
    published(versions)

    assert (folder / RU).stat().st_mode & 0o777 == 0o640


def test_a_publication_does_not_write_through_a_link(
    versions: Versions, folder: Path, tmp_path: Path
) -> None:
    write(tmp_path / "outside.md", "not ours")
    (folder / "housing/rent/tg.md").symlink_to(tmp_path / "outside.md")
    base = versions.import_outside_changes()
    proposal = versions.save(Draft({"housing/rent/tg.md": UZBEK}, base), AYA)
    assert isinstance(proposal, Saved)
    handed_in = versions.submit(proposal.proposal.id, AYA)
    assert isinstance(handed_in, Proposal)

    refused = versions.publish(handed_in.id, BEK, seen=handed_in.tip)
    assert refusal(refused) == Refusal.NOT_WRITABLE
    assert (tmp_path / "outside.md").read_text() == "not ours"


def test_a_file_has_a_history(versions: Versions, folder: Path) -> None:
    first = published(versions)
    published(versions, changes={UZ: ("100", "200")})
    edit(folder / RU, NEW, OLD)

    assert [c.author for c in versions.history(RU)] == [OUTSIDE, AYA, OUTSIDE]
    assert [c.approver for c in versions.history(RU)] == [None, BEK, None]
    assert len(versions.history("housing/rent")) == 4
    assert len(versions.history("housing/deposit")) == 1
    assert len(versions.history(limit=2)) == 2
    assert versions.history("nowhere") == ()
    assert versions.history(RU)[1].version == first.version
    assert versions.history(RU)[1].proposal == first.proposal.id


def test_each_line_names_who_wrote_it(versions: Versions) -> None:
    published(versions)
    published(versions, CHI, changes={RU: ("2 этаж", "3 этаж")})
    lines = versions.blame(RU)

    assert [line.text for line in lines] == text(versions).splitlines()
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    written = {line.text: line.author for line in lines}
    assert written[NEW] == AYA
    assert written["Дом, 3 этаж: [страница](https://law.example/1)."] == CHI
    assert written["# everyone"] == OUTSIDE


def test_an_old_version_comes_back_by_a_new_proposal(versions: Versions, folder: Path) -> None:
    old = versions.import_outside_changes()
    published(versions)
    result = versions.restore(RU, old, CHI)

    assert isinstance(result, Saved)
    assert result.proposal.words == "restored"
    assert NEW in (folder / RU).read_text()
    handed_in = versions.submit(result.proposal.id, CHI)
    assert isinstance(handed_in, Proposal)
    versions.publish(handed_in.id, BEK, seen=handed_in.tip)
    assert (folder / RU).read_text() == RUSSIAN


def test_what_cannot_be_restored(versions: Versions) -> None:
    now = versions.import_outside_changes()

    assert refusal(versions.restore(RU, now, AYA)) == Refusal.NO_CHANGE
    assert refusal(versions.restore(RU, "0" * 40, AYA)) == Refusal.NO_SUCH_VERSION
    assert refusal(versions.restore("README.md", now, AYA)) == Refusal.BAD_FILE


def test_a_version_can_be_written_out_for_checks(versions: Versions, tmp_path: Path) -> None:
    proposal = saved(versions)
    into = tmp_path / "copy"

    assert versions.export(proposal.tip, into)
    assert (into / RU).read_text() == RUSSIAN.replace(OLD, NEW)
    assert (into / "facts/housing.yml").exists()
    assert not versions.export("0" * 40, into)


def test_all_files_of_a_version_at_once(versions: Versions) -> None:
    proposal = saved(versions)
    files = versions.contents(proposal.tip)

    assert files is not None
    assert sorted(files) == list(versions.files())
    assert files[RU].decode() == RUSSIAN.replace(OLD, NEW)
    assert versions.contents("0" * 40) is None


def test_only_served_files_are_in_a_snapshot(versions: Versions) -> None:
    taken = versions.snapshot()

    assert taken is not None
    assert RU in taken.files
    assert "facts/housing.yml" not in taken.files
