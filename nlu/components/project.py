"""Where things are, and what a trained model depends on.

``NLU_DATA_DIR`` (what people say) and ``NLU_MODELS_DIR`` (what was trained) in the environment
name other folders than ``nlu_data`` and ``nlu/models``, for everything in here.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def _folder(variable: str, default: Path) -> Path:
    named = os.environ.get(variable, "").strip()
    return Path(named).resolve() if named else default


ROOT = Path(__file__).resolve().parents[2]
NLU = ROOT / "nlu"
CONFIG = NLU / "config.yml"
MODELS = _folder("NLU_MODELS_DIR", NLU / "models")
CACHE = MODELS / ".cache"
PHRASES = _folder("NLU_DATA_DIR", ROOT / "nlu_data")
PLACES = PHRASES / "places.yml"
SAMPLES = PHRASES / "samples"

_PLAIN_FOLDERS = frozenset({"danger", "samples"})
"""Folders of ``nlu_data`` that hold no training phrases."""

TAUGHT = "taught.yml"
"""The file of a language's folder that counsellors fill in the console."""


def phrase_files() -> list[Path]:
    """The files of training phrases, in a fixed order."""
    return sorted(
        path for path in PHRASES.glob("*/*.yml") if path.parent.name not in _PLAIN_FOLDERS
    )


def model_path(of_fingerprint: str) -> Path:
    """Where the model of a fingerprint is kept."""
    return MODELS / f"helpline-{of_fingerprint}.tar.gz"


def models() -> list[Path]:
    """The models that there are, the newest first."""
    return sorted(MODELS.glob("helpline-*.tar.gz"), key=lambda path: -path.stat().st_mtime)


def code_fingerprint(*also: Path) -> str:
    """Changes when the code of the components or of the languages does, or the other files."""
    return _digest([*_code_files(), *also])


def fingerprint() -> str:
    """Changes when anything does that a trained model depends on: 12 hexadecimal digits."""
    return _digest([*phrase_files(), PLACES, *sample_files(), CONFIG, *_code_files()])


def untaught_fingerprint() -> str:
    """The same without what was taught in the console: it changes when new data or code came."""
    delivered = [path for path in phrase_files() if path.name != TAUGHT]
    return _digest([*delivered, PLACES, *sample_files(), CONFIG, *_code_files()])


def sample_files() -> list[Path]:
    """The sentences that only the language identifier learns from, a file per language."""
    return sorted(SAMPLES.glob("*.txt"))


def _code_files() -> list[Path]:
    return [
        *sorted((NLU / "components").glob("*.py")),
        *sorted((ROOT / "bot" / "language").glob("*.py")),
        NLU / "requirements.txt",
    ]


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.parent.name}/{path.name}".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
