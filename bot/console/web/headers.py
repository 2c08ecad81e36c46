"""The headers of every response: what a page may load, and that nobody keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOT_KEPT = {"cache-control": "no-store"}
"""Of every page: what it shows is for whoever is signed in now."""

_NOT_KEPT = [(name.encode(), value.encode()) for name, value in NOT_KEPT.items()]


def headers(tiles_url: str = "", *, https: bool = False) -> dict[str, str]:
    """The headers by name.

    Args:
        tiles_url: where the map's pictures come from; empty for nowhere.
        https: whether people come over https.
    """
    tiles = _host_of(tiles_url)
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data:{f' {tiles}' if tiles else ''}",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )
    found = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        # Also keeps the secret of a sign-in link out of other sites' logs.
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
        "x-robots-tag": "noindex",
    }
    if https:
        found["strict-transport-security"] = "max-age=31536000"
    return found


class Headers:
    """Middleware that adds them; pages are not kept by any cache, the files beside them are."""

    def __init__(self, app: ASGIApp, added: dict[str, str]) -> None:
        self._app = app
        self._added = [(name.encode(), value.encode()) for name, value in added.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._added]
                if not scope["path"].startswith("/static/"):
                    message["headers"].extend(_NOT_KEPT)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _host_of(url: str) -> str:
    """``https://{s}.tiles.example/{z}…`` → ``https://*.tiles.example``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}" if parts.netloc else ""
