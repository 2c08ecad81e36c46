"""A small repository: the real rule of which model is served, a trainer and a server of our own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.console.training.folders import Folders
from bot.settings import ROOT, Settings

if TYPE_CHECKING:
    from collections.abc import Callable

TRAINER = """\
import pathlib, sys, time
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from components import project
import in_service
assert sys.argv[1:] == ["--candidate"], sys.argv
print("→ classifier: training with 3 phrases in 1 languages", flush=True)
print("  languages: learning from 3 texts", flush=True)
{how}
model = project.model_path(project.fingerprint())
model.parent.mkdir(exist_ok=True)
model.write_text("{answer}")
in_service.trained(model)
print("  readers: shares 1.0, 0.5", flush=True)
print(f"→ classifier: trained in 1 s: {{model.name}} (1 MB)", flush=True)
"""
"""What the real one says and leaves behind, without the minutes."""

SERVER = """\
import json, os
from http.server import BaseHTTPRequestHandler, HTTPServer
model = open(os.environ["NLU_MODEL"]).read()
class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def reply(self, found):
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_GET(self):
        self.reply({"model_file": os.path.basename(os.environ["NLU_MODEL"])})
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.reply({"intent_ranking": [{"name": model, "confidence": 0.9},
                                       {"name": "greet", "confidence": 0.05}], "urgency": 0.0})
    def log_message(self, *_): pass
HTTPServer(("127.0.0.1", int(os.environ["NLU_PORT"])), Handler).serve_forever()
"""
"""A classifier that takes everything for the question that its model file names."""

OLD_MODEL = "helpline-000000000001.tar.gz"


@pytest.fixture
def place(tmp_path: Path) -> Folders:
    """With one phrase, one model in service (it answers ``iin_taxes``), and a Python."""
    root = tmp_path / "repository"
    shutil.copytree(
        ROOT / "nlu" / "components",
        root / "nlu" / "components",
        ignore=lambda _, names: [n for n in names if n not in ("__init__.py", "project.py")],
    )
    shutil.copy(ROOT / "nlu" / "in_service.py", root / "nlu")
    for name in ("config.yml", "requirements.txt"):
        (root / "nlu" / name).touch()
    (root / "bot" / "language").mkdir(parents=True)
    python = root / "nlu" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (root / "nlu" / "serve.py").write_text(SERVER, encoding="utf-8")
    data = root / "nlu_data"
    (data / "ru").mkdir(parents=True)
    phrases = (
        ("permit_cost", "сколько платить"),
        ("iin_taxes", "где дают иин"),
        ("out_of_scope", "как дела"),
    )
    blocks = "".join(
        f"- intent: {intent}\n  metadata:\n    language: ru\n  examples: |\n    - {text}\n"
        for intent, text in phrases
    )
    (data / "ru" / "work.yml").write_text(f'version: "3.1"\nnlu:\n{blocks}', encoding="utf-8")
    (data / "danger").symlink_to(ROOT / "nlu_data" / "danger")
    (data / "places.yml").symlink_to(ROOT / "nlu_data" / "places.yml")
    models = root / "nlu" / "models"
    models.mkdir()
    (models / OLD_MODEL).write_text("iin_taxes", encoding="utf-8")
    return Folders(root, data, models, tmp_path / "state")


@pytest.fixture
def trainer(place: Folders) -> Callable[..., None]:
    """Sets how the trainer works: ``how`` is Python code, ``answer`` what its model answers."""

    def write(how: str = "", answer: str = "permit_cost") -> None:
        code = TRAINER.format(how=how, answer=answer)
        (place.root / "nlu" / "train.py").write_text(code, encoding="utf-8")

    write()
    return write


@pytest.fixture
def settings(place: Folders) -> Settings:
    return Settings(
        _env_file=None, nlu_data_dir=place.phrases, data_dir=place.state.parent, nlu_url=""
    )
