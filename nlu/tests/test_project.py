import subprocess
import sys
from pathlib import Path

import pytest

from components import project

DATA = (("ru/price.yml", "хлеб"), ("danger/ru.yml", "беда"), ("samples/ru.txt", "город"))


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of our own, with a phrase file, a danger file and samples."""
    for name, content in DATA:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.setattr(project, "PHRASES", tmp_path)
    monkeypatch.setattr(project, "SAMPLES", tmp_path / "samples")
    monkeypatch.setattr(project, "MODELS", tmp_path / "models")
    return tmp_path


def test_only_phrases_are_trained_on(files: Path) -> None:
    assert project.phrase_files() == [files / "ru" / "price.yml"]


@pytest.mark.parametrize("name", ["ru/price.yml", "samples/ru.txt"])
def test_the_fingerprint_changes_with_the_data(files: Path, name: str) -> None:
    before = project.fingerprint()
    (files / name).write_text("changed", encoding="utf-8")

    assert project.fingerprint() != before


def test_the_fingerprint_changes_with_a_new_file(files: Path) -> None:
    before = project.fingerprint()
    (files / "ru" / "more.yml").write_text("", encoding="utf-8")

    assert project.fingerprint() != before


def test_the_danger_lexicon_is_no_part_of_the_model(files: Path) -> None:
    before = project.fingerprint()
    (files / "danger" / "ru.yml").write_text("changed", encoding="utf-8")

    assert project.fingerprint() == before


def test_the_code_of_components_and_languages_is_part_of_it() -> None:
    assert project.code_fingerprint() != project.code_fingerprint(project.CONFIG)
    assert len(project.fingerprint()) == 12


def test_models_come_newest_first(files: Path) -> None:
    import os

    (files / "models").mkdir()
    for age, name in enumerate(("a", "b", "c")):
        path = project.model_path(name)
        path.touch()
        os.utime(path, (1_000_000 - age, 1_000_000 - age))

    assert [path.name for path in project.models()] == [
        "helpline-a.tar.gz",
        "helpline-b.tar.gz",
        "helpline-c.tar.gz",
    ]


def test_what_counsellors_taught_is_told_apart_from_what_was_delivered(files: Path) -> None:
    delivered, whole = project.untaught_fingerprint(), project.fingerprint()
    (files / "ru" / project.TAUGHT).write_text("почём рис", encoding="utf-8")

    assert project.untaught_fingerprint() == delivered
    assert project.fingerprint() != whole

    (files / "ru" / "price.yml").write_text("changed", encoding="utf-8")
    assert project.untaught_fingerprint() != delivered


@pytest.mark.parametrize(
    ("variable", "name"), [("NLU_DATA_DIR", "PHRASES"), ("NLU_MODELS_DIR", "MODELS")]
)
def test_the_environment_names_other_folders(tmp_path: Path, variable: str, name: str) -> None:
    code = f"from components import project; print(project.{name})"

    def found(value: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=project.NLU,
            env={variable: value},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    assert found(str(tmp_path)) == str(tmp_path)
    assert found("") == str(getattr(project, name))
