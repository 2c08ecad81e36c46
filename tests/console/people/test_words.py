"""Every change that a page writes down has a sentence in the log."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from bot.console.centres.pages_list import CALLED
from bot.console.people.words import change_name, change_names
from bot.console.web.languages import Language, load_wordings
from bot.settings import ROOT

CONSOLE = ROOT / "bot" / "console"
PAGES = ("access", "answers", "centres", "home", "insight", "people", "teach")
SAVED = re.compile(r"(answer|centre)_(saved|submitted)")
"""What modules that save hand to their pages (``Done.what``)."""


def trees() -> list[tuple[Path, ast.Module]]:
    paths = [path for room in PAGES for path in sorted((CONSOLE / room).glob("*.py"))]
    return [(path, ast.parse(path.read_text())) for path in paths]


def texts(node: ast.AST) -> set[str]:
    """All strings in a piece of code."""
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def calls(tree: ast.Module, *names: str) -> list[ast.Call]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in names:
                found.append(node)
    return found


def written_down() -> set[str]:
    """Every ``what`` of the code; a call in a new form fails here, and is to be added."""
    found: set[str] = set()
    for path, tree in trees():
        where = path.relative_to(CONSOLE)
        named = {
            target.id: texts(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in calls(tree, "note", "note_change"):
            what = call.args[0 if isinstance(call.func, ast.Attribute) else 2]
            match what:
                case ast.Constant() | ast.IfExp(body=ast.Constant(), orelse=ast.Constant()):
                    found |= texts(what)
                case ast.Subscript(value=ast.Name(id=table)):
                    found |= named[table]
                case ast.JoinedStr(values=[ast.Constant(value="answer_"), _]):
                    words = [one.args[-1] for one in calls(tree, "_moved")]
                    found |= {f"answer_{word}" for one in words for word in texts(one)}
                case ast.JoinedStr(values=[ast.Constant(value="wrong_number_"), _]):
                    found |= {f"wrong_number_{word}" for word in CALLED}
                case ast.Attribute(attr="what") | ast.Name(id="what"):
                    continue  # from a module that saves, below; and what hands it on
                case _:
                    raise AssertionError(f"{where}:{call.lineno}: {ast.unparse(what)}")
        found |= {text for text in texts(tree) if SAVED.fullmatch(text)}
    return found


def test_every_change_that_is_written_down_has_its_own_sentence() -> None:
    w = load_wordings(ROOT / "locales")[Language.EN]
    names = change_names(w)
    assert sorted(written_down()) == sorted(names)
    assert len(set(names.values())) == len(names)


def test_a_change_of_another_version_is_told_by_its_name() -> None:
    w = load_wordings(ROOT / "locales")[Language.EN]
    assert change_name(w, "roles_given") == "Roles set"
    assert change_name(w, "something_else") == "something else"
