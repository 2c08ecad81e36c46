"""Telegram's MarkdownV2: markup in, text and entities out.

Written after the rules at https://core.telegram.org/bots/api#markdownv2-style and the order in
which TDLib reports faults. Byte offsets in errors count UTF-8 bytes of the markup; entity offsets
count UTF-16 code units of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.text.entity_rules import order_of
from bot.sandbox.text.links import (
    LinkError,
    checked_link,
    linked_emoji,
    linked_moment,
    mentioned_user,
)
from bot.sandbox.text.utf16 import utf16_length

SPACES = " \t\n\r\v\0"
_RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
_IN_CODE = frozenset("`")
# What means nothing anywhere, so that it can be taken at once.
_PLAIN = re.compile(r"[^\\_*\[\]()~`>#+\-=|{}.!\n\r]+")
_CODE = frozenset({"code", "pre"})

# What opens an entity, the longer marks first, and what ends it.
_STARTS = (
    ("```", "pre"),
    ("__", "underline"),
    ("||", "spoiler"),
    ("![", "custom_emoji"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("[", "text_link"),
    ("`", "code"),
)
_ENDS = {
    "pre": "```",
    "underline": "__",
    "spoiler": "||",
    "custom_emoji": "]",
    "italic": "_",
    "bold": "*",
    "strikethrough": "~",
    "text_link": "]",
    "code": "`",
}
# How errors call the kinds.
_NAMES = {
    "pre": "Pre",
    "underline": "Underline",
    "spoiler": "Spoiler",
    "custom_emoji": "CustomEmoji",
    "italic": "Italic",
    "bold": "Bold",
    "strikethrough": "Strikethrough",
    "text_link": "TextUrl",
    "code": "Code",
    "blockquote": "BlockQuote",
}


class MarkdownError(ValueError):
    """The markup cannot be parsed; the text is Telegram's, without its prefix."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An entity that waits for its end.

    Args:
        kind: Its Bot API type.
        begin: Where its mark stands in the markup.
        offset: Where it begins in the text, in UTF-16 code units.
        position: Where it begins in the text, in pieces of it.
        language: The language of a piece of code.
    """

    kind: str
    begin: int
    offset: int
    position: int
    language: str = ""

    @property
    def name(self) -> str:
        """What errors call it."""
        return "PreCode" if self.language else _NAMES[self.kind]


class _Parser:
    """One pass over one piece of markup."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[dict[str, Any]] = []
        self.quoting = False
        self.may_quote = True

    def parse(self) -> tuple[str, list[dict[str, Any]]]:
        while self.at < len(self.markup):
            self._step()
        self._finish()
        return "".join(self.text), sorted(self.entities, key=order_of)

    def _peek(self, ahead: int = 1) -> str:
        at = self.at + ahead
        return self.markup[at] if at < len(self.markup) else ""

    def _put(self, piece: str) -> None:
        self.text.append(piece)
        self.offset += utf16_length(piece)

    def _byte(self, position: int) -> int:
        return len(self.markup[:position].encode("utf-8", "surrogatepass"))

    def _unended(self, opened: _Open) -> MarkdownError:
        return MarkdownError(
            f"Can't find end of {opened.name} entity at byte offset {self._byte(opened.begin)}"
        )

    def _step(self) -> None:
        if plain := _PLAIN.match(self.markup, self.at):
            self._put(plain[0])
            self.at = plain.end()
            self.may_quote = False
            return
        char = self._peek(0)
        reserved = _IN_CODE if self.open and self.open[-1].kind in _CODE else _RESERVED
        escaped = char == "\\" and _escapable(self._peek())
        if escaped:
            self.at += 1
            char = self._peek(0)
        elif char in reserved:
            if self._ends_here(char):
                self._end(char)
            else:
                self._start(char)
            return
        self._put(char)
        self.at += 1
        # A carriage return does not count: Telegram drops it.
        if char != "\r":
            self.may_quote = escaped and char == "\n"

    def _ends_here(self, char: str) -> bool:
        if not self.open:
            return False
        if self.quoting and char == "\n" and self._peek() != ">":
            return True
        kind = self.open[-1].kind
        if kind == "italic":
            return char == "_" and self._peek() != "_"
        return kind in _ENDS and self.markup.startswith(_ENDS[kind], self.at)

    def _start(self, char: str) -> None:
        if char == "\n":
            self._put(char)
            self.at += 1
            self.may_quote = True
        elif char == ">" and self.may_quote:
            self._start_quote()
        else:
            self._start_marked(char)

    def _start_quote(self) -> None:
        if not self.quoting:
            self.open.append(_Open("blockquote", self.at, self.offset, len(self.text)))
            self.quoting = True
        self.at += 1

    def _start_marked(self, char: str) -> None:
        begin = self.at
        for mark, kind in _STARTS:
            if self.markup.startswith(mark, begin):
                self.at += len(mark)
                language = self._language() if kind == "pre" else ""
                self.open.append(_Open(kind, begin, self.offset, len(self.text), language))
                return
        raise MarkdownError(
            f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
        )

    def _language(self) -> str:
        """Read what stands behind the mark of a code block, and skip one line break."""
        language, self.at = read_language(self.markup, self.at)
        return language

    def _end(self, char: str) -> None:
        opened = self.open.pop()
        kind = opened.kind
        if char == "\n" and kind != "blockquote":
            # Two bars before the end of the last line make the quote expandable.
            if not (kind == "spoiler" and self._just_opened(opened)):
                raise self._unended(opened)
            opened = self.open.pop()
            if opened.kind != "blockquote":
                raise self._unended(opened)
            kind = "expandable_blockquote"
        told: dict[str, Any] | None = {}
        match kind:
            case "blockquote" | "expandable_blockquote":
                self._put(char)
                self.at += 1
                self.quoting = False
                self.may_quote = True
            case "text_link":
                told = self._link(opened)
            case "custom_emoji":
                told = self._emoji_or_time()
            case _:
                self.at += len(_ENDS[kind])
                told = {"language": opened.language} if opened.language else {}
        if told is not None:
            self._add({"type": kind} | told, opened.offset)

    def _just_opened(self, spoiler: _Open) -> bool:
        between = self.at - spoiler.begin - 2
        return between == 0 or (between == 1 and self.text[-1:] == ["\r"])

    def _add(self, entity: dict[str, Any], offset: int) -> None:
        length = self.offset - offset
        if length:
            told = {key: value for key, value in entity.items() if key != "type"}
            self.entities.append(
                {"type": entity["type"], "offset": offset, "length": length} | told
            )

    def _url(self) -> str | None:
        """Read the address in brackets after an entity's end; None if there is none."""
        if self._peek() != "(":
            self.at += 1
            return None
        self.at += 2
        begin = self.at
        url: list[str] = []
        while self._peek(0) not in {")", ""}:
            if self._peek(0) == "\\" and _escapable(self._peek()):
                self.at += 1
            url.append(self._peek(0))
            self.at += 1
        if self._peek(0) != ")":
            raise MarkdownError(f"Can't find end of a URL at byte offset {self._byte(begin)}")
        self.at += 1
        return "".join(url)

    def _link(self, opened: _Open) -> dict[str, Any] | None:
        url = self._url()
        if url is None:
            url = "".join(self.text[opened.position :])
        user_id = mentioned_user(url)
        if user_id is not None:
            return {"type": "text_mention", "user_id": user_id}
        try:
            return {"url": checked_link(url)}
        except LinkError:
            # Telegram drops a link it does not accept and keeps the words.
            return None

    def _emoji_or_time(self) -> dict[str, Any]:
        url = self._url()
        if url is None:
            raise MarkdownError("The entity must contain a tg://emoji or tg://time URL")
        emoji = linked_emoji(url)
        if emoji is not None:
            return {"custom_emoji_id": emoji}
        moment = linked_moment(url)
        if moment is None:
            raise MarkdownError("Invalid tg://emoji or tg://time URL specified")
        return {
            "type": "date_time",
            "unix_time": moment.unix_time,
            "date_time_format": moment.date_time_format,
        }

    def _finish(self) -> None:
        """End a quote that the end of the markup ends; nothing else may be open."""
        kind = "blockquote"
        if (
            self.quoting
            and self.open[-1].kind == "spoiler"
            and self.open[-1].begin == len(self.markup) - 2
        ):
            self.open.pop()
            kind = "expandable_blockquote"
        if self.quoting and self.open[-1].kind == "blockquote":
            self._add({"type": kind}, self.open.pop().offset)
        if self.open:
            raise self._unended(self.open[-1])


def _escapable(char: str) -> bool:
    return "\0" < char <= "~"


def read_language(markup: str, at: int) -> tuple[str, int]:
    """Read the language of a code block, and skip the one line break before its code.

    Args:
        markup: The markup.
        at: The place behind the three marks.

    Returns:
        The language, and where the code begins.
    """
    end = at
    while end < len(markup) and markup[end] not in SPACES and markup[end] != "`":
        end += 1
    language = ""
    # Words that nothing follows, or that end with the block, are the code itself.
    if end < len(markup) and markup[end] != "`":
        language, at = markup[at:end], end
    breaks = markup[at : at + 2]
    if breaks in {"\n\r", "\r\n"}:
        return language, at + 2
    return language, at + 1 if breaks[:1] in {"\n", "\r"} else at


def parse_markdown(markup: str) -> tuple[str, list[dict[str, Any]]]:
    """Parse MarkdownV2.

    Args:
        markup: What the bot wrote with ``parse_mode`` MarkdownV2.

    Returns:
        The text, and its entities in Telegram's order. A ``text_mention`` has a ``user_id`` which
        the caller turns into a user.

    Raises:
        MarkdownError: The markup is not MarkdownV2.
    """
    return _Parser(markup).parse()
