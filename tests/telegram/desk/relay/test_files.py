"""A file whose name tells who somebody is stays with the person until it is revealed."""

from __future__ import annotations

import pytest

from tests.telegram.desk.house import COUNSELLOR, GROUP, MIGRANT, House, buttons, said, words

PHONE = "87000000012"
HELD = "A file whose name has personal numbers. Reveal shows it."
NAMED = "A file whose name may tell who it is. Reveal shows it."
TOLD = (
    "The name of this file may tell who you are. The counsellors see it only if they open the "
    "file, and I keep who did. A photo has no name."
)


async def names(house: House) -> list[str]:
    """The names of all files in the topic."""
    documents = [message.get("document", {}) for message in await house.in_topic()]
    return [document["file_name"] for document in documents if "file_name" in document]


async def test_the_staff_get_words_in_its_place_and_the_file_by_reveal(house: House) -> None:
    await house.open()
    file = {"file_name": f"passport {PHONE}.pdf", "caption": f"mine, {PHONE}"}
    await house.write(document=file)
    (text,) = await house.topic_texts()
    assert text == f"📎 passport [☎ ••12].pdf\n{words(HELD)}\nmine, [☎ ••12]"
    assert PHONE not in str(await house.in_topic())
    await house.press("d:reveal", COUNSELLOR, GROUP)
    assert await names(house) == [f"passport {PHONE}.pdf"]
    (seen,) = await house.store.cases.reveals(house.clock.now())
    assert seen.staff == COUNSELLOR


@pytest.mark.parametrize("kind", ["document", "video", "audio"])
async def test_a_name_of_somebodys_is_not_shown_until_it_is_revealed(
    house: House, kind: str
) -> None:
    """Staff-blind: names are never shown; that somebody looked is kept."""
    await house.open()
    await house.write(**{kind: {"file_name": "паспорт Абдулло.pdf"}})
    assert await house.topic_texts() == [f"📎 паспорт ••••.pdf\n{words(NAMED)}"]
    assert "Абдулло" not in str(await house.in_topic())
    assert await house.store.cases.reveals(house.clock.now()) == ()
    await house.press("d:reveal", COUNSELLOR, GROUP)
    shown = (await house.in_topic())[-1]
    assert shown[kind]["file_name"] == "паспорт Абдулло.pdf"
    (seen,) = await house.store.cases.reveals(house.clock.now())
    assert seen.staff == COUNSELLOR


async def test_who_sends_such_a_file_is_told_so_once(house: House) -> None:
    """Where it was written, and that a photo has no name."""
    await house.open()
    before = len(await house.told())
    written = await house.write(document={"file_name": "Абдулло.pdf"})
    await house.write(document={"file_name": "Абдулло 2.pdf"})
    await house.write(document={"file_name": "паспорт.pdf"})
    told = [m for m in await house.api.messages(MIGRANT) if m["from"]["is_bot"]][before:]
    assert [said(m) for m in told] == [words(TOLD)]
    assert told[0]["reply_to_message"]["message_id"] == written["message_id"]
    assert await house.reactions(MIGRANT, written["message_id"]) == ["👍"]


async def test_the_migrant_sees_the_names_of_the_counsellors_files(house: House) -> None:
    await house.open()
    await house.reply(document={"file_name": "заявление Абдулло.pdf"})
    (arrived,) = [m for m in await house.api.messages(MIGRANT) if "document" in m]
    assert arrived["document"]["file_name"] == "заявление Абдулло.pdf"


async def test_a_plain_name_is_carried_over(house: House) -> None:
    await house.open()
    await house.write(document={"file_name": "IMG_20261123_101530.pdf"})
    assert await names(house) == ["IMG_20261123_101530.pdf"]


async def test_the_title_of_a_sound_is_a_name_too(house: House) -> None:
    await house.open()
    await house.write(audio={"file_name": f"call {PHONE}.mp3"})
    assert PHONE not in str(await house.in_topic())
    assert words(HELD) in (await house.topic_texts())[0]


async def test_in_an_album_only_the_file_with_such_a_name_stays_out(house: House) -> None:
    await house.open()
    files = ("scan 1.pdf", "scan 2.pdf", f"{PHONE}.pdf", "scan 4.pdf")
    await house.write(album=[{"document": {"file_name": name}} for name in files])
    await house.later(5)
    assert await names(house) == ["scan 1.pdf", "scan 2.pdf", "scan 4.pdf"]
    held = [text for text in await house.topic_texts() if text]
    assert held == [f"📎 [☎ ••12].pdf\n{words(HELD)}"]


async def test_its_new_caption_changes_the_words_in_its_place(house: House) -> None:
    await house.open()
    file = {"file_name": f"{PHONE}.pdf", "caption": "first"}
    written = await house.write(document=file)
    edited = {**written, "caption": "second", "edit_date": written["date"]}
    await house.receive({"update_id": 900_000_000, "edited_message": edited})
    await house.settle()
    assert await house.topic_texts() == [f"📎 [☎ ••12].pdf\n{words(HELD)}\nsecond"]
    assert any(
        button["text"] == "👁 " + words("Reveal") for button in buttons((await house.in_topic())[-1])
    )
