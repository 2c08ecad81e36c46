"""Albums, whose parts come one by one and go on as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.handoff.masking import Masked
from bot.handoff.notices import Cause
from bot.telegram.desk.relay.files import file_of, medium_of, refusal
from bot.telegram.desk.relay.route import answered_by, words_of
from bot.telegram.effects import (
    AlbumItem,
    CopyMessage,
    Effect,
    Origin,
    SendAlbum,
    SendMessage,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import Message

    from bot.telegram.desk.relay.route import Route

ALBUM_SECONDS = 1.5
"""Parts of an album come one by one; so long after the last one they go out together."""

LOCKED = "🔒"


class AlbumPart(msgspec.Struct, frozen=True):
    """A part of an album that waits for the others.

    Attributes:
        item: what it is.
        reply_ref: the message that the album answers.
        text: its caption, as for ``Carried``.
        hidden: whether something of the caption was masked.
        file: as for ``Carried``.
    """

    item: AlbumItem
    reply_ref: str | None = None
    text: str = ""
    hidden: bool = False
    file: str = ""


def album_part(message: Message, route: Route) -> AlbumPart | Cause:
    """A message with a ``media_group_id`` as it waits for the others."""
    cause = refusal(message)
    medium = medium_of(message)
    if cause is not None or medium is None:
        return cause or Cause.KIND
    html, masked = words_of(message, route) or ("", Masked("", ()))
    item = AlbumItem(medium.kind, medium.file_id, message.message_id, html)
    return AlbumPart(item, answered_by(message), masked.text, masked.hidden, file_of(message))


def carry_album(parts: Iterable[AlbumPart], chat_id: int, route: Route) -> tuple[Effect, ...]:
    """The parts of an album as one; what is left of it alone is copied.

    Args:
        parts: in order; parts that came twice are taken once.
        chat_id: the chat they come from.
        route: where they go.
    """
    kept = list({part.item.origin: part for part in parts}.values())
    if not kept:
        return ()
    first = kept[0]
    origin = Origin(chat_id, first.item.origin)
    if len(kept) == 1:
        return (
            CopyMessage(
                chat_id=route.to,
                case=route.case,
                origin=origin,
                from_chat_id=chat_id,
                message_id=first.item.origin,
                caption=first.item.caption or None,
                reply_ref=first.reply_ref,
                keyboard=route.keyboard(first.item.origin, hidden=first.hidden),
            ),
        )
    album = SendAlbum(
        chat_id=route.to,
        case=route.case,
        origin=origin,
        items=tuple(part.item for part in kept),
        reply_ref=first.reply_ref,
    )
    return (album, *_album_reveals(kept, chat_id, route))


def _album_reveals(kept: list[AlbumPart], chat_id: int, route: Route) -> tuple[Effect, ...]:
    """Albums cannot have buttons: a lock below, for each caption of which something was masked."""
    return tuple(
        SendMessage(
            chat_id=route.to,
            case=route.case,
            text=LOCKED,
            plain=True,
            silent=True,
            reply_ref=Origin(chat_id, part.item.origin).ref,
            keyboard=route.keyboard(part.item.origin, hidden=True),
        )
        for part in kept
        if part.hidden and route.reveal is not None
    )
