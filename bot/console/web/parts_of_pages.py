"""Parts of pages, which a script (HTMX) asks for and puts into the page that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

MESSAGES = "messages"
"""The id of the place for messages on every page; the script leaves the rest of the page alone."""


def is_fragment(request: Request) -> bool:
    """Whether a part of a page is asked for."""
    return bool(request.headers.get("hx-request"))


def into_messages(response: Response) -> Response:
    """Sends a response to the place for messages, wherever the part asked for was to go.

    What stood there stays, with all that somebody wrote into it, and so does the address.

    Args:
        response: with the element ``#message``.
    """
    response.headers.update(
        {
            "hx-retarget": f"#{MESSAGES}",
            "hx-reswap": "innerMorph",  # what is said already is not said aloud again
            "hx-reselect": "#message",
            "hx-push-url": "false",
            "hx-replace-url": "false",
        }
    )
    return response
