"""The check: each finding by one thing that is wrong, and the report it makes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.answers.check import DAYS_IF_CHANGING, REQUIRED, check
from bot.answers.findings import Finding, Kind, State
from bot.answers.load import load_library
from bot.answers.stamp import stamp
from bot.language.tags import Locale
from tests.answers.small_folder import edit, write

PROJECT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)

RENT = "housing/rent/answer.yml"
RU = "housing/rent/ru.md"
UZ = "housing/rent/uz.md"


def found(folder: Path, kind: Kind, today: date = TODAY) -> list[str]:
    return [str(finding) for finding in check(folder, today).findings if finding.kind is kind]


def test_a_right_folder_lacks_only_translations_and_approval(folder: Path) -> None:
    stamp(folder)
    kinds = {finding.kind for finding in check(folder, TODAY).findings}

    assert kinds == {Kind.MISSING, Kind.MISSING_REQUIRED, Kind.DRAFT}


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (RENT, "[rent-kz-01]", "[rent-kz-09]", "5: unknown_fact: There is no fact rent-kz-09."),
        (RENT, "[rent-kz-01]", "[rent-kz-02]", "5: weak_fact: rent-kz-02 is of low confidence."),
        (RENT, "[rent-kz-01]", "[]", "6: unsourced: No fact or source."),
        (RENT, "law.example/1", "law.example/2", "6: source_not_cited: No cited fact has this sou"),
        (RENT, "2027-02-20", "2027-02-21", "4: checked_too_seldom: To be checked again after 91"),
        (RENT, "on: 2026-11-22", "on: 2026-11-24", "3: checked_in_future: `checked_on` is not yet"),
        (RENT, "handoff: offer", "handoff: maybe", "11: fault: `handoff: maybe` is none of"),
        (RU, "**100**", "**200**", "5: unknown_phone: centres.yml does not have the phone 200."),
        (RU, "этаж:", "этаж, /menue:", "8: dead_link: `/menue` leads nowhere."),
        (RU, "монет", "<i>монет</i>", "5: markup: HTML is not shown"),
        (RU, "монет", "монет " + "я" * 900, "5: too_long: 917 characters; at most 900."),
        (RU, "short: Цена", "short: Цена" + "я" * 30, "1: label_too_long: `short` has 42"),
        (UZ, "100", "1000", "5: numbers_differ: Russian only: 100; here only: 1000."),
        (UZ, "# more\nUy, 2-qavat: [sahifa](https://law.example/1).\n", "", "1: incomplete: Lacks"),
        (UZ, "tanga", "tanga", "5: outdated: # everyone, # more: not marked as made from the pre"),
        (
            "facts/housing.yml",
            "rent-kz-03",
            "rent-kz-01",
            "fault: The fact `rent-kz-01` stands",
        ),
        (
            "facts/housing.yml",
            "confidence: medium",
            "confidence: so",
            "fault: `confidence` of rent",
        ),
    ],
)
def test_finds(folder: Path, file: str, old: str, new: str, expected: str) -> None:
    edit(folder / file, old, new)
    findings = [str(finding) for finding in check(folder, TODAY).findings]

    assert [one for one in findings if one.startswith(file) and expected in one] != [], findings


def test_an_answer_on_what_does_not_change_may_wait_a_year(folder: Path) -> None:
    edit(folder / RENT, "[rent-kz-01]", "[rent-kz-03]")
    edit(folder / RENT, "2027-02-20", "2027-11-22")
    assert found(folder, Kind.CHECKED_TOO_SELDOM) == []

    edit(folder / RENT, "2027-11-22", "2027-11-23")
    assert found(folder, Kind.CHECKED_TOO_SELDOM) == [
        f"{RENT}:4: checked_too_seldom: To be checked again after 366 days; at most 365."
    ]


def test_sources_that_disagree_count_as_changing(folder: Path) -> None:
    edit(folder / RENT, "[rent-kz-01]", "[rent-kz-03]")
    edit(folder / RENT, "2027-02-20", "2027-11-22")
    edit(
        folder / "facts/housing.yml", "confidence: medium", "confidence: medium\n    conflict: yes"
    )

    assert str(DAYS_IF_CHANGING) in found(folder, Kind.CHECKED_TOO_SELDOM)[0]


def test_overdue_is_from_the_day_after(folder: Path) -> None:
    assert found(folder, Kind.OVERDUE, date(2027, 2, 20)) == []
    assert f"{RENT}:4: overdue: Was to be checked again by 2027-02-20." in found(
        folder, Kind.OVERDUE, date(2027, 2, 21)
    )


def test_small_talk_needs_no_source(folder: Path) -> None:
    answer = (folder / RENT).read_text("utf-8").replace("[rent-kz-01]", "[]")
    write(folder / "conversation/greet/answer.yml", answer)
    write(folder / "conversation/greet/ru.md", (folder / RU).read_bytes())

    assert found(folder, Kind.UNSOURCED) == []


def test_a_translation_that_would_mislead_is_an_error_and_says_so(folder: Path) -> None:
    edit(folder / RU, "# more", "# eaeu\nА\n# visa-free\nБ\n# other\nВ\n# more")

    assert found(folder, Kind.INCOMPLETE) == [
        f"{UZ}:1: incomplete: Lacks # eaeu, # visa-free, # other: not shown, the next-best "
        "language is."
    ]


def test_uzbek_cyrillic_is_not_missing_where_the_latin_is_written(folder: Path) -> None:
    missing = found(folder, Kind.MISSING)

    assert "housing/rent: missing: No uz_Cyrl.md." not in missing
    assert "housing/deposit: missing: No uz_Cyrl.md." in missing
    assert check(folder, TODAY).errors == tuple(
        finding
        for finding in check(folder, TODAY).findings
        if finding.kind is Kind.MISSING_REQUIRED and finding.file.startswith("danger/")
    )


def test_states_of_the_table(folder: Path) -> None:
    write(folder / "housing/rent/tg.md", (folder / UZ).read_bytes())
    stamp(folder, "rent", "uz")
    row = next(row for row in check(folder, TODAY).rows if row.answer == "housing/rent")

    assert row.states == {
        Locale.KK: State.MISSING,
        Locale.RU: State.DRAFT,
        Locale.UZ: State.DRAFT,
        Locale.UZ_CYRL: State.DRAFT,
        Locale.TG: State.OUTDATED,
        Locale.KY: State.MISSING,
    }
    edit(folder / RENT, "status: draft\napproved_by:", "status: approved\napproved_by: A. B.")
    row = next(row for row in check(folder, TODAY).rows if row.answer == "housing/rent")
    assert row.states[Locale.UZ] is State.APPROVED


def test_the_text_has_the_table_the_findings_and_the_sums(folder: Path) -> None:
    edit(folder / RU, "**100**", "**200**")
    lines = check(folder, date(2027, 3, 1)).as_text().splitlines()

    row = next(line for line in lines if line.startswith("housing/rent"))
    assert row.split() == [
        *("housing/rent", "-", "draft", "old", "old", "-", "-", "16", "2027-02-20", "OVERDUE"),
    ]
    assert f"  {RU}:5: unknown_phone: centres.yml does not have the phone 200." in lines
    assert lines.index("Errors:") < lines.index("Warnings:")
    assert lines[-1].startswith("9 answers, 36 errors, ")


def test_the_json_has_the_same(folder: Path) -> None:
    report = check(folder, TODAY)
    decoded = json.loads(report.as_json())

    assert decoded["today"] == "2026-11-23"
    assert decoded["errors"] == len(report.errors)
    assert decoded["warnings"] == len(report.warnings)
    assert len(decoded["findings"]) == len(report.findings)
    assert decoded["rows"][-1]["answer"] == "housing/rent"
    assert decoded["rows"][-1]["states"]["ru"] == "draft"
    assert decoded["findings"][0]["error"] is True


def test_a_finding_without_a_line() -> None:
    assert str(Finding(Kind.MISSING, "a/b", 0, "No ky.md.")) == "a/b: missing: No ky.md."


def test_a_folder_that_is_not_there_is_a_report_too(tmp_path: Path) -> None:
    report = check(tmp_path / "nowhere", TODAY)

    assert [str(error) for error in report.errors] == ["nowhere: fault: There is no such folder."]
    assert report.rows == ()


class TestTheProjectsAnswers:
    """What no release may go out with."""

    report = check(PROJECT / "answers", TODAY)

    @pytest.mark.parametrize("kind", [kind for kind in Kind if kind.is_error])
    def test_have_no_error(self, kind: Kind) -> None:
        assert [str(error) for error in self.report.errors if error.kind is kind] == []

    def test_required_are_answers(self) -> None:
        assert set(load_library(PROJECT / "answers").answers) >= REQUIRED

    def test_russian_pages_are_not_too_long(self) -> None:
        assert {row.answer: row.longest for row in self.report.rows if row.longest > 900} == {}
