"""Telegram's first Markdown, kept for old bots: markup in, text and entities out.

Written after https://core.telegram.org/bots/api#markdown-style and TDLib. Nothing nests, and there
is one error only. It reads bytes, because one of its rules is about bytes (see ``_address``).
"""

from __future__ import annotations

from typing import Any

from bot.sandbox.text.links import LinkError, checked_link, mentioned_user
from bot.sandbox.text.markdown_parser import MarkdownError, read_language
from bot.sandbox.text.utf16 import utf16_length

_KINDS = {b"_": "italic", b"*": "bold", b"`": "code", b"[": "text_link"}
_FENCE = b"```"


class _Parser:
    """One pass over one piece of markup."""

    def __init__(self, markup: bytes) -> None:
        self.markup = markup
        self.at = 0
        self.text = bytearray()
        self.entities: list[dict[str, Any]] = []

    def parse(self) -> tuple[str, list[dict[str, Any]]]:
        while self.at < len(self.markup):
            mark = self.markup[self.at : self.at + 1]
            if mark == b"\\" and self.markup[self.at + 1 : self.at + 2] in _KINDS:
                self.text += self.markup[self.at + 1 : self.at + 2]
                self.at += 2
            elif mark in _KINDS:
                self._entity(mark)
            else:
                self.text += mark
                self.at += 1
        return _decoded(self.text), self.entities

    def _entity(self, mark: bytes) -> None:
        begin = self.at
        fenced = self.markup.startswith(_FENCE, begin)
        kind, language = _KINDS[mark], ""
        self.at += 1
        if fenced:
            kind, language = "pre", self._language()
        end_mark = _FENCE if fenced else b"]" if mark == b"[" else mark
        end = self.markup.find(end_mark, self.at)
        if end < 0:
            raise MarkdownError(f"Can't find end of the entity starting at byte offset {begin}")
        words = self.markup[self.at : end]
        offset = utf16_length(_decoded(self.text))
        self.text += words
        self.at = end
        entity = {"type": kind, "offset": offset, "length": utf16_length(_decoded(words))}
        if words and kind == "text_link":
            self._link(entity, begin)
        elif words:
            self.entities.append(entity | ({"language": language} if language else {}))
        self.at += len(end_mark)

    def _language(self) -> str:
        """Read what stands behind the fence, and skip one line break."""
        rest = _decoded(self.markup[self.at + 2 :])
        language, skipped = read_language(rest, 0)
        self.at += 2 + len(rest[:skipped].encode("utf-8", "surrogatepass"))
        return language

    def _link(self, entity: dict[str, Any], begin: int) -> None:
        url = self._address(begin)
        user_id = mentioned_user(url)
        if user_id is not None:
            self.entities.append(entity | {"type": "text_mention", "user_id": user_id})
            return
        try:
            self.entities.append(entity | {"url": checked_link(url)})
        except LinkError:
            # Telegram drops a link it does not accept and keeps the words.
            return

    def _address(self, begin: int) -> str:
        """Read the address of a link, and move to its last byte.

        Without brackets the words are the address, but not quite: Telegram writes the text over
        the markup while it reads, and takes the address from the place where the words were.
        ``[example.org]`` links to ``xample.orgg``.
        """
        if self.markup[self.at + 1 : self.at + 2] != b"(":
            overwritten = bytes(self.text) + self.markup[len(self.text) :]
            return _decoded(overwritten[begin + 1 : self.at])
        end = self.markup.find(b")", self.at)
        # An address without its closing bracket goes to the end of the markup.
        end = len(self.markup) if end < 0 else end
        url = _decoded(self.markup[self.at + 2 : end])
        self.at = end
        return url


def _decoded(text: bytes | bytearray) -> str:
    return text.decode("utf-8", "replace")


def parse_legacy_markdown(markup: str) -> tuple[str, list[dict[str, Any]]]:
    """Parse the first version of Markdown.

    Args:
        markup: What the bot wrote with ``parse_mode`` Markdown.

    Returns:
        The text, and its entities by offset. A ``text_mention`` has a ``user_id`` which the caller
        turns into a user.

    Raises:
        MarkdownError: An entity has no end.
    """
    return _Parser(markup.encode("utf-8", "replace")).parse()
