"""Trains the classifier, if anything changed that it depends on.

    nlu/.venv/bin/python nlu/train.py [--force | --candidate]

The model is nlu/models/helpline-<fingerprint>.tar.gz; the fingerprint is of the phrases, the
components, the languages' code and the configuration. Exit code 1, with one sentence, for data that
cannot be trained on.

Where counsellors chose a model in the console, only new data or code are a reason to train, not
what they taught since (``in_service``). ``--candidate`` trains with that, for them to decide on;
``--force`` trains in any case, and the trained model is served.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import shutil
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import NoReturn

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # our own cache of sentence vectors is all it takes
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import in_service
import phrases
import quiet
from components import project

_KEPT_MODELS = 2
"""The newest one and the one before, which a running classifier may still want."""


def main(arguments: list[str]) -> int:
    """Trains, or says why not; the exit code."""
    model = project.model_path(project.fingerprint())
    forced = "--force" in arguments
    if model.exists() and not forced:
        _say(f"the model is up to date ({model.name})")
        return 0
    chosen = in_service.counting_choice()
    if chosen and not forced and "--candidate" not in arguments:
        _say(f"{chosen.model} was chosen in the console, where what was taught since is trained")
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
    in_service.trained(model)
    if forced:
        in_service.forget()
    _forget_old_models(model)
    size = model.stat().st_size / 1e6
    _say(f"trained in {time.monotonic() - started:.0f} s: {model.name} ({size:.0f} MB)")
    return 0


def _train(model: Path) -> None:
    """Lets Rasa train into a folder of its own; the model appears complete or not at all."""
    folder = project.MODELS / f".training-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)  # a killed one may have had our number
    signal.signal(signal.SIGTERM, partial(_end, folder))
    data = folder / "data"  # only what was checked, under names that Rasa can sort
    data.mkdir(parents=True)
    try:
        for path in project.phrase_files():
            shutil.copy(path, data / f"{path.parent.name}-{path.name}")
        _train_with_rasa(model, data, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _train_with_rasa(model: Path, data: Path, folder: Path) -> None:
    quiet.begin()
    from rasa.model_training import train_nlu

    quiet.silence_rasa()
    logging.getLogger("components").setLevel(logging.INFO)  # their progress
    with contextlib.redirect_stdout(io.StringIO()) as said:  # the name of a passing file
        trained = train_nlu(
            str(project.CONFIG), str(data), str(folder), fixed_model_name=model.name
        )
    if trained is None:
        raise SystemExit(f"Rasa could not train the classifier: {said.getvalue().strip()}")
    Path(trained).replace(model)


def _end(folder: Path, number: int, _: object) -> NoReturn:
    """Ends at once: an exception here would come up in the middle of others' code, to be eaten."""
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(128 + number)


def _forget_old_models(model: Path) -> None:
    """Keeps the newest, and always the model in service and the one before: both may be chosen."""
    kept = {model, *project.models()[:_KEPT_MODELS], *in_service.chosen_models()}
    for path in set(project.models()) - kept:
        path.unlink(missing_ok=True)


def _say(sentence: str) -> None:
    print(f"→ classifier: {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
