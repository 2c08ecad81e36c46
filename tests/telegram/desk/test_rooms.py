"""The desk's packages know only those below them; the two sides know nothing of each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.settings import ROOT

DESK = ROOT / "bot" / "telegram" / "desk"

MAY_IMPORT = {
    "relay": (),
    "cases": (),
    "upkeep": ("cases",),
    "migrant": ("cases", "relay"),
    "staff": ("cases", "relay", "upkeep"),
}
"""What a package may import of the others, also for its type hints."""

PREFIX = "bot.telegram.desk."


def imported(path: Path) -> set[str]:
    """The packages, and loose modules, of the desk that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == PREFIX.rstrip("."):
            names = [f"{PREFIX}{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        found |= {name.removeprefix(PREFIX).split(".")[0] for name in names if PREFIX in name}
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_package_imports_only_what_lies_below_it(room: str) -> None:
    against = [
        f"{path.relative_to(DESK)} imports {module}"
        for path in sorted((DESK / room).rglob("*.py"))
        for module in sorted(imported(path))
        if module not in (room, *MAY_IMPORT[room])
    ]
    assert against == []


def test_every_package_has_its_rule() -> None:
    assert {path.parent.name for path in DESK.glob("*/__init__.py")} == set(MAY_IMPORT)


def test_only_what_puts_the_desk_together_stands_outside_of_all() -> None:
    assert {path.stem for path in DESK.glob("*.py")} == {"__init__", "no_desk", "set_up"}
