"""``python -m bot.sandbox``: run a sandbox alone."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

from bot.sandbox.errors import PortTakenError
from bot.sandbox.server import serve


def main() -> int:
    """Run a sandbox until interrupted.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to bind (%(default)s)")
    parser.add_argument("--port", type=int, default=8081, help="port to bind (%(default)s)")
    given = parser.parse_args()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve(given.host, given.port))
    except PortTakenError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
