"""Telegram's HTML: markup in, text and entities out.

Written after the rules at https://core.telegram.org/bots/api#html-style and the order in which
TDLib reports faults. Byte offsets in errors count UTF-8 bytes of the markup; entity offsets count
UTF-16 code units of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.text.date_times import DateFormatError, marked_format
from bot.sandbox.text.entity_rules import order_of
from bot.sandbox.text.links import LinkError, checked_link, emoji_id, mentioned_user
from bot.sandbox.text.utf16 import utf16_length

# TDLib reads the closing NUL of a string as white space, and any NUL in a tag as its end.
_SPACES = " \t\n\r\v\0"
_END = "\0"
_NAME_ENDS = frozenset("=>/\"'" + _SPACES)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(
    r"&(?:#[xX](?P<hex>[0-9a-fA-F]*)|#(?P<number>[0-9]*)|(?P<name>[a-zA-Z]*));?", re.ASCII
)
_PLAIN = re.compile("[^<&]+")
_IN_QUOTES = {quote: re.compile(f"[^&{quote}{_END}]+") for quote in ("'", '"')}
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"-?\d+", re.ASCII)
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
    "tg-time": "date_time",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_ARGUMENTS = {("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "format")}


class HtmlError(ValueError):
    """The markup cannot be parsed; the text is Telegram's, without its prefix."""


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    offset: int
    position: int
    argument: str = ""
    unix_time: int = 0

    def take(self, name: str, value: str) -> None:
        """Keep what an attribute means for this tag, if anything."""
        if (self.tag, name) in _ARGUMENTS:
            self.argument = value
        elif (self.tag, name) == ("code", "class") and value.startswith("language-"):
            self.argument = value.removeprefix("language-")
        elif (self.tag, name) == ("span", "class") and value.startswith("tg-"):
            self.argument = value.removeprefix("tg-")
        elif (self.tag, name) == ("blockquote", "expandable"):
            self.argument = "1"
        elif (self.tag, name) == ("tg-time", "unix"):
            self.unix_time = _leading_number(value)


