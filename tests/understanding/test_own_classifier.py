from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from bot.understanding.own_classifier import NoClassifierError, own_classifier

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a Python for the classifier, but no classifier."""
    (tmp_path / "nlu" / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "nlu" / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


async def test_without_its_python_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoClassifierError, match="make model"):
        async with own_classifier(tmp_path):
            pass


async def test_one_that_ends_at_once_is_not_waited_for(project: Path) -> None:
    (project / "nlu" / "serve.py").write_text("raise SystemExit(1)")

    with pytest.raises(NoClassifierError, match="did not start"):
        async with own_classifier(project):
            pass


async def test_it_gets_its_address_and_token_and_ends_with_the_context(project: Path) -> None:
    (project / "nlu" / "serve.py").write_text(
        "import os\n"
        "from http.server import BaseHTTPRequestHandler, HTTPServer\n"
        "class Handler(BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n"
        "        right = self.path == f'/status?token={os.environ[\"NLU_TOKEN\"]}'\n"
        "        self.send_response(200 if right else 401)\n"
        "        self.end_headers()\n"
        "    def log_message(self, *_): pass\n"
        "HTTPServer(('127.0.0.1', int(os.environ['NLU_PORT'])), Handler).serve_forever()\n"
    )

    async with own_classifier(project) as address:
        assert address.url.startswith("http://127.0.0.1:")
        assert len(address.token) > 20


async def test_another_model_than_the_one_in_service_can_be_asked_for(project: Path) -> None:
    said = project / "said"
    (project / "nlu" / "serve.py").write_text(
        f"import os, pathlib\npathlib.Path({str(said)!r}).write_text(os.environ['NLU_MODEL'])\n"
    )

    with pytest.raises(NoClassifierError, match="did not start"):
        async with own_classifier(project, project / "candidate.tar.gz"):
            pass

    assert said.read_text() == str(project / "candidate.tar.gz")
