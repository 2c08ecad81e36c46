"""An answers folder with versions, and who works on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.console.versions.versions import Versions
from tests.answers.conftest import folder
from tests.console.versions.desk import Ticking, sound

__all__ = ["folder"]


@pytest.fixture
def git_dir(tmp_path: Path) -> Path:
    return tmp_path / "var/console/answers.git"


@pytest.fixture
def versions(folder: Path, git_dir: Path) -> Versions:
    return Versions(folder, git_dir, Ticking(), values={})


@pytest.fixture(autouse=True)
def every_repository_is_sound_in_the_end(git_dir: Path) -> Iterator[None]:
    """Whatever a test did, git itself finds no fault."""
    yield
    if git_dir.exists():
        assert shutil.which("git"), "git is not installed"
        assert sound(git_dir)
