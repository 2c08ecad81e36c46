"""Publishing: by another person, into the folder, never over what was published since."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.model import DangerKind
from bot.console.versions.model import (
    Conflict,
    Draft,
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
    git,
    published,
    refusal,
    saved,
    submitted,
    text,
)


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