class _Parser:
    """One pass over one piece of markup."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[dict[str, Any]] = []
        self.half_pairs = False

    def parse(self) -> tuple[str, list[dict[str, Any]]]:
        while self.at < len(self.markup):
            if plain := _PLAIN.match(self.markup, self.at):
                self._put(plain[0])
                self.at = plain.end()
            elif self._peek() == "<":
                self._tag()
            else:
                self._put(self._character())
        if self.open:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        if self.half_pairs:
            raise HtmlError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return "".join(self.pieces), self.entities

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.offset += utf16_length(text)
        self.half_pairs = self.half_pairs or _HALF_PAIR.search(text) is not None

    def _peek(self) -> str:
        return self.markup[self.at] if self.at < len(self.markup) else _END

    def _skip_spaces(self) -> None:
        while self._peek() != _END and self._peek() in _SPACES:
            self.at += 1

    def _byte(self, position: int) -> int:
        return len(self.markup[:position].encode("utf-8", "surrogatepass"))

    def _fault(self, words: str, begin: int) -> HtmlError:
        return HtmlError(f"{words} at byte offset {self._byte(begin)}")

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

    def _name(self, skip: int, begin: int) -> str:
        while self._peek() not in _SPACES and self._peek() != ">":
            self.at += 1
        return _lower(self.markup[begin + skip : self.at])

    def _start_tag(self, begin: int) -> None:
        tag = self._name(1, begin)
        if self._peek() == _END:
            raise self._fault("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise self._fault(f'Unsupported start tag "{tag}"', begin)
        opened = _Open(tag, self.offset, len(self.pieces))
        while True:
            self._skip_spaces()
            if self._peek() == ">":
                break
            opened.take(*self._attribute(tag, begin))
        if tag == "span" and opened.argument != "spoiler":
            raise self._fault('Tag "span" must have class "tg-spoiler"', begin)
        self.at += 1
        self.open.append(opened)

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        start = self.at
        while self._peek() not in _NAME_ENDS:
            self.at += 1
        name = self.markup[start : self.at]
        if not name:
            raise self._fault(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_spaces()
        if self._peek() == _END:
            raise self._fault(f'Unclosed start tag "{tag}"', begin)
        if self._peek() != "=":
            # Without a value only one attribute means something.
            return (name, "") if name == "expandable" else ("", "")
        self.at += 1
        self._skip_spaces()
        if self._peek() == _END:
            raise self._fault(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._peek() in {"'", '"'} else self._token()
        if self._peek() == _END:
            raise self._fault("Unclosed start tag", begin)
        return name, value

    def _token(self) -> str:
        start = self.at
        while self._peek().isascii() and (self._peek().isalnum() or self._peek() in {".", "-"}):
            self.at += 1
        if self._peek() not in _SPACES and self._peek() != ">":
            raise self._fault("Unexpected end of name token", start)
        return _lower(self.markup[start : self.at])

    def _quoted(self) -> str:
        quote = self._peek()
        self.at += 1
        value: list[str] = []
        while self._peek() not in {quote, _END}:
            if self._peek() == "&":
                value.append(self._character())
            elif plain := _IN_QUOTES[quote].match(self.markup, self.at):
                value.append(plain[0])
                self.at = plain.end()
        if self._peek() == quote:
            self.at += 1
        return "".join(value)

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise self._fault("Unexpected end tag", begin)
        name = self._name(2, begin)
        self._skip_spaces()
        if self._peek() != ">":
            raise self._fault("Unclosed end tag", begin)
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
        match opened.tag:
            case "a":
                url = opened.argument or "".join(self.pieces[opened.position :])
                self._close_link(entity, url)
            case "pre" | "code":
                self._close_code(entity, opened.argument)
            case "tg-emoji":
                number = emoji_id(opened.argument)
                if number is None:
                    raise HtmlError("Invalid custom emoji identifier specified")
                self.entities.append(entity | {"custom_emoji_id": number})
            case "tg-time":
                self._close_time(entity, opened)
            case "blockquote" if opened.argument:
                self.entities.append(entity | {"type": "expandable_blockquote"})
            case _:
                self.entities.append(entity)

    def _close_link(self, entity: dict[str, Any], url: str) -> None:
        user_id = mentioned_user(url)
        if user_id is not None:
            self.entities.append(entity | {"type": "text_mention", "user_id": user_id})
            return
        try:
            self.entities.append(entity | {"url": checked_link(url)})
        except LinkError:
            # Telegram drops a link it does not accept and keeps the words.
            return

    def _close_time(self, entity: dict[str, Any], opened: _Open) -> None:
        try:
            shown = marked_format(opened.argument)
        except DateFormatError as error:
            raise HtmlError(str(error)) from error
        if opened.unix_time > 0:
            self.entities.append(
                entity | {"unix_time": opened.unix_time, "date_time_format": shown}
            )

    def _close_code(self, entity: dict[str, Any], language: str) -> None:
        """A code of a language and a pre around each other become one pre of that language."""
        last = self.entities[-1] if self.entities else {}
        where = {"offset": entity["offset"], "length": entity["length"]}
        around = where.items() <= last.items()
        if around and entity["type"] == "pre" and last["type"] == "code" and "language" in last:
            last["type"] = "pre"
        elif around and entity["type"] == "code" and last["type"] == "pre" and language:
            last["language"] = language
        else:
            self.entities.append(entity | ({"language": language} if language else {}))


def _lower(text: str) -> str:
    return "".join(char.lower() if char.isascii() else char for char in text)


def _leading_number(text: str) -> int:
    """Read the number that a text begins with; 0 if there is none."""
    found = _NUMBER.match(text)
    # Numbers too long for 32 bits wrap around, as they do in TDLib.
    return (int(found[0]) + 2**31) % 2**32 - 2**31 if found else 0


def _decoded(found: re.Match[str]) -> str | None:
    """Decode a character reference; nothing if Telegram does not know it."""
    if found["name"] is not None:
        return _NAMED.get(found["name"])
    digits = found["number"] if found["hex"] is None else found["hex"]
    if not digits or len(found[0].removesuffix(";")) >= 10:
        return None
    code = int(digits, 10 if found["hex"] is None else 16)
    return chr(code) if 0 < code < 0x10FFFF else None


def parse_html(markup: str) -> tuple[str, list[dict[str, Any]]]:
    """Parse Telegram's HTML.

    Args:
        markup: What the bot wrote with ``parse_mode`` HTML.

    Returns:
        The text, and its entities in Telegram's order. A ``text_mention`` has a ``user_id`` which
        the caller turns into a user.

    Raises:
        HtmlError: The markup is not Telegram's HTML.
    """
    text, entities = _Parser(markup).parse()
    # Only pre shows a language; a code's was kept for a pre around it.
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, sorted(entities, key=order_of)
