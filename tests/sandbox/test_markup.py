"""Keyboards as Telegram accepts them."""

from __future__ import annotations

import pytest

from bot.sandbox.errors import BadRequestError, NotEmulatedError
from bot.sandbox.markup import read_markup


def _inline(**button: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "a", **button}]]}


@pytest.mark.parametrize("data", ["x", "қ" * 32])
def test_callback_data_may_have_64_bytes(data: str) -> None:
    markup = read_markup(_inline(callback_data=data))
    assert markup is not None
    assert markup.kind == "inline"


@pytest.mark.parametrize("data", ["", "x" * 65, "қ" * 33])
def test_callback_data_outside_1_to_64_bytes_is_refused(data: str) -> None:
    with pytest.raises(BadRequestError, match="BUTTON_DATA_INVALID"):
        read_markup(_inline(callback_data=data))


def test_url_button_is_checked() -> None:
    with pytest.raises(
        BadRequestError,
        match="inline keyboard button URL 'tel:112' is invalid: Unsupported URL protocol",
    ):
        read_markup(_inline(url="tel:112"))


def test_button_without_action_is_refused() -> None:
    with pytest.raises(BadRequestError, match="Text buttons are unallowed"):
        read_markup(_inline())


def test_button_without_text_is_refused() -> None:
    with pytest.raises(BadRequestError, match="keyboard button text must be non-empty"):
        read_markup({"keyboard": [[" "]]})


@pytest.mark.parametrize(
    "markup",
    [
        _inline(web_app={"url": "https://example.org"}),
        {"keyboard": [[{"text": "a", "request_poll": {}}]]},
    ],
)
def test_foreign_buttons_are_honestly_missing(markup: dict[str, object]) -> None:
    with pytest.raises(NotEmulatedError):
        read_markup(markup)


def test_reply_keyboard_takes_plain_strings() -> None:
    markup = read_markup({"keyboard": [["a", {"text": "b", "request_location": True}]]})
    assert markup is not None
    assert markup.body["keyboard"] == [[{"text": "a"}, {"text": "b", "request_location": True}]]


@pytest.mark.parametrize("value", [None, {}, {"inline_keyboard": []}])
def test_no_keyboard(value: object) -> None:
    assert read_markup(value) is None


@pytest.mark.parametrize("value", [5, "x", {"inline_keyboard": 5}, {"keyboard": [5]}])
def test_what_is_no_keyboard_is_refused(value: object) -> None:
    with pytest.raises(BadRequestError):
        read_markup(value)
