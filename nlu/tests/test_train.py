"""The whole training, on a few phrases: Rasa itself, our components, the model file."""

import tarfile
from pathlib import Path

import pytest
from conftest import TAUGHT

import train
from components import project


@pytest.fixture
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with thirty phrases; nothing is written elsewhere."""
    data = tmp_path / "nlu_data"
    for (intent, tag), texts in TAUGHT.items():
        path = data / tag / f"{intent}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        examples = "".join(f"    - {text}\n" for text in texts)
        path.write_text(
            f'version: "3.1"\nnlu:\n- intent: {intent}\n  metadata:\n    language: {tag}\n'
            f"  examples: |\n{examples}",
            encoding="utf-8",
        )
    config = project.CONFIG.read_text(encoding="utf-8")
    small = tmp_path / "config.yml"
    small.write_text(config.replace("&urgent [", "&urgent [locked, "), encoding="utf-8")
    for name, path in (("PHRASES", data), ("MODELS", tmp_path / "models"), ("CONFIG", small)):
        monkeypatch.setattr(project, name, path)
    monkeypatch.chdir(tmp_path)  # Rasa keeps a folder of its own where it runs
    return tmp_path


def test_it_trains_once_and_again_when_the_data_change(
    small_project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert train.main([]) == 0
    (model,) = project.models()
    assert model == project.model_path(project.fingerprint())
    assert tarfile.is_tarfile(model)
    said = capfd.readouterr()
    assert "training with 30 phrases in 2 languages" in said.out
    assert said.err == ""

    assert train.main([]) == 0
    assert "up to date" in capfd.readouterr().out

    phrases = small_project / "nlu_data" / "ru" / "price.yml"
    phrases.write_text(phrases.read_text(encoding="utf-8") + "    - почём рис\n", encoding="utf-8")
    assert train.main([]) == 0
    assert len(project.models()) == 2
    assert project.models()[0] == project.model_path(project.fingerprint())
    assert [path.name for path in project.MODELS.iterdir() if "training" in path.name] == []


def test_a_broken_data_file_is_one_sentence_and_exit_code_1(
    small_project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = small_project / "nlu_data" / "ru" / "price.yml"
    broken.write_text('version: "3.1"\nnlu:\n- intent: [\n', encoding="utf-8")

    assert train.main([]) == 1
    said = capfd.readouterr().err
    assert said.startswith("The classifier cannot be trained: ")
    assert "price.yml:4" in said
    assert said.count("\n") == 1
    assert project.models() == []


def test_no_phrases_at_all_is_a_sentence_too(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(project, "PHRASES", small_project / "models")

    assert train.main([]) == 1
    assert "There are no training phrases" in capfd.readouterr().err
