"""What a message becomes on the other side of a case; pure, and the same in both directions.

Only copies are made, never forwards: a forward shows whose message it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec
from telegram import ReactionTypeEmoji

from bot.handoff.masking import Masked
from bot.handoff.notices import Cause
from bot.telegram.desk.formatting import to_html
from bot.telegram.effects import (
    AlbumItem,
    AlbumKind,
    Button,
    CopyMessage,
    EditMessage,
    Effect,
    Keyboard,
    Origin,
    SendAlbum,
    SendLocation,
    SendMessage,
    SetReaction,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from telegram import Message, MessageReactionUpdated

    Masks = Callable[[str], Masked]
    """What the other side may see of a text."""

MAX_FILE_BYTES = 20_000_000
"""As much as a bot can fetch; https://core.telegram.org/bots/api#getfile. Nobody who helps needs
more, and a phone with little data could not open it."""

ALBUM_SECONDS = 1.5
"""Parts of an album come one by one; so long after the last one they go out together."""

FORWARDED = "↪️"
LOCKED = "🔒"
CONTACT = "📇"

COPIED = (
    *("photo", "voice", "audio", "video", "video_note", "animation", "sticker", "document"),
    *("location", "venue", "contact"),
)
"""Kinds that ``copyMessage`` carries over; ``animation`` before ``document``, which Telegram sets
beside it. Polls, dice, games, stories, paid media, invoices and what is new are not carried over.
"""

_DANGEROUS_ENDINGS = frozenset(
    {
        *(".apk", ".apks", ".app", ".appx", ".bat", ".cab", ".chm", ".cmd", ".com", ".cpl", ".deb"),
        *(".dex", ".dll", ".dmg", ".docm", ".exe", ".gadget", ".hta", ".htm", ".html", ".img"),
        *(".ipa", ".iso", ".jar", ".js", ".jse", ".lnk", ".mht", ".msi", ".msix", ".pif", ".pkg"),
        *(".ps1", ".py", ".reg", ".rpm", ".scr", ".sh", ".svg", ".sys", ".url", ".vb", ".vbe"),
        *(".vbs", ".wsf", ".xapk", ".xht", ".xlsm"),
        *(".7z", ".ace", ".arj", ".bz2", ".gz", ".lzh", ".rar", ".tar", ".tgz", ".xz", ".zip"),
    }
)
"""What runs, what opens a page of a stranger's, and what other files hide in."""

_DANGEROUS_TYPES = (
    *("application/zip", "application/x-", "application/vnd.android.package-archive"),
    *("application/java-archive", "application/gzip", "application/vnd.rar", "text/html"),
    *("application/vnd.microsoft.portable-executable", "image/svg"),
)

_CAPTIONED = frozenset({"photo", "video", "animation", "audio", "document", "voice"})

_ALBUM_KINDS = {
    "photo": AlbumKind.PHOTO,
    "video": AlbumKind.VIDEO,
    "document": AlbumKind.DOCUMENT,
    "audio": AlbumKind.AUDIO,
}


@dataclass(frozen=True, slots=True)
class Route:
    """Where a message goes.

    Attributes:
        case: the number of the case.
        to: the chat: the migrant's, or the staff group.
        masks: what may be seen there.
        reveal: the label of the button that shows what was masked; None where there is none.
    """

    case: int
    to: int
    masks: Masks
    reveal: str | None = None

    def keyboard(self, message: int, *, hidden: bool) -> Keyboard | None:
        """The button under a message of which something was masked."""
        if self.reveal is None or not hidden:
            return None
        return ((Button(self.reveal, data=f"d:reveal:{self.case}:{message}"),),)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a message becomes.

    Attributes:
        effects: the calls that show it on the other side.
        kind: for the transcript: ``text``, or the kind of medium.
        text: its words as they may be kept: masked, without formatting.
    """

    effects: tuple[Effect, ...]
    kind: str
    text: str = ""


class AlbumPart(msgspec.Struct, frozen=True):
    """A part of an album that waits for the others.

    Attributes:
        item: what it is.
        reply_ref: the message that the album answers.
        text: its caption, as for ``Carried``.
        hidden: whether something of the caption was masked.
    """

    item: AlbumItem
    reply_ref: str | None = None
    text: str = ""
    hidden: bool = False


def unmasked(text: str) -> Masked:
    """What migrants see of the staff's words: all of it."""
    return Masked(text, ())


def kind_of(message: Message) -> str:
    """The kind of a message: ``text``, one of ``COPIED``, or ``other``."""
    if message.text is not None:
        return "text"
    for kind in ("venue", *COPIED):  # Telegram sets ``location`` beside ``venue``
        if getattr(message, kind):
            return kind
    return "other"


def refusal(message: Message) -> Cause | None:
    """Why a message is not carried over; None if it is."""
    kind = kind_of(message)
    if kind == "other" or message.paid_media is not None:
        return Cause.KIND
    attached = message.photo[-1] if kind == "photo" else getattr(message, kind, None)
    if (getattr(attached, "file_size", None) or 0) > MAX_FILE_BYTES:
        return Cause.SIZE
    if kind == "document" and message.document is not None:
        ending = PurePosixPath((message.document.file_name or "").strip().lower()).suffix
        mime = (message.document.mime_type or "").lower()
        if ending in _DANGEROUS_ENDINGS or mime.startswith(_DANGEROUS_TYPES):
            return Cause.FILE
    return None


