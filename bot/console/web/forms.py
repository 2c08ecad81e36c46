"""Forms: read with limits, and only if they were given out in this session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itsdangerous import BadSignature, Signer
from starlette.datastructures import UploadFile

from bot.console.web.errors import StaleFormError

if TYPE_CHECKING:
    from starlette.requests import Request

FIELD = "csrf"
HEADER = "x-csrf"
MAX_FIELDS = 400
MAX_FIELD_BYTES = 1024 * 1024
"""A file of 256 KB, the longest that is kept (``versions.paths``), as browsers send it: three
letters for each of the two bytes of a Cyrillic one, six for the end of a line."""


def fields(*names: str) -> dict[str, Any]:
    """What a route says of its form in the description of the routes, for those who fuzz it.

    Args:
        names: of the fields it reads; all are texts, and any may be left out.
    """
    schema = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "additionalProperties": False,
    }
    content = {"application/x-www-form-urlencoded": {"schema": schema}}
    return {"requestBody": {"content": content, "required": True}}


class Tokens:
    """Makes and checks the tokens of forms: the session's secret, signed.

    Args:
        secret: signs.
    """

    def __init__(self, secret: bytes) -> None:
        self._signer = Signer(secret, salt="console-form")

    def of(self, session: str) -> str:
        """The token of a session."""
        return self._signer.get_signature(session).decode()

    def is_of(self, token: str, session: str) -> bool:
        """Whether a token was given out in a session."""
        try:
            self._signer.unsign(f"{session}{self._signer.sep.decode()}{token}")
        except BadSignature:
            return False
        return True


class Form:
    """What was sent: text fields only; the last one of a name counts.

    Args:
        fields: in the order they were sent.
    """

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self.fields = [(name, value) for name, value in fields if name != FIELD]
        self.token = next((value for name, value in fields if name == FIELD), "")

    def get(self, name: str, default: str = "") -> str:
        """A field without the white space around it; every newline is a line feed."""
        found = [value for field, value in self.fields if field == name]
        return _clean(found[-1]).strip() if found else default

    def text(self, name: str) -> str:
        """A field as it was written; every newline is a line feed."""
        found = [value for field, value in self.fields if field == name]
        return _clean(found[-1]) if found else ""

    def all(self, name: str) -> list[str]:
        """All fields of a name."""
        return [_clean(value).strip() for field, value in self.fields if field == name]


async def read(request: Request, tokens: Tokens, session: str) -> Form:
    """The form of a request.

    Args:
        request: a POST.
        tokens: checks that the form was given out in the session.
        session: the secret of the person's session.

    Raises:
        StaleFormError: it was not; with what was sent.
    """
    form = await fields_of(request)
    token = request.headers.get(HEADER) or form.token
    if not is_same_site(request) or not tokens.is_of(token, session):
        raise StaleFormError(form.fields)
    request.state.sent = form.fields
    return form


def sent_of(request: Request) -> list[tuple[str, str]]:
    """The fields of the form of a request, if it had one that was accepted: it can be sent again.

    Kept beside the request: when something broke, its body has been read and is gone.
    """
    found: list[tuple[str, str]] = getattr(request.state, "sent", [])
    return found


async def fields_of(request: Request) -> Form:
    """What a request sends, whoever sent it."""
    sent = await request.form(max_files=0, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD_BYTES)
    return Form(
        [(name, value) for name, value in sent.multi_items() if not isinstance(value, UploadFile)]
    )


def is_same_site(request: Request) -> bool:
    """Whether the browser says that the request comes from our own page (or says nothing)."""
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _clean(value: str) -> str:
    """Newlines as files have them; NUL, which no text has, taken out."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
