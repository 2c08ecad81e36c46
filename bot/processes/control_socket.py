"""Where supervisord's own socket is: in the data folder, or if that lies too deep, in a short one.

A unix socket's path is at most 107 bytes long on Linux and 103 on macOS (``sun_path`` in
``<sys/un.h>``), and supervisord first binds it with ``.<pid>`` behind.
"""

from __future__ import annotations

import hashlib
import os
import socket
import stat
import tempfile
from pathlib import Path

MAX_BYTES = 103 - len(".4194304")
"""What is left for the path itself beside the longest process id there is."""

_NAME = "supervisor.sock"


def control_socket(run: Path) -> Path | None:
    """Chooses the path of supervisord's socket, and clears it of an earlier run's.

    Args:
        run: the folder for what belongs to running processes; locked by the caller.

    Returns:
        A path in a folder that only this user can write to; None if no place is short enough
        and takes sockets: the helpline runs without.
    """
    run = run.absolute()
    for folder in (run, _short_folder(run)):
        path = folder / _NAME
        if len(os.fsencode(path)) > MAX_BYTES or not (folder == run or _is_private(folder)):
            continue
        if _takes_sockets(path):
            return path
    return None


def _short_folder(run: Path) -> Path:
    """One for each data folder, so that none is left behind at each start."""
    name = hashlib.sha256(os.fsencode(run)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"helpline-{os.getuid()}-{name}"


def _is_private(folder: Path) -> bool:
    """Makes the folder; says no if somebody else was there first."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    ours = found.st_uid == os.getuid() and stat.S_ISDIR(found.st_mode)
    return ours and stat.S_IMODE(found.st_mode) == 0o700


def _takes_sockets(path: Path) -> bool:
    """Does what supervisord will do: where a link cannot be made, it would try for ever."""
    first = path.with_name(f"{_NAME}.try")
    for name in (first, path):
        name.unlink(missing_ok=True)
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.bind(str(first))
        os.link(first, path)
    except OSError:
        return False
    finally:
        for name in (first, path):
            name.unlink(missing_ok=True)
    return True
