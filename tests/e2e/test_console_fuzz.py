"""Whatever anybody sends to whatever route of the console, no page breaks.

The routes are those that the application describes; the fields of forms are those of its templates.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings

from bot.console.app import ROUTERS
from bot.console.web.pages import HERE
from bot.settings import ROOT
from tests.e2e.helpline import Helpline

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

EXAMPLES = 8
"""Requests for each route; there are some sixty."""

LEFT_OUT = {"/sign-out", "/people/{user}/sign-out", "/teach/training/start"}
"""They would end the session that the fuzz needs, or train for minutes."""


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpline]:
    """A helpline with answers and phrases of its own, which the fuzz may change."""
    folder = tmp_path_factory.mktemp("fuzzed")
    for name in ("answers", "nlu_data"):
        shutil.copytree(ROOT / name, folder / name)
    running = Helpline(
        folder,
        ANSWERS_DIR=str(folder / "answers"),
        NLU_DATA_DIR=str(folder / "nlu_data"),
        NLU_MODELS_DIR=str(folder / "models"),
        NLU_URL="http://127.0.0.1:9",  # nobody is there, and every page must work all the same
    )
    running.start("store")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def session(console: Helpline) -> Iterator[httpx.Client]:
    """Somebody who may do everything."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "console-link"],
        cwd=ROOT,
        env=console.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    console.wait_until(lambda: answers(console.console), 60)
    with httpx.Client(base_url=console.console, timeout=30) as client:
        assert client.post(done.stdout.strip()).status_code == 303
        yield client


def answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", timeout=60).status_code == 200
    except httpx.TransportError:
        return False


def description() -> dict[str, Any]:
    """The routes as FastAPI describes them, with the forms that they read."""
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    found = app.openapi()
    names = {
        name
        for template in (HERE / "templates").rglob("*.html")
        for name in re.findall(r'name="([a-z_][a-z_-]*)"', template.read_text())
    }
    form = {"type": "object", "properties": {name: {"type": "string"} for name in sorted(names)}}
    for operations in found["paths"].values():
        if "post" in operations:
            content = {"application/x-www-form-urlencoded": {"schema": form}}
            operations["post"]["requestBody"] = {"content": content}
    found["paths"] = {path: what for path, what in found["paths"].items() if path not in LEFT_OUT}
    return found


SCHEMA = schemathesis.openapi.from_dict(description())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method}{one.path}")
def test_no_request_breaks_a_page(session: httpx.Client, operation: Any) -> None:
    token = re.search(r'name="csrf" value="([^"]+)"', session.get("/").text)
    assert token, "the session has ended"
    headers = {"x-csrf": token[1], "cookie": f"console={session.cookies['console']}"}
    broken: list[int] = []

    @given(operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        answer = case.call(
            base_url=str(session.base_url),
            headers=headers,
            allow_redirects=False,
            session=connection,
        )
        if answer.status_code >= 500:
            broken.append(answer.status_code)

    with requests.Session() as connection:
        ask()
    assert broken == []
