"""sendMessage and the other messages without a file or a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.bot_api.methods.sending import (
    open_chat,
    post,
    read_formatted,
    read_reply_markup,
    text_fields,
)
from bot.sandbox.media.dice import read_dice
from bot.sandbox.text.formatted_text import message_text

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World


@method("sendMessage")
def send_message(world: World, params: Params) -> dict[str, Any]:
    """Send a text."""
    formatted = message_text(read_formatted(world, params, "text"))
    markup = read_reply_markup(params)
    chat = open_chat(world, params)
    return post(world, chat, params, text_fields(formatted, params), markup)


@method("sendContact")
def send_contact(world: World, params: Params) -> dict[str, Any]:
    """Send a phone number with a name."""
    contact = {name: params.required(name) for name in ("phone_number", "first_name")}
    contact |= {name: params.text(name) for name in ("last_name", "vcard") if params.has(name)}
    markup = read_reply_markup(params)
    return post(world, open_chat(world, params), params, {"contact": contact}, markup)


@method("sendDice")
def send_dice(world: World, params: Params) -> dict[str, Any]:
    """Throw a die, or something like it."""
    content = {"dice": read_dice(params.text("emoji"))}
    markup = read_reply_markup(params)
    return post(world, open_chat(world, params), params, content, markup)
