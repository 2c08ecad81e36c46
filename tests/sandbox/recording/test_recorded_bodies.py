"""Bodies lose no meaning when their messages, chats and files are named otherwise."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.media.files import FileStore, Upload
from bot.sandbox.recording.recorded_bodies import (
    file_name,
    place_of,
    swap_chats,
    swap_files,
    swap_messages,
)

NUMBERS = st.integers(2, 10**6)
FILES = st.fixed_dictionaries({}, optional={"data": st.text(), "caption": st.text()})
BODIES = st.fixed_dictionaries(
    {"user": NUMBERS},
    optional={
        "chat": NUMBERS,
        "text": st.text(),
        "message_id": NUMBERS,
        "message_ids": st.lists(NUMBERS),
        "reply_to": NUMBERS,
        "thread": st.integers(0, 9),
        "edit": NUMBERS | st.fixed_dictionaries({"message_id": NUMBERS}, optional={"video": FILES}),
        "forward": st.fixed_dictionaries(
            {}, optional={"message_id": NUMBERS, "message_ids": st.lists(NUMBERS), "chat": NUMBERS}
        ),
        "photo": FILES,
        "album": st.lists(st.fixed_dictionaries({}, optional={"photo": FILES})),
    },
)
Body = dict[str, Any]


@given(BODIES)
def test_naming_messages_can_be_undone(body: Body) -> None:
    named = swap_messages(body, lambda chat, number: f"{chat}:{number}")
    assert swap_messages(named, lambda _, name: int(name.split(":")[1])) == body


@given(BODIES)
def test_naming_chats_can_be_undone(body: Body) -> None:
    assert swap_chats(swap_chats(body, lambda chat: chat + 7), lambda chat: chat - 7) == body


@given(BODIES)
def test_naming_files_can_be_undone(body: Body) -> None:
    named = swap_files(body, lambda data: f"f{data}")
    assert swap_files(named, lambda data: data[1:]) == body


def test_each_message_is_named_in_its_own_chat() -> None:
    body = {
        "user": 101,
        "chat": -5,
        "reply_to": 7,
        "message_ids": [7, 8],
        "edit": {"message_id": 9, "text": "x"},
        "forward": {"message_id": 7, "chat": 101},
    }
    assert swap_messages(body, lambda chat, number: f"{number} of {chat}") == {
        "user": 101,
        "chat": -5,
        "reply_to": "7 of -5",
        "message_ids": ["7 of -5", "8 of -5"],
        "edit": {"message_id": "9 of -5", "text": "x"},
        "forward": {"message_id": "7 of 101", "chat": 101},
    }


def test_general_and_no_topic_are_no_messages() -> None:
    for thread in (0, 1):
        body = {"user": 101, "thread": thread}
        assert swap_messages(body, lambda chat, number: "named") == body


def test_one_acts_in_the_chat_named_or_in_ones_own() -> None:
    assert place_of({"user": 101, "chat": -5}) == -5
    assert place_of({"user": 101}) == 101
    assert place_of({}) == 0


@given(st.binary(min_size=1))
def test_a_file_is_named_by_what_its_unique_id_tells_too(content: bytes) -> None:
    name = file_name(base64.b64encode(content).decode())
    stored = FileStore(10**9).add("document", Upload("", "", content))
    assert name == f"sha256:{sha256(content).hexdigest()[:13]}"
    assert stored.file_unique_id.endswith(name.removeprefix("sha256:"))
