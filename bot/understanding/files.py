"""Reading data files so that a fault names its file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

if TYPE_CHECKING:
    from pathlib import Path


class DataFileError(Exception):
    """A data file that cannot be used; the message names file, line (if known) and fault."""

    def __init__(self, path: Path, fault: str, line: int | None = None) -> None:
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {fault}")
        self.path = path
        self.line = line
        self.fault = fault


def read_yaml(path: Path, *, with_lines: bool = False) -> Any:  # noqa: ANN401 - as the file has it
    """What a YAML file holds.

    Args:
        path: the file.
        with_lines: keep the line numbers of entries (``lc`` of ruamel.yaml's mappings and lists).

    Raises:
        DataFileError: the file is missing, not UTF-8 or not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return YAML(typ="rt" if with_lines else "safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DataFileError(path, error.problem or "not valid YAML", line) from error
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise DataFileError(path, str(error)) from error
