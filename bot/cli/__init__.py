"""The command line. Each command imports only what it needs, so that all start fast."""

from __future__ import annotations

from bot.cli import classifier, content, processes, upkeep  # noqa: F401 - each adds its commands
from bot.cli.commands import app

__all__ = ["app", "main"]


def main() -> None:
    """The entry point."""
    app()
