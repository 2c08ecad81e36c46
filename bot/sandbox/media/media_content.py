"""Files as the fields of a message, and how a bot names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.media.files import StoredFile, describe

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

_TEXTS = ("performer", "title", "emoji")
_NUMBERS = ("duration", "width", "height", "length")
# https://core.telegram.org/bots/api#message: has_media_spoiler
_SPOILED = frozenset({"photo", "video", "animation"})
_UPLOADED = "attach://"
_ADDRESSES = ("http://", "https://", "file://")


def find_file(
    world: World, params: Params, kind: str, value: str, field: str = ""
) -> StoredFile | None:
    """Find or keep the file that a parameter names.

    Args:
        world: The sandbox.
        params: The call, for its uploads.
        kind: What the file is to be.
        value: ``attach://…``, a file id, an address, or nothing.
        field: The upload to take when there is no value.

    Returns:
        The file; None if the call brings none.

    Raises:
        BadRequestError: There is no such file, or it is of another kind.
        NotEmulatedError: It is to be fetched from an address.
    """
    value = value.strip()
    if not value or value.startswith(_UPLOADED):
        upload = params.files.get(value.removeprefix(_UPLOADED) or field)
        return None if upload is None else world.files.add(kind, upload)
    if value.startswith(_ADDRESSES):
        raise NotEmulatedError("sending a file by its address")
    stored = world.files.get(value)
    if stored.kind != kind:
        had, wanted = (name.replace("_", " ").title() for name in (stored.kind, kind))
        raise BadRequestError(f"can't use file of type {had} as {wanted}")
    return stored


def media_fields(stored: StoredFile, told: Params) -> dict[str, Any]:
    """Return a file as the fields of its message.

    Args:
        stored: The file.
        told: What its sender says about it.
    """
    extra: dict[str, Any] = {name: told.text(name) for name in _TEXTS if told.has(name)}
    extra |= {name: max(told.integer(name), 0) for name in _NUMBERS if told.has(name)}
    fields = {stored.kind: describe(stored, extra)}
    if stored.kind == "animation":
        # https://core.telegram.org/bots/api#message: document is set too, for old clients.
        fields["document"] = _as_document(stored)
    if stored.kind in _SPOILED and told.flag("has_spoiler"):
        fields["has_media_spoiler"] = True
    return fields


def _as_document(stored: StoredFile) -> dict[str, Any]:
    """Return a file as a Bot API ``Document``."""
    document: dict[str, Any] = {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_unique_id,
        "file_size": stored.size,
        "mime_type": stored.mime_type,
    }
    return document | ({"file_name": stored.name} if stored.name else {})
