"""Telegram's own text parser, out of TDLib: the code that the Bot API server is built on.

Only ``td_execute`` is used, which computes and reaches nothing.
"""

from __future__ import annotations

import json
from typing import Any

import tdjson

from tests.fidelity.wire import Json

MODES = {
    "HTML": {"@type": "textParseModeHTML"},
    "Markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "MarkdownV2": {"@type": "textParseModeMarkdown", "version": 2},
}
WRITTEN = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "MentionName": "text_mention",
}
"""Entities that formatting makes, by TDLib's names and the Bot API's."""

FOUND = {
    "Url": "url",
    "EmailAddress": "email",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "BotCommand": "bot_command",
    "BankCardNumber": "bank_card_number",
}
"""Entities that TDLib finds in a text; phone numbers are found by Telegram's servers."""


class TdlibError(Exception):
    """TDLib's words for a text that it cannot parse."""


def parse(text: str, mode: str) -> tuple[str, list[Json]]:
    """Parses formatting.

    Args:
        text: The text with its markup.
        mode: A ``parse_mode`` of the Bot API.

    Returns:
        The text, and its entities as the Bot API has them.

    Raises:
        TdlibError: It cannot be parsed.
    """
    request = {"@type": "parseTextEntities", "text": text, "parse_mode": MODES[mode]}
    told = _execute(request)
    if told["@type"] == "error":
        raise TdlibError(str(told["message"]))
    return told["text"], _entities(told, WRITTEN)


def find(text: str) -> list[Json]:
    """What Telegram finds in a plain text: links, commands, mentions, …"""
    return _entities(_execute({"@type": "getTextEntities", "text": text}), FOUND)


def _entities(told: Json, names: dict[str, str]) -> list[Json]:
    found = []
    for entity in told["entities"]:
        kind = names.get(entity["type"]["@type"].removeprefix("textEntityType"))
        if kind:
            more = {
                key: entity["type"][key] for key in ("url", "language") if key in entity["type"]
            }
            found.append(
                {"type": kind, "offset": entity["offset"], "length": entity["length"], **more}
            )
    return found


def _execute(request: Json) -> Any:
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None
    return json.loads(answer)


_execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
