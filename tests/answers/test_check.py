"""The check: each finding by one thing that is wrong, and the report it makes."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot import retention
from bot.answers.answer_checks import DAYS_IF_CHANGING, REQUIRED
from bot.answers.check import Beside, check
from bot.answers.findings import Finding, Kind, Mark, State, Weight
from bot.answers.load import load_library
from bot.answers.report_text import as_json, as_text
from bot.answers.sentence import as_is
from bot.answers.stamp import stamp
from bot.answers.variables import InWords
from bot.language.tags import Locale
from bot.settings import ROOT, Settings
from tests.answers.small_folder import RUSSIAN, edit, write

if TYPE_CHECKING:
    from pathlib import Path

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
        (
            "facts/housing.yml",
            "volatile: true",
            "volatile: often",
            "fault: `volatile` of rent-kz-01 is neither true nor false.",
        ),
        (RENT, "[deposit]", "[cellar]", "10: dead_link: `related`: there is no answer `cellar`."),
        (RENT, "handoff: offer", "handoff: offer\nphones: [hot-9]", "12: dead_link: `phones`: cen"),
        (RU, "(https://law.example/1)", "(#everyone)", "8: dead_link: `#everyone` leads nowhere."),
        ("centres.yml", "['100']", "['100', '+77001']", "fault: `+77001` is no phone number"),
        ("centres.yml", "['100']", "['100', '+77772582240000']", "no phone number +77772582240000"),
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


def test_a_sum_of_money_must_rest_on_a_fact_that_changes(folder: Path) -> None:
    edit(folder / RU, "**100** монет", "**100 тенге**")
    edit(folder / UZ, "**100** tanga", "**100 tenge**")
    assert found(folder, Kind.AMOUNT_WITHOUT_FACT) == []

    edit(folder / RENT, "[rent-kz-01]", "[rent-kz-03]")
    assert found(folder, Kind.AMOUNT_WITHOUT_FACT) == [
        f"{RU}:5: amount_without_fact: `100 тенге` changes, but no fact of this answer is marked "
        "as changing."
    ]


def test_a_centre_that_nobody_could_reach_is_noted(folder: Path) -> None:
    edit(folder / "centres.yml", "phones: ['100']", "phones: []")

    assert found(folder, Kind.UNLISTED) == [
        "centres.yml: unlisted: hot-100: no phone, `ask_at`, address, site or email: not shown."
    ]
    assert Kind.UNLISTED.weight is Weight.NOTE


def test_what_is_said_about_russia_has_sources_of_its_own(folder: Path) -> None:
    """Rule: of Russia we know less, and who reads of it can read where it is from."""
    stamp(folder)
    edit(folder / RU, "# more", "# russia\nО России мы знаем меньше.\n\n# more")

    unsourced = [f for f in check(folder, TODAY).findings if f.kind is Kind.UNSOURCED]
    assert [finding.file for finding in unsourced] == [RENT]

    own = "sources_russia:\n  - title: A law\n    url: https://law.example/1\nrelated: ["
    edit(folder / RENT, "related: [", own)
    assert [f for f in check(folder, TODAY).findings if f.kind is Kind.UNSOURCED] == []

    edit(folder / RENT, "url: https://law.example/1\nrelated", "url: https://no.example\nrelated")
    found = [f for f in check(folder, TODAY).findings if f.kind is Kind.SOURCE_NOT_CITED]
    assert [finding.file for finding in found] == [RENT]


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
    lines = as_text(check(folder, date(2027, 3, 1))).splitlines()

    row = next(line for line in lines if line.startswith("housing/rent"))
    assert row.split() == [
        *("housing/rent", "-", "draft", "!D", "old", "D", "old", "D", "-", "-"),
        *("16", "2027-02-20", "OVERDUE"),
    ]
    assert f"  {RU}:5: unknown_phone: centres.yml does not have the phone 200." in lines
    assert lines.index("Errors:") < lines.index("Warnings:")
    assert lines[-1].startswith("9 answers, 36 errors, ")


def test_the_json_has_the_same(folder: Path) -> None:
    report = check(folder, TODAY)
    decoded = json.loads(as_json(report))

    assert decoded["today"] == "2026-11-23"
    assert decoded["errors"] == len(report.errors)
    assert decoded["warnings"] == len(report.warnings)
    assert len(decoded["findings"]) == len(report.findings)
    assert decoded["rows"][-1]["answer"] == "housing/rent"
    assert decoded["rows"][-1]["states"]["ru"] == "draft"
    assert decoded["rows"][-1]["marks"]["uz"] == []
    assert decoded["findings"][0]["error"] is True
    assert decoded["findings"][0]["weight"] == "error"
    assert [one["sentence"] for one in decoded["findings"]] == [
        str(finding.sentence) for finding in report.findings
    ]


def test_a_finding_without_a_line() -> None:
    assert str(Finding(Kind.MISSING, "a/b", 0, as_is("No ky.md."))) == "a/b: missing: No ky.md."


def test_a_folder_that_is_not_there_is_a_report_too(tmp_path: Path) -> None:
    report = check(tmp_path / "nowhere", TODAY)

    assert [str(error) for error in report.errors] == ["nowhere: fault: There is no such folder."]
    assert report.rows == ()


def marks(folder: Path, locale: Locale, today: date = TODAY) -> tuple[Mark, ...]:
    report = check(folder, today)
    return next(row for row in report.rows if row.answer == "housing/rent").marks[locale]


def test_what_is_wrong_with_one_language_marks_only_that(folder: Path) -> None:
    edit(folder / UZ, "tanga", "tanga " + "a" * 1200)

    assert marks(folder, Locale.UZ) == (Mark.TOO_LONG,)
    assert marks(folder, Locale.UZ_CYRL) == (Mark.TOO_LONG,)
    assert marks(folder, Locale.RU) == ()


def test_what_is_wrong_with_the_whole_answer_marks_every_language_written(folder: Path) -> None:
    edit(folder / RENT, "[rent-kz-01]", "[]")
    edit(folder / RENT, "[deposit]", "[cellar]")

    expected = (Mark.OVERDUE, Mark.UNSOURCED, Mark.DEAD_LINK)
    assert marks(folder, Locale.RU, date(2027, 3, 1)) == expected
    assert marks(folder, Locale.UZ, date(2027, 3, 1)) == expected
    assert marks(folder, Locale.TG, date(2027, 3, 1)) == ()


def test_notes_are_neither_errors_nor_warnings(folder: Path) -> None:
    samples = folder.parent / "samples"
    for language in ("kk", "ru", "uz", "tg", "ky"):
        write(samples / f"{language}.txt", "Он дал мне хлеб.\n" * 40)
    edit(folder / RU, "Около **100** монет.", "Около **100** монет " + "за большую комнату " * 4)
    report = check(folder, TODAY, Beside(samples=samples))
    hard = [one for one in report.notes if one.kind is Kind.HARD_TO_READ and one.file == RU]

    assert len(hard) == 1
    assert "a sentence of 14 words: Около монет за большую" in str(hard[0].sentence)
    (long_words,) = (line for line in as_text(report).splitlines() if "большую" in line[:60])
    assert long_words.startswith("            long words: ")
    assert {"большую", "комнату", "монет"} <= set(long_words.split(": ")[1].split(", "))
    assert Kind.HARD_TO_READ not in {one.kind for one in (*report.errors, *report.warnings)}
    assert Kind.HARD_TO_READ.weight is Weight.NOTE


def test_a_language_without_a_sample_is_a_fault(folder: Path, tmp_path: Path) -> None:
    findings = check(folder, TODAY, Beside(samples=tmp_path / "none")).errors

    assert "none: fault: kk.txt cannot be read: FileNotFoundError." in map(str, findings)


class TestThePrivacyAnswer:
    """It says how long each personal thing is kept, with the number that the store goes by."""

    @pytest.fixture
    def privacy(self, folder: Path) -> Path:
        answer = (folder / RENT).read_text("utf-8")
        said = RUSSIAN.replace("монет", "монет {keep_session_days} дней")
        write(folder / "conversation/privacy/answer.yml", answer)
        write(folder / "conversation/privacy/ru.md", said)
        return folder

    def test_a_period_that_is_not_said_is_an_error(self, privacy: Path) -> None:
        report = check(
            privacy, TODAY, Beside(values={"keep_session_days": "180", "keep_sent_weeks": "5"})
        )

        unsaid = [str(one) for one in report.errors if one.kind is Kind.PERIOD_UNSAID]
        assert unsaid == [
            "conversation/privacy/ru.md: period_unsaid: Does not say how long by "
            "`{keep_sent_weeks}`, now 5."
        ]

    def test_an_organisation_that_is_not_named_is_an_error(self, privacy: Path) -> None:
        """Rule: who runs the helpline is told in every language (fact privacy-kz-03)."""
        operator = InWords(tuple((locale, "Example") for locale in Locale))
        values = {"keep_session_days": "180", "operator": operator}
        unnamed = "Does not say who runs the helpline by `{operator}`."

        errors = [str(one) for one in check(privacy, TODAY, Beside(values=values)).errors]
        file = "conversation/privacy/ru.md"
        assert f"{file}: operator_unsaid: {unnamed}" in errors

        edit(privacy / file, "монет", "монет {operator}")
        errors = [str(one) for one in check(privacy, TODAY, Beside(values=values)).errors]
        assert [one for one in errors if unnamed in one] == []

    def test_a_variable_nobody_knows_is_a_fault(self, privacy: Path) -> None:
        report = check(privacy, TODAY, Beside(values={"keep_sent_weeks": "5"}))

        assert (
            "conversation/privacy/ru.md:6: fault: `{keep_session_days}` has no value; known: "
            "{keep_sent_weeks}." in map(str, report.errors)
        )


class TestTheProjectsAnswers:
    """What no release may go out with."""

    report = check(
        ROOT / "answers",
        TODAY,
        Beside(ROOT / "nlu_data" / "samples", retention.variables(Settings())),
    )

    @pytest.mark.parametrize("kind", [kind for kind in Kind if kind.is_error])
    def test_have_no_error(self, kind: Kind) -> None:
        assert [str(error) for error in self.report.errors if error.kind is kind] == []

    def test_required_are_answers(self) -> None:
        assert set(load_library(ROOT / "answers").answers) >= REQUIRED

    def test_russian_pages_are_not_too_long(self) -> None:
        assert {row.answer: row.longest for row in self.report.rows if row.longest > 900} == {}

    def test_no_text_words_a_term_otherwise_than_the_glossary(self) -> None:
        assert [str(one) for one in self.report.findings if one.kind is Kind.GLOSSARY] == []
