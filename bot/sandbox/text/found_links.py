"""Finds links and e-mail addresses in plain text, as Telegram does.

Written after TDLib (``match_urls``, ``fix_url``, ``match_tg_urls`` in MessageEntity.cpp): every dot
is looked at, and the address around it is taken as far as it goes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.sandbox.text.top_level_domains import TOP_LEVEL_DOMAINS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EMAIL = re.compile(
    r"(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}"
    r"@(?:[a-z0-9](?:[a-z0-9_-]{0,28}[a-z0-9])?\.){1,6}[a-z]{2,8}",
    re.IGNORECASE | re.ASCII,
)
_SCHEME = re.compile(r"(?:https?|ftp|tonsite)://", re.IGNORECASE | re.ASCII)
# What comes before the colon, as Telegram takes it: of "tonsite", only the end.
_INTERNAL = (("tg", 2), ("ton", 3), ("tonsite", 3))
_INTERNAL_HOST = re.compile(r"[A-Za-z0-9_-]{1,253}", re.ASCII)
_PORT = re.compile(r":0*([1-9][0-9]{0,4})(?![0-9])", re.ASCII)
_IP_PART = re.compile(r"0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]", re.ASCII)
# What a scheme may end with, and which others end so too.
_SCHEMES = {"http": {"shttp"}, "https": set(), "ftp": {"tftp", "sftp"}, "tonsite": set()}
_TRAILING = ".:;,('?!`"
_OPENING, _CLOSING = "([{", ")]}"
_NOT_IN_PATHS = frozenset('\n<>"«»')
_NOT_IN_USERS = frozenset("\n/[]{}()'`<>\"@«»")
# What may not stand right before a link, besides letters and digits.
_NOT_BEFORE = frozenset("/#@_")


def find_links(text: str) -> Iterator[tuple[int, int, str]]:
    """Find the links and addresses in a text.

    Args:
        text: Any text.

    Yields:
        Where each begins and ends, in characters, and its kind: ``url`` or ``email``.
    """
    for begin, end in _internal_links(text):
        yield begin, end, "url"
    for begin, end in _addresses(text):
        address = text[begin:end]
        if _EMAIL.fullmatch(address):
            yield begin, end, "email"
        elif address.startswith("mailto:") and _EMAIL.fullmatch(address, len("mailto:")):
            yield begin + len("mailto:"), end, "email"
        else:
            length = _link_length(address)
            if length:
                yield begin, begin + length, "url"


def _internal_links(text: str) -> Iterator[tuple[int, int]]:
    """Yield the links into Telegram's own apps. They may overlap."""
    at = 0
    while (colon := text.find("://", at)) >= 0 and len(text) - at > 5:
        before = text[max(colon - 7, 0) : colon].lower()
        length = next((size for name, size in _INTERNAL if before.endswith(name)), 0)
        host = _INTERNAL_HOST.match(text, colon + 3)
        at = colon + 3
        if length and host:
            at = _with_path(text, host.end())
            yield colon - length, at


@lru_cache(maxsize=4096)
def _is_space(char: str) -> bool:
    return unicodedata.category(char).startswith("Z")


def _in_url(char: str) -> bool:
    if "\u2000" <= char <= "\u206f":
        # Of the general punctuation, only joiners and dashes.
        return char in "\u200c\u200d" or "\u2010" <= char <= "\u2015"
    return not _is_space(char)


def _in_domain(char: str) -> bool:
    if char < "\xc0":
        return char.isascii() and (char.isalnum() or char in "._-~")
    return _in_url(char)


def _in_user(char: str) -> bool:
    return char not in _NOT_IN_USERS and _in_url(char)


def _in_path(char: str) -> bool:
    return char not in _NOT_IN_PATHS and _in_url(char)


