"""The sandbox's packages know only those below them, and the bot does without any of it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from bot.processes.runner import FINAL_EXIT_CODE
from bot.settings import ROOT

SANDBOX = ROOT / "bot" / "sandbox"

BASE = ("errors", "config", "json_fields", "params")
MAY_IMPORT = {
    "text": BASE,
    "media": (*BASE, "text"),
    "chats": (*BASE, "text", "media"),
    "recording": (*BASE, "text", "media", "chats"),
    "people": (*BASE, "text", "media", "chats"),
    "bot_api": (*BASE, "clock", "world", "text", "media", "chats", "recording"),
    "json_api": (*BASE, "world", "text", "media", "chats", "recording", "people", "bot_api"),
}
"""What a package may import of the others, the lowest first; of itself it may import everything."""

KNOWS_THE_TYPE = {"clock", "world"}
"""What every package may name in its type hints: the state it is handed, and that state's time."""


def imported(path: Path) -> set[str]:
    """The modules of the sandbox that a module imports when it runs, without ``bot.sandbox.``."""
    tree = ast.parse(path.read_text())
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "bot.sandbox":
            names = [f"bot.sandbox.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        ours = {name.removeprefix("bot.sandbox.") for name in names if "bot.sandbox." in name}
        found |= ours - KNOWS_THE_TYPE if id(node) in for_types else ours
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_package_imports_only_what_lies_below_it(room: str) -> None:
    against = [
        f"{path.relative_to(SANDBOX)} imports {module}"
        for path in sorted((SANDBOX / room).rglob("*.py"))
        for module in sorted(imported(path))
        if module.partition(".")[0] not in {room, *MAY_IMPORT[room]}
    ]
    assert against == []


def test_every_package_has_its_rule() -> None:
    assert {path.parent.name for path in SANDBOX.glob("*/__init__.py")} == set(MAY_IMPORT)


def test_the_rule_is_not_empty() -> None:
    assert "chats.groups" in imported(SANDBOX / "people" / "actions.py")
    assert "world" not in imported(SANDBOX / "people" / "actions.py")
    assert "bot_api.updates" in imported(SANDBOX / "world.py")


def test_only_the_command_that_starts_it_imports_it() -> None:
    users = {
        str(path.relative_to(ROOT / "bot"))
        for path in (ROOT / "bot").rglob("*.py")
        if not path.is_relative_to(SANDBOX) and imported(path)
    }
    assert users == {"cli/processes.py"}


def test_it_is_not_in_the_production_image() -> None:
    left_out = (ROOT / ".dockerignore").read_text().splitlines()
    assert "bot/sandbox" in left_out


def test_the_bot_starts_without_it() -> None:
    code = (
        "import sys; sys.modules['bot.sandbox'] = None\n"
        "import bot.app, bot.cli, bot.processes.runner\n"
        "assert not [name for name in sys.modules if name.startswith('bot.sandbox.')]"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_without_it_its_command_says_so() -> None:
    code = (
        "import sys; sys.modules['bot.sandbox'] = None\n"
        "sys.argv = ['helpline', 'sandbox']\n"
        "from bot.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == FINAL_EXIT_CODE
    assert "not part of this installation" in done.stderr
    assert "Traceback" not in done.stderr
