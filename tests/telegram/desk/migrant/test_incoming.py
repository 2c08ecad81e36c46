"""What a migrant writes in an open case reaches the staff; the bot is silent."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.answers.model import DangerKind
from bot.language.tags import Locale
from bot.telegram.desk.migrant.incoming import MAX_A_MINUTE
from bot.telegram.desk.relay import ALBUM_SECONDS, MAX_FILE_BYTES
from tests.telegram.desk.house import GROUP, MIGRANT, House, buttons, said, words

SECRET = "+7 700 000 00 12"
FILE = {"file_id": "f", "file_unique_id": "u"}


async def test_the_bot_is_silent_while_people_talk(house: House) -> None:
    """The bot keeps answering after a person took over (chatwoot's Rasa demo #12)."""
    await house.open()
    before = len(await house.told())
    await house.write("my wages are not paid")
    await house.write("abracadabra")
    assert len(await house.told()) == before
    assert (await house.topic_texts())[-2:] == ["my wages are not paid", "abracadabra"]


async def test_a_delivered_message_gets_a_tick(house: House) -> None:
    await house.open()
    written = await house.write("hello")
    assert await house.reactions(MIGRANT, written["message_id"]) == ["👍"]


async def test_personal_numbers_are_masked_and_can_be_revealed(house: House) -> None:
    await house.open()
    written = await house.write(f"call {SECRET}")
    shown = (await house.in_topic())[-1]
    assert said(shown) == "call [☎ ••12]"
    reveal = f"d:reveal:1:{written['message_id']}"
    assert [button["callback_data"] for button in buttons(shown)] == [reveal]


async def test_nothing_is_forwarded(house: House) -> None:
    """Replies mapped by ``forward_from`` (ohld #1): a forward shows whose message it was."""
    await house.open()
    await house.write("hello")
    await house.write(photo={"caption": "a paper"})
    assert not [m for m in await house.in_topic() if "forward_origin" in m]
    assert {m["from"]["is_bot"] for m in await house.in_topic()} == {True}


async def test_replies_and_quotes_point_at_the_same_messages(house: House) -> None:
    await house.open()
    first = await house.write("one two three")
    await house.write("more", reply_to=first["message_id"], quote="two")
    copies = await house.in_topic()
    assert copies[-1]["reply_to_message"]["message_id"] == copies[-2]["message_id"]
    assert said(copies[-1]) == "two\nmore"
    answer = await house.reply("four", reply_to=copies[-2]["message_id"])
    arrived = (await house.api.messages(MIGRANT))[-1]
    assert (said(arrived), arrived["reply_to_message"]["message_id"]) == (
        "four",
        first["message_id"],
    )
    await house.write("five", reply_to=arrived["message_id"])
    last = (await house.in_topic())[-1]
    assert last["reply_to_message"]["message_id"] == answer["message_id"]


async def test_an_edit_is_carried_over_and_the_earlier_words_stay_in_the_case(
    house: House,
) -> None:
    """Edits vanish or silently change the record (chatwoot #13230, #14114)."""
    await house.open()
    written = await house.write("tomorrow")
    await house.write(f"today, {SECRET}", edit=written["message_id"])
    assert (await house.topic_texts())[-1] == "today, [☎ ••12]"
    lines = [line for line in await house.store.cases.transcript(1) if line.message]
    assert [(line.text, line.version) for line in lines] == [
        ("tomorrow", 0),
        ("today, [☎ ••12]", 1),
    ]


async def test_an_edit_of_what_the_staff_never_got_is_a_new_message(house: House) -> None:
    written = await house.write("wages")
    await house.write("/human")
    await house.write("wages of May", edit=written["message_id"])
    assert (await house.topic_texts())[-1] == "wages of May"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"photo": {}}, "photo"),
        ({"voice": {}}, "voice"),
        ({"video": {}}, "video"),
        ({"video_note": {}}, "video_note"),
        ({"sticker": {}}, "sticker"),
        ({"audio": {}}, "audio"),
        ({"animation": {}}, "animation"),
        ({"document": {}}, "document"),
        ({"location": {"latitude": 43.2, "longitude": 76.9}}, "location"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_every_kind_arrives(house: House, content: dict[str, Any], kind: str) -> None:
    await house.open()
    await house.write(**content)
    assert kind in (await house.in_topic())[-1]


async def test_captions_are_masked(house: House) -> None:
    await house.open()
    await house.write(photo={"caption": f"call {SECRET}"})
    shown = (await house.in_topic())[-1]
    assert (said(shown), "photo" in shown) == ("call [☎ ••12]", True)
    assert buttons(shown)


async def test_somebodys_contact_arrives_masked(house: House) -> None:
    await house.open()
    await house.write(contact={"phone_number": "+77000000012", "first_name": "Boss"})
    shown = (await house.in_topic())[-1]
    assert "contact" not in shown
    assert "Boss" not in said(shown)
    assert "[☎ ••12]" in said(shown)
    assert buttons(shown)


async def test_a_contact_is_shown_only_by_the_persons_own_wish(house: House) -> None:
    await house.open()
    await house.press("ks:1")
    await house.write(
        contact={"phone_number": "+77000000012", "first_name": "Somebody", "own": True}
    )
    assert "Somebody\n+77000000012" in (await house.topic_texts())[-1]
    assert (await house.case()).contact_shared is True
    kept = [line.text for line in await house.store.cases.transcript(1)]
    assert not any("Somebody" in text or "0000" in text for text in kept)


async def test_the_wish_to_show_a_contact_can_be_taken_back(house: House) -> None:
    await house.open()
    await house.press("ks:1")
    before = len(await house.in_topic())
    await house.write(words("Do not show them"))
    kept = "I did not show them. Nobody sees your name and number."
    assert await house.last_told() == words(kept)
    assert (len(await house.in_topic()), (await house.case()).contact_shared) == (before, False)


async def test_an_album_arrives_as_one_between_what_came_before_and_after(house: House) -> None:
    """Albums arrive as separate updates and are torn apart (MrMissx #103)."""
    await house.open()
    await house.write("before")
    await house.write(album=[{"photo": {"caption": "one"}}, {"photo": {}}, {"video": {}}])
    assert (await house.topic_texts())[-1] == "before"  # it waits for more parts
    await house.write("after")
    shown = await house.in_topic()
    album = [message for message in shown if "media_group_id" in message]
    assert (len(album), len({message["media_group_id"] for message in album})) == (3, 1)
    assert [said(message) for message in shown][-5:] == ["before", "one", "", "", "after"]


async def test_an_album_does_not_wait_for_ever(house: House) -> None:
    await house.open()
    await house.write(album=[{"photo": {"caption": SECRET}}, {"photo": {}}])
    await house.later(ALBUM_SECONDS)
    *_, first, second, lock = await house.in_topic()
    assert (said(first), "photo" in second) == ("[☎ ••12]", True)
    assert buttons(lock)[0]["callback_data"].startswith("d:reveal:1:")
    assert lock["reply_to_message"]["message_id"] == first["message_id"]
    assert await house.store.redis.zcard(house.store.keys.timers()) == 2  # remind, alarm


async def test_reactions_are_carried_over(house: House) -> None:
    await house.open()
    answer = await house.reply("we help you")
    arrived = (await house.api.messages(MIGRANT))[-1]
    await house.api.post("/react", user=MIGRANT, message_id=arrived["message_id"], emoji="❤")
    await house.settle()
    assert "❤" in await house.reactions(GROUP, answer["message_id"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            {"dice": {"emoji": "🎲", "value": 3}},
            "I cannot pass on a message of this kind. Please write it in words.",
        ),
        (
            {"document": {**FILE, "file_name": "photos.zip", "mime_type": "application/zip"}},
            "I do not pass on programs and archives. Please send a photo or a PDF.",
        ),
        (
            {"video": {**FILE, "width": 1, "height": 1, "duration": 1}},
            "This file is too large for me. Please send a smaller one, up to 20 MB.",
        ),
    ],
    ids=["kind", "file", "size"],
)
async def test_what_cannot_be_carried_over_is_said_where_it_was_written(
    house: House, content: dict[str, Any], reason: str
) -> None:
    await house.open()
    written = await house.write("first")
    if "video" in content:
        content = {"video": {**content["video"], "file_size": MAX_FILE_BYTES + 1}}
    before = len(await house.in_topic())
    chat = {"id": MIGRANT, "type": "private"}
    message = {
        "message_id": written["message_id"],
        "date": written["date"],
        "chat": chat,
        "from": {"id": MIGRANT, "is_bot": False, "first_name": "A"},
        **content,
    }
    await house.receive({"update_id": 900_000, "message": message})
    await house.settle()
    last = (await house.api.messages(MIGRANT))[-1]
    assert said(last) == words(reason)
    assert last["reply_to_message"]["message_id"] == written["message_id"]
    assert len(await house.in_topic()) == before


