"""Which links Telegram accepts, and how it writes them."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

_INTERNAL = ("tg", "ton", "tonsite")
_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+-]*):")


class LinkError(ValueError):
    """The link is not accepted; the text says why, in Telegram's words."""


def checked_link(url: str) -> str:
    """Check and normalise a link as TDLib does.

    Args:
        url: What the bot wrote.

    Returns:
        The link with its scheme, a lower-case host and a path of at least ``/``.

    Raises:
        LinkError: The link has no host, a foreign scheme or a host without a dot.
    """
    url = url.strip()
    found = _SCHEME.match(url)
    scheme = found.group(1).lower() if found else ""
    if scheme in _INTERNAL:
        return url
    if scheme not in {"", "http", "https"}:
        raise LinkError("Unsupported URL protocol")
    try:
        parts = urlsplit(url if scheme else f"http://{url}")
        host = parts.hostname or ""
        port = parts.port
    except ValueError as error:
        raise LinkError("Wrong HTTP URL") from error
    if not host:
        raise LinkError("URL host is empty")
    if re.search(r"\s", host) or not ("." in host or _is_ip(host)):
        raise LinkError("Wrong HTTP URL")
    return _written(parts, host, port)


def _written(parts: SplitResult, host: str, port: int | None) -> str:
    place = f"[{host}]" if ":" in host else host
    if port is not None:
        place = f"{place}:{port}"
    if "@" in parts.netloc:
        place = f"{parts.netloc.rpartition('@')[0]}@{place}"
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", parts.query, parts.fragment))


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
