"""sendPhoto and the other messages with a file, and albums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.registry import Handler, method
from bot.sandbox.bot_api.methods.sending import open_chat, post, read_caption, read_reply_markup
from bot.sandbox.errors import BadRequestError
from bot.sandbox.media.input_media import ALONE, kind_of, read_input_media
from bot.sandbox.media.media_content import find_file, media_fields

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

_KINDS = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVoice": "voice",
    "sendVideo": "video",
    "sendVideoNote": "video_note",
    "sendAudio": "audio",
    "sendAnimation": "animation",
    "sendSticker": "sticker",
}
_WITHOUT_CAPTION = frozenset({"video_note", "sticker"})

# https://core.telegram.org/bots/api#sendmediagroup; TDLib: MAX_GROUPED_MESSAGES
MAX_ALBUM = 10


def _sender(kind: str) -> Handler:
    def send(world: World, params: Params) -> dict[str, Any]:
        caption = {} if kind in _WITHOUT_CAPTION else read_caption(world, params)
        markup = read_reply_markup(params)
        chat = open_chat(world, params)
        stored = find_file(world, params, kind, params.text(kind), kind)
        if stored is None:
            raise BadRequestError(f"there is no {kind.replace('_', ' ')} in the request")
        return post(world, chat, params, media_fields(stored, params) | caption, markup)

    return send


for _name, _kind in _KINDS.items():
    method(_name)(_sender(_kind))


@method("sendMediaGroup")
def send_media_group(world: World, params: Params) -> list[dict[str, Any]]:
    """Send an album. A keyboard is not read; a single file is sent without an album."""
    params.required("media")
    items = params.json("media", "media")
    if not isinstance(items, list):
        raise BadRequestError("expected an Array of InputMedia")
    contents = [read_input_media(world, params, item, in_album=True) for item in items]
    chat = open_chat(world, params, len(items))
    _check_album(contents)
    album = {"media_group_id": world.new_callback_id()} if len(contents) > 1 else {}
    return [post(world, chat, params, content | album, None) for content in contents]


def _check_album(contents: list[dict[str, Any]]) -> None:
    if not contents:
        raise BadRequestError("there are no messages to send")
    if len(contents) > MAX_ALBUM:
        raise BadRequestError("too many messages to send as an album")
    kinds = {kind_of(content) for content in contents}
    alone = sorted(kinds & ALONE)
    if alone and len(kinds) > 1:
        raise BadRequestError(f"{alone[0]} can't be mixed with other media types")
    above = {"show_caption_above_media" in c for c in contents if "caption" in c}
    if len(above) > 1:
        raise BadRequestError(
            "parameter show_caption_above_media must be the same for all messages"
        )