def carry(message: Message, route: Route) -> Carried | Cause:
    """A message as it is shown on the other side, or why it is not."""
    cause = refusal(message)
    if cause is not None:
        return cause
    kind = kind_of(message)
    if kind == "text":
        return _text(message, route)
    if kind == "location" and message.location is not None and message.location.live_period:
        return _live_location(message, route)
    if kind == "contact" and route.reveal is not None:
        return _masked_contact(message, route)
    return _copy(message, route, kind)


def carry_edit(message: Message, route: Route) -> Carried | None:
    """The new words of a message that was carried over; None if it can have none (a location).

    A caption that was taken away is taken away there too: it may have said too much.
    """
    words = _words(message, route)
    if words is None and kind_of(message) not in _CAPTIONED:
        return None
    html, masked = words or ("", Masked("", ()))
    edit = EditMessage(
        chat_id=route.to,
        case=route.case,
        origin=_origin(message),
        message_ref=_origin(message).ref,
        text=html,
        caption=message.text is None,
        keyboard=route.keyboard(message.message_id, hidden=masked.hidden),
    )
    return Carried((edit,), kind_of(message), masked.text)


def album_part(message: Message, route: Route) -> AlbumPart | Cause:
    """A message with a ``media_group_id`` as it waits for the others."""
    cause = refusal(message)
    kind = kind_of(message)
    if cause is not None or kind not in _ALBUM_KINDS:
        return cause or Cause.KIND
    attached = message.photo[-1] if kind == "photo" else getattr(message, kind)
    html, masked = _words(message, route) or ("", Masked("", ()))
    item = AlbumItem(_ALBUM_KINDS[kind], attached.file_id, message.message_id, html)
    return AlbumPart(item, _answered(message), masked.text, masked.hidden)


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


def carry_reaction(
    change: MessageReactionUpdated, case: int, to: int
) -> tuple[SetReaction, str] | None:
    """A reaction, and its emoji ("" where it was taken away); None for one that bots cannot set."""
    emojis = [kind.emoji for kind in change.new_reaction if isinstance(kind, ReactionTypeEmoji)]
    if change.new_reaction and not emojis:
        return None
    emoji = emojis[0] if emojis else None
    ref = Origin(change.chat.id, change.message_id).ref
    return SetReaction(chat_id=to, case=case, emoji=emoji, message_ref=ref), emoji or ""


def _origin(message: Message) -> Origin:
    return Origin(message.chat.id, message.message_id)


def _answered(message: Message) -> str | None:
    """The message that this one answers, as the case's map knows it."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:  # the topic's own beginning
        return None
    return Origin(message.chat.id, answered.message_id).ref


def _words(message: Message, route: Route) -> tuple[str, Masked] | None:
    """The text or caption of a message, as HTML and masked; None if it has neither."""
    text = message.text if message.text is not None else message.caption
    if text is None:
        return None
    entities = message.entities if message.text is not None else message.caption_entities
    masked = route.masks(text)
    html = to_html(text, entities, masked, route.masks)
    quote = message.quote
    if quote is not None and quote.is_manual:
        quoted = to_html(quote.text, quote.entities or (), route.masks(quote.text), route.masks)
        html = f"<blockquote>{quoted}</blockquote>\n{html}"
    if message.forward_origin is not None:
        html = f"{FORWARDED} {html}"
    return html, masked


def _text(message: Message, route: Route) -> Carried:
    html, masked = _words(message, route) or ("", Masked("", ()))
    sent = SendMessage(
        chat_id=route.to,
        case=route.case,
        origin=_origin(message),
        text=html,
        reply_ref=_answered(message),
        keyboard=route.keyboard(message.message_id, hidden=masked.hidden),
        link_preview=route.reveal is None,
    )
    return Carried((sent,), "text", masked.text)


def _copy(message: Message, route: Route, kind: str) -> Carried:
    html, masked = _words(message, route) or (None, Masked("", ()))
    copied = CopyMessage(
        chat_id=route.to,
        case=route.case,
        origin=_origin(message),
        from_chat_id=message.chat.id,
        message_id=message.message_id,
        caption=html,
        reply_ref=_answered(message),
        keyboard=route.keyboard(message.message_id, hidden=masked.hidden),
    )
    return Carried((copied,), kind, masked.text)


def _live_location(message: Message, route: Route) -> Carried:
    """Where somebody is at this moment, as a place that stays; it does not follow the phone."""
    place = message.location
    assert place is not None  # noqa: S101 - the caller looked
    sent = SendLocation(
        chat_id=route.to,
        case=route.case,
        origin=_origin(message),
        latitude=place.latitude,
        longitude=place.longitude,
    )
    return Carried((sent,), "location")


def _masked_contact(message: Message, route: Route) -> Carried:
    """Somebody's telephone number: not their name, and of the number what the mask leaves."""
    contact = message.contact
    assert contact is not None  # noqa: S101 - the caller looked
    number = contact.phone_number
    masked = route.masks(number if number.startswith("+") else f"+{number}")
    text = f"{CONTACT} {masked.text}"
    sent = SendMessage(
        chat_id=route.to,
        case=route.case,
        origin=_origin(message),
        text=text,
        plain=True,
        reply_ref=_answered(message),
        keyboard=route.keyboard(message.message_id, hidden=True),
    )
    return Carried((sent,), "contact", text)


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
