"""What a message says of one elsewhere that it answers to."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.chats.chat import Chat, PrivateChat
from bot.sandbox.chats.groups import Group
from bot.sandbox.chats.messages import StoredMessage
from bot.sandbox.chats.people import ANONYMOUS_ADMIN, Person
from bot.sandbox.chats.replies import MAX_QUOTE, external_reply

WRITER = Person(7, "A", "ru")
SUPERGROUP = Group(id=-1_001_000_000_777, kind="supergroup", title="G")


def told(chat: Chat = SUPERGROUP, **body: Any) -> dict[str, Any]:
    whole = {"message_id": 5, "date": 100, "from": WRITER.user()} | body
    return external_reply(chat, StoredMessage(whole, by_bot=False, changed=0))


@pytest.mark.parametrize(
    "chat", [PrivateChat(id=7, person=WRITER), Group(id=-4, kind="group", title="G")]
)
def test_only_a_supergroup_is_named(chat: Chat) -> None:
    assert told()["external_reply"].keys() == {"origin", "chat", "message_id"}
    assert told(chat)["external_reply"].keys() == {"origin"}


def test_media_are_told_and_their_words_quoted() -> None:
    photo = [{"file_id": "f"}]
    reply = told(photo=photo, caption="A page", caption_entities=[], has_media_spoiler=True)
    assert reply["external_reply"]["photo"] == photo
    assert reply["external_reply"]["has_media_spoiler"] is True
    assert reply["quote"] == {"text": "A page", "position": 0}


def test_what_has_no_words_is_not_quoted() -> None:
    reply = told(location={"latitude": 1.0, "longitude": 2.0})
    assert "quote" not in reply
    assert reply["external_reply"]["location"] == {"latitude": 1.0, "longitude": 2.0}


def test_a_thing_is_told_once() -> None:
    reply = told(animation={"file_id": "f"}, document={"file_id": "f"})["external_reply"]
    assert "document" not in reply
    reply = told(venue={"title": "V"}, location={"latitude": 1.0})["external_reply"]
    assert "location" not in reply


def test_a_quote_keeps_the_styles_that_quotes_have_as_far_as_it_goes() -> None:
    text = "😀" + "a" * 2000
    entities = [
        {"type": "bold", "offset": 0, "length": 2002},
        {"type": "url", "offset": 2, "length": 5},
        {"type": "italic", "offset": 1500, "length": 5},
    ]
    quote = told(text=text, entities=entities)["quote"]
    assert quote == {
        "text": text[:MAX_QUOTE],
        "position": 0,
        "entities": [{"type": "bold", "offset": 0, "length": MAX_QUOTE + 1}],
    }


def test_an_anonymous_administrators_words_come_from_the_chat() -> None:
    group = SUPERGROUP.object()
    author: dict[str, Any] = {"from": ANONYMOUS_ADMIN, "sender_chat": group}
    reply = told(SUPERGROUP, **author, author_signature="Lead")
    assert reply["external_reply"]["origin"] == {
        "type": "chat",
        "date": 100,
        "sender_chat": group,
        "author_signature": "Lead",
    }


def test_a_forwarded_message_keeps_its_origin() -> None:
    origin = {"type": "hidden_user", "date": 50, "sender_user_name": "B"}
    assert told(forward_origin=origin)["external_reply"]["origin"] == origin
