"""Which messages and files are carried over, and which are held back for their names."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from bot.handoff import file_names
from bot.handoff.notices import Cause
from bot.telegram.effects import AlbumKind, Medium

if TYPE_CHECKING:
    from telegram import Message

    from bot.handoff.file_names import Name
    from bot.telegram.desk.relay.route import Route

MAX_FILE_BYTES = 20_000_000
"""As much as a bot can fetch; https://core.telegram.org/bots/api#getfile. Nobody who helps needs
more, and a phone with little data could not open it."""

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

_ALBUM_KINDS = {kind.value: kind for kind in AlbumKind}

_NAMED = frozenset({"document", "audio", "video", "animation"})
"""Kinds whose files have names."""


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


def is_held(message: Message, route: Route) -> bool:
    """Whether the staff get words in place of a file: its name may tell who somebody is.

    A copy keeps the name, and Telegram lets nobody change it, also not when the file is sent anew.
    """
    return route.reveal is not None and any(name.hidden for name in names_of(message, route))


def names_of(message: Message, route: Route) -> tuple[Name, ...]:
    """What the phones of the staff would show as the name of a file, as it may be seen there."""
    kind = kind_of(message)
    if kind not in _NAMED:
        return ()
    attached = getattr(message, kind)
    told = (getattr(attached, field, None) for field in ("performer", "title", "file_name"))
    return tuple(file_names.masked(name, route.masks) for name in told if name)


def file_of(message: Message) -> str:
    """Telegram's name of the file, the same for everybody; empty where there is none."""
    kind = kind_of(message)
    attached = message.photo[-1] if kind == "photo" else getattr(message, kind, None)
    return getattr(attached, "file_unique_id", "")


def medium_of(message: Message) -> Medium | None:
    """The file as it can be sent again; None for what goes neither into albums nor into edits."""
    kind = _ALBUM_KINDS.get(kind_of(message))
    if kind is None:
        return None
    attached = message.photo[-1] if kind is AlbumKind.PHOTO else getattr(message, kind.value)
    return Medium(kind, attached.file_id)


def is_swapped(message: Message, kind: str, file: str) -> bool:
    """Whether an edit put another file in the place of the one before, or one beside a text.

    Args:
        message: as it is now.
        kind: of the message before.
        file: ``file_of`` it before; empty if it is not known.
    """
    now = file_of(message)
    return bool(now) and (kind == "text" or bool(file and now != file))
