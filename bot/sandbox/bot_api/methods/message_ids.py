"""Reads ``message_ids``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.params import Params


def read_ids(params: Params, limit: int) -> list[int]:
    """Read a list of message ids.

    Args:
        params: The call.
        limit: How many there may be.

    Returns:
        The ids, one at least.

    Raises:
        BadRequestError: There are none or too many, or one is no positive number.
    """
    given = params.json("message_ids", "message_ids")
    if given is None:
        raise BadRequestError("message identifiers are not specified")
    if not isinstance(given, list):
        raise BadRequestError("expected an Array of message identifiers")
    if len(given) > limit:
        raise BadRequestError("too many message identifiers specified")
    if not given:
        raise BadRequestError("message identifiers are not specified")
    return [_id(item) for item in given]


def _id(item: object) -> int:
    if isinstance(item, bool) or not isinstance(item, int | float | str):
        raise BadRequestError("message identifier must be a Number")
    try:
        number = int(str(item))
    except ValueError:
        raise BadRequestError("can't parse message identifier as Number") from None
    if number <= 0:
        raise BadRequestError("invalid message identifier specified")
    return number
