"""The atomic Lua scripts of the store; each file's first lines say what KEYS and ARGV it takes."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.commands.core import AsyncScript


def load(redis: Redis, *names: str) -> AsyncScript:
    """The script made of these files, one after the other; sent to the server when first run."""
    folder = resources.files(__name__)
    source = "".join((folder / f"{name}.lua").read_text("utf-8") for name in names)
    return redis.register_script(source)
