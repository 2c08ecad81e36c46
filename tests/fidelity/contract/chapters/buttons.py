"""Keyboards and what pressing them does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.people import (
    ANNA,
    PRESS_ME,
    QUERY_TOO_OLD,
    sent,
    start,
)
from tests.fidelity.contract.matching import ABSENT, ANY

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script


async def under_messages(s: Script) -> None:
    """Inline keyboards: buttons that call back, open, and copy."""
    await start(s)
    keyboard = {
        "inline_keyboard": [
            [{"text": "Yes", "callback_data": "yes"}, {"text": "No", "callback_data": "no"}],
            [{"text": "Site", "url": "https://example.org/"}],
            [{"text": "+7 700", "copy_text": {"text": "+7700"}}],
        ]
    }
    message = await s.call(
        "three kinds of buttons",
        "sendMessage",
        gives={"reply_markup": keyboard},
        chat_id=ANNA,
        text="Choose",
        reply_markup=keyboard,
    )
    number = message["message_id"]
    await s.does("press", user=ANNA, message_id=number, data="yes")
    query = await s.hears(
        "Anna presses",
        callback_query={
            "id": ANY,
            "from": {"id": ANNA, "is_bot": False, "language_code": "ru"},
            "message": {"message_id": number, "text": "Choose", "reply_markup": keyboard},
            "chat_instance": ANY,
            "data": "yes",
        },
    )
    await s.call(
        "the press is answered",
        "answerCallbackQuery",
        gives=True,
        callback_query_id=query["id"],
        text="Thank you",
        show_alert=True,
    )
    view = await s.looks(f"chats/{ANNA}?after=0")
    s.check("Anna sees the answer", view["notices"][-1], {"text": "Thank you", "show_alert": True})
    await s.call(
        "a press that never was",
        "answerCallbackQuery",
        refused=QUERY_TOO_OLD,
        callback_query_id="1",
    )
    await s.does("press", user=ANNA, message_id=number, data="no")
    late = await s.hears("another press", callback_query={"data": "no"})
    await s.does("time", advance=3600)
    await s.call(
        "an answer an hour late",
        "answerCallbackQuery",
        refused=QUERY_TOO_OLD,
        callback_query_id=late["id"],
    )
    await s.does("press", user=ANNA, message_id=number, data="forged", forged=True)
    forged = await s.hears(
        "a changed app presses what is not there", callback_query={"data": "forged"}
    )
    await s.call(
        "an answer of more than 200 characters",
        "answerCallbackQuery",
        refused="Bad Request: MESSAGE_TOO_LONG",
        callback_query_id=forged["id"],
        text="a" * 201,
    )


async def refused(s: Script) -> None:
    """Buttons that Telegram does not take."""
    await start(s)
    for what, button, words in (
        ("65 bytes of data", {"callback_data": "a" * 65}, "BUTTON_DATA_INVALID"),
        (
            "an address that is none",
            {"url": "not an address"},
            "inline keyboard button URL 'not an address' is invalid: "
            "Disallowed character in URL host",
        ),
        (
            "no kind",
            {},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ):
        await s.call(
            what,
            "sendMessage",
            refused=f"Bad Request: {words}",
            chat_id=ANNA,
            text="x",
            reply_markup={"inline_keyboard": [[{"text": "a", **button}]]},
        )
    await s.call(
        "10 KB of buttons",
        "sendMessage",
        refused="Bad Request: reply markup is too long",
        chat_id=ANNA,
        text="x",
        reply_markup={
            "inline_keyboard": [
                [{"text": "a" * 60, "callback_data": f"{n:060}"}] for n in range(90)
            ]
        },
    )


async def in_place_of_keys(s: Script) -> None:
    """Reply keyboards: they are not part of the message, and send texts, places and contacts."""
    await start(s)
    keyboard = {
        "keyboard": [
            [{"text": "Menu"}],
            [{"text": "Here I am", "request_location": True}],
            [{"text": "My number", "request_contact": True}],
        ],
        "resize_keyboard": True,
        "one_time_keyboard": True,
        "input_field_placeholder": "Write or choose",
    }
    await s.call(
        "a keyboard",
        "sendMessage",
        gives={"reply_markup": ABSENT},
        chat_id=ANNA,
        text="Where are you?",
        reply_markup=keyboard,
    )
    view = await s.looks(f"chats/{ANNA}?after=0")
    s.check("Anna has it", view["keyboard"], {"one_time_keyboard": True})
    await s.does("send", user=ANNA, location={"latitude": 43.25, "longitude": 76.95})
    await s.hears(
        "Anna shares where she is",
        message={"location": {"latitude": 43.25, "longitude": 76.95}, "text": ABSENT},
    )
    await s.does("send", user=ANNA, contact={"phone_number": "+77000000000", "own": True})
    await s.hears(
        "Anna shares her number",
        message={
            "contact": {"phone_number": "+77000000000", "first_name": "Anna", "user_id": ANNA}
        },
    )
    await s.call(
        "the keyboard is taken away",
        "sendMessage",
        gives={"reply_markup": ABSENT},
        chat_id=ANNA,
        text="Thanks",
        reply_markup={"remove_keyboard": True},
    )
    view = await s.looks(f"chats/{ANNA}?after=0")
    s.check("Anna has none any more", view["keyboard"], None)
    await s.call(
        "an answer is asked for",
        "sendMessage",
        gives={"reply_markup": ABSENT},
        chat_id=ANNA,
        text="Your city?",
        reply_markup={"force_reply": True, "input_field_placeholder": "City"},
    )
    number = await sent(s, "With buttons", reply_markup=PRESS_ME)
    await s.call(
        "a keyboard of keys cannot be edited in",
        "editMessageReplyMarkup",
        gives={"reply_markup": ABSENT},
        chat_id=ANNA,
        message_id=number,
    )


CHAPTERS = (under_messages, refused, in_place_of_keys)
