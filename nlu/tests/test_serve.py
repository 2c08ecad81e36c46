"""What ``serve.py`` says before Rasa starts; ``tests/nlu`` runs the real process."""

from pathlib import Path

import pytest

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
