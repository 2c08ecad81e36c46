"""Splits a text that is too long for one message, at paragraph ends, without breaking its HTML."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.telegram.effects import (
    PREVIOUS,
    CopyMessage,
    EditMessage,
    Origin,
    SendAlbum,
    SendMessage,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.telegram.effects import AlbumItem, Effect

MAX_TEXT = 4096
"""UTF-16 code units after the entities are parsed; https://core.telegram.org/bots/api#sendmessage
says characters, and the stricter reading is always right."""

MAX_CAPTION = 1024
"""Likewise of a caption; https://core.telegram.org/bots/api#copymessage."""

MAX_ALBUM = 10
"""Media of one album; https://core.telegram.org/bots/api#sendmediagroup."""

_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>|&[#a-zA-Z0-9]+;|.", re.DOTALL)

_BREAKS = ("\n\n", "\n", ". ", " ")
"""Where to split, best first."""


def fit(effect: Effect) -> tuple[Effect, ...]:
    """The effect, as several if its text is too long for one message; buttons go under the last.

    What carries a message over stays one, since its author is told of one result; the sender takes
    it apart.
    """
    if effect.origin is not None or not isinstance(effect, SendMessage | EditMessage):
        return (effect,)
    return parts_of(effect)


def parts_of(effect: Effect) -> tuple[Effect, ...]:
    """The effects to carry out for one, each within Telegram's limits of length."""
    match effect:
        case SendMessage():
            return split(effect, MAX_TEXT)
        case EditMessage():
            return split(effect, MAX_CAPTION if effect.caption else MAX_TEXT)
        case CopyMessage(caption=str() as caption) if length(caption) > MAX_CAPTION:
            return without_caption(effect)
        case SendAlbum():
            return _albums(effect)
    return (effect,)


def without_caption(effect: CopyMessage) -> tuple[Effect, ...]:
    """The medium, and its caption as a text that answers it."""
    bare = replace(effect, caption="", keyboard=None)
    text = _text_below(effect, effect.caption or "", effect.origin)
    return (bare, *split(replace(text, keyboard=effect.keyboard), MAX_TEXT))


def without_captions(effect: SendAlbum, limit: int = 0) -> tuple[Effect, ...]:
    """The album, and those of its captions that are longer than the limit as texts below it."""
    bare = tuple(
        replace(item, caption="") if length(item.caption) > limit else item for item in effect.items
    )
    texts = (
        part
        for item in effect.items
        if length(item.caption) > limit
        for part in split(_text_below(effect, item.caption, origin_of(effect, item)), MAX_TEXT)
    )
    return (replace(effect, items=bare), *texts)


def one_by_one(effect: SendAlbum) -> tuple[Effect, ...]:
    """The parts of an album as messages of their own."""
    return tuple(
        part
        for item in effect.items
        if (origin := origin_of(effect, item)) is not None
        for part in parts_of(
            CopyMessage(
                chat_id=effect.chat_id,
                case=effect.case,
                origin=origin,
                late=effect.late,
                from_chat_id=origin.chat_id,
                message_id=origin.message_id,
                caption=item.caption,
                reply_ref=effect.reply_ref,
            )
        )
    )


def origin_of(effect: SendAlbum, item: AlbumItem) -> Origin | None:
    """The message that a part of an album comes from."""
    return effect.origin and Origin(effect.origin.chat_id, item.origin)


def _albums(effect: SendAlbum) -> tuple[Effect, ...]:
    if len(effect.items) == 1 and effect.origin is not None:
        return one_by_one(effect)
    if len(effect.items) > MAX_ALBUM:
        half = len(effect.items) // 2
        halves = (effect.items[:half], effect.items[half:])
        return tuple(part for items in halves for part in _albums(replace(effect, items=items)))
    return without_captions(effect, MAX_CAPTION)


def _text_below(effect: CopyMessage | SendAlbum, text: str, origin: Origin | None) -> SendMessage:
    return SendMessage(
        chat_id=effect.chat_id,
        case=effect.case,
        origin=origin,
        late=effect.late,
        text=text,
        reply_ref=PREVIOUS,
    )


def length(html: str) -> int:
    """How long Telegram finds a text of its HTML, in UTF-16 code units."""
    return _units(strip_tags(html))


def split(effect: SendMessage | EditMessage, limit: int) -> tuple[SendMessage | EditMessage, ...]:
    """The effect as several with at most ``limit`` UTF-16 code units of text each."""
    texts = split_text(effect.text, limit, plain=effect.plain)
    if len(texts) == 1:
        return (effect,)
    if isinstance(effect, EditMessage):
        first: SendMessage | EditMessage = replace(effect, text=texts[0], keyboard=None)
        rest = SendMessage(
            chat_id=effect.chat_id,
            case=effect.case,
            origin=effect.origin,
            late=effect.late,
            text="",
            keyboard=effect.keyboard,
            link_preview=effect.link_preview,
            plain=effect.plain,
            reply_ref=effect.message_ref,
        )
        if effect.caption:  # what follows is a text, which may be longer
            rest = replace(rest, text="\n".join(texts[1:]))
            return (first, *split(rest, MAX_TEXT))
    else:
        first = replace(effect, text=texts[0], keyboard=None, reply_keyboard=None, ref=None)
        rest = replace(effect, reply_to=None, reply_ref=None)
    middle = [replace(_middle(rest), text=text) for text in texts[1:-1]]
    return (first, *middle, replace(rest, text=texts[-1]))


def _middle(rest: SendMessage) -> SendMessage:
    """A message of the middle: no buttons, no name."""
    return replace(rest, keyboard=None, reply_keyboard=None, ref=None)


def split_text(text: str, limit: int, *, plain: bool = False) -> list[str]:
    """Parts of a text, none empty; tags open at a split are closed and opened again."""
    if plain:
        tokens = [(letter, _units(letter)) for letter in text]
    else:
        tokens = [(t, 0 if _is_tag(t) else _units(unescape(t))) for t in _tokens(text)]
    if sum(units for _, units in tokens) <= limit:
        return [text]
    parts: list[str] = []
    open_tags: list[str] = []
    while tokens:
        end = _end(tokens, limit)
        opened = "".join(open_tags)
        chunk = [token for token, _ in tokens[:end]]
        if not plain:
            _follow(open_tags, chunk)
        closed = "".join(f"</{_name(tag)}>" for tag in reversed(open_tags))
        words = "".join(chunk).strip()
        if words if plain else strip_tags(words).strip():
            parts.append(opened + words + closed)
        tokens = tokens[end:]
    return parts or [text]


def strip_tags(html: str) -> str:
    """The text of Telegram's HTML, without its tags."""
    return unescape("".join(token for token in _tokens(html) if not _is_tag(token)))


def _tokens(text: str) -> Iterator[str]:
    return (match.group() for match in _TOKEN.finditer(text))


def _is_tag(token: str) -> bool:
    return len(token) > 2 and token[0] == "<"


def _name(tag: str) -> str:
    match = _TOKEN.match(tag)
    return match.group(2) if match and match.group(2) else ""


def _units(shown: str) -> int:
    return len(shown.encode("utf-16-le", "surrogatepass")) // 2


def _follow(open_tags: list[str], chunk: list[str]) -> None:
    for token in chunk:
        if not _is_tag(token):
            continue
        if token[1] != "/":
            open_tags.append(token)
        elif open_tags:
            open_tags.pop()


def _end(tokens: list[tuple[str, int]], limit: int) -> int:
    """How many tokens fit, cut at the best break in the second half of what fits."""
    units, fits = 0, 0
    for fits, (_, size) in enumerate(tokens):  # noqa: B007 - used after the loop
        units += size
        if units > limit:
            break
    else:
        return len(tokens)
    fits = max(fits, 1)
    text = "".join(token if len(token) == 1 else "\0" for token, _ in tokens[:fits])
    for mark in _BREAKS:
        at = text.rfind(mark, fits // 2)
        if at > 0:
            return at + len(mark)
    return fits
