"""getUpdates and the webhook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.sandbox.bot_api.methods.registry import Described, method
from bot.sandbox.bot_api.updates import Webhook
from bot.sandbox.errors import BadRequestError, NotEmulatedError

if TYPE_CHECKING:
    from bot.sandbox.params import Params
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#getupdates and #setwebhook
MAX_UPDATES = 100
MAX_POLL_SECONDS = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


# https://core.telegram.org/bots/api#update
_UPDATES = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
        "business_message", "edited_business_message", "deleted_business_messages",
        "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result",
        "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
        "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
        "removed_chat_boost", "guest_message", "managed_bot", "stopped_message_generation",
        "subscription",
    }
)  # fmt: skip


def _allowed(params: Params) -> list[str] | None:
    """Read which updates the bot asks for.

    Returns:
        The kinds, of which unknown ones are left out; an empty list asks for the usual ones. None
        changes nothing: nothing was given, or what is no list.
    """
    try:
        kinds = params.json("allowed_updates", "allowed_updates")
    except BadRequestError:
        return None
    if not isinstance(kinds, list):
        return None
    named = (kind.lower() for kind in kinds if isinstance(kind, str))
    return [kind for kind in named if kind in _UPDATES]


@method("getUpdates")
async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """Return what waits, or wait for something."""
    world.updates.allow(_allowed(params))
    limit = params.bounded("limit", 1, MAX_UPDATES, MAX_UPDATES)
    seconds = params.bounded("timeout", 0, MAX_POLL_SECONDS)
    was_there = world.updates.has_receiver()
    world.updates.note_poll(seconds)
    if not was_there:
        world.touch()
    return await world.updates.poll(params.integer("offset"), limit, seconds)


@method("setWebhook")
def set_webhook(world: World, params: Params) -> Described:
    """Have updates posted to an address; an empty one takes the webhook back."""
    url = params.text("url").strip()
    params.refuse("ip_address")
    if params.files or params.has("certificate"):
        raise NotEmulatedError("a webhook's certificate")
    secret = params.text("secret_token")
    if not _SECRET.fullmatch(secret):
        too_long = len(secret) > 256
        raise BadRequestError(
            f"secret token {'is too long' if too_long else 'contains unallowed characters'}"
        )
    if url:
        _check_address(url)
    world.updates.allow(_allowed(params))
    if params.flag("drop_pending_updates"):
        world.updates.drop()
    before = world.updates.webhook
    if not url:
        return _take_back(world)
    connections = params.bounded("max_connections", 1, 100, 40)
    world.updates.set_webhook(Webhook(url, secret, connections))
    world.touch()
    same = before is not None and before.url == url and before.secret_token == secret
    return Described(result=True, description=f"Webhook {'is already' if same else 'was'} set")


def _take_back(world: World) -> Described:
    had = world.updates.webhook is not None
    world.updates.set_webhook(None)
    world.touch()
    return Described(result=True, description=f"Webhook {'was' if had else 'is already'} deleted")


def _check_address(url: str) -> None:
    """Check an address for the webhook.

    Telegram asks for HTTPS; here a plain address is enough, for there is only loopback.

    Raises:
        BadRequestError: It is no web address, or has no scheme.
    """
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"", "http", "https"} and bool(parts.hostname or not parts.scheme)
        _ = parts.port
    except ValueError:
        fine = False
    if not fine:
        raise BadRequestError("invalid webhook URL specified")
    if not parts.scheme:
        raise BadRequestError("bad webhook: An HTTPS URL must be provided for webhook")


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> Described:
    """Take the webhook back."""
    if params.flag("drop_pending_updates"):
        world.updates.drop()
    return _take_back(world)


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> dict[str, Any]:  # noqa: ARG001
    """Tell about the webhook and what waits."""
    webhook = world.updates.webhook
    told: dict[str, Any] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.count,
    }
    if webhook:
        told["max_connections"] = webhook.max_connections
        told["ip_address"] = "127.0.0.1"
        if webhook.last_error_date:
            told["last_error_date"] = webhook.last_error_date
            told["last_error_message"] = webhook.last_error_message
    if world.updates.allowed:
        told["allowed_updates"] = sorted(world.updates.allowed)
    return told
