import io
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import Pipeline

import in_service
import vectors
from bot.language.tags import Locale
from components import project
from components.language import LANGUAGES, likeliest_locale
from components.readable import readable_text
from vectors import Question

ACCOUNT = (
    Question("как открыть счёт в банке", Locale.RU),
    Question("банкте шотты қалай ашуға болады", Locale.KK),
    Question("bankda hisobni qanday ochish mumkin", Locale.UZ),
    Question("банкда ҳисобни қандай очиш мумкин", Locale.UZ_CYRL),
    Question("дар бонк чӣ тавр ҳисоб кушодан мумкин", Locale.TG),
    Question("банкта эсепти кантип ачса болот", Locale.KY),
)
OTHERS = (
    Question("где получить справку о несудимости", Locale.RU),
    Question("какая завтра погода", Locale.RU),
)


@pytest.fixture(scope="module", autouse=True)
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Vectors are kept in a folder of our own; the phrases are the real ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "CACHE", tmp_path_factory.mktemp("vectors"))
        patch.setattr(vectors, "_OF_EACH_LOCALE", 20)
        yield project.CACHE


@pytest.fixture(scope="module")
def centres(folders: Path) -> vectors.Centres:
    return vectors.find_centres()


def test_one_question_in_all_languages_is_one_group(centres: vectors.Centres) -> None:
    rows = vectors.vectors([*ACCOUNT, *OTHERS], None, centres)

    assert vectors.groups(rows, vectors.LIKENESS) == [0, 0, 0, 0, 0, 0, 1, 2]


def test_the_groups_do_not_depend_on_the_order(centres: vectors.Centres) -> None:
    questions = [*ACCOUNT, *OTHERS]
    rows = vectors.vectors(questions, None, centres)
    expected = partition(questions, vectors.groups(rows, vectors.LIKENESS))
    for seed in range(5):
        shuffled = random.Random(seed).sample(questions, len(questions))
        rows = vectors.vectors(shuffled, None, centres)
        assert partition(shuffled, vectors.groups(rows, vectors.LIKENESS)) == expected


def partition(questions: list[Question], of: list[int]) -> set[frozenset[str]]:
    return {
        frozenset(q.text for q, group in zip(questions, of, strict=True) if group == wanted)
        for wanted in of
    }


def test_likeness_is_the_mean_cosine_with_the_others_of_the_group() -> None:
    rows = np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32)

    assert vectors.likenesses(rows, [0, 0, 1]) == pytest.approx([0.6, 0.6, 1.0])


def test_a_chain_of_small_steps_does_not_tie_all_together() -> None:
    """Average linkage: the ends of the chain are 90 degrees apart, its neighbours ten."""
    angles = np.radians(np.arange(0, 91, 10))
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    assert len(set(vectors.groups(rows, 0.9))) > 1


def test_a_single_question_is_a_group(centres: vectors.Centres) -> None:
    assert vectors.groups(vectors.vectors(OTHERS[:1], None, centres), 0.9) == [0]


def test_vectors_have_length_1_also_of_no_text(centres: vectors.Centres) -> None:
    rows = vectors.vectors([Question(""), Question("🙂"), *OTHERS], None, centres)

    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_uzbek_has_one_centre_for_both_scripts(centres: vectors.Centres) -> None:
    assert sorted(centres) == sorted({locale.language for locale in Locale})


def test_without_training_phrases_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(project, "PHRASES", tmp_path)
    monkeypatch.setattr(project, "MODELS", tmp_path)
    monkeypatch.setattr(in_service, "served", lambda: None)
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"text": "патент"}'))

    assert vectors.main([]) == 1
    assert capsys.readouterr().err == "There are no training phrases to compare with.\n"


def test_texts_are_read_as_the_pipeline_reads_them(pipeline: Pipeline) -> None:
    """The identifier that ``LanguageIdentifier`` stored, found again, gives the same spelling."""
    identifier = pipeline.parts[1]._identifier
    texts = ["skolko stoit hleb", "нан қанша тұрады", "алмanyн kelisi", "дорого ли мясо"]
    for text in texts:
        read = pipeline.read(text)
        expected = readable_text(text, likeliest_locale(read))
        locale = vectors._locale(Question(text), identifier)
        assert (readable_text(text, locale), bool(read.get(LANGUAGES))) == (expected, True)


def test_the_identifier_of_a_model_file_is_the_one_it_was_trained_with() -> None:
    """The format of ``components.language``; of the real model, where one was trained."""
    model = in_service.served()
    if model is None:
        pytest.skip("there is no trained model on this machine")
    identifier = vectors.trained_identifier(model)

    assert identifier is not None
    assert identifier.rank("жұмыс берушім жалақымды бермей жүр")[0].name == "kk"
    assert identifier.rank("работодатель не платит мне зарплату")[0].name == "ru"


def test_without_a_model_the_language_of_the_conversation_is_taken() -> None:
    assert vectors.trained_identifier(None) is None
    assert vectors._locale(Question("нон", Locale.TG), None) is Locale.TG


def test_lines_in_and_lines_out() -> None:
    rows = [{"text": each.text, "language": each.locale.tag} for each in (*ACCOUNT, *OTHERS)]
    done = subprocess.run(
        [sys.executable, project.NLU / "vectors.py"],
        input="".join(json.dumps(row) + "\n" for row in rows),
        env={},
        capture_output=True,
        text=True,
        check=True,
    )

    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["group"] for row in found] == [0, 0, 0, 0, 0, 0, 1, 2]
    assert found[-1]["likeness"] == 1.0
    assert vectors.LIKENESS < found[0]["likeness"] < 1.0


@pytest.mark.parametrize("line", ["{", "[]", '{"language": "ru"}', "3"])
def test_what_is_no_question_is_a_sentence_without_its_text(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(line))

    assert vectors.main([]) == 1
    assert capsys.readouterr().err.startswith("These are no questions: ")


def test_no_questions_give_no_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    assert vectors.main([]) == 0
    assert capsys.readouterr().out == ""
