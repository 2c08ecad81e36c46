"""Settings: checked at start, one sentence per fault, no secret repeated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.dialogue.thresholds import Thresholds
from bot.settings import ROOT, Role, Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


def test_nothing_set_means_the_sandbox_with_everything_embedded() -> None:
    settings = load_settings()
    assert settings.uses_sandbox
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.store_url == f"unix://{ROOT}/var/store/valkey.sock"
    assert settings.classifier_url == "http://127.0.0.1:5005"
    assert settings.thresholds == Thresholds()


def test_a_token_means_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:not-a-real-token")
    settings = load_settings()
    assert not settings.uses_sandbox
    assert settings.api_url == "https://api.telegram.org"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TELEGRAM_BOT_TOKEN", "hello-world-secret", "TELEGRAM_BOT_TOKEN: is not a bot token"),
        ("REDIS_URL", "localhost:6379", "REDIS_URL: must begin with redis://"),
        ("SANDBOX_PORT", "99999", "SANDBOX_PORT: Input should be less than or equal to 65535"),
        ("SURE", "1.5", "SURE: Input should be less than or equal to 1"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL: must be debug, info, warning or error"),
        ("WEBHOOK_URL", "http://example.org", "WEBHOOK_URL: must begin with https://"),
        ("WEBHOOK_URL", "https://example.org/x", "WEBHOOK_SECRET: must have at least 16"),
        ("OPERATOR_NAME", "n" * 151, "OPERATOR_NAME: String should have at most 150 characters"),
        ("OPERATOR_NAME", "One\nTwo", "OPERATOR_NAME: must be one line"),
        ("OPERATOR_NAME", "One\u2028Two", "OPERATOR_NAME: must be one line"),
        ("OPERATOR_NAME", "One\u202eowT", "OPERATOR_NAME: has characters that cannot be seen"),
        ("OPERATOR_BIN", "00000000000", "OPERATOR_BIN: must be the 12 digits of the BIN"),
        ("OPERATOR_BIN", "٠" * 12, "OPERATOR_BIN: must be the 12 digits of the BIN"),
        ("OPERATOR_BIN", "0" * 12, "OPERATOR_NAME: must be set where OPERATOR_BIN"),
        ("OPERATOR_CONTACT", "help@example.org", "OPERATOR_NAME: must be set where OPERATOR_BIN"),
        ("ROLES", "receiver,cook", "ROLES: Input should be 'receiver', 'worker' or 'sender'"),
    ],
)
def test_a_fault_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert len(raised.value.faults) == 1
    assert raised.value.faults[0].startswith(sentence)


def test_a_fault_never_repeats_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "hello-world-secret")
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert "hello-world-secret" not in str(raised.value)


def test_the_operator_is_named_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPERATOR_NAME", "  Пример\t<b>\u00a0help ")
    monkeypatch.setenv("OPERATOR_BIN", "000000000000")
    monkeypatch.setenv("OPERATOR_CONTACT", "help@example.org, +7 000 000 00 00")
    settings = load_settings()
    assert settings.operator_name == "Пример <b> help"
    assert settings.operator_bin == "000000000000"
    assert settings.operator_contact == "help@example.org, +7 000 000 00 00"


def test_roles_are_a_comma_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLES", "worker,sender")
    assert load_settings().roles == (Role.WORKER, Role.SENDER)


def test_the_example_file_lists_every_setting() -> None:
    example = (ROOT / ".env.example").read_text()
    kept_in_the_code = {"telegram_api_url", "sandbox_host", "key_prefix"} | {
        name for name in Settings.model_fields if name.endswith("_dir") and name != "data_dir"
    }
    missing = [
        name
        for name in Settings.model_fields
        if name not in kept_in_the_code and f"{name.upper()}=" not in example
    ]
    assert missing == []


def test_an_env_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ".env"
    path.write_text("SANDBOX_PORT=9000\nTELEGRAM_BOT_TOKEN=\n")
    monkeypatch.setitem(Settings.model_config, "env_file", path)
    assert load_settings().sandbox_port == 9000


@pytest.mark.parametrize("named", [True, False])
def test_another_env_file_is_read_or_none(tmp_path: Path, named: bool) -> None:
    """Rule: a test never runs with the token and the store of an operator's ``.env``."""
    path = tmp_path / "other.env"
    path.write_text("SANDBOX_PORT=9001\n")
    code = "from bot.settings import Settings; print(Settings.model_config['env_file'])"
    code += "; print(Settings().sandbox_port)"
    environment = {**os.environ, "ENV_FILE": str(path) if named else ""}
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    expected = [str(path), "9001"] if named else ["None", "8081"]
    assert told.stdout.decode().split() == expected
