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
    assert names(settings(tmp_path)) == ["store", "nlu", "sandbox", "bot", "console"]


def test_what_is_given_is_not_started(tmp_path: Path) -> None:
    given = settings(
        tmp_path,
        telegram_bot_token="123456:not-a-real-token",
        redis_url="redis://127.0.0.1:6379/0",
        nlu_url="http://127.0.0.1:5005",
    )
    assert names(given) == ["bot", "console"]


def test_the_configuration_is_supervisords_and_keeps_odd_paths_whole(tmp_path: Path) -> None:
    odd = tmp_path / "it's 100% odd"
    text = runner.configuration(settings(odd), ROOT, "token")
    parsed = configparser.RawConfigParser()
    parsed.read_string(text)
    sections = [name for name in parsed.sections() if name.startswith("program:")]
    programs = ("store", "nlu", "sandbox", "bot", "console")
    assert sections == [f"program:{name}" for name in programs]
    assert all("bot.processes.leash" in parsed[name]["command"] for name in sections)
    assert all(parsed[name]["autorestart"] == "unexpected" for name in sections)
    assert parsed["supervisord"]["logfile"] == str(odd / "log" / "supervisord.log").replace(
        "%", "%%"
    )
    assert 'RASA_TELEMETRY_ENABLED="false"' in parsed["supervisord"]["environment"]


def test_only_the_sandbox_gets_a_way_to_stop_the_others(tmp_path: Path) -> None:
    control = tmp_path / "supervisor.sock"
    parsed = configparser.RawConfigParser()
    parsed.read_string(runner.configuration(settings(tmp_path), ROOT, "token", control))
    assert parsed["unix_http_server"]["file"] == str(control)
    assert parsed["unix_http_server"]["chmod"] == "0700"
    told = [name for name in parsed.sections() if str(control) in parsed[name].get("command", "")]
    assert told == ["program:sandbox"]
    parsed.clear()
    parsed.read_string(runner.configuration(settings(tmp_path), ROOT, "token"))
    assert not {"unix_http_server", "rpcinterface:supervisor"} & set(parsed.sections())


@pytest.mark.parametrize(
    ("fields", "opened"), [({}, True), ({"telegram_bot_token": "123456:not-a-real-token"}, False)]
)
def test_with_a_token_supervisord_listens_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: dict[str, str], opened: bool
) -> None:
    monkeypatch.setattr(runner, "check_ports", lambda _: None)
    runner.prepare(settings(tmp_path, nlu_url="http://127.0.0.1:5005", **fields), ROOT)
    config = (tmp_path / "run" / "supervisord.conf").read_text()
    assert ("[unix_http_server]" in config) == opened


def test_time_played_forward_by_a_run_that_was_killed_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "check_ports", lambda _: None)
    given = settings(tmp_path, nlu_url="http://127.0.0.1:5005")
    given.clock_file.parent.mkdir()
    given.clock_file.write_text("86400.0\n")
    runner.prepare(given, ROOT)
    assert not given.clock_file.exists()


def test_a_taken_port_is_one_sentence_that_names_the_setting(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(runner.StartError, match=f"Port {port} is taken.*SANDBOX_PORT"):
            runner.check_ports(settings(tmp_path, sandbox_port=port))


def test_a_data_folder_too_deep_for_the_stores_socket_is_one_sentence(tmp_path: Path) -> None:
    deep = settings(tmp_path / ("d" * 120), nlu_url="http://127.0.0.1:5005")
    with pytest.raises(runner.StartError, match=r"DATA_DIR lies \d+ characters too deep"):
        runner.prepare(deep, ROOT)


def test_a_deep_data_folder_is_no_matter_beside_a_redis_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "check_ports", lambda _: None)
    deep = tmp_path / ("d" * 120)
    urls = {"nlu_url": "http://127.0.0.1:5005", "redis_url": "redis://127.0.0.1:6379/0"}
    runner.prepare(settings(deep, **urls), ROOT)
    parsed = configparser.RawConfigParser()
    parsed.read(deep / "run" / "supervisord.conf")
    assert len(parsed["unix_http_server"]["file"]) < 100


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
