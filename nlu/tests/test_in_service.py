"""The rule of which model is served: a choice counts until other data or code come."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import in_service
from components import project


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data and models of our own: ``old``, and the newer ``new``; neither is of these data."""
    (tmp_path / "ru").mkdir()
    (tmp_path / "models").mkdir()
    (tmp_path / "ru" / "price.yml").write_text("хлеб", encoding="utf-8")
    monkeypatch.setattr(project, "PHRASES", tmp_path)
    monkeypatch.setattr(project, "MODELS", tmp_path / "models")
    for age, name in enumerate(("new", "old")):
        add_model(name, 1_000_000 - age)
    return tmp_path


def add_model(name: str, trained_at: float) -> Path:
    path = project.model_path(name)
    path.touch()
    os.utime(path, (trained_at, trained_at))
    return path


def teach(files: Path, text: str) -> None:
    (files / "ru" / project.TAUGHT).write_text(text, encoding="utf-8")


def pull(files: Path) -> None:
    (files / "ru" / "price.yml").write_text("почём хлеб", encoding="utf-8")


NEW, OLD = "helpline-new.tar.gz", "helpline-old.tar.gz"


def names() -> tuple[str | None, str | None]:
    now, earlier = in_service.served(), in_service.before()
    return now and now.name, earlier and earlier.name


def test_without_a_choice_it_is_the_newest(files: Path) -> None:
    assert names() == (NEW, OLD)


def test_without_a_choice_it_is_the_model_of_the_present_data(files: Path) -> None:
    present = add_model(project.fingerprint(), 1)

    assert names() == (present.name, NEW)


def test_a_choice_is_served_and_what_was_served_is_the_one_before(files: Path) -> None:
    in_service.choose(OLD)

    assert names() == (OLD, NEW)


def test_going_back_and_forth_is_one_choice_each(files: Path) -> None:
    for _ in range(2):
        in_service.choose(OLD)
        assert names() == (OLD, NEW)
        in_service.choose(NEW)
        assert names() == (NEW, OLD)


def test_the_same_choice_again_keeps_the_one_before(files: Path) -> None:
    in_service.choose(OLD)
    in_service.choose(OLD)

    assert names() == (OLD, NEW)


def test_a_candidate_of_what_was_taught_waits_for_a_choice(files: Path) -> None:
    in_service.choose(NEW)
    teach(files, "почём рис")
    candidate = add_model(project.fingerprint(), 2_000_000)

    assert names() == (NEW, OLD)

    in_service.choose(candidate.name)
    assert names() == (candidate.name, NEW)


def test_new_data_end_the_choice_when_their_model_is_there(files: Path) -> None:
    in_service.choose(OLD)
    pull(files)
    assert names()[0] == OLD  # better than a newer one that nobody chose

    present = add_model(project.fingerprint(), 1)
    assert names() == (present.name, NEW)


def test_data_as_they_were_make_the_choice_count_again(files: Path) -> None:
    in_service.choose(OLD)
    before = (files / "ru" / "price.yml").read_text(encoding="utf-8")
    pull(files)
    assert in_service.counting_choice() is None

    (files / "ru" / "price.yml").write_text(before, encoding="utf-8")
    assert in_service.counting_choice() is not None


def test_a_choice_whose_model_is_gone_is_none(files: Path) -> None:
    in_service.choose(OLD)
    project.model_path("old").unlink()

    assert names() == (NEW, None)


def test_pinning_makes_the_choice_of_what_is_served_and_never_another(files: Path) -> None:
    in_service.pin()
    assert in_service.counting_choice() is not None
    assert names() == (NEW, OLD)

    in_service.choose(OLD)
    in_service.pin()
    assert names() == (OLD, NEW)


def test_pinning_leaves_data_that_came_since_to_the_next_start(files: Path) -> None:
    """Who starts a training right after a pull has not chosen to go without the new data."""
    present = add_model(project.fingerprint(), 3_000_000)
    in_service.trained(present)
    pull(files)
    teach(files, "почём рис")

    in_service.pin()

    assert in_service.counting_choice() is None
    assert in_service.choice() is not None


def test_pinning_counts_where_only_something_was_taught_since(files: Path) -> None:
    present = add_model(project.fingerprint(), 3_000_000)
    in_service.trained(present)
    teach(files, "почём рис")

    in_service.pin()

    assert in_service.counting_choice() is not None
    assert names()[0] == present.name


def test_of_models_that_are_gone_nothing_is_kept(files: Path) -> None:
    in_service.trained(project.model_path("old"))
    project.model_path("old").unlink()
    in_service.trained(project.model_path("new"))

    kept = (project.MODELS / in_service.TRAINED_WITH).read_text(encoding="utf-8")
    assert kept == f"{NEW} {project.untaught_fingerprint()}\n"


def test_forgetting_the_choice_serves_the_newest(files: Path) -> None:
    in_service.choose(OLD)
    in_service.forget()

    assert names() == (NEW, OLD)


@pytest.mark.parametrize(
    "line",
    [b"", b"helpline-old.tar.gz", b"\xff\xfe", b"../../secret - -", b"helpline-none.tar.gz a -"],
)
def test_a_pointer_that_cannot_be_read_is_no_choice(files: Path, line: bytes) -> None:
    (project.MODELS / in_service.POINTER).write_bytes(line)

    assert in_service.choice() is None
    assert names() == (NEW, OLD)


@pytest.mark.parametrize("name", ["helpline-none.tar.gz", "../models/helpline-old.tar.gz", ""])
def test_only_a_model_that_is_there_can_be_chosen(files: Path, name: str) -> None:
    with pytest.raises(ValueError, match="There is no model"):
        in_service.choose(name)

    assert in_service.choice() is None


def test_the_pointer_is_one_line_and_nothing_else_is_left(files: Path) -> None:
    in_service.choose(OLD)

    line = (project.MODELS / in_service.POINTER).read_text(encoding="utf-8")
    assert line == f"{OLD} {project.untaught_fingerprint()} {NEW}\n"
    assert sorted(path.name for path in project.MODELS.iterdir()) == [NEW, OLD, "in_service"]


def test_the_command_answers_in_json_with_the_folders_of_the_environment(files: Path) -> None:
    (files / "places.yml").write_text("", encoding="utf-8")
    environment = {"NLU_DATA_DIR": str(files), "NLU_MODELS_DIR": str(project.MODELS)}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, project.NLU / "in_service.py", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    done = run("choose", OLD)
    found = json.loads(done.stdout)
    assert (found["in_service"], found["before"], found["chosen"]) == (OLD, NEW, True)
    assert [model["name"] for model in found["models"]] == [NEW, OLD]
    assert json.loads(run("status").stdout) == found
    failed = run("choose", "helpline-none.tar.gz")
    assert (failed.returncode, failed.stderr) == (1, "There is no model helpline-none.tar.gz.\n")
