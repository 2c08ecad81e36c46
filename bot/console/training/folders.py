"""Where teaching and training find and keep their things."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - msgspec reads the types
from typing import TYPE_CHECKING

from bot.settings import ROOT

if TYPE_CHECKING:
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Folders:
    """The files that a training has to do with.

    Attributes:
        root: the repository: ``nlu/train.py``, the classifier's Python.
        phrases: the training phrases (NLU_DATA_DIR).
        models: the trained models (NLU_MODELS_DIR).
        state: what is known of the last training (``DATA_DIR/console/training``).
        evaluation: folders of labelled messages that nobody may train on; there need be none.
        development: of these the one to compare models with; None if this machine has none.
    """

    root: Path
    phrases: Path
    models: Path
    state: Path
    evaluation: tuple[Path, ...] = ()
    development: Path | None = None

    @property
    def classifier_python(self) -> Path:
        """The Python of the classifier's own environment; it need not be there."""
        return self.root / "nlu" / ".venv" / "bin" / "python"

    @property
    def environment(self) -> dict[str, str]:
        """The environment for programs of ``nlu/``: this process's, with these folders."""
        ours = {"NLU_DATA_DIR": str(self.phrases), "NLU_MODELS_DIR": str(self.models)}
        return {**os.environ, **ours}


def folders(settings: Settings, root: Path = ROOT) -> Folders:
    """The folders of an installation.

    Args:
        settings: of this process.
        root: the repository.
    """
    sets = tuple(root / "tests" / "understanding" / name for name in ("dev", "wild"))
    return Folders(
        root=root,
        phrases=settings.nlu_data_dir.resolve(),
        models=settings.nlu_models_dir.resolve(),
        state=settings.data_dir / "console" / "training",
        evaluation=tuple(path for path in sets if path.is_dir()),
        development=sets[0] if sets[0].is_dir() else None,
    )
