"""What ``serve.py`` says before Rasa starts; ``tests/nlu`` runs the real process."""

from pathlib import Path

import pytest

import in_service
import serve
from components import project


def test_without_a_model_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(project, "MODELS", tmp_path)

    assert serve.main() == 1
    assert capfd.readouterr().err == ("There is no trained classifier yet: run `make model`.\n")


def test_an_older_model_serves_on_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """An edited phrase is no reason to go without a classifier until it is trained."""
    served: list[str] = []
    monkeypatch.setattr(project, "MODELS", tmp_path)
    monkeypatch.setattr(
        "rasa.core.run.serve_application", lambda **settings: served.append(settings["model_path"])
    )
    older = project.model_path("older")
    older.touch()

    serve.main()

    assert served == [str(older)]
    assert "older than its data or code" in capfd.readouterr().err


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The models that were served, the last one last; in a folder of our own."""
    found: list[str] = []
    monkeypatch.setattr(project, "MODELS", tmp_path)
    monkeypatch.setattr(
        "rasa.core.run.serve_application", lambda **settings: found.append(settings["model_path"])
    )
    return found


def test_a_chosen_model_is_served_without_a_warning(
    served: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    chosen = project.model_path("chosen")
    chosen.touch()
    project.model_path("newer").touch()
    in_service.choose(chosen.name)

    serve.main()

    assert served == [str(chosen)]
    assert capfd.readouterr().err == ""


def test_the_environment_names_a_model_to_measure(
    served: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.model_path("newer").touch()
    monkeypatch.setenv("NLU_MODEL", str(tmp_path / "candidate.tar.gz"))

    serve.main()

    assert served == [str(tmp_path / "candidate.tar.gz")]
