"""What Telegram finds in plain text by itself: links, commands, mentions, hashtags, phones.

Simplified from TDLib's rules: the shapes are the same, the list of top-level domains is short.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.utf16 import utf16_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

# Enough for addresses in answers about migration; a bare name with another ending needs its scheme.
_DOMAINS = (
    "com|org|net|int|info|edu|gov|biz|kz|ru|uz|tj|kg|tm|by|am|ge|az|ua|md|tr|cn|de|uk|eu|us|io|me|"
    "dev|app|ai|tv|co|su|рф|қаз"
)
_HOST = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+"
_URL = re.compile(
    rf"(?<![\w@.])(?:(?:https?|ftp)://[^\s/?#<>\"]+\.[^\s/?#<>\".]+|{_HOST}(?:{_DOMAINS})(?![\w-]))"
    r"(?::\d{1,5})?(?:[/?#][^\s<>\"]*)?",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[a-z0-9._+-]{1,64}@(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w-])", re.IGNORECASE
)
_MENTION = re.compile(r"(?<![\w])@[a-zA-Z][a-zA-Z0-9_]{2,31}(?![\w])")
_COMMAND = re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])")
_HASHTAG = re.compile(r"(?<![\w#])#(?=[\w]*[^\W\d_])[\w]{1,256}(?![\w#])")
_CASHTAG = re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")
_PHONE = re.compile(r"(?<![\w+])\+\d(?:[\s\-\u2010-\u2013()]{0,2}\d){6,14}(?!\w)")
_TRAILING = ".,:;!?'\"»”…"

# What text inside these means is fixed already: nothing is looked for there.
CLOSED_KINDS = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})


def find_entities(text: str) -> list[dict[str, Any]]:
    """Find the entities of a plain text.

    Args:
        text: Any text.

    Returns:
        Entities that do not overlap, by offset, in UTF-16 code units.
    """
    found = sorted(_candidates(text), key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int, str]] = []
    for span in found:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    offsets = utf16_offsets(text)
    return [
        {"type": kind, "offset": offsets[begin], "length": offsets[end] - offsets[begin]}
        for begin, end, kind in kept
    ]


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    for kind, pattern in (
        ("email", _EMAIL),
        ("mention", _MENTION),
        ("bot_command", _COMMAND),
        ("hashtag", _HASHTAG),
        ("cashtag", _CASHTAG),
        ("phone_number", _PHONE),
    ):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), kind
    for match in _URL.finditer(text):
        yield match.start(), _url_end(match), "url"


def _url_end(match: re.Match[str]) -> int:
    """Leave the punctuation after a link, and a bracket that it did not open, to the sentence."""
    url = match[0]
    while url:
        unbalanced = url.endswith(")") and url.count(")") > url.count("(")
        if url[-1] not in _TRAILING and not unbalanced:
            break
        url = url[:-1]
    return match.start() + len(url)


def with_found(text: str, written: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add what is found in a text to the entities its author wrote.

    Args:
        text: The text.
        written: The author's entities.

    Returns:
        All entities by offset, the longer first. A found entity that touches a closed one (code,
        a link) or cuts through the edge of another is left out.
    """
    kept = [
        entity
        for entity in find_entities(text)
        if not any(_collides(entity, other) for other in written)
    ]
    return sorted(written + kept, key=lambda entity: (entity["offset"], -entity["length"]))


def _collides(found: dict[str, Any], written: dict[str, Any]) -> bool:
    begin, end = found["offset"], found["offset"] + found["length"]
    other_begin, other_end = written["offset"], written["offset"] + written["length"]
    if end <= other_begin or other_end <= begin:
        return False
    if written["type"] in CLOSED_KINDS:
        return True
    inside = other_begin <= begin and end <= other_end
    around = begin <= other_begin and other_end <= end
    return not (inside or around)
