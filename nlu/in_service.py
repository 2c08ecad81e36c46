"""Which trained model is in service, and which was before it.

    python nlu/in_service.py status          what there is, as one line of JSON
    python nlu/in_service.py choose NAME     NAME is in service from now on
    python nlu/in_service.py pin             what would be served now stays so

Counsellors choose a model in the console. ``nlu/models/in_service`` keeps the choice in one line:
the model's file name, the fingerprint of the data and code that it was chosen with, leaving out
what was taught in the console, and the model before it. The choice counts as long as that
fingerprint stays: teaching and training in the console change nothing until somebody chooses, and
neither does a restart. When other data or code came (a pull), the choice is over: ``make run`` and
``make model`` train with everything and serve that, as they do where nobody ever chose.

To tell the two apart, ``nlu/models/trained_with`` keeps that fingerprint for each trained model.

Needs only the standard library: any Python from 3.10 on runs it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import NamedTuple

from components import project

POINTER = "in_service"
TRAINED_WITH = "trained_with"
_NONE = "-"


class Choice(NamedTuple):
    """What the pointer says."""

    model: str
    fingerprint: str
    before: str


def choice() -> Choice | None:
    """The choice that was made, if there is one and its model is still there."""
    try:
        words = (project.MODELS / POINTER).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return None
    if len(words) != len(Choice._fields) or not _is_model(words[0]):
        return None
    return Choice(*words)


def counting_choice() -> Choice | None:
    """The choice, if it was made with the data and code of now."""
    made = choice()
    return made if made and made.fingerprint == project.untaught_fingerprint() else None


def served() -> Path | None:
    """The model to serve; None if there is none."""
    counting = counting_choice()
    if counting:
        return project.MODELS / counting.model
    present = project.model_path(project.fingerprint())
    if present.exists():
        return present
    made = choice()
    if made:  # older than the data, but it was chosen: a candidate was not
        return project.MODELS / made.model
    return next(iter(project.models()), None)


def before() -> Path | None:
    """The model that was in service before the one of now; None if there is none."""
    now = served()
    made = choice()
    if made and now and made.model == now.name:
        if made.before == _NONE or not _is_model(made.before):
            return None
        return project.MODELS / made.before
    return next((path for path in project.models() if path != now), None)


def chosen_models() -> set[Path]:
    """The models that must stay: the one in service, and the one before it."""
    return {path for path in (served(), before()) if path}


def choose(name: str) -> None:
    """Writes the pointer; the model that would be served now becomes the one before.

    Raises:
        ValueError: there is no such model.
        OSError: it cannot be written.
    """
    if not _is_model(name):
        raise ValueError(f"There is no model {name}.")
    _point(name, project.untaught_fingerprint())


def pin() -> None:
    """Makes a choice of what would be served now, unless one counts already.

    As if it had been made when that model was trained: data that came since are still to be trained
    by ``make run``.

    Raises:
        OSError: it cannot be written.
    """
    now = served()
    if now and not counting_choice():
        _point(now.name, _trained_with().get(now.name) or project.untaught_fingerprint())


def trained(model: Path) -> None:
    """Keeps with what data and code, but for what was taught, a model has just been trained.

    Raises:
        OSError: it cannot be written.
    """
    there = {path.name for path in project.models()}
    known = {name: of for name, of in _trained_with().items() if name in there}
    known[model.name] = project.untaught_fingerprint()
    _write(TRAINED_WITH, "".join(f"{name} {of}\n" for name, of in sorted(known.items())))


def forget() -> None:
    """Takes the choice back: the model of the present data is served."""
    (project.MODELS / POINTER).unlink(missing_ok=True)


def status() -> dict[str, object]:
    """What there is, for the console: names of files in ``folder``; None where there is none."""
    now, earlier, known = served(), before(), _trained_with()
    return {
        "folder": str(project.MODELS),
        "in_service": now.name if now else None,
        "before": earlier.name if earlier else None,
        "chosen": counting_choice() is not None,
        "present": project.model_path(project.fingerprint()).name,
        "models": [
            {
                "name": path.name,
                "trained_at": path.stat().st_mtime,
                "bytes": path.stat().st_size,
                # its whole fingerprint is the one without what was taught
                "untaught": path == project.model_path(known.get(path.name, "")),
            }
            for path in project.models()
        ],
    }


def _point(name: str, fingerprint: str) -> None:
    now = served()
    earlier = before() if now and now.name == name else now
    _write(POINTER, f"{name} {fingerprint} {earlier.name if earlier else _NONE}\n")


def _trained_with() -> dict[str, str]:
    try:
        rows = (project.MODELS / TRAINED_WITH).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return dict(row.split() for row in rows if len(row.split()) == 2)


def _write(name: str, content: str) -> None:
    fresh = project.MODELS / f".{name}-{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(project.MODELS / name)


def _is_model(name: str) -> bool:
    return Path(name).name == name and (project.MODELS / name) in project.models()


def main(arguments: list[str]) -> int:
    """Does what the arguments say; the exit code, 1 with a sentence if it cannot be done."""
    try:
        match arguments:
            case ["status"]:
                pass
            case ["choose", name]:
                choose(name)
            case ["pin"]:
                pin()
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except (OSError, ValueError) as error:
        print(f"{error}", file=sys.stderr)
        return 1
    print(json.dumps(status()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
