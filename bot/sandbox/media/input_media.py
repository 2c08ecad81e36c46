"""Reads ``InputMedia``: the files of an album, and the new file of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.json_fields import FieldError, optional_flag, optional_text, required_text
from bot.sandbox.media.media_content import find_file, media_fields
from bot.sandbox.params import Params
from bot.sandbox.text.formatted_text import caption_fields, caption_text, format_text

if TYPE_CHECKING:
    from bot.sandbox.text.formatted_text import Formatted
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#inputmedia
_KINDS = frozenset({"photo", "video", "animation", "audio", "document"})
# https://core.telegram.org/bots/api#sendmediagroup
ALBUM_KINDS = frozenset({"photo", "video", "audio", "document"})
# These stand in an album only among themselves.
ALONE = frozenset({"audio", "document"})
_ABOVE = frozenset({"photo", "video", "animation"})


def read_input_media(
    world: World, params: Params, item: object, *, in_album: bool
) -> dict[str, Any]:
    """Read one ``InputMedia``.

    Args:
        world: The sandbox.
        params: The call, for its uploads.
        item: The decoded object.
        in_album: Whether it is one of several.

    Returns:
        The fields of a message: the file under the name of its kind, and the caption.

    Raises:
        BadRequestError: It is none, or there is no such file.
    """
    try:
        return _read(world, params, item, in_album=in_album)
    except FieldError as error:
        raise BadRequestError(f"can't parse InputMedia: {error}") from error


def kind_of(content: dict[str, Any]) -> str:
    """Return the kind of the file among a message's fields; nothing if there is none."""
    # An animation has a ``document`` too.
    kinds = ("animation", *sorted(_KINDS - {"animation"}))
    return next((kind for kind in kinds if kind in content), "")


def _read(world: World, params: Params, item: object, *, in_album: bool) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise FieldError("expected an Object")
    caption = _caption(world, item)
    above = optional_flag(item, "show_caption_above_media")
    value = optional_text(item, "media").strip()
    uploaded = value.startswith("attach://")
    if not value or (uploaded and value.removeprefix("attach://") not in params.files):
        raise FieldError("media not found")
    kind = required_text(item, "type")
    if in_album and kind == "animation":
        raise FieldError(f'type "{kind}" can\'t be used in sendMediaGroup')
    if kind not in _KINDS:
        raise FieldError(f'type "{kind}" is unsupported')
    fields = caption_fields(caption_text(caption))
    if fields and above and kind in _ABOVE:
        fields["show_caption_above_media"] = True
    stored = find_file(world, params, kind, value)
    if stored is None:
        raise FieldError("media not found")
    return media_fields(stored, Params(item)) | fields


def _caption(world: World, item: dict[str, Any]) -> Formatted:
    entities = item.get("caption_entities")
    return format_text(
        optional_text(item, "caption"),
        optional_text(item, "parse_mode"),
        entities if isinstance(entities, list) else None,
        user_of=world.known_user,
    )
