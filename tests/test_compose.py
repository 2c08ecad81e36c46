"""docker-compose.yml keeps the rules of operation; each rule is seen to fail as well."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from bot.settings import ROOT
from tools.compose_check import faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMPOSE: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")


def test_the_file_keeps_all_rules() -> None:
    assert faults(COMPOSE, ROOT) == []


BREAKS: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("nlu: the service is missing", lambda s: s.pop("nlu")),
    ("bot: needs a health check", lambda s: s["bot"].pop("healthcheck")),
    ("bot: needs a restart policy", lambda s: s["bot"].pop("restart")),
    ("redis: must not run as root", lambda s: s["redis"].pop("user")),
    ("bot: needs a read-only file system", lambda s: s["bot"].update(read_only=False)),
    ("bot: must drop all capabilities", lambda s: s["bot"].pop("cap_drop")),
    (
        "console: must not publish ports but to this machine",
        lambda s: s["console"].update(ports=["8083:8083"]),
    ),
    ("redis: needs a pinned image", lambda s: s["redis"].update(image="redis:latest")),
    ("redis: must be on internal networks only", lambda s: s["redis"].update(networks=["outside"])),
    (
        "console: must train into the folder that nlu serves from",
        lambda s: s["console"]["volumes"].remove("nlu-models:/app/nlu/models"),
    ),
    ("volume other is not declared", lambda s: s["redis"].update(volumes=["other:/data"])),
]


@pytest.mark.parametrize(("sentence", "spoil"), BREAKS, ids=[sentence for sentence, _ in BREAKS])
def test_a_broken_rule_is_named(sentence: str, spoil: Callable[[dict[str, Any]], object]) -> None:
    broken = copy.deepcopy(COMPOSE)
    spoil(broken["services"])
    assert sentence in faults(broken, ROOT)


def dockerfile_of(folder: Path, copied: str) -> None:
    (folder / "bot").mkdir()
    (folder / "bot" / "Dockerfile").write_text(
        f"FROM python:3.13.9-slim-bookworm\nCOPY {copied} here\nUSER 10001\n"
    )


@pytest.mark.parametrize(
    ("ignored", "is_left_out"),
    [
        ("tests", True),
        ("tests/*", True),
        ("tests/*\n!tests/understanding", False),
        ("!tests/understanding\ntests/*", True),
        ("tests/understanding/dev", False),
        ("understanding", False),
        ("**/understanding", True),
        ("", False),
    ],
)
def test_what_an_image_copies_is_not_left_out_of_its_build(
    tmp_path: Path, ignored: str, is_left_out: bool
) -> None:
    """As Docker reads it: a folder takes along what is in it, and the last match counts."""
    (tmp_path / "tests" / "understanding" / "dev").mkdir(parents=True)
    dockerfile_of(tmp_path, "tests/understanding")
    (tmp_path / ".dockerignore").write_text(ignored)
    services = {"bot": {"build": {"context": ".", "dockerfile": "bot/Dockerfile"}}}

    sentence = "bot: bot/Dockerfile copies tests/understanding, which .dockerignore leaves out"
    assert (sentence in faults({"services": services}, tmp_path)) is is_left_out
