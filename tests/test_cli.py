"""The command line: help worth reading, exit codes that can be relied on."""

from __future__ import annotations

import asyncio
import functools
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import ROOT
from bot.store.edition import Edition
from bot.store.store import Store
from tests.servers import StoreServer, keys, redis_client, store, store_server

__all__ = ["keys", "redis_client", "store", "store_server"]

COMMANDS = (
    *("run", "bot", "console", "store", "sandbox", "check", "stamp", "train", "evaluate"),
    *("console-link", "forget", "edition", "reports"),
)


def invoke(*arguments: str, **settings: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments, env=settings)
    return result.exit_code, result.output


def test_help_names_every_command() -> None:
    code, output = invoke("--help")
    assert code == 0
    assert [name for name in COMMANDS if name not in output] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    code, output = invoke(command, "--help")
    assert code == 0
    assert len(output.splitlines()) > 4


@pytest.fixture(scope="module")
def no_phrases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings for what is not about the phrases: to look through them takes seconds."""
    folder = tmp_path_factory.mktemp("nlu_data")
    (folder / "samples").symlink_to(ROOT / "nlu_data" / "samples")
    return {"NLU_DATA_DIR": str(folder)}


def test_check_passes_on_the_projects_answers() -> None:
    code, output = invoke("check")
    assert code == 0
    assert "permit_need" in output


def test_check_fails_on_a_broken_file_and_names_it(
    tmp_path: Path, no_phrases: dict[str, str]
) -> None:
    broken = tmp_path / "answers"
    shutil.copytree(ROOT / "answers", broken)
    (broken / "work_permit" / "permit_need" / "ru.md").write_text("no front matter\n")
    code, output = invoke("check", ANSWERS_DIR=str(broken), **no_phrases)
    assert code == 1
    assert "permit_need/ru.md" in output


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_broken_staff_file_is_named_by_line(
    tmp_path: Path, command: str, no_phrases: dict[str, str]
) -> None:
    staff = tmp_path / "staff.yml"
    staff.write_text("groups:\n  - id: 5\n    name: A\n    locale: ru\n")
    code, output = invoke(command, STAFF_FILE=str(staff), **no_phrases)
    assert code != 0
    assert "staff.yml:2: `id: 5` is no group" in output


def test_check_reports_as_json(no_phrases: dict[str, str]) -> None:
    code, output = invoke("check", "--report", "json", **no_phrases)
    assert code == 0
    assert json.loads(output)


@pytest.mark.parametrize(
    ("name", "begins"), [("a.txt", "answer "), ("a.json", "{"), ("a.HTML", "<!doctype html>")]
)
def test_check_writes_the_report_to_a_file_by_its_ending(
    tmp_path: Path, name: str, begins: str, no_phrases: dict[str, str]
) -> None:
    code, output = invoke("check", "--report", str(tmp_path / name), **no_phrases)
    assert code == 0
    assert output.splitlines()[-1] == str(tmp_path / name)
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.html"])
def test_check_fails_on_an_error_in_every_format_and_writes_what_it_is(
    tmp_path: Path, name: str, no_phrases: dict[str, str]
) -> None:
    answers = tmp_path / "answers"
    shutil.copytree(ROOT / "answers", answers)
    (answers / "services" / "hotline" / "answer.yml").unlink()
    folders = {"ANSWERS_DIR": str(answers), **no_phrases}
    code, _ = invoke("check", "--report", str(tmp_path / name), **folders)
    assert code == 1
    assert "services/hotline/answer.yml" in (tmp_path / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["a.pdf", "a", "none/a.txt"])
def test_check_says_what_it_cannot_write(
    tmp_path: Path, name: str, no_phrases: dict[str, str]
) -> None:
    code, output = invoke("check", "--report", str(tmp_path / name), **no_phrases)
    assert code == 2
    assert name in output


def test_a_setting_that_cannot_work_is_one_line(tmp_path: Path) -> None:
    code, output = invoke("check", REDIS_URL="nonsense")
    assert code == 2
    assert output.strip().splitlines() == [
        ".env or environment: REDIS_URL: must begin with redis://, rediss:// or unix://"
    ]


def test_stamping_records_the_present_russian_text(tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    shutil.copytree(ROOT / "answers", answers)
    with (answers / "work_permit" / "permit_need" / "ru.md").open("a") as russian:
        russian.write("\nЕщё одно предложение.\n")
    code, output = invoke("stamp", "permit_need", "--locale", "uz", ANSWERS_DIR=str(answers))
    assert code == 0
    assert "permit_need/uz.md" in output
    again = invoke("stamp", "permit_need", "--locale", "uz", ANSWERS_DIR=str(answers))
    assert again == (0, "")


def test_a_store_that_is_away_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.common.STORE_SECONDS", 0.5)
    nobody = "redis://127.0.0.1:1/0"
    for command in (("edition",), ("reports",), ("forget", "1")):
        code, output = invoke(*command, REDIS_URL=nobody)
        assert code == 2
        assert "The store does not answer" in output
        assert "Traceback" not in output


async def test_the_edition_is_named_and_dropped(store_server: StoreServer, store: Store) -> None:
    settings = {"REDIS_URL": store_server.url, "KEY_PREFIX": store.keys.prefix, "SHARDS": "4"}
    ask = functools.partial(asyncio.to_thread, invoke, "edition", **settings)
    assert "Nothing is published" in (await ask())[1]
    await store.editions.put(Edition("abc123", 0.0, b""))
    _, output = await ask()
    assert "1970-01-01 05:00: version abc123" in output  # Kazakhstan's time
    assert await store.editions.version() == "abc123"
    _, output = await asyncio.to_thread(invoke, "edition", "--drop", **settings)
    assert "Dropped" in output
    assert await store.editions.version() is None