async def test_thirty_messages_a_minute_and_it_is_said_once(house: House) -> None:
    await house.open()
    for number in range(MAX_A_MINUTE + 3):
        await house.api.send(f"message {number}", user=MIGRANT)
    await house.settle()
    assert (await house.topic_texts())[-1] == f"message {MAX_A_MINUTE - 1}"
    too_many = (
        "Too many messages. From this one on I pass on nothing for a minute. "
        "Please wait, then write again."
    )
    assert [told for told in await house.told() if told == words(too_many)] == [words(too_many)]


async def test_a_cry_for_help_is_carried_over_whatever_the_limit(house: House) -> None:
    await house.open()
    for number in range(MAX_A_MINUTE + 1):
        await house.api.send(f"message {number}", user=MIGRANT)
    await house.write("danger")
    assert "danger" in await house.topic_texts()


async def test_danger_in_a_case_shows_the_card_and_makes_the_case_urgent(house: House) -> None:
    await house.open()
    before = len(await house.told())
    await house.write("danger here")
    assert (await house.case()).dangers == (DangerKind.VIOLENCE,)
    assert len(await house.told()) == before + 1
    card = (await house.api.messages(MIGRANT))[-1]
    assert any("copy_text" in button for button in buttons(card))
    assert "danger here" in await house.topic_texts()


