"""Texts: what is in them, what Telegram finds in them, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.people import (
    ANNA,
    ANNA_CHAT,
    BORIS,
    NO_CHAT,
    STRANGER,
    sent,
    start,
)
from tests.fidelity.contract.matching import ABSENT, ANY

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script

UNPARSED = "Bad Request: can't parse entities: "


async def sending(s: Script) -> None:
    """A text and its options, and whom it can be sent to."""
    await start(s)
    await s.call(
        "a text",
        "sendMessage",
        gives={
            "message_id": ANY,
            "date": ANY,
            "chat": ANNA_CHAT,
            "from": {"id": 42, "is_bot": True},
            "text": "Hello",
            "entities": ABSENT,
            "reply_markup": ABSENT,
            "edit_date": ABSENT,
        },
        chat_id=ANNA,
        text="Hello",
    )
    await s.call(
        "spaces around a text go",
        "sendMessage",
        gives={"text": "Hello"},
        chat_id=ANNA,
        text="  Hello\n\n",
    )
    await s.call(
        "a protected text",
        "sendMessage",
        gives={"has_protected_content": True},
        chat_id=ANNA,
        text="Secret",
        protect_content=True,
    )
    await s.call(
        "a silent one with a link and no preview",
        "sendMessage",
        gives={
            "link_preview_options": {"is_disabled": True},
            "entities": [{"type": "url", "offset": 4, "length": 19}],
        },
        chat_id=ANNA,
        text="See https://example.org",
        disable_notification=True,
        link_preview_options={"is_disabled": True},
    )
    await s.call("4,096 characters", "sendMessage", gives={}, chat_id=ANNA, text="a" * 4096)
    await s.call(
        "one more",
        "sendMessage",
        refused="Bad Request: message is too long",
        chat_id=ANNA,
        text="a" * 4097,
    )
    await s.call(
        "no text",
        "sendMessage",
        refused="Bad Request: message text is empty",
        chat_id=ANNA,
        text="",
    )
    await s.call(
        "only spaces",
        "sendMessage",
        refused="Bad Request: text must be non-empty",
        chat_id=ANNA,
        text="  \n ",
    )
    await s.call("a stranger", "sendMessage", refused=NO_CHAT, chat_id=STRANGER, text="Hello")
    await s.call("no number", "sendMessage", refused=NO_CHAT, chat_id="nobody", text="Hello")
    await s.does("people", id=BORIS, name="Boris")
    await s.call(
        "somebody who never wrote",
        "sendMessage",
        refused="Forbidden: bot can't initiate conversation with a user",
        chat_id=BORIS,
        text="Hello",
    )


async def formatting(s: Script) -> None:
    """Entities: from HTML, from Markdown, given as such, and found by Telegram."""
    await start(s)
    await s.call(
        "HTML, with offsets in UTF-16",
        "sendMessage",
        gives={
            "text": "😀 bold italic code link",
            "entities": [
                {"type": "bold", "offset": 3, "length": 4},
                {"type": "italic", "offset": 8, "length": 6},
                {"type": "code", "offset": 15, "length": 4},
                {"type": "text_link", "offset": 20, "length": 4, "url": "https://example.org/"},
            ],
        },
        chat_id=ANNA,
        text='😀 <b>bold</b> <i>italic</i> <code>code</code> <a href="https://example.org">link</a>',
        parse_mode="HTML",
    )
    await s.call(
        "HTML that nests and quotes",
        "sendMessage",
        gives={
            "entities": [
                {"type": "blockquote", "offset": 0, "length": 9},
                {"type": "bold", "offset": 0, "length": 4},
                {"type": "underline", "offset": 5, "length": 4},
                {"type": "pre", "offset": 10, "length": 5, "language": "python"},
                {"type": "spoiler", "offset": 16, "length": 6},
            ]
        },
        chat_id=ANNA,
        text="<blockquote><b>bold</b> <u>line</u></blockquote>\n"
        '<pre><code class="language-python">x = 1</code></pre>\n'
        "<tg-spoiler>secret</tg-spoiler>",
        parse_mode="HTML",
    )
    await s.call(
        "MarkdownV2",
        "sendMessage",
        gives={
            "text": "bold italic. code",
            "entities": [
                {"type": "bold", "offset": 0, "length": 4},
                {"type": "italic", "offset": 5, "length": 6},
                {"type": "code", "offset": 13, "length": 4},
            ],
        },
        chat_id=ANNA,
        text=r"*bold* _italic_\. `code`",
        parse_mode="MarkdownV2",
    )
    await s.call(
        "the old Markdown",
        "sendMessage",
        gives={
            "text": "bold link",
            "entities": [
                {"type": "bold", "offset": 0, "length": 4},
                {"type": "text_link", "offset": 5, "length": 4, "url": "http://example.org/"},
            ],
        },
        chat_id=ANNA,
        text="*bold* [link](http://example.org)",
        parse_mode="Markdown",
    )
    await s.call(
        "entities as such",
        "sendMessage",
        gives={"entities": [{"type": "strikethrough", "offset": 0, "length": 3}]},
        chat_id=ANNA,
        text="old new",
        entities=[{"type": "strikethrough", "offset": 0, "length": 3}],
    )
    await s.call(
        "a mention of a person without a user name",
        "sendMessage",
        gives={
            "entities": [{"type": "text_mention", "offset": 0, "length": 4, "user": {"id": ANNA}}]
        },
        chat_id=ANNA,
        text=f'<a href="tg://user?id={ANNA}">Anna</a>',
        parse_mode="HTML",
    )
    await s.call(
        "what Telegram finds by itself",
        "sendMessage",
        gives={
            "entities": [
                {"type": "bot_command", "offset": 0, "length": 5},
                {"type": "mention", "offset": 6, "length": 8},
                {"type": "hashtag", "offset": 15, "length": 5},
                {"type": "email", "offset": 21, "length": 14},
                {"type": "url", "offset": 36, "length": 12},
            ]
        },
        chat_id=ANNA,
        text="/help @example #work me@example.org example.org/",
    )
    await s.does("send", user=ANNA, text="/start now")
    await s.hears(
        "also in what people write",
        message={"entities": [{"type": "bot_command", "offset": 0, "length": 6}]},
    )


async def unparsed(s: Script) -> None:
    """Formatting that cannot be parsed, in the parser's own words, with byte offsets."""
    await start(s)
    for text, words in (
        ("é<foo>x</foo>", 'Unsupported start tag "foo" at byte offset 2'),
        ("<b>é</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("é</b>", "Unexpected end tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ):
        await s.call(
            f"HTML {text}",
            "sendMessage",
            refused=UNPARSED + words,
            chat_id=ANNA,
            text=text,
            parse_mode="HTML",
        )
    for text, words in (
        ("é_x", "Can't find end of Italic entity at byte offset 2"),
        ("*x", "Can't find end of Bold entity at byte offset 0"),
        ("x.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("[x](y", "Can't find end of a URL at byte offset 4"),
    ):
        await s.call(
            f"MarkdownV2 {text}",
            "sendMessage",
            refused=UNPARSED + words,
            chat_id=ANNA,
            text=text,
            parse_mode="MarkdownV2",
        )
    await s.call(
        "the old Markdown",
        "sendMessage",
        refused=UNPARSED + "Can't find end of the entity starting at byte offset 2",
        chat_id=ANNA,
        text="é*x",
        parse_mode="Markdown",
    )
    await s.call(
        "a parse mode that is none",
        "sendMessage",
        refused="Bad Request: unsupported parse_mode",
        chat_id=ANNA,
        text="x",
        parse_mode="BBCode",
    )


async def replies(s: Script) -> None:
    """Answers to a message, with and without a quote."""
    await start(s)
    await s.does("send", user=ANNA, text="How much is the permit?")
    asked = await s.hears("Anna asks", message={"text": "How much is the permit?"})
    number = asked["message_id"]
    await s.call(
        "an answer",
        "sendMessage",
        gives={
            "reply_to_message": {"message_id": number, "text": "How much is the permit?"},
            "quote": ABSENT,
        },
        chat_id=ANNA,
        text="That depends.",
        reply_parameters={"message_id": number},
    )
    await s.call(
        "an answer with a quote",
        "sendMessage",
        gives={
            "reply_to_message": {"message_id": number},
            "quote": {"text": "the permit", "position": 12, "is_manual": True},
        },
        chat_id=ANNA,
        text="This one?",
        reply_parameters={"message_id": number, "quote": "the permit"},
    )
    await s.call(
        "a quote that is not in it",
        "sendMessage",
        refused="Bad Request: QUOTE_TEXT_INVALID",
        chat_id=ANNA,
        text="This one?",
        reply_parameters={"message_id": number, "quote": "the visa"},
    )
    await s.call(
        "an answer to nothing",
        "sendMessage",
        refused="Bad Request: message to be replied not found",
        chat_id=ANNA,
        text="What?",
        reply_parameters={"message_id": 999_999},
    )
    await s.call(
        "an answer to nothing that may go without",
        "sendMessage",
        gives={"text": "What?", "reply_to_message": ABSENT},
        chat_id=ANNA,
        text="What?",
        reply_parameters={"message_id": 999_999, "allow_sending_without_reply": True},
    )
    own = await sent(s, "Ask me")
    await s.does("send", user=ANNA, text="I do", reply_to=own)
    await s.hears(
        "Anna answers the bot",
        message={
            "text": "I do",
            "reply_to_message": {"message_id": own, "text": "Ask me", "from": {"id": 42}},
        },
    )
    await start(s, BORIS, "Boris")
    await s.call(
        "an answer in another chat quotes from outside",
        "sendMessage",
        gives={
            "chat": {"id": BORIS},
            "reply_to_message": ABSENT,
            "external_reply": {"origin": {"type": "user", "sender_user": {"id": ANNA}}},
        },
        chat_id=BORIS,
        text="Anna asked",
        reply_parameters={"message_id": number, "chat_id": ANNA},
    )


CHAPTERS = (sending, formatting, unparsed, replies)
