"""Trains the classifier, if anything changed that it depends on.

    nlu/.venv/bin/python nlu/train.py [--force]

The model is nlu/models/helpline-<fingerprint>.tar.gz; the fingerprint is of the phrases, the
components, the languages' code and the configuration. Exit code 1, with one sentence, for data that
cannot be trained on.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # our own cache of sentence vectors is all it takes
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import phrases
import quiet
from components import project

_KEPT_MODELS = 2
"""The present one and the one before, which a running classifier may still want."""


def main(arguments: list[str]) -> int:
    """Trains, or says why not; the exit code."""
    fingerprint = project.fingerprint()
    model = project.model_path(fingerprint)
    if model.exists() and "--force" not in arguments:
        _say(f"the model is up to date ({model.name})")
        return 0
    started = time.monotonic()
    try:
        found = phrases.read(project.phrase_files())
    except phrases.PhraseFileError as error:
        print(f"The classifier cannot be trained: {error}", file=sys.stderr)
        return 1
    if not found:
        print(f"There are no training phrases under {project.PHRASES}.", file=sys.stderr)
        return 1
    languages = len({phrase.tag for phrase in found})
    _say(f"training with {len(found)} phrases in {languages} languages (one to five minutes)")
    _train(model)
    _forget_old_models(model)
    size = model.stat().st_size / 1e6
    _say(f"trained in {time.monotonic() - started:.0f} s: {model.name} ({size:.0f} MB)")
    return 0


def _train(model: Path) -> None:
    """Lets Rasa train into a folder of its own; the model appears complete or not at all."""
    quiet.begin()
    from rasa.model_training import train_nlu

    quiet.silence_rasa()
    logging.getLogger("components").setLevel(logging.INFO)  # their progress

    project.MODELS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=project.MODELS, prefix=".training-") as folder:
        data = Path(folder) / "data"  # only what was checked, under names that Rasa can sort
        data.mkdir()
        for path in project.phrase_files():
            shutil.copy(path, data / f"{path.parent.name}-{path.name}")
        with contextlib.redirect_stdout(io.StringIO()) as said:  # the name of a passing file
            trained = train_nlu(str(project.CONFIG), str(data), folder, fixed_model_name=model.name)
        if trained is None:
            raise SystemExit(f"Rasa could not train the classifier: {said.getvalue().strip()}")
        Path(trained).replace(model)


def _forget_old_models(model: Path) -> None:
    for path in project.models()[_KEPT_MODELS:]:
        if path != model:
            path.unlink(missing_ok=True)


def _say(sentence: str) -> None:
    print(f"→ classifier: {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
