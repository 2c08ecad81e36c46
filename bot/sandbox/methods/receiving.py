"""getUpdates and the webhook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.methods.registry import method
from bot.sandbox.updates import Webhook

if TYPE_CHECKING:
    from bot.sandbox.request import Params
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#getupdates and #setwebhook
MAX_UPDATES = 100
MAX_POLL_SECONDS = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


def _allowed(params: Params) -> list[str] | None:
    if not params.given("allowed_updates"):
        return None
    kinds = params.json("allowed_updates", "allowed_updates")
    if kinds is None:
        return []
    if not isinstance(kinds, list):
        raise BadRequestError("can't parse allowed_updates JSON object")
    return [str(kind) for kind in kinds]


@method("getUpdates")
async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """Return what waits, or wait for something."""
    world.updates.allow(_allowed(params))
    limit = min(max(params.integer("limit", MAX_UPDATES), 1), MAX_UPDATES)
    seconds = min(max(params.integer("timeout"), 0), MAX_POLL_SECONDS)
    was_there = world.updates.has_receiver()
    world.updates.note_poll(seconds)
    if not was_there:
        world.touch()
    return await world.updates.poll(params.integer("offset"), limit, seconds)


@method("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    """Have updates posted to an address; an empty one takes the webhook back."""
    url = params.text("url").strip()
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
    connections = min(max(params.integer("max_connections", 40), 1), 100)
    world.updates.set_webhook(Webhook(url, secret, connections) if url else None)
    world.touch()
    return True


def _check_address(url: str) -> None:
    """Telegram asks for HTTPS; here a plain address is enough, for there is only loopback."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        fine = False
    if not fine:
        raise BadRequestError("bad webhook: An HTTPS URL must be provided for webhook")


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    """Take the webhook back."""
    if params.flag("drop_pending_updates"):
        world.updates.drop()
    world.updates.set_webhook(None)
    world.touch()
    return True


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
