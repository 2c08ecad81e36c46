"""Where supervisord listens: private, and short enough for a socket."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.processes.control_socket import MAX_BYTES, control_socket

LONGEST_PID = 4_194_304  # Linux: /proc/sys/kernel/pid_max at its most


@pytest.fixture
def shallow() -> Iterator[Path]:
    """A folder without the depth of pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="t-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def short_temporary(shallow: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(shallow))
    return shallow


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    folder = tmp_path / ("d" * 120)
    folder.mkdir()
    return folder


def test_it_lies_in_the_data_folder(shallow: Path) -> None:
    assert control_socket(shallow) == shallow / "supervisor.sock"


def test_a_deep_data_folder_gets_a_short_private_one(deep: Path, short_temporary: Path) -> None:
    path = control_socket(deep)
    assert path is not None
    assert path.parent.parent == short_temporary
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(f"{path}.{LONGEST_PID}")  # as supervisord does first


def test_one_for_each_data_folder_and_the_same_at_the_next_start(
    deep: Path, short_temporary: Path
) -> None:
    assert control_socket(deep) == control_socket(deep)
    assert control_socket(deep / "other") != control_socket(deep)
    assert len(list(short_temporary.iterdir())) == 2


def test_a_folder_that_others_may_enter_is_not_used(deep: Path, short_temporary: Path) -> None:
    path = control_socket(deep)
    assert path is not None
    path.parent.chmod(0o755)
    assert control_socket(deep) is None


def test_a_link_that_somebody_laid_there_is_not_followed(
    deep: Path, short_temporary: Path, tmp_path: Path
) -> None:
    path = control_socket(deep)
    assert path is not None
    path.parent.rmdir()
    target = tmp_path / "target"
    target.mkdir(mode=0o700)
    path.parent.symlink_to(target)
    assert control_socket(deep) is None


def test_without_a_short_place_the_helpline_runs_without(
    deep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert control_socket(deep) is None


def test_where_no_link_can_be_made_the_helpline_runs_without(
    shallow: Path, short_temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some shared folders take sockets but no links; supervisord would try for ever."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert control_socket(shallow) is None
    assert not list(shallow.glob("*sock*"))


def test_a_socket_of_a_run_that_was_killed_is_cleared_away(shallow: Path) -> None:
    path = control_socket(shallow)
    assert path is not None
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))
    assert path.exists()
    assert control_socket(shallow) == path
    assert not path.exists()


def test_the_longest_path_can_be_bound_beside_any_process_id(shallow: Path) -> None:
    folder = shallow / ("d" * (MAX_BYTES - len(f"{shallow}//supervisor.sock")))
    folder.mkdir()
    path = control_socket(folder)
    assert path == folder / "supervisor.sock"
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(f"{path}.{LONGEST_PID}")
