"""The whole training, on a few phrases: Rasa itself, our components, the model file."""

import os
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
from conftest import TAUGHT

import in_service
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
    assert not (small_project / ".rasa").exists()  # it may be started where nothing may be written


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


def teach(project_folder: Path, text: str) -> None:
    path = project_folder / "nlu_data" / "ru" / project.TAUGHT
    path.write_text(
        f'version: "3.1"\nnlu:\n- intent: price\n  metadata:\n    language: ru\n'
        f"  examples: |\n    - {text}\n",
        encoding="utf-8",
    )


def old_model(name: str, trained_at: float) -> Path:
    path = project.model_path(name)
    path.parent.mkdir(exist_ok=True)
    path.touch()
    os.utime(path, (trained_at, trained_at))
    return path


def without_rasa(model: Path) -> None:
    """The training itself is tested above; here the rules around it are."""
    model.parent.mkdir(exist_ok=True)
    model.touch()


def test_what_was_taught_is_no_reason_to_train_once_a_model_was_chosen(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(train, "_train", without_rasa)
    assert train.main([]) == 0
    (first,) = project.models()
    in_service.pin()
    teach(small_project, "почём рис")

    assert train.main([]) == 0
    assert project.models() == [first]
    assert "chosen in the console" in capfd.readouterr().out

    assert train.main(["--candidate"]) == 0
    assert len(project.models()) == 2
    assert in_service.served() == first


def test_new_data_are_trained_and_served_whatever_was_chosen(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "_train", without_rasa)
    train.main([])
    in_service.pin()
    teach(small_project, "почём рис")
    phrases = small_project / "nlu_data" / "ru" / "price.yml"
    phrases.write_text(phrases.read_text(encoding="utf-8") + "    - почём чай\n", encoding="utf-8")

    assert train.main([]) == 0
    assert in_service.served() == project.model_path(project.fingerprint())


def test_training_in_any_case_takes_the_choice_back(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "_train", without_rasa)
    chosen = old_model("chosen", 1)
    in_service.choose(chosen.name)

    assert train.main(["--force"]) == 0
    assert in_service.served() == project.model_path(project.fingerprint())


def test_the_model_in_service_and_the_one_before_are_never_forgotten(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "_train", without_rasa)
    before, chosen, other, newer = (
        old_model(name, age) for age, name in enumerate(("before", "chosen", "other", "newer"), 1)
    )
    in_service.choose(before.name)
    in_service.choose(chosen.name)

    assert train.main(["--candidate"]) == 0
    assert other not in project.models()
    assert set(project.models()) == {
        before,
        chosen,
        newer,
        project.model_path(project.fingerprint()),
    }


def test_one_that_is_ended_leaves_nothing_behind(small_project: Path) -> None:
    """As the console's "cancel" does."""
    (small_project / "nlu_data" / "places.yml").symlink_to(project.PLACES)
    models = small_project / "ended"
    training = subprocess.Popen(
        [sys.executable, project.NLU / "train.py"],
        env={"NLU_DATA_DIR": str(small_project / "nlu_data"), "NLU_MODELS_DIR": str(models)},
        cwd=small_project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not any(models.glob(".training-*/data/*.yml")):
            assert training.poll() is None
            time.sleep(0.02)
    finally:
        training.terminate()
    assert training.wait(timeout=60) == 128 + signal.SIGTERM
    assert list(models.glob("*")) == list(models.glob(".training-*")) == []
