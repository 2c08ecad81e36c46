"""What Telegram finds in plain text by itself: links, commands, mentions, hashtags, numbers.

Written after TDLib (``find_entities`` in MessageEntity.cpp). Phone numbers are found by Telegram's
servers, whose rules nobody published; here, they begin with ``+``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.sandbox.text.bank_cards import find_cards
from bot.sandbox.text.found_links import find_links
from bot.sandbox.text.utf16 import utf16_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.text.entity_rules import Entity

# A \\w is what TDLib calls a word character: letters, numbers and the low line.
_MENTION = re.compile(r"(?<!\w)@([a-zA-Z0-9_]+)(?!\w)")
_SHORT_NAMES = frozenset({"gif", "vid", "pic"})
_COMMAND = re.compile(
    r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?![a-zA-Z0-9_])"
    r"(?:@[a-zA-Z0-9_]{3,32}(?![a-zA-Z0-9_])|(?!@))(?![\w/<>])"
)
# Behind a hashtag or cashtag: the chat in whose messages it is looked for.
_CHAT = re.compile(r"@[a-zA-Z0-9_]{3,32}")
_CASHTAG = re.compile(rf"\$(?:1INCH|[A-Z]{{1,8}}(?![A-Z]))(?:{_CHAT.pattern})?")
_PHONE = re.compile(r"(?<![\w+])\+\d(?:[\s\-\u2010-\u2013()]{0,2}\d){6,14}(?!\w)")
MAX_HASHTAG = 256
_HINTS = frozenset("@/#$.:+0123456789")


def find_entities(text: str) -> list[Entity]:
    """Find the entities of a plain text.

    Args:
        text: Any text.

    Returns:
        Entities that do not overlap, by offset, in UTF-16 code units.
    """
    if _HINTS.isdisjoint(text):
        return []
    found = sorted(_candidates(text), key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int, str]] = []
    for span in found:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    if not kept:
        return []
    offsets = utf16_offsets(text)
    return [
        {"type": kind, "offset": offsets[begin], "length": offsets[end] - offsets[begin]}
        for begin, end, kind in kept
    ]


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _MENTION.finditer(text):
        size = len(found[1])
        if 4 <= size <= 32 or found[1].lower() in _SHORT_NAMES:
            yield found.start(), found.end(), "mention"
    for found in _COMMAND.finditer(text):
        yield found.start(), found.end(), "bot_command"
    yield from _hashtags(text)
    for found in _CASHTAG.finditer(text):
        begin, end = found.span()
        if not (_beside_tag(text[begin - 1 : begin]) or _beside_tag(text[end : end + 1])):
            yield begin, end, "cashtag"
    for begin, end in find_cards(text):
        yield begin, end, "bank_card_number"
    for found in _PHONE.finditer(text):
        yield found.start(), found.end(), "phone_number"
    yield from find_links(text)


def _in_tag(char: str) -> bool:
    if char in "_\u200c\xb7" or "\u0d80" <= char <= "\u0dff":
        return True
    category = unicodedata.category(char)
    return category == "Nd" or category.startswith("L")


def _beside_tag(char: str) -> bool:
    return bool(char) and (char == "$" or _in_tag(char))


def _hashtags(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the hashtags: they have a letter, and no other follows at once."""
    at = -1
    while (at := text.find("#", at + 1)) >= 0:
        if at > 0 and _in_tag(text[at - 1]):
            continue
        end = at + 1
        while end < len(text) and _in_tag(text[end]):
            end += 1
        name = text[at + 1 : end][:MAX_HASHTAG]
        lettered = any(unicodedata.category(char).startswith("L") for char in name)
        chat = _CHAT.match(text, end)
        end = chat.end() if chat else end
        if lettered and text[end : end + 1] != "#":
            whole = end - at - 1 - (len(chat[0]) if chat else 0) <= MAX_HASHTAG
            yield at, end if whole else at + 1 + MAX_HASHTAG, "hashtag"
        at = end - 1
