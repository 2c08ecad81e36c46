"""``python -m bot.sandbox.recording.replay FILE``: play a recording on a running sandbox."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.sandbox.errors import InputError

DEFAULT_URL = "http://127.0.0.1:8081"
PATH = "/sandbox/api/replay"


def read_events(content: bytes) -> list[dict[str, Any]]:
    """Read a recording from a file.

    Args:
        content: One event a line, a list of events, or what ``GET /recording`` answers.

    Returns:
        The events.

    Raises:
        InputError: It is none of these.
    """
    try:
        lines: list[Any] = msgspec.json.Decoder().decode_lines(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        try:
            lines = [msgspec.json.decode(content)]
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise InputError(f"this is not a recording: {error}") from None
    only = lines[0] if len(lines) == 1 else None
    events = only.get("events", lines) if isinstance(only, dict) else only or lines
    try:
        return msgspec.convert(events, list[dict[str, Any]])
    except msgspec.ValidationError as error:
        raise InputError(f"this is not a recording: {error}") from error


async def play(url: str, events: list[dict[str, Any]], options: dict[str, Any]) -> dict[str, Any]:
    """Have a sandbox play a recording.

    Args:
        url: Where the sandbox is.
        events: The recording.
        options: Other fields of ``POST /replay``.

    Returns:
        The report.

    Raises:
        InputError: The sandbox is not there, or refuses the recording.
    """
    address = f"{url.rstrip('/')}{PATH}"
    body = msgspec.json.encode({"events": events} | options)
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=None)) as client,
            client.post(address, data=body) as answer,
        ):
            told = msgspec.json.decode(await answer.read(), type=dict[str, Any])
    except (ClientError, OSError, ValueError, msgspec.DecodeError) as error:
        raise InputError(f"no sandbox answers at {url}: {error}") from error
    if "error" in told:
        raise InputError(f"the sandbox refuses the recording: {told['error']}")
    return told


def summary(report: dict[str, Any]) -> str:
    """Put a report into words, one line for each difference."""
    lines = [difference["what"] for difference in report["differences"]]
    played = f"{report['played']} of {report['acts']} acts"
    verdict = f"{len(lines)} differences" if lines else "no differences"
    if len(lines) == 1:
        verdict = "1 difference"
    return "\n".join([*lines, f"{played}, {report['answers']} answers: {verdict}"])


def main() -> int:
    """Play a recording and print how the bot did.

    Returns:
        0 if the bot did the same, 1 if not, 2 if the recording could not be played.
    """
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox.recording.replay", description=__doc__
    )
    parser.add_argument("file", type=Path, help="the recording")
    parser.add_argument("--url", default=DEFAULT_URL, help="the sandbox (%(default)s)")
    parser.add_argument(
        "--patience", type=float, default=10.0, help="seconds to wait for answers (%(default)s)"
    )
    parser.add_argument(
        "--keep", action="store_true", help="do not make the sandbox forget everything first"
    )
    given = parser.parse_args()
    options = {"patience": given.patience, "reset": not given.keep}
    try:
        report = asyncio.run(play(given.url, read_events(given.file.read_bytes()), options))
    except (InputError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{summary(report)}\n")
    return 1 if report["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
