"""Telegram's HTML as pieces that a page may show: only what Telegram itself would show. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

_LINKS = ("http://", "https://", "tel:", "mailto:")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one style.

    Attributes:
        text: not escaped.
        bold: thick.
        italic: slanted.
        link: where a press leads; empty for nowhere.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


def pieces(html: str) -> tuple[Piece, ...]:
    """The pieces of a message.

    Tags that our answers do not use leave only their words. A link that is no web address, phone
    or mail is none.

    Args:
        html: in Telegram's HTML.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Piece] = []
        self._open: list[str] = []
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if tag == "a":
            address = dict(attrs).get("href") or ""
            self._link = address if address.lower().startswith(_LINKS) else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)
        if tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        bold, italic = "b" in self._open, "i" in self._open
        self.found.append(Piece(data, bold, italic, self._link))
