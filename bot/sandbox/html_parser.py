"""Telegram's HTML: markup in, text and entities out.

Written after the rules at https://core.telegram.org/bots/api#html-style and the order in which
TDLib reports faults. Byte offsets in errors count UTF-8 bytes of the markup; entity offsets count
UTF-16 code units of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.links import LinkError, checked_link
from bot.sandbox.utf16 import MAX_BMP

_SPACES = " \t\n\r\v\0"
_END = ""
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(
    r"&(?:#(?P<number>[0-9]+)|#[xX](?P<hex>[0-9a-fA-F]+)|(?P<name>[a-zA-Z]+));?"
)
_USER_LINK = re.compile(
    r"^tg://(?:user|openmessage)\?(?:.*&)?(?:user_)?id=(\d{1,15})", re.IGNORECASE
)
_TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


class HtmlError(ValueError):
    """The markup cannot be parsed; the text is Telegram's, without its prefix."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    position: int


class _Parser:
    """One pass over one piece of markup."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self.pieces: list[str] = []
        self.count = 0
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[dict[str, Any]] = []

    def parse(self) -> tuple[str, list[dict[str, Any]]]:
        while self.at < len(self.markup):
            char = self.markup[self.at]
            if char == "<":
                self._tag()
            elif char == "&":
                self._put(self._character())
            else:
                self._put(char)
                self.at += 1
        if self.open:
            raise HtmlError(f"Can't find end tag corresponding to start tag {self.open[-1].tag}")
        return "".join(self.pieces), self.entities

    def _put(self, char: str) -> None:
        self.pieces.append(char)
        self.count += 1
        self.offset += 2 if ord(char) > MAX_BMP else 1

    def _peek(self) -> str:
        return self.markup[self.at] if self.at < len(self.markup) else _END

    def _is_space(self) -> bool:
        # The end of the markup counts as white space, as the closing NUL does in TDLib.
        return self._peek() in _SPACES

    def _skip_spaces(self) -> None:
        while self._peek() != _END and self._is_space():
            self.at += 1

    def _byte(self, position: int) -> int:
        return len(self.markup[:position].encode("utf-8", "surrogatepass"))

    def _character(self) -> str:
        """Read a character at ``&``; one that is not a known reference stands for itself."""
        found = _CHARACTER.match(self.markup, self.at)
        char = _decoded(found) if found else None
        if found is None or char is None:
            self.at += 1
            return "&"
        self.at = found.end()
        return char

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        while not self._is_space() and self._peek() != ">":
            self.at += 1
        if self._peek() == _END:
            raise HtmlError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        tag = self.markup[begin + 1 : self.at].lower()
        if tag not in _TAGS:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        argument = ""
        while True:
            self._skip_spaces()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
        if tag == "span" and argument != "spoiler":
            raise HtmlError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}'
            )
        self.at += 1
        self.open.append(_Open(tag, argument, self.offset, self.count))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        start = self.at
        while not self._is_space() and self._peek() not in {"=", ">"}:
            self.at += 1
        name = self.markup[start : self.at].lower()
        if not name:
            if self._peek() == _END:
                raise HtmlError(f"Unclosed start tag at byte offset {self._byte(begin)}")
            raise HtmlError(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
            )
        self._skip_spaces()
        if self._peek() != "=":
            if tag == "blockquote" and name == "expandable" and self._peek() != _END:
                return name, ""
            raise HtmlError(
                "Expected equal sign in declaration of an attribute of the tag "
                f'"{tag}" at byte offset {self._byte(begin)}'
            )
        self.at += 1
        self._skip_spaces()
        if self._peek() == _END:
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        value = self._quoted() if self._peek() in {"'", '"'} else self._token()
        if self._peek() == _END:
            raise HtmlError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return name, value

    def _token(self) -> str:
        start = self.at
        while self._peek().isascii() and (self._peek().isalnum() or self._peek() in {".", "-"}):
            self.at += 1
        if not self._is_space() and self._peek() != ">":
            raise HtmlError(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return self.markup[start : self.at].lower()

    def _quoted(self) -> str:
        quote = self._peek()
        self.at += 1
        value: list[str] = []
        while self._peek() not in {quote, _END}:
            if self._peek() == "&":
                value.append(self._character())
            else:
                value.append(self._peek())
                self.at += 1
        if self._peek() == quote:
            self.at += 1
        return "".join(value)

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise HtmlError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        while not self._is_space() and self._peek() != ">":
            self.at += 1
        name = self.markup[begin + 2 : self.at].lower()
        self._skip_spaces()
        if self._peek() != ">":
            raise HtmlError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        opened = self.open[-1]
        if name and name != opened.tag:
            raise HtmlError(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        self.open.pop()
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: dict[str, Any] = {
            "type": _TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        if opened.tag == "a":
            url = opened.argument or "".join(self.pieces[opened.position :])
            self._close_link(entity, url)
        elif opened.tag == "pre":
            self._close_pre(entity)
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdigit():
                raise HtmlError("Invalid custom emoji identifier specified")
            self.entities.append(entity | {"custom_emoji_id": opened.argument})
        elif opened.tag == "blockquote" and opened.argument:
            self.entities.append(entity | {"type": "expandable_blockquote"})
        elif opened.tag == "code" and opened.argument:
            self.entities.append(entity | {"language": opened.argument})
        else:
            self.entities.append(entity)

    def _close_link(self, entity: dict[str, Any], url: str) -> None:
        user = _USER_LINK.match(url)
        if user:
            self.entities.append(entity | {"type": "text_mention", "user_id": int(user.group(1))})
            return
        try:
            self.entities.append(entity | {"url": checked_link(url)})
        except LinkError:
            # Telegram drops a link it does not accept and keeps the words.
            return

    def _close_pre(self, entity: dict[str, Any]) -> None:
        last = self.entities[-1] if self.entities else None
        same = last is not None and (last["offset"], last["length"]) == (
            entity["offset"],
            entity["length"],
        )
        if last is not None and same and last["type"] == "code":
            self.entities.pop()
            if "language" in last:
                entity["language"] = last["language"]
        self.entities.append(entity)


def _argument(tag: str, name: str, value: str) -> str:
    """Return what an attribute means for its tag, or nothing."""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, name) == ("blockquote", "expandable"):
        return "expandable"
    return ""


def _decoded(found: re.Match[str]) -> str | None:
    """Decode a character reference; nothing if Telegram does not know it."""
    if found["name"] is not None:
        return _NAMED.get(found["name"])
    digits = found["number"] or found["hex"]
    code = int(digits, 10 if found["number"] else 16) if len(digits) < 9 else 0
    if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return None
    return chr(code)


def parse_html(markup: str) -> tuple[str, list[dict[str, Any]]]:
    """Parse Telegram's HTML.

    Args:
        markup: What the bot wrote with ``parse_mode`` HTML.

    Returns:
        The text, and its entities ordered by offset, the longer first. A ``text_mention`` has a
        ``user_id`` which the caller turns into a user.

    Raises:
        HtmlError: The markup is not Telegram's HTML.
    """
    text, entities = _Parser(markup).parse()
    # A code inside its link loses its language: only pre shows one.
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
