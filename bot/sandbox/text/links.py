"""Which links Telegram accepts, how it writes them, and what its ``tg://`` links mean.

Written after the rules that TDLib applies to the address of a link, of a button and of markup.
"""

from __future__ import annotations

import ipaddress
import re

import msgspec

from bot.sandbox.text.date_times import DateFormatError, marked_format

# TDLib's UserId::MAX_USER_ID, and the range of its 64-bit and 32-bit numbers
MAX_USER_ID = 2**40 - 1
_MAX_LONG = 2**63 - 1
_MAX_INT = 2**31 - 1

_INTERNAL = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_WEB = re.compile(r"([^:/?#@\[\]]*)://")
_PORT = re.compile(r"(?P<rest>.+?):(?P<port>[^:@\]]*)", re.DOTALL)
# The symbols that RFC 3986 allows, and plain UTF-8.
_HOST = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=\x80-\U0010ffff]|%[0-9A-Fa-f]{2})*")
_USERINFO = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=:\x80-\U0010ffff]|%[0-9A-Fa-f]{2})*")
_WHOLE = re.compile(r"-?(?:0|[1-9]\d*)", re.ASCII)


class LinkError(ValueError):
    """The link is not accepted; the text says why, in Telegram's words."""


class Moment(msgspec.Struct, frozen=True):
    """What a ``tg://time`` link says: seconds since the epoch, and how to show them."""

    unix_time: int
    date_time_format: str


class _Address(msgspec.Struct, frozen=True):
    """The parts of a web address."""

    scheme: str
    userinfo: str
    host: str
    port: int
    rest: str
    is_ip: bool


def checked_link(url: str) -> str:
    """Check and normalise a link.

    Args:
        url: What the bot wrote.

    Returns:
        The link with its scheme, a lower-case host and a path of at least ``/``.

    Raises:
        LinkError: The link has a foreign scheme, no host, or a host without a dot.
    """
    internal = _INTERNAL.match(url)
    if internal:
        return _internal_link(internal.group(1).lower(), url[internal.end() :])
    address = _address(url)
    if "." not in address.host and not address.is_ip:
        raise LinkError("Wrong HTTP URL")
    place = f"{address.userinfo}@{address.host}" if address.userinfo else address.host
    if address.port:
        place = f"{place}:{address.port}"
    return f"{address.scheme}://{place}{address.rest}"


def mentioned_user(url: str) -> int | None:
    """Return the user id of a ``tg://user?id=…`` link; None for any other link."""
    number = _whole(_parameters(url.lower(), "user").get("id", ""))
    return number if number is not None and 0 < number <= MAX_USER_ID else None


def linked_emoji(url: str) -> str | None:
    """Return the custom emoji of a ``tg://emoji?id=…`` link; None for any other link."""
    return emoji_id(_parameters(url, "emoji").get("id", ""))


def emoji_id(text: str) -> str | None:
    """Return the id of a custom emoji as Telegram writes it; None if it cannot be one."""
    number = _whole(text)
    if not number or not -_MAX_LONG - 1 <= number <= _MAX_LONG:
        return None
    return str(number)


def linked_moment(url: str) -> Moment | None:
    """Return the time of a ``tg://time?unix=…`` link; None for any other link."""
    parameters = _parameters(url, "time", last=True)
    number = _whole(parameters.get("unix", ""))
    if number is None or not 0 < number <= _MAX_INT:
        return None
    try:
        return Moment(number, marked_format(parameters.get("format", "")))
    except DateFormatError:
        return None


def _whole(text: str) -> int | None:
    """Read a number that has no sign or zeros too many."""
    return int(text) if len(text) < 24 and _WHOLE.fullmatch(text) and text != "-0" else None


def _parameters(url: str, host: str, *, last: bool = False) -> dict[str, str]:
    """Return the parameters of a ``tg:`` link to a host; of equal names, the first or last."""
    found = re.match(rf"tg:(?://)?{host}/?\?([^#]*)", url, re.IGNORECASE)
    if not found:
        return {}
    pairs = [part.partition("=")[::2] for part in found.group(1).split("&")]
    return dict(pairs if last else reversed(pairs))


def _internal_link(scheme: str, rest: str) -> str:
    address = _address(rest)
    plain = not address.userinfo and not address.port and ":" not in address.host
    if not plain or address.scheme == "https" or rest.lower().startswith("http://"):
        raise LinkError(f"Wrong {'tg' if scheme == 'tg' else 'ton'} URL")
    extra = "." if scheme == "tonsite" else ""
    if not re.fullmatch(rf"[a-z0-9_\-{extra}]+", address.host):
        raise LinkError("Unallowed characters in URL host")
    query = address.rest[1:] if address.rest.startswith("/?") else address.rest
    return f"{scheme}://{address.host}{query}"


def _address(url: str) -> _Address:
    scheme, after = "http", url
    written = _WEB.match(url)
    if written:
        scheme, after = written.group(1).lower(), url[written.end() :]
        if scheme not in {"http", "https"}:
            raise LinkError("Unsupported URL protocol")
    end = next((at for at, char in enumerate(after) if char in "/?#"), len(after))
    place, rest = after[:end], after[end:]
    port = 0
    ported = _PORT.fullmatch(place)
    if ported:
        place, port = ported["rest"], _port(ported["port"])
    userinfo, _, host = place.rpartition("@")
    is_ip = host.startswith("[") and host.endswith("]")
    if not host:
        raise LinkError("URL host is empty")
    if host == ".":
        raise LinkError("Host is invalid")
    if not is_ip:
        _check(userinfo, _USERINFO, "userinfo")
    return _Address(scheme, userinfo, _host(host, is_ip=is_ip), port, _rest(rest), is_ip)


def _port(text: str) -> int:
    number = _whole(text.lstrip("0"))
    if not number or not 0 < number <= 65535:
        raise LinkError("Wrong port number specified in the URL")
    return number


def _host(host: str, *, is_ip: bool) -> str:
    lowered = "".join(char.lower() if char.isascii() else char for char in host)
    if is_ip:
        try:
            ipaddress.IPv6Address(lowered[1:-1])
        except ValueError:
            raise LinkError("Wrong IPv6 address specified in the URL") from None
        return lowered
    _check(lowered, _HOST, "host")
    return lowered


def _check(part: str, allowed: re.Pattern[str], name: str) -> None:
    good = allowed.match(part)
    end = good.end() if good else 0
    if end == len(part):
        return
    if part[end] == "%":
        raise LinkError(f"Wrong percent-encoded symbol in URL {name}")
    raise LinkError(f"Disallowed character in URL {name}")


def _rest(rest: str) -> str:
    """Write the path and what follows it: white space at the end goes, the rest is escaped."""
    kept = rest.rstrip(" \t\r\n\0\v")
    if not kept.startswith("/"):
        kept = f"/{kept}"
    return "".join(f"%{ord(char):02X}" if char <= " " else char for char in kept)
