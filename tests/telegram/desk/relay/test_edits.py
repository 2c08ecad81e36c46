"""What is changed after it went out changes on the other side too, words and files."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.telegram.desk.house import COUNSELLOR, GROUP, MIGRANT, House, buttons, said, words

Json = dict[str, Any]

OTHER = base64.b64encode(b"another paper").decode()
"""The bytes of another file: Telegram, and the sandbox, know files by what they hold."""


def paper(name: str, caption: str = "") -> Json:
    """Another file."""
    return {"file_name": name, "data": OTHER, "mime_type": "application/pdf", "caption": caption}


async def newest(house: House, side: str) -> Json:
    """The newest message of the bot's where the other side reads."""
    shown = await house.in_topic() if side == "migrant" else await house.api.messages(MIGRANT)
    return [message for message in shown if message["from"]["is_bot"]][-1]


async def writes(house: House, side: str, **content: Any) -> Json:
    if side == "migrant":
        return await house.write(**content)
    return await house.reply(**content)


async def swaps(house: House, side: str, message: Json, **edit: Any) -> None:
    where: Json = {} if side == "migrant" else {"user": COUNSELLOR, "chat": GROUP}
    await house.write(edit={"message_id": message["message_id"], **edit}, **where)


@pytest.mark.parametrize("side", ["migrant", "staff"])
async def test_another_file_in_the_place_of_the_first_takes_its_place_there_too(
    house: House, side: str
) -> None:
    """Edits vanish (chatwoot #13230): who sent the wrong paper believes that it is put right."""
    await house.open()
    await house.reply("send it")
    sent = await writes(house, side, document={"file_name": "scan 1.pdf", "caption": "mine"})
    first = await newest(house, side)
    await swaps(house, side, sent, document=paper("scan 2.pdf", "the right one"))
    shown = await newest(house, side)
    assert shown["message_id"] == first["message_id"]
    assert (shown["document"]["file_name"], said(shown)) == ("scan 2.pdf", "the right one")
    lines = [line for line in await house.store.cases.transcript(1) if line.kind == "document"]
    assert [(line.text, line.version) for line in lines] == [("mine", 0), ("the right one", 1)]
    assert lines[0].file != lines[1].file


async def test_a_file_beside_what_was_a_text_arrives(house: House) -> None:
    await house.open()
    sent = await house.write("my paper")
    await swaps(house, "migrant", sent, photo={})
    shown = (await house.in_topic())[-1]
    assert ("photo" in shown, said(shown)) == (True, "my paper")


async def test_new_words_alone_leave_the_file(house: House) -> None:
    await house.open()
    sent = await house.write(photo={"caption": "one"})
    before = (await house.in_topic())[-1]
    await swaps(house, "migrant", sent, text="two")
    shown = (await house.in_topic())[-1]
    assert (shown["photo"], said(shown)) == (before["photo"], "two")
    calls = (await house.api.get("/calls"))["calls"]
    assert not [call for call in calls if call["method"] == "editMessageMedia"]


async def test_in_an_album_only_the_part_that_was_changed_changes(house: House) -> None:
    await house.open()
    sent = await house.write(album=[{"photo": {"caption": "a"}}, {"photo": {}}])
    await house.later(2)
    before = [m for m in await house.in_topic() if "photo" in m]
    await swaps(house, "migrant", sent, video={"caption": "b"})
    shown = [m for m in await house.in_topic() if {"photo", "video"} & m.keys()]
    assert [m["message_id"] for m in shown] == [m["message_id"] for m in before]
    assert [("video" in m, said(m)) for m in shown] == [(True, "b"), (False, "")]


async def test_a_file_that_is_not_carried_over_does_not_come_by_an_edit(house: House) -> None:
    """Programs and archives; said where it was written."""
    await house.open()
    sent = await house.write(document={"file_name": "scan.pdf"})
    before = len(await house.told())
    await swaps(house, "migrant", sent, document=paper("scan.apk"))
    assert (await house.in_topic())[-1]["document"]["file_name"] == "scan.pdf"
    refusal = "I do not pass on programs and archives. Please send a photo or a PDF."
    assert (await house.told())[before:] == [words(refusal)]


async def test_a_file_with_somebodys_name_does_not_come_by_an_edit(house: House) -> None:
    await house.open()
    sent = await house.write(document={"file_name": "scan.pdf"})
    await swaps(house, "migrant", sent, document=paper("Абдулло.pdf"))
    assert "Абдулло" not in str(await house.in_topic())
    assert any(
        "reveal" in b.get("callback_data", "") for b in buttons((await house.in_topic())[-1])
    )


async def test_where_telegram_takes_no_other_file_it_goes_as_a_message_of_its_own(
    house: House,
) -> None:
    await house.open()
    sent = await house.write(document={"file_name": "scan.pdf", "caption": "one"})
    fault = {"error_code": 400, "description": "Bad Request: message media can't be edited"}
    await house.api.post("/fault", method="editMessageMedia", chat=GROUP, **fault)
    await swaps(house, "migrant", sent, document=paper("scan.pdf", "two"))
    assert [said(m) for m in await house.in_topic() if "document" in m] == ["one", "two"]


async def test_a_file_beside_one_of_several_lines_that_went_together_goes_below_them(
    house: House,
) -> None:
    """A bundle is one text: it cannot take a file without losing the other lines."""
    await house.open()
    stall = {"error_code": 429, "retry_after": 1}
    await house.api.post("/fault", method="sendMessage", chat=GROUP, **stall)
    sent = [await house.api.send(text, user=MIGRANT) for text in ("one", "two", "three")]
    await house.settle()
    assert any("\n" in text for text in await house.topic_texts())
    await swaps(house, "migrant", sent[2], photo={"caption": "four"})
    shown = await house.in_topic()
    assert ("photo" in shown[-1], said(shown[-1])) == (True, "four")
    assert any("two" in said(m) for m in shown)


async def test_an_edit_of_what_did_not_go_out_is_no_answer_and_is_said(house: House) -> None:
    await house.open()
    typo = await house.reply("/hello")
    before = len(await house.told())
    await swaps(house, "staff", typo, text="hello")
    assert len(await house.told()) == before
    vain = words("Not sent: this message did not go out before. Write it anew.")
    assert (await house.topic_texts())[-1] == vain
