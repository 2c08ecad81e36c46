"""Names of topics and groups as Telegram keeps them.

Written after TDLib's ``clean_name`` and ``strip_empty_characters`` (td/telegram/misc.cpp).
"""

from __future__ import annotations

import re

from bot.sandbox.text.text_cleaning import cleaned, is_invisible

MAX_NAME = 128
"""https://core.telegram.org/bots/api#createforumtopic and #setchattitle: 1-128 characters."""

# What looks like a space or like nothing, and Unicode's tags.
_BLANK = re.compile(
    "[\u1680\u180e\u2000-\u200a\u202f\u205f\u2800\u3000\ufffc\U000e0000-\U000e007f]"
)
_SPACES = re.compile("[ \n\u00a0]+")
_ENDS = " \n"


def clean_name(name: str, limit: int = MAX_NAME) -> str:
    """Clean a name; one that is too long is cut, not refused.

    Args:
        name: The name as it was given.
        limit: How many characters are kept.

    Returns:
        The name in one line, with single spaces; empty if nothing of it can be seen.
    """
    text, _ = cleaned(name, [])
    text = _BLANK.sub(" ", text).strip(_ENDS)[:limit].strip(_ENDS)
    return "" if is_invisible(text) else _SPACES.sub(" ", text).strip(_ENDS)
