"""The phrases of a folder, looked through and reported; and ours, which must have no error."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.language.tags import Locale
from bot.settings import ROOT
from bot.understanding.phrases import report
from bot.understanding.phrases.guards import Kind
from bot.understanding.phrases.look import Look, look
from bot.understanding.phrases.mislabelled import mislabelled
from bot.understanding.phrases.phrase_file import line_of, phrase_files, read_phrases
from tests.understanding.phrases.test_guards import phrase

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
version: "3.1"
nlu:
- intent: price
  metadata:
    language: ru
    calm: true
  examples: |
    - почём хлеб

    - почём <xлеб>
"""
MEASURED = ROOT / "tests" / "understanding"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / "prices.yml").write_text(FILE, encoding="utf-8")
    return tmp_path


def without_the_few(found: Look) -> Look:
    return Look(found.counts, tuple(d for d in found.doubts if d.kind is not Kind.TOO_FEW))


def test_phrases_are_read_with_what_the_file_says_of_them(folder: Path) -> None:
    ((locale, path),) = phrase_files(folder)

    assert locale is Locale.RU
    assert [(p.text, p.intent, p.calm) for p in read_phrases(path)] == [
        ("почём хлеб", "price", True),
        ("почём <xлеб>", "price", True),
    ]
    assert [line_of(path, text) for text in ("почём <xлеб>", "соль")] == [10, 0]


def test_the_report_names_file_and_line(folder: Path) -> None:
    found = without_the_few(look(folder))

    (line,) = (
        line for line in report.as_text(found, folder).splitlines() if "two_alphabets:" in line
    )
    assert line.strip().startswith("ru/prices.yml:10: two_alphabets: Latin and Cyrillic")
    (finding,) = report.as_data(found, folder)["findings"]
    assert (finding["file"], finding["line"], finding["error"]) == ("ru/prices.yml", 10, False)
    assert report.as_data(found, folder)["counts"]["price"]["ru"] == 2


def test_a_phrase_is_shown_as_text_in_the_page(folder: Path) -> None:
    page = report.as_html(look(folder), folder)

    assert "почём &lt;xлеб&gt;" in page
    assert "<xлеб>" not in page


EMPTY = 'version: "3.1"\nnlu:\n- intent: price\n  metadata:\n    language: ru\n  examples: |\n'


@pytest.mark.parametrize("content", ["nlu: [\n", "nlu: 5\n", "nlu:\n- intend: price\n", EMPTY])
def test_a_broken_file_is_an_error_and_the_others_are_read(folder: Path, content: str) -> None:
    (folder / "ru" / "broken.yml").write_text(content, encoding="utf-8")

    found = look(folder)

    assert found.doubts[0].kind is Kind.BROKEN_FILE
    assert found.doubts[0].file == "ru/broken.yml"
    assert found.doubts[0] in found.errors
    assert found.counts["price"][Locale.RU] == 2


def test_a_phrase_filed_under_another_language_is_noticed() -> None:
    russian = "скажите пожалуйста сколько стоит {} на рынке".format
    kazakh = "айтыңызшы базарда {} қанша тұрады екен".format
    goods = ("хлеб", "соль", "рис", "мясо", "чай", "лук", "сахар", "сыр", "мука", "мёд")
    wares = ("нан", "тұз", "күріш", "ет", "шай", "пияз", "қант", "ірімшік", "ұн", "бал")
    right = [
        *(phrase(russian(each)) for each in goods),
        *(phrase(kazakh(each), locale=Locale.KK) for each in wares),
    ]
    wrong = phrase(kazakh("сүт"))

    told = list(mislabelled([*right, wrong]))

    assert [(doubt.kind, doubt.phrase) for doubt in told] == [(Kind.OTHER_LANGUAGE, wrong.text)]
    assert "looks like kk" in told[0].sentence


def test_whether_a_phrase_looks_like_its_language_is_judged_by_the_samples_if_wanted(
    folder: Path,
) -> None:
    kazakh = "базарда нан қанша тұрады екен айтыңызшы"
    (folder / "ru" / "other.yml").write_text(EMPTY + f"    - {kazakh}\n", encoding="utf-8")
    (folder / "samples").mkdir()
    for name, sentences in (
        ("ru", "# everyday\nскажите сколько стоит хлеб на рынке\nсегодня на рынке нет хлеба\n"),
        ("kk", "айтыңызшы базарда ет қанша тұрады\nбүгін базарда нан жоқ екен\n"),
    ):
        (folder / "samples" / f"{name}.txt").write_text(sentences, encoding="utf-8")

    def judged(*, languages: bool) -> list[str]:
        doubts = look(folder, languages=languages).doubts
        return [doubt.phrase for doubt in doubts if doubt.kind is Kind.OTHER_LANGUAGE]

    assert judged(languages=False) == []
    assert judged(languages=True) == [kazakh]


def test_our_phrases_have_no_error() -> None:
    found = look(ROOT / "nlu_data", [MEASURED / "dev", MEASURED / "wild"])

    assert [doubt.sentence for doubt in found.errors] == []
    assert found.counts.keys() > {"permit_need", "out_of_scope"}


def test_the_command_reports_phrases_beside_the_answers(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NLU_DATA_DIR", str(folder))

    done = CliRunner().invoke(app, ["check", "--report", "json"])

    assert done.exit_code == 1  # too few phrases
    told = json.loads(done.stdout)
    assert told["phrases"]["counts"]["price"]["ru"] == 2
