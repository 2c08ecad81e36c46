"""The catalogs: complete, up to date with the code, with the same placeholders everywhere."""

from __future__ import annotations

import ast
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.catalogs import CatalogError, Catalogs, path_of
from bot.language.tags import Locale
from bot.settings import ROOT

FOLDER = ROOT / "locales"
ANSWERS = ROOT / "bot" / "answers"
CONSOLE = ROOT / "bot" / "console"

Strings = dict[str, Catalog]

CATALOGS = [
    *(("helpline", locale) for locale in Locale),
    *(("console", locale) for locale in (Locale.RU, Locale.KK)),
]
every_catalog = pytest.mark.parametrize(("domain", "locale"), CATALOGS)


def catalog(domain: str, locale: Locale) -> Catalog:
    with path_of(FOLDER, locale, domain).open("rb") as file:
        return read_po(file, locale=locale.value)


@pytest.fixture(scope="module")
def strings(tmp_path_factory: pytest.TempPathFactory) -> Strings:
    """The strings of the code by domain, extracted as `make strings` does."""
    folder = tmp_path_factory.mktemp("pot")
    subprocess.run(["sh", "tools/strings.sh", str(folder)], cwd=ROOT, check=True)
    found = {}
    for pot in folder.glob("*.pot"):
        with pot.open("rb") as file:
            found[pot.stem] = read_po(file)
    return found


def test_no_string_hides_from_extraction(strings: Strings) -> None:
    """Inside an f-string or in a variable a sentence is not extracted, so never translated."""
    ids = {
        domain: {_forms(message.id)[0] for message in found if message.id}
        for domain, found in strings.items()
    }
    for path in (ROOT / "bot").rglob("*.py"):
        extracted_ids = ids["console" if path.is_relative_to(CONSOLE) else "helpline"]
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr not in ("gettext", "ngettext") or path.name in (
                    "catalogs.py",
                    "languages.py",
                    "sentence.py",
                ):
                    continue
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"
                assert node.args[0].value in extracted_ids, f"{path}:{node.lineno}"


def test_no_finding_hides_from_extraction(strings: Strings) -> None:
    """What a check finds is told in the console; elsewhere nobody would translate it."""
    ids = {_forms(message.id)[0] for message in strings["console"] if message.id}
    for path in (ROOT / "bot").rglob("*.py"):
        calls = _calls(path, ("N_", "NN_"))
        assert not calls or path.is_relative_to(CONSOLE) or path.is_relative_to(ANSWERS), path
        for call in calls:
            count = 2 if call.func.id == "NN_" else 1  # type: ignore[attr-defined]
            literals = [one.value for one in call.args[:count] if isinstance(one, ast.Constant)]
            assert len(literals) == count, f"{path}:{call.lineno}"
            assert literals[0] in ids, f"{path}:{call.lineno}"


@pytest.mark.parametrize("room", [ANSWERS, CONSOLE])
def test_no_finding_is_in_english_only(room: Path) -> None:
    """``as_is`` is for other programs' words and for what operators read."""
    found = [
        f"{path}:{call.lineno}" for path in room.rglob("*.py") for call in _calls(path, ("as_is",))
    ]
    assert found == []


@pytest.mark.parametrize("locale", [Locale.RU, Locale.KK])
def test_what_a_check_finds_has_no_english_words_in_translation(locale: Locale) -> None:
    """Rule: beside names of keys and files, which stand in `` or have a dot, all is translated."""
    marked = {
        str(call.args[0].value)
        for path in ANSWERS.rglob("*.py")
        for call in _calls(path, ("N_", "NN_"))
        if isinstance(call.args[0], ast.Constant)
    }
    messages = [one for one in catalog("console", locale) if one.id and _forms(one.id)[0] in marked]
    assert len(messages) == len(marked)
    for message in messages:
        for form in _forms(message.string):
            bare = re.sub(r"`[^`]*`|\{\w+\}|\w+\.yml|\b[\w-]+ \d\d:.*", " ", form)
            words = set(re.findall(r"[A-Za-z]{2,}", bare))
            assert words <= {"YAML", "HTML", "UTF", "UZ", "true", "false", "high", "medium", "low"}


@every_catalog
def test_every_string_of_the_code_is_translated_and_none_is_left_over(
    domain: str, locale: Locale, strings: Strings
) -> None:
    """If this fails: `make strings`, then translate what is empty under locales/."""
    in_code = {message.id for message in strings[domain] if message.id}
    translated = {
        message.id
        for message in catalog(domain, locale)
        if message.id and not message.fuzzy and all(_forms(message.string))
    }
    assert sorted(map(str, translated)) == sorted(map(str, in_code))


@every_catalog
def test_placeholders_survive_translation(domain: str, locale: Locale) -> None:
    for message in catalog(domain, locale):
        if message.id:
            wanted = _placeholders(_forms(message.id)[0])
            assert [_placeholders(form) for form in _forms(message.string)] == [wanted] * len(
                _forms(message.string)
            ), message.id


def test_russian_has_its_three_plural_forms() -> None:
    words = Catalogs(FOLDER)[Locale.RU]
    forms = [
        words.ngettext("{city}: {number} place that helps", "{city}: {number} places that help", n)
        for n in (1, 2, 5, 21)
    ]
    assert forms[0] == forms[3]
    assert len(set(forms)) == 3


def test_dates_and_distances_follow_the_locale() -> None:
    catalogs = Catalogs(FOLDER)
    day = date(2026, 11, 22)
    assert catalogs[Locale.RU].date(day) == "22 ноября 2026\u202fг."
    assert catalogs[Locale.TG].date(day) == "22 ноябри соли 2026"
    assert catalogs[Locale.UZ].date(day) == "22-noyabr, 2026"
    assert catalogs[Locale.UZ_CYRL].date(day) == "22 ноябр, 2026"
    assert catalogs[Locale.RU].kilometres(3.24) == "3,2 км"
    assert catalogs[Locale.RU].kilometres(32.4) == "32 км"


def test_a_missing_catalog_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"kk/LC_MESSAGES/helpline\.po: missing"):
        Catalogs(tmp_path)


def test_a_broken_catalog_is_an_error_that_names_it(tmp_path: Path) -> None:
    for locale in Locale:
        path = path_of(tmp_path, locale)
        path.parent.mkdir(parents=True)
        path.write_text('msgid "a"\nmsgstr "b"\n')
    path_of(tmp_path, Locale.TG).write_text("msgid what\n")
    with pytest.raises(CatalogError, match="tg"):
        Catalogs(tmp_path)


def _calls(path: Path, names: tuple[str, ...]) -> list[ast.Call]:
    """The calls of some functions by their bare names."""
    return [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def _forms(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple | list) else (str(value),)


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))
