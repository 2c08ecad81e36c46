"""The set-up's own faults are one clear line each."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from bot.settings import ROOT


def run(folder: Path, uv: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Makes the classifier's environment on a machine without any Python 3.10 of its own."""
    fake = folder / "uv"
    fake.write_text(f"#!/bin/sh\n{uv}\n")
    fake.chmod(0o755)
    tools = folder / "bin"
    tools.mkdir()
    (tools / "rm").symlink_to(str(shutil.which("rm")))
    bare = {"PATH": str(tools), "HOME": str(folder), "PYENV_ROOT": str(folder)}
    return subprocess.run(
        [
            str(shutil.which("sh")),
            str(ROOT / "tools" / "python310.sh"),
            str(fake),
            str(folder / "venv"),
        ],
        env={**bare, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_no_python_310_to_be_had_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    ended = run(tmp_path, "exit 1")
    assert ended.returncode == 1
    lines = [line for line in ended.stdout.splitlines() if not line.startswith("→")]
    assert len(lines) == 1
    assert "PYTHON310=" in lines[0]
    assert ended.stderr == ""


def test_a_python_that_is_not_310_is_not_taken(tmp_path: Path) -> None:
    ended = run(tmp_path, "exit 1", PYTHON310=os.environ.get("SHELL", "/bin/sh"))
    assert "No Python 3.10" in ended.stdout


def test_a_given_python_310_is_taken(tmp_path: Path) -> None:
    python = ROOT / "nlu" / ".venv" / "bin" / "python"
    ended = run(tmp_path, f'echo "$@" > {tmp_path}/asked', PYTHON310=str(python))
    assert ended.returncode == 0
    assert f"--python {python}" in (tmp_path / "asked").read_text()


def test_too_old_a_python_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    ended = subprocess.run(
        ["make", "-s", f"PYTHON={old}", f"VENV={tmp_path}/venv", "setup"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert "Python 3.11 or newer is needed" in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
