"""Rasa, without the noise of its libraries, and without the words of the people who write.

Rasa's structured logger prints every message it parses unless it is told not to.
"""

from __future__ import annotations

import logging
import sys
import warnings


def begin() -> None:
    """To call before Rasa is imported: its libraries' warnings are about code we cannot change."""
    warnings.filterwarnings("ignore")
    warnings.showwarning = _ignore
    logging.basicConfig(format="  %(message)s", level=logging.WARNING, stream=sys.stdout)


def silence_rasa() -> None:
    """To call once Rasa is imported: only what went wrong is logged, and never a text."""
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    for name in ("rasa", "sanic.root", "sanic.access", "sanic.error", "matplotlib", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _ignore(*_: object, **__: object) -> None:
    """Some libraries bring their own filters; nothing of theirs is shown."""
