"""The one command line: ``helpline``."""

from __future__ import annotations

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="A multilingual Telegram helpline for migrants in Kazakhstan. `make run` is the way in; "
    "these are its parts. Settings come from the environment and .env (see .env.example).",
)
