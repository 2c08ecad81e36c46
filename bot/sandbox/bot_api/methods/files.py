"""getFile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.errors import BadRequestError
from bot.sandbox.media.files import MAX_DOWNLOAD

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World


@method("getFile")
def get_file(world: World, params: Params) -> dict[str, Any]:
    """Tell where a file can be downloaded."""
    if not params.has("file_id"):
        raise BadRequestError("file_id not specified")
    file_id = params.text("file_id")
    try:
        stored = world.files.get(file_id)
    except BadRequestError:
        raise BadRequestError("invalid file_id") from None
    if stored.size > MAX_DOWNLOAD:
        raise BadRequestError("file is too big")
    if world.files.content(file_id) is None:
        raise BadRequestError("wrong file_id or the file is temporarily unavailable")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }
