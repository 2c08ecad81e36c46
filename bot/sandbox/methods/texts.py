"""sendMessage and the other messages without a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.formatted_text import message_text
from bot.sandbox.methods.registry import method
from bot.sandbox.methods.sending import (
    open_chat,
    post,
    read_formatted,
    read_reply_markup,
    text_fields,
)

if TYPE_CHECKING:
    from bot.sandbox.request import Params
    from bot.sandbox.world import World


@method("sendMessage")
def send_message(world: World, params: Params) -> dict[str, Any]:
    """Send a text."""
    formatted = message_text(read_formatted(world, params, "text"))
    markup = read_reply_markup(params)
    chat = open_chat(world, params)
    return post(world, chat, params, text_fields(formatted, params), markup)


def read_location(params: Params) -> dict[str, Any]:
    """Read a place.

    Raises:
        BadRequestError: A coordinate is missing or not on the globe.
    """
    place: dict[str, Any] = {}
    for name, limit in (("latitude", 90), ("longitude", 180)):
        value = params.number(name)
        if value is None:
            raise BadRequestError(f"{name} is empty" if not params.has(name) else "wrong location")
        if not -limit <= value <= limit:
            raise BadRequestError("wrong location")
        place[name] = value
    accuracy = params.number("horizontal_accuracy")
    return place if accuracy is None else place | {"horizontal_accuracy": accuracy}


@method("sendLocation")
def send_location(world: World, params: Params) -> dict[str, Any]:
    """Send a place."""
    params.refuse("live_period", "heading", "proximity_alert_radius")
    location = read_location(params)
    markup = read_reply_markup(params)
    return post(world, open_chat(world, params), params, {"location": location}, markup)


@method("sendVenue")
def send_venue(world: World, params: Params) -> dict[str, Any]:
    """Send a place with a name and an address."""
    location = read_location(params)
    venue: dict[str, Any] = {"location": location}
    for name in ("title", "address"):
        if not params.has(name):
            raise BadRequestError(f"{name} is empty")
        venue[name] = params.text(name)
    for name in ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type"):
        if params.has(name):
            venue[name] = params.text(name)
    markup = read_reply_markup(params)
    content = {"location": location, "venue": venue}
    return post(world, open_chat(world, params), params, content, markup)


@method("sendContact")
def send_contact(world: World, params: Params) -> dict[str, Any]:
    """Send a phone number with a name."""
    contact: dict[str, Any] = {}
    for name in ("phone_number", "first_name"):
        if not params.has(name):
            raise BadRequestError(f"{name} is empty")
        contact[name] = params.text(name)
    for name in ("last_name", "vcard"):
        if params.has(name):
            contact[name] = params.text(name)
    markup = read_reply_markup(params)
    return post(world, open_chat(world, params), params, {"contact": contact}, markup)
