"""What has to run, how it is configured, and the sentences when it cannot."""

from __future__ import annotations

import configparser
import socket
from pathlib import Path

import pytest

from bot.processes import runner
from bot.settings import ROOT, Settings


def settings(folder: Path, **fields: object) -> Settings:
    return Settings(_env_file=None, data_dir=folder, **fields)  # type: ignore[call-arg, arg-type]


def names(configured: Settings) -> list[str]:
    return [program.name for program in runner.programs(configured, ROOT)]


def test_without_a_token_everything_is_embedded_and_starts_in_order(tmp_path: Path) -> None:
    assert names(settings(tmp_path)) == ["store", "nlu", "sandbox", "bot"]


def test_what_is_given_is_not_started(tmp_path: Path) -> None:
    given = settings(
        tmp_path,
        telegram_bot_token="123456:not-a-real-token",
        redis_url="redis://127.0.0.1:6379/0",
        nlu_url="http://127.0.0.1:5005",
    )
    assert names(given) == ["bot"]


def test_the_configuration_is_supervisords_and_keeps_odd_paths_whole(tmp_path: Path) -> None:
    odd = tmp_path / "it's 100% odd"
    text = runner.configuration(settings(odd), ROOT, "token")
    parsed = configparser.RawConfigParser()
    parsed.read_string(text)
    sections = [name for name in parsed.sections() if name.startswith("program:")]
    assert sections == ["program:store", "program:nlu", "program:sandbox", "program:bot"]
    assert all("bot.processes.leash" in parsed[name]["command"] for name in sections)
    assert all(parsed[name]["autorestart"] == "unexpected" for name in sections)
    assert parsed["supervisord"]["logfile"] == str(odd / "log" / "supervisord.log").replace(
        "%", "%%"
    )
    assert 'RASA_TELEMETRY_ENABLED="false"' in parsed["supervisord"]["environment"]


def test_a_taken_port_is_one_sentence_that_names_the_setting(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(runner.StartError, match=f"Port {port} is taken.*SANDBOX_PORT"):
            runner.check_ports(settings(tmp_path, sandbox_port=port))


def test_a_second_helpline_on_the_same_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    runner._hold_lock(tmp_path / "run" / "lock")
    with pytest.raises(runner.StartError, match="already runs"):
        runner._hold_lock(tmp_path / "run" / "lock")


def test_a_classifier_that_is_not_set_up_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(runner.StartError, match="make run"):
        runner.prepare(settings(tmp_path), tmp_path)


def test_the_classifiers_token_is_readable_by_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "check_ports", lambda _: None)
    given = settings(tmp_path, nlu_url="http://127.0.0.1:5005")
    runner.prepare(given, ROOT)
    config = tmp_path / "run" / "supervisord.conf"
    assert config.stat().st_mode & 0o777 == 0o600
