"""Structured logs: what happened, to which ids, how often. Never the text of a message.

The formatters of exceptions print no local variables, and the loggers of libraries that put whole
requests into a line are turned down.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import structlog

from bot.settings import LogFormat

if TYPE_CHECKING:
    from bot.settings import Settings

_TALKATIVE = ("aiohttp.access", "httpx", "httpcore", "telegram", "apscheduler", "asyncio")


def configure(settings: Settings) -> None:
    """Sets up structlog and the standard library's logging for this process."""
    renderer: structlog.typing.Processor
    if settings.log_format is LogFormat.JSON:
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        plain = structlog.dev.plain_traceback
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stdout.isatty(), exception_formatter=plain
        )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if settings.log_format is LogFormat.JSON:
        shared.append(structlog.processors.format_exc_info)
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stdout, format="%(levelname)s %(name)s")
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