def _in_scheme(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char in "+-"
    return not _is_space(char)


def _back(text: str, at: int, begin: int, allowed: Callable[[str], bool]) -> int:
    """Go back as long as the characters before are allowed."""
    while at > begin and allowed(text[at - 1]):
        at -= 1
    return at


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield what might be a link or an address."""
    begin = 0
    while (dot := text.find(".", begin)) >= 0 and dot + 1 < len(text):
        if text[dot + 1] == " ":
            begin = dot + 2
            continue
        first, end = _around(text, begin, dot)
        if first is None:
            end = text.rindex(".", 0, end) + 1
        else:
            if end > dot + 1:
                yield first, end
            while end < len(text) and text[end] == ".":
                end += 1
        begin = max(end, dot + 1)


def _around(text: str, begin: int, dot: int) -> tuple[int | None, int]:
    """Take what is around a dot; its beginning is None if it cannot be a link."""
    first = _back(text, dot, begin, _in_domain)
    last, has_at = dot, False
    while last < len(text) and (text[last] == "@" or _in_domain(text[last])):
        has_at = has_at or text[last] == "@"
        last += 1
    if has_at:
        first = _back(text, first, begin, _in_user)
    port = _PORT.match(text, last)
    if port and int(port[1]) <= 65535:
        last = port.end()
    end = _with_path(text, last)
    while end > dot + 1 and text[end - 1] == ".":
        end -= 1
    if first > begin and text[first - 1] == "@":
        user = _back(text, first - 1, begin, _in_user)
        if has_at or user == first - 1:
            return None, end
        first = user
    return _with_scheme(text, begin, first), end


def _with_scheme(text: str, begin: int, first: int) -> int | None:
    """Take the scheme before an address; None if something else stands right before it."""
    if first == begin:
        return first
    before = text[begin:first]
    if before.endswith("://") and len(before.encode("utf-8", "surrogatepass")) >= 6:
        scheme = text[_back(text, first - 3, begin, _in_scheme) : first - 3].lower()
        for known, others in _SCHEMES.items():
            if scheme.endswith(known) and scheme not in others:
                return first - 3 - len(known)
        return None
    last = before[-1]
    return None if last in _NOT_BEFORE or last.isalnum() else first


def _with_path(text: str, end: int) -> int:
    """Take the path behind an address, but not the punctuation that ends it."""
    if end >= len(text) or text[end] not in "/?#":
        return end
    path_end = end + 1
    while path_end < len(text) and _in_path(text[path_end]):
        path_end += 1
    while path_end > end + 1 and text[path_end - 1] in _TRAILING:
        path_end -= 1
    return path_end if text[end] == "/" or path_end > end + 1 else end


def _link_length(url: str) -> int:
    """Return how much of a candidate is a link; 0 if nothing."""
    scheme = _SCHEME.match(url)
    start = scheme.end() if scheme else 0
    path_at = next((at for at in range(start, len(url)) if url[at] in "/?#"), len(url))
    domain = url[start:path_at].partition("@")
    host = domain[2] if domain[1] else domain[0]
    host = host.rpartition(":")[0] if ":" in host else host
    if not _is_domain(host, has_scheme=scheme is not None):
        return 0
    return path_at + _balanced(url[path_at:])


def _balanced(path: str) -> int:
    """Return how much of a path to take: no bracket closes that did not open in it."""
    open_count = [0, 0, 0]
    end = 0
    while end < len(path):
        char = path[end]
        if char in _OPENING:
            open_count[_OPENING.index(char)] += 1
        elif char in _CLOSING:
            open_count[_CLOSING.index(char)] -= 1
            if min(open_count) < 0:
                break
        end += 1
    while end > 0 and path[end - 1] in _TRAILING:
        end -= 1
    return end


def _is_domain(host: str, *, has_scheme: bool) -> bool:
    # A name made to look like Telegram's own.
    if host.lower() == "teiegram.org":
        return False
    parts = host.split(".")
    sizes = [len(part.encode("utf-8", "surrogatepass")) for part in parts]
    if len(parts) == 1 or not all(0 < size < 64 for size in sizes):
        return False
    if any(part.endswith("-") for part in parts):
        return False
    if len(parts) == 4 and all(_IP_PART.fullmatch(part) for part in parts):
        return True
    top = parts[-1]
    if all(re.fullmatch(r"[0-9]+", part) for part in parts) or len(top) <= 1:
        return False
    if top.startswith("xn--"):
        fine = re.fullmatch(r"xn--[A-Za-z0-9]{2,}", top) is not None
    else:
        fine = not {"_", "-"} & set(top) and (has_scheme or _is_common(top))
    return fine and "_" not in parts[-2]


def _is_common(top: str) -> bool:
    lowered = top.lower()
    # A capital at the beginning only is the beginning of a sentence.
    if lowered != top and lowered[1:] == top[1:]:
        return False
    return lowered in TOP_LEVEL_DOMAINS
