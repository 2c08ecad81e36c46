"""The JSON API: what people do, and what is said about wrong requests."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession

from bot.sandbox.media.samples import sample
from tests.sandbox.conftest import Api
from tests.sandbox.menu_bot import TOKEN

if TYPE_CHECKING:
    from telegram import Bot

    from tests.sandbox.conftest import StartSandbox

WHO = {"user": 1001}


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/send", {}, "missing required field `user`"),
        ("/send", {"user": "x", "text": "a"}, "Expected `int`"),
        ("/send", WHO | {"tekst": "a"}, "unknown field `tekst`"),
        ("/send", WHO, "send exactly one of text"),
        ("/send", WHO | {"text": "a", "photo": {}}, "got text, photo"),
        ("/send", WHO | {"text": " "}, "text is empty"),
        ("/send", WHO | {"text": "a" * 4097}, "longer than 4096"),
        ("/send", WHO | {"text": "a", "chat": -100}, "chat must be the user"),
        ("/send", WHO | {"text": "a", "thread": 5}, "message thread not found"),
        ("/send", WHO | {"location": {"latitude": 91, "longitude": 0}}, "latitude must be"),
        ("/send", WHO | {"photo": {"data": "?"}}, "photo.data is not base64"),
        ("/send", WHO | {"photo": {"data": "YWJj"}}, "IMAGE_PROCESS_FAILED"),
        ("/send", WHO | {"edit": 99, "text": "b"}, "there is no message 99"),
        ("/send", WHO | {"edit": 1}, "edit needs the new text"),
        ("/send", WHO | {"text": "a", "forward": {}}, "forward needs"),
        ("/send", WHO | {"text": "a", "reply_to": 99}, "there is no message 99"),
        ("/send", {"user": 0, "text": "a"}, "id must be positive"),
        ("/send", WHO | {"name": " ", "text": "a"}, "name is empty"),
        ("/press", WHO | {"message_id": 99, "data": "x"}, "there is no message 99"),
        ("/delete", WHO | {"message_id": 99}, "there is no message 99"),
        ("/block", {"user": 7}, "there is no person 7"),
        ("/block", {"user": 101}, "never wrote to the bot"),
        ("/people", {}, "a new person needs a name"),
        ("/people", {"name": "A", "username": "a b"}, "username must be 4-32 letters"),
        ("/people", {"id": -5, "name": "A"}, "a person's id must be positive"),
        ("/read", WHO, "missing required field `message_id`"),
        ("/read", WHO | {"message_id": 1, "thread": 5}, "there is no topic 5 in chat 1001"),
        ("/fault", {"method": "getMe"}, "needs error_code, cut or delay"),
        ("/fault", {"error_code": 200}, "between 400 and 599"),
        ("/fault", {"error_code": 500, "times": 0}, "times must be 1 or more"),
        ("/fault", {"error_code": 500, "tims": 2}, "unknown field `tims`"),
        ("/update", {"update": {"update_id": "x"}}, "update_id must be a whole number"),
        ("/time", {"advance": -1}, "advance must be"),
        ("/react", WHO | {"message_id": 1, "emoji": "🧿"}, "REACTION_INVALID"),
    ],
)
async def test_a_wrong_request_is_told_what_is_wrong(
    api: Api, path: str, body: dict[str, Any], words: str
) -> None:
    told = await api.post(path, 400, **body)
    assert words in told["error"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/chats/999", "there is no chat 999"),
        ("/chats/x", "a chat's id is a number"),
        ("/chats/101?after=x", "after must be a number"),
        ("/commands?user=999", "there is no person 999"),
        ("/people?wait=nan", "wait must be a number"),
        ("/calls?after=1e999", "after must be a number"),
        ("/files/none", "wrong"),
    ],
)
async def test_a_wrong_address_is_told_what_is_wrong(api: Api, path: str, words: str) -> None:
    assert words in (await api.get(path, 400))["error"]


async def test_broken_json_and_unknown_paths(raw: ClientSession, api: Api) -> None:
    async with raw.post("/sandbox/api/send", data=b"{") as answer:
        assert answer.status == 400
        assert "the body is not JSON" in (await answer.json())["error"]
    assert "there is no GET" in (await api.get("/nowhere", 404))["error"]


async def test_people_come_into_being_and_change(api: Api) -> None:
    await api.send("a", 1001, name="A", language_code="ru")
    await api.send("b", 1001, name="B", username="some_b")
    added = (await api.post("/people", name="C", language_code="kk"))["person"]
    people = {person["id"]: person for person in (await api.get("/people"))["people"]}
    assert people[1001]["name"] == "B"
    assert people[1001]["language_code"] == "ru"
    assert people[1001]["last"]["text"] == "b"
    assert people[added["id"]]["started"] is False
    assert [people[n]["language_code"] for n in range(101, 107)] == [
        "kk", "ru", "uz", "uz", "tg", "ky",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["photo", "voice", "audio", "sticker", "document", "video"])
async def test_every_kind_of_file_has_a_sample(api: Api, raw: ClientSession, kind: str) -> None:
    message = await api.send("", 1001, **{kind: {}})
    value = message[kind][-1] if kind == "photo" else message[kind]
    async with raw.get(f"/sandbox/api/files/{value['file_id']}") as answer:
        assert answer.status == 200
        assert len(await answer.read()) == value["file_size"]


async def test_own_file_reaches_the_bot(api: Api, bot: Bot) -> None:
    data = base64.b64encode(sample("photo").content).decode()
    await api.send(photo={"data": data, "mime_type": "image/png", "caption": "/x +77010000000"})
    message = (await bot.get_updates())[0].message
    assert message is not None
    file = await bot.get_file(message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == sample("photo").content
    assert [entity.type for entity in message.caption_entities] == ["bot_command", "phone_number"]


async def test_a_page_never_runs_an_uploaded_page(api: Api, raw: ClientSession) -> None:
    data = base64.b64encode(b"<script>1</script>").decode()
    message = await api.send(document={"data": data, "mime_type": "text/html", "file_name": "a"})
    async with raw.get(f"/sandbox/api/files/{message['document']['file_id']}") as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.content_type == "application/octet-stream"


async def test_location_contact_forward_and_reply(api: Api, bot: Bot) -> None:
    first = await api.send("first")
    await api.send(location={"latitude": 43.25, "longitude": 76.95})
    await api.send(contact={"phone_number": "+70000000000", "own": True})
    await api.send("news", forward={"sender_name": "Someone"})
    await api.send(forward={"message_id": first["message_id"]})
    await api.send("answer", reply_to=first["message_id"])
    seen = [update.message for update in await bot.get_updates()]
    messages = [message for message in seen if message is not None]
    assert messages[1].location is not None
    assert messages[2].contact is not None
    assert messages[2].contact.user_id == 1001
    assert [m.forward_origin.type for m in messages[3:5] if m.forward_origin] == [
        "hidden_user",
        "user",
    ]
    assert messages[5].reply_to_message is not None
    assert messages[5].reply_to_message.text == "first"


@pytest.mark.parametrize("shape", ["object", "number"])
async def test_edit_becomes_an_update(api: Api, bot: Bot, shape: str) -> None:
    message_id = (await api.send("a"))["message_id"]
    if shape == "object":
        await api.send(edit={"message_id": message_id, "text": "b"})
    else:
        await api.send("b", edit=message_id)
    edited = (await bot.get_updates())[-1].edited_message
    assert edited is not None
    assert edited.text == "b"
    assert edited.edit_date is not None


async def test_press_needs_the_button_unless_forged(api: Api, raw: ClientSession) -> None:
    await api.send("/start")
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "real"}]]}
    call = {"chat_id": 1001, "text": "x", "reply_markup": markup}
    async with raw.post(f"/bot{TOKEN}/sendMessage", json=call) as answer:
        message_id = (await answer.json())["result"]["message_id"]
    press = WHO | {"message_id": message_id, "data": "other"}
    assert "no button with this data" in (await api.post("/press", 400, **press))["error"]
    assert (await api.post("/press", **press, forged=True))["update_id"] is not None


async def test_chat_shows_only_what_changed(api: Api, bot: Bot) -> None:
    await api.send("a")
    first = await api.get("/chats/1001?after=0")
    sent = await bot.send_message(1001, "b")
    second = await api.get(f"/chats/1001?after={first['now']}")
    await sent.edit_text("c")
    third = await api.get(f"/chats/1001?after={second['now']}")
    await api.post("/delete", **WHO, message_id=sent.message_id)
    fourth = await api.get(f"/chats/1001?after={third['now']}")
    assert [m["text"] for m in second["messages"]] == ["b"]
    assert [m["text"] for m in third["messages"]] == ["c"]
    assert (fourth["messages"], fourth["deleted"]) == ([], [sent.message_id])
    assert [m["text"] for m in await api.messages()] == ["a"]


async def test_unread_counts_until_read(api: Api, bot: Bot) -> None:
    await api.send("a")
    sent = await bot.send_message(1001, "b")

    async def unread() -> int:
        people = (await api.get("/people"))["people"]
        return next(int(person["unread"]) for person in people if person["id"] == 1001)

    assert await unread() == 1
    await api.post("/read", **WHO, message_id=sent.message_id)
    assert await unread() == 0


async def test_a_blocked_bot_hears_nothing(api: Api) -> None:
    await api.send("a")
    await api.post("/block", **WHO)
    assert "blocked the bot" in (await api.post("/send", 400, **WHO, text="b"))["error"]
    assert (await api.post("/block", **WHO))["update_id"] is None


async def test_any_update_can_be_handed_over(api: Api, raw: ClientSession) -> None:
    given = await api.post("/update", update={"brand_new": {"x": 1}})
    await api.post("/update", update={"update_id": given["update_id"], "brand_new": {"x": 2}})
    async with raw.get(f"/bot{TOKEN}/getUpdates") as answer:
        updates = (await answer.json())["result"]
    assert [u["update_id"] for u in updates] == [given["update_id"]] * 2


async def test_reset_forgets_but_goes_on_counting(api: Api) -> None:
    before = await api.post("/send", **WHO, text="a")
    session = (await api.get("/people"))["session"]
    await api.post("/reset")
    people = await api.get("/people")
    assert people["session"] != session
    migrants = [person["id"] for person in people["people"] if not person["staff"]]
    assert migrants == list(range(101, 107))
    after = await api.post("/send", **WHO, text="b")
    assert after["update_id"] > before["update_id"]
    assert after["message"]["message_id"] > before["message"]["message_id"]


async def test_failures_to_come_are_listed_and_taken_back(api: Api, raw: ClientSession) -> None:
    asked = await api.post("/fault", error_code=500, times=3)
    assert asked["fault"] == {"error_code": 500, "times": 3}
    assert (await api.get("/fault"))["faults"] == [asked["fault"]]
    async with raw.delete("/sandbox/api/fault") as answer:
        assert await answer.json() == {"faults": []}
    assert (await api.get("/fault"))["faults"] == []


async def test_calls_are_listed_after_a_number(api: Api, bot: Bot) -> None:
    await api.send("a")
    first = await api.get("/calls")
    await bot.send_message(1001, "b")
    second = await api.get(f"/calls?after={first['now']}")
    assert [(call["method"], call["chat"], call["ok"]) for call in second["calls"]] == [
        ("sendMessage", 1001, True)
    ]


async def test_what_the_bot_is_called_is_shown(api: Api, bot: Bot) -> None:
    await bot.set_my_description("Помощь", language_code="ru")
    await api.send("a")
    shown = await api.get("/bot?language_code=ru")
    assert (shown["description"], shown["username"]) == ("Помощь", "sandbox_helpline_bot")
    assert (shown["webhook"], shown["pending_update_count"]) == (False, 1)


async def test_a_file_that_made_room_is_gone(start_sandbox: StartSandbox) -> None:
    server = await start_sandbox(media_bytes=1)
    async with ClientSession(base_url=server.make_url("/")) as client:
        api = Api(client)
        first = await api.send(document={})
        await api.send(photo={})
        answer = await api.get(f"/files/{first['document']['file_id']}", 404)
    assert answer == {"error": "the file made room for newer ones"}


async def test_a_sample_is_served(raw: ClientSession) -> None:
    async with raw.get("/sandbox/api/samples/photo") as answer:
        assert answer.content_type == "image/png"
        assert await answer.read() == sample("photo").content


async def test_staff_can_be_added(api: Api) -> None:
    added = (await api.post("/people", name="Counsellor 3", staff=True))["person"]
    people = {person["id"]: person for person in (await api.get("/people"))["people"]}
    assert people[added["id"]]["staff"] is True
