"""A file whose name tells who somebody is stays with the person until it is revealed."""

from __future__ import annotations

from tests.telegram.desk.house import COUNSELLOR, GROUP, House, buttons, words

PHONE = "87000000012"
HELD = "A file whose name has personal numbers. Reveal shows it."


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
    files = ("one.pdf", "two.pdf", f"{PHONE}.pdf", "three.pdf")
    await house.write(album=[{"document": {"file_name": name}} for name in files])
    await house.later(5)
    assert await names(house) == ["one.pdf", "two.pdf", "three.pdf"]
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