async def test_danger_in_an_edit_is_heard_too(house: House) -> None:
    await house.open()
    written = await house.write("all is well")
    await house.write("danger here", edit=written["message_id"])
    assert (await house.case()).dangers == (DangerKind.VIOLENCE,)


async def test_the_persons_button_of_that_card_says_that_people_listen(house: House) -> None:
    await house.open()
    await house.write("danger here")
    await house.press("pw:danger:violence")
    listening = "Request {number} is open. What you write here goes to people."
    assert words(listening, number=1) in await house.last_told()
    assert await house.store.cases.earlier(MIGRANT) == (1,)


async def test_commands_and_menus_work_in_a_case(house: House) -> None:
    await house.open()
    before = len(await house.in_topic())
    await house.write("/menu")
    assert await house.last_told() == words("Choose a topic, or write your question.")
    await house.write("меню")
    await house.press("t:work_permit")
    assert len(await house.in_topic()) == before


async def test_a_call_for_help_in_plain_words_is_for_the_people(house: House) -> None:
    """As a plain word it would be a command; said to a person it is a message."""
    await house.open()
    for text in ("помогите", "человек", "забудь"):
        await house.write(text)
    assert (await house.topic_texts())[-3:] == ["помогите", "человек", "забудь"]


async def test_the_place_that_the_bot_asked_for_is_for_the_bot(house: House) -> None:
    await house.open()
    await house.write("/menu")
    await house.press("t:services")
    await house.press("a:find_centre")
    before = len(await house.in_topic())
    await house.write(location={"latitude": 43.2, "longitude": 76.9})
    assert len(await house.in_topic()) == before
    await house.write(location={"latitude": 43.2, "longitude": 76.9})
    assert "location" in (await house.in_topic())[-1]


async def test_another_language_is_known_to_the_case(house: House) -> None:
    await house.open()
    await house.write("/language")
    await house.press("l:tg")
    assert (await house.case()).locale == Locale.TG


async def test_formatting_is_carried_over(house: House) -> None:
    await house.open()
    chat = {"id": MIGRANT, "type": "private"}
    message = {
        "message_id": 5000,
        "date": 0,
        "chat": chat,
        "from": {"id": MIGRANT, "is_bot": False, "first_name": "A"},
        "text": f"😀 {SECRET} very important",
        "entities": [{"type": "bold", "offset": 3 + len(SECRET), "length": 5}],
    }
    await house.receive({"update_id": 900_001, "message": message})
    await house.settle()
    shown = (await house.in_topic())[-1]
    bold = next(entity for entity in shown["entities"] if entity["type"] == "bold")
    units = shown["text"].encode("utf-16-le")
    start, end = 2 * bold["offset"], 2 * (bold["offset"] + bold["length"])
    assert units[start:end].decode("utf-16-le").strip() == "very"


async def test_two_processes_share_the_work_and_keep_the_order(bare_house: House) -> None:
    bare_house.furnish(processes=2)
    async with bare_house.roles:
        people = (101, 102, 103)
        for user in people:
            await bare_house.open(user)
        for number in range(6):
            for user in people:
                await bare_house.api.send(f"{user} says {number}", user=user)
        await bare_house.settle()
        for user in people:
            texts = await bare_house.topic_texts(user)
            assert texts[-6:] == [f"{user} says {number}" for number in range(6)]


async def test_an_update_that_comes_twice_is_carried_over_once(house: House) -> None:
    """Telegram sends an update twice, the user gets two answers (chatwoot #15450)."""
    await house.open()
    message = {
        "message_id": 5001,
        "date": 0,
        "chat": {"id": MIGRANT, "type": "private"},
        "from": {"id": MIGRANT, "is_bot": False, "first_name": "A"},
        "text": "only once",
    }
    for _ in range(2):
        await house.receive({"update_id": 900_002, "message": message})
    await house.settle()
    assert (await house.topic_texts()).count("only once") == 1


async def test_no_words_and_no_names_are_in_the_log(house: House) -> None:
    with capture_logs() as logs:
        await house.open()
        await house.write(f"my secret {SECRET}")
        await house.write(contact={"phone_number": "+77000000012", "first_name": "Bossname"})
        await house.write("/forget")
    assert not any(word in str(logs) for word in ("my secret", "0000", "Bossname"))
