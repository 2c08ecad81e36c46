"""Ties a process to its parent, so that a killed parent leaves no orphan.

``python -m bot.processes.leash COMMAND ARG…`` becomes COMMAND, which the kernel ends with SIGTERM
when the process that started it dies. Linux only: elsewhere the command runs without a leash.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def tie_to_parent() -> None:
    """Asks the kernel to send this process SIGTERM when its parent dies; survives ``exec``."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Ties itself and becomes the command of the arguments."""
    tie_to_parent()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the runner's own configuration


if __name__ == "__main__":
    main()
