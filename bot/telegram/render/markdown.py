"""The Markdown of the answers as the HTML that Telegram understands.

Answers use paragraphs, lists, bold and links; Telegram has no lists, so they become lines with
bullets and numbers. Anything else is shown as plain text, never as mark-up.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

BULLET = "•"

_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_NO_BREAK = "\u00a0"

_PARSER = MarkdownIt("zero").enable(["emphasis", "link", "list", "escape", "newline"])
_INLINE_TAGS = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>"}


def to_html(markdown: str) -> str:
    """Telegram HTML of an answer's Markdown; text that looks like HTML stays text."""
    return "\n\n".join(_blocks(_PARSER.parse(markdown)))


def to_text(markdown: str) -> str:
    """The words of an answer's Markdown, without mark-up, for counting characters."""
    lines = (token.children or () for token in _PARSER.parse(markdown) if token.type == "inline")
    return "\n".join("".join(child.content for child in line) for line in lines)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """Paragraphs and whole lists, in order."""
    lists: list[_List] = []
    lines: list[str] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(_List(token))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
            if not lists:
                yield "\n".join(lines)
                lines = []
        elif token.type == "list_item_open":
            lists[-1].next_item()
        elif token.type == "inline":
            html = _inline(token.children or ())
            if lists:
                lines.append(lists[-1].mark(html, depth=len(lists)))
            else:
                yield html


class _List:
    """A list being rendered: which mark its next item bears."""

    def __init__(self, token: Token) -> None:
        self._number = int(token.attrGet("start") or 1) - 1 if token.tag == "ol" else None
        self._fresh = False

    def next_item(self) -> None:
        self._fresh = True
        if self._number is not None:
            self._number += 1

    def mark(self, html: str, depth: int) -> str:
        """A line of the item; only its first line bears the mark."""
        indent = "\u2003" * (depth - 1)
        mark = BULLET if self._number is None else f"{self._number}."
        line = f"{indent}{mark} {html}" if self._fresh else f"{indent}\u2003{html}"
        self._fresh = False
        return line


def _inline(tokens: Sequence[Token]) -> str:
    return "".join(_inline_token(token) for token in tokens)


def _inline_token(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "link_open":
            return f'<a href="{escape(str(token.attrGet("href") or ""))}">'
        case "link_close":
            return "</a>"
        case _:
            words = _THOUSANDS.sub(_NO_BREAK, token.content)  # an amount stays on one line
            return _INLINE_TAGS.get(token.type) or escape(words, quote=False)
