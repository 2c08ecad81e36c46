"""The arrows of docs/architecture.md run one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.settings import ROOT

MAY_IMPORT = {
    "language": (),
    "dialogue": ("answers.model", "language.tags"),
    "answers": ("language",),
    "understanding": ("answers", "catalogs", "dialogue", "language", "settings"),
    "handoff": ("answers.hours", "answers.model", "language"),
    "store": ("clock", "dialogue.session", "handoff.case", "handoff.figures", "handoff.moves"),
    "telegram": (
        *("answers", "catalogs", "clock", "dialogue", "handoff", "language", "store"),
        "understanding",
    ),
    "processes": ("settings",),
    "console": (
        *("answers", "catalogs", "clock", "handoff", "language", "retention", "settings", "store"),
        *("understanding", "telegram.render", "telegram.request"),
        *("telegram.desk.upkeep.staff_file", "telegram.desk.upkeep.members"),
        *("dialogue.acts", "dialogue.outcome"),
    ),
    "sandbox": (),
    "cli": (
        *("answers", "app", "catalogs", "clock", "console", "library", "logs", "processes"),
        *("retention", "sandbox", "settings", "telegram.desk.upkeep.staff_file", "understanding"),
        "wrong_numbers",
    ),
}
"""What a room may import of the others; of itself it may import everything."""


def imports(path: Path) -> set[str]:
    """The modules of ours that a module imports, without the leading ``bot.``."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name.removeprefix("bot.") for name in found if name.startswith("bot.")}


def is_allowed(room: str, module: str) -> bool:
    return any(
        module == allowed or module.startswith(f"{allowed}.")
        for allowed in (room, *MAY_IMPORT[room])
    )


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_lies_below_it(room: str) -> None:
    against = [
        f"{path.relative_to(ROOT)} imports bot.{module}"
        for path in sorted((ROOT / "bot" / room).rglob("*.py"))
        for module in sorted(imports(path))
        if not is_allowed(room, module)
    ]
    assert against == []


def test_every_room_has_its_rule() -> None:
    rooms = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    assert rooms == set(MAY_IMPORT)


def test_the_classifier_shares_only_the_languages_with_the_bot() -> None:
    paths = [*(ROOT / "nlu").glob("*.py"), *(ROOT / "nlu" / "components").glob("*.py")]
    modules = {module for path in paths for module in imports(path)}
    assert {module.split(".")[0] for module in modules} <= {"language"}


def test_the_core_knows_neither_telegram_nor_redis_nor_the_clock() -> None:
    outside = {"telegram", "redis", "datetime", "time", "asyncio", "aiohttp", "random", "os"}
    for path in (ROOT / "bot" / "dialogue").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                assert outside.isdisjoint(alias.name.split(".")[0] for alias in node.names)
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in outside


def test_screens_know_nothing_of_the_desk_that_shows_them() -> None:
    for path in (ROOT / "bot" / "telegram" / "render").glob("*.py"):
        desk = {module for module in imports(path) if module.startswith("telegram.desk")}
        assert (path.name, desk) == (path.name, set())
