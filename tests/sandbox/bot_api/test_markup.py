"""Keyboards as Telegram accepts them."""

from __future__ import annotations

import pytest

from bot.sandbox.bot_api.markup import MAX_BUTTONS, MAX_ROW, check_requests, read_markup
from bot.sandbox.errors import BadRequestError, NotEmulatedError


def _inline(**button: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "a", **button}]]}


@pytest.mark.parametrize("data", ["x", "қ" * 32])
def test_callback_data_may_have_64_bytes(data: str) -> None:
    markup = read_markup(_inline(callback_data=data))
    assert markup is not None
    assert markup.kind == "inline"


@pytest.mark.parametrize("data", ["x" * 65, "қ" * 33])
def test_callback_data_over_64_bytes_is_refused(data: str) -> None:
    with pytest.raises(BadRequestError, match="BUTTON_DATA_INVALID"):
        read_markup(_inline(callback_data=data))


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("egov.kz", "http://egov.kz/"),
        ("tg://user?id=7", "tg://user?id=7"),
        ("tg:resolve?domain=egov", "tg://resolve?domain=egov"),
    ],
)
def test_url_button_is_written_as_telegram_writes_it(url: str, written: str) -> None:
    markup = read_markup(_inline(url=url))
    assert markup is not None
    assert markup.body["inline_keyboard"][0][0]["url"] == written


def test_of_two_actions_the_first_counts() -> None:
    markup = read_markup(_inline(callback_data="b", url="egov.kz"))
    assert markup is not None
    assert markup.body["inline_keyboard"] == [[{"text": "a", "url": "http://egov.kz/"}]]


def test_button_without_text_is_left_out() -> None:
    assert read_markup({"keyboard": [[""]]}) is None
    markup = read_markup({"keyboard": [["", "a"], [""]]})
    assert markup is not None
    assert markup.body["keyboard"] == [[{"text": "a"}]]


def test_more_buttons_than_telegram_shows_are_cut_off() -> None:
    row = [{"text": "a", "callback_data": "b"}] * (MAX_ROW + 1)
    markup = read_markup({"inline_keyboard": [row] * 30})
    assert markup is not None
    sizes = [len(row) for row in markup.body["inline_keyboard"]]
    assert set(sizes) == {MAX_ROW}
    assert sum(sizes) == MAX_BUTTONS


def test_requests_are_for_private_chats_only() -> None:
    check_requests(read_markup({"keyboard": [["a"]]}))
    for kind, words in (("request_contact", "phone number"), ("request_location", "location")):
        markup = read_markup({"keyboard": [[{"text": "a", kind: True}]]})
        with pytest.raises(BadRequestError, match=f"{words} can be requested in private chats"):
            check_requests(markup)


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        (5, "object expected as reply markup"),
        ({"inline_keyboard": 5}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": [5]},
         'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ({"keyboard": [5]}, 'field "keyboard" must be an Array of Arrays'),
        ({"keyboard": [[5]]},
         "can't parse keyboard button: KeyboardButton must be a String or an Object"),
        ({"inline_keyboard": [[5]]},
         "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{}]]},
         'can\'t parse inline keyboard button: Can\'t find field "text"'),
        (_inline(), "can't parse inline keyboard button: "
         "Text buttons are unallowed in the inline keyboard"),
        (_inline(callback_data=""), "can't parse inline keyboard button: "
         "Text buttons are unallowed in the inline keyboard"),
        (_inline(url="tel:+77272500000"), "inline keyboard button URL 'tel:+77272500000' is "
         "invalid: Wrong port number specified in the URL"),
        (_inline(url="nodot"), "inline keyboard button URL 'nodot' is invalid: Wrong HTTP URL"),
        (_inline(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (_inline(copy_text={}), 'can\'t parse inline keyboard button: Can\'t find field "text"'),
        (_inline(callback_data="b", style="loud"),
         "can't parse inline keyboard button: invalid button style specified"),
        ({"inline_keyboard": [[{"text": "a" * 64, "callback_data": "b" * 64}] * 10] * 8},
         "reply markup is too long"),
    ],
)  # fmt: skip
def test_faults_are_named_in_telegrams_words(markup: object, error: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        read_markup(markup)
    assert caught.value.description == f"Bad Request: {error}"


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
