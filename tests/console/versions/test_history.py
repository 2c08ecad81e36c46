"""What was is kept: history, blame, restoring, whole versions."""

from __future__ import annotations

from pathlib import Path

from bot.console.versions.model import (
    OUTSIDE,
    Proposal,
    Refusal,
    Saved,
)
from bot.console.versions.versions import Versions
from tests.answers.small_folder import RUSSIAN, edit
from tests.console.versions.desk import (
    AYA,
    BEK,
    CHI,
    NEW,
    OLD,
    RU,
    UZ,
    published,
    refusal,
    saved,
    text,
)


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
