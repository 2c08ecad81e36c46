"""sendLocation, sendVenue, and the places that move."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.bot_api.methods.editing import change, find_editable
from bot.sandbox.bot_api.methods.registry import method
from bot.sandbox.bot_api.methods.sending import open_chat, post, read_reply_markup
from bot.sandbox.chats.moving_places import LIVE_FIELDS, standing
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.chats.messages import StoredMessage
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#sendlocation: live_period in seconds, heading in degrees,
# proximity_alert_radius in metres
MIN_LIVE_SECONDS, MAX_LIVE_SECONDS = 60, 86_400
FOREVER = 0x7FFFFFFF
MAX_HEADING = 360
MAX_RADIUS = 100_000
MAX_ACCURACY = 1500.0

_LEADING = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def _number(params: Params, name: str) -> float:
    """Read a number leniently: the one that a text begins with, or else 0."""
    found = _LEADING.match(params.text(name))
    return float(found[0]) if found else 0.0


def read_location(params: Params) -> dict[str, Any]:
    """Read a place.

    Raises:
        BadRequestError: A coordinate is missing or not on the globe.
    """
    for name in ("latitude", "longitude"):
        if not params.text(name).strip():
            raise BadRequestError(f"{name} is empty")
    latitude, longitude = _number(params, "latitude"), _number(params, "longitude")
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise BadRequestError("invalid location specified")
    place = {"latitude": latitude, "longitude": longitude}
    accuracy = min(_number(params, "horizontal_accuracy"), MAX_ACCURACY)
    return place | ({"horizontal_accuracy": accuracy} if accuracy > 0 else {})


def _read_live(params: Params, period: int) -> dict[str, Any]:
    """Read what a place that moves has besides.

    Raises:
        BadRequestError: It lasts too short or too long, or points nowhere.
    """
    heading, radius = params.integer("heading"), params.integer("proximity_alert_radius")
    if period != FOREVER and not MIN_LIVE_SECONDS <= period <= MAX_LIVE_SECONDS:
        raise BadRequestError("wrong live location period specified")
    if not 0 <= heading <= MAX_HEADING:
        raise BadRequestError("wrong live location heading specified")
    if not 0 <= radius <= MAX_RADIUS:
        raise BadRequestError("wrong live location proximity alert radius specified")
    told = zip(LIVE_FIELDS, (period, heading, radius), strict=True)
    return {name: value for name, value in told if value}


@method("sendLocation")
def send_location(world: World, params: Params) -> dict[str, Any]:
    """Send a place; with ``live_period``, one that the bot moves for a while."""
    location = read_location(params)
    period = params.integer("live_period")
    if period:
        location |= _read_live(params, period)
    markup = read_reply_markup(params)
    chat = open_chat(world, params)
    body = post(world, chat, params, {"location": location}, markup)
    if period:
        chat.messages[body["message_id"]].live_until = _end(body["date"], period)
    return body


def _end(date: int, period: int) -> float:
    """Return when a place stops to move, in the sandbox's time."""
    return math.inf if period == FOREVER else date + period


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


def _check_moving(world: World, message: StoredMessage) -> None:
    """Check that a message has a place that still moves.

    Raises:
        BadRequestError: It never moved, or stopped.
    """
    if not message.live_until:
        raise BadRequestError("there is no live location in the message to edit")
    if world.clock.now() >= message.live_until:
        raise BadRequestError("message can't be edited")


@method("editMessageLiveLocation")
def edit_message_live_location(world: World, params: Params) -> dict[str, Any]:
    """Move a place, and perhaps let it move for longer."""
    location = read_location(params)
    markup = read_reply_markup(params)
    chat, message = find_editable(world, params)
    _check_moving(world, message)
    period = params.integer("live_period") or int(message.body["location"]["live_period"])
    content = {"location": location | _read_live(params, period)}
    body = change(world, chat, message, (), content, markup)
    message.live_until = _end(body["date"], period)
    return body


@method("stopMessageLiveLocation")
def stop_message_live_location(world: World, params: Params) -> dict[str, Any]:
    """Let a place stop where it is."""
    markup = read_reply_markup(params)
    chat, message = find_editable(world, params)
    _check_moving(world, message)
    place = {"location": standing(message.body["location"])}
    body = change(world, chat, message, (), place, markup)
    message.live_until = world.clock.now()
    return body
