"""Splits a text that is too long for one message, at paragraph ends, without breaking its HTML."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.telegram.effects import EditMessage, SendMessage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.telegram.effects import Effect

MAX_TEXT = 4096
"""UTF-16 code units after the entities are parsed; https://core.telegram.org/bots/api#sendmessage
says characters, and the stricter reading is always right."""

_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>|&[#a-zA-Z0-9]+;|.", re.DOTALL)

_BREAKS = ("\n\n", "\n", ". ", " ")
"""Where to split, best first."""


def fit(effect: Effect) -> tuple[Effect, ...]:
    """The effect, as several if its text is too long for one message; buttons go under the last."""
    if not isinstance(effect, SendMessage | EditMessage):
        return (effect,)
    return split(effect, MAX_TEXT)


def split(effect: SendMessage | EditMessage, limit: int) -> tuple[SendMessage | EditMessage, ...]:
    """The effect as several with at most ``limit`` UTF-16 code units of text each."""
    texts = split_text(effect.text, limit, plain=effect.plain)
    if len(texts) == 1:
        return (effect,)
    if isinstance(effect, EditMessage):
        first: SendMessage | EditMessage = replace(effect, text=texts[0], keyboard=None)
        rest = SendMessage(
            chat_id=effect.chat_id,
            text="",
            keyboard=effect.keyboard,
            link_preview=effect.link_preview,
            plain=effect.plain,
        )
    else:
        first = replace(effect, text=texts[0], keyboard=None, reply_keyboard=None, ref=None)
        rest = replace(effect, reply_to=None)
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
