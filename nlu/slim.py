"""Rasa without TensorFlow, for a pipeline that has no use for it.

Rasa imports TensorFlow wherever it starts, for its neural components. Ours need none of them, but
would pay for it: measured on one core, 353 MB of 679 MB and 6.5 s of 11.3 s until a model is
loaded. So the serving process puts empty stand-ins in its place. They are good for nothing but
being imported and inherited from. Rasa Open Source ends with 3.6.21, so what it imports is settled.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_REPLACED = frozenset(
    {"keras", "tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text"}
)
_OURS = "components."


def is_enough(config: Path) -> bool:
    """Whether all components of a configuration are ours, so that none is a neural one of Rasa."""
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    return all(str(component["name"]).startswith(_OURS) for component in pipeline)


def begin() -> None:
    """To call before Rasa is imported."""
    sys.meta_path.insert(0, _Finder())


class _Meta(type):
    """A class any attribute of which is such a class again: ``tf.keras.layers.Layer``."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Meta(name, (_StandIn,), {})


class _StandIn(metaclass=_Meta):
    """To be inherited from, or to decorate a function that nobody calls."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def __call__(self, *arguments: Any, **_: object) -> Any:
        return arguments[0] if arguments else None


class _EmptyModule(ModuleType):
    """A module that has every name asked of it."""

    __path__: list[str] = []  # noqa: RUF012 - as the import system wants it

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _Meta(name, (_StandIn,), {})
        setattr(self, name, made)
        return made


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the stand-ins before Python finds the real ones."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in _REPLACED:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _EmptyModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""
