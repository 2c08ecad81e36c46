"""The staff's side on the sandbox, over HTTP: the whole way there and back, and what goes wrong."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handoff.case import Ending, State
from bot.handoff.groups import Group, Groups
from bot.language.tags import Locale
from bot.telegram.desk.upkeep.rights import RightsCheck
from tests.telegram.desk.house import (
    COLLEAGUE,
    COUNSELLOR,
    GROUP,
    MIGRANT,
    OWNER,
    House,
    buttons,
    said,
    words,
)

PHOTO = {"photo": {}}
Json = dict[str, Any]


async def newest(house: House, chat: int) -> Json:
    return (await house.api.messages(chat))[-1]


async def claim(house: House, user: int = COUNSELLOR) -> None:
    await house.press("d:claim", user, GROUP)


async def close(house: House, ending: Ending = Ending.ANSWERED, user: int = COUNSELLOR) -> None:
    number = (await house.case()).number
    await house.press(f"d:close:{number}", user, GROUP)
    await house.press(f"d:close:{number}:{ending}", user, GROUP)


async def topic(house: House) -> Json:
    """The topic of the migrant's last case."""
    thread = await house.thread()
    view = await house.api.get(f"/chats/{GROUP}?after=0")
    return next(one for one in view["topics"] if one["id"] == thread)


async def test_a_reply_arrives_with_a_tick(house: House) -> None:
    case = await house.open()
    written = await house.reply("Hello, <b> what happened?")
    assert said(await newest(house, MIGRANT)) == "Hello, <b> what happened?"
    assert await house.reactions(GROUP, written["message_id"]) == ["👍"]
    assert (await house.case()).claimed_by is not None
    assert (await house.case()).number == case.number


async def test_the_card_is_pinned_and_changes_with_the_case(house: House) -> None:
    await house.open()
    found = await house.store.cases.topic((await house.case()).number)
    assert found is not None
    view = await house.api.get(f"/chats/{GROUP}?after=0")
    assert found.card in view["pinned"]
    await claim(house)
    (card,) = [m for m in await house.api.messages(GROUP) if m["message_id"] == found.card]
    data = [button["callback_data"] for button in buttons(card)]
    assert f"d:release:{(await house.case()).number}" in data
    assert (await topic(house))["icon_emoji"] == "💬"


async def test_a_reply_to_a_message_answers_its_original(house: House) -> None:
    await house.open()
    asked = await house.write("My boss is away. What now?")
    (copy,) = [m for m in await house.in_topic() if said(m) == "My boss is away. What now?"]
    await house.reply("Wait", reply_to=copy["message_id"])
    told = await newest(house, MIGRANT)
    assert told["reply_to_message"]["message_id"] == asked["message_id"]


async def test_an_edit_changes_what_the_migrant_reads(house: House) -> None:
    await house.open()
    written = await house.reply("Come on Monday")
    before = await newest(house, MIGRANT)
    edit = {"message_id": written["message_id"], "text": "Come on Tuesday"}
    await house.api.post("/send", user=COUNSELLOR, chat=GROUP, edit=edit)
    await house.settle()
    after = await newest(house, MIGRANT)
    assert (after["message_id"], said(after)) == (before["message_id"], "Come on Tuesday")


async def test_an_album_arrives_as_an_album(house: House) -> None:
    await house.open()
    await house.reply(album=[PHOTO, PHOTO, PHOTO])
    await house.later(2)
    photos = [m for m in await house.api.messages(MIGRANT) if "photo" in m]
    assert len(photos) == 3
    assert len({m["media_group_id"] for m in photos}) == 1


@pytest.mark.parametrize("kind", ["voice", "video_note", "sticker", "document", "video"])
async def test_media_arrive(house: House, kind: str) -> None:
    await house.open()
    await house.reply(**{kind: {}})
    assert kind in await newest(house, MIGRANT)


async def test_a_reaction_arrives(house: House) -> None:
    await house.open()
    asked = await house.write("Thank you for your help with my wages")
    await claim(house)
    copy = next(m for m in await house.in_topic() if "wages" in said(m))
    await house.api.post(
        "/react", user=COUNSELLOR, chat=GROUP, message_id=copy["message_id"], emoji="❤"
    )
    await house.settle()
    assert "❤" in await house.reactions(MIGRANT, asked["message_id"])


async def test_notes_and_general_reach_nobody(house: House) -> None:
    await house.open()
    before = len(await house.api.messages(MIGRANT))
    await house.reply("// he is lying")
    await house.write("tea?", user=COUNSELLOR, chat=GROUP)
    assert len(await house.api.messages(MIGRANT)) == before


async def test_what_cannot_be_delivered_is_said_where_it_was_written(house: House) -> None:
    await house.open()
    await house.api.post("/block", user=MIGRANT)
    written = await house.reply("Are you there?")
    answers = [
        m
        for m in await house.in_topic()
        if m.get("reply_to_message", {}).get("message_id") == written["message_id"]
    ]
    sentence = words("Not delivered: the person has blocked the bot or is gone.")
    assert [said(m) for m in answers] == ["⚠️ " + sentence]
    assert (await house.case()).unreachable


async def test_two_at_once_one_has_it(house: House) -> None:
    case = await house.open()
    found = await house.store.cases.topic(case.number)
    assert found is not None
    for user in (COUNSELLOR, COLLEAGUE):
        press = {"message_id": found.card, "data": f"d:claim:{case.number}"}
        await house.api.post("/press", user=user, chat=GROUP, **press)
    await house.settle()
    now = await house.case()
    assert now.claimed_by is not None
    assert now.claimed_by.id == COUNSELLOR
    before = len(await house.api.messages(MIGRANT))
    await house.reply("me too", user=COLLEAGUE)
    assert len(await house.api.messages(MIGRANT)) == before


async def test_closing_and_reopening_by_button(house: House) -> None:
    await house.open()
    await claim(house)
    await close(house)
    assert (await house.case()).ending is Ending.ANSWERED
    assert await house.topic_is_closed()
    await house.press("d:reopen", COLLEAGUE, GROUP)
    assert (await house.case()).state is State.CLAIMED
    assert not await house.topic_is_closed()
    await house.later(1)
    await house.write("One more question about the permit")
    assert "One more question about the permit" in await house.topic_texts()


async def test_a_case_that_the_migrant_took_back_can_be_reopened_for_a_word(house: House) -> None:
    """The migrant's session no longer knew of the case."""
    await house.open()
    await house.press("kc:")
    await house.press("d:reopen", COUNSELLOR, GROUP)
    await house.later(1)
    await house.write("Yes, I am here")
    assert "Yes, I am here" in await house.topic_texts()


async def test_a_deleted_topic_is_made_anew_with_its_history(house: House) -> None:
    await house.open()
    await house.write("I lost my papers")
    await house.reply("Which ones?")
    old = await house.thread()
    await house.api.post("/topics", user=OWNER, chat=GROUP, action="delete", thread=old)
    await house.write("My passport")
    assert await house.thread() != old
    texts = await house.topic_texts()
    assert "My passport" in texts
    assert any("I lost my papers" in text and "Which ones?" in text for text in texts)


async def test_a_topic_closed_by_hand_asks_how_the_case_ended(house: House) -> None:
    case = await house.open()
    thread = await house.thread()
    await house.api.post("/topics", user=OWNER, chat=GROUP, action="close", thread=thread)
    await house.settle()
    assert (await house.case()).is_open
    await house.press(f"d:close:{case.number}:{Ending.SPAM}", COUNSELLOR, GROUP)
    assert (await house.case()).ending is Ending.SPAM


async def test_a_renamed_topic_gets_its_name_back_with_the_next_change(house: House) -> None:
    await house.open()
    thread, name = await house.thread(), (await topic(house))["name"]
    await house.api.post(
        "/topics", user=OWNER, chat=GROUP, action="edit", thread=thread, name="my friend Bob"
    )
    await house.settle()
    await claim(house)
    assert (await topic(house))["name"] == name


async def test_a_reveal_shows_the_original_in_the_topic_only(house: House) -> None:
    await house.open()
    await house.write("Call me: +7 700 000 00 12")
    assert "+7 700 000 00 12" not in " ".join(await house.topic_texts())
    await house.press("d:reveal", COUNSELLOR, GROUP)
    assert "Call me: +7 700 000 00 12" in await house.topic_texts()
    (seen,) = await house.store.cases.reveals(house.clock.now())
    assert seen.staff == COUNSELLOR


async def test_a_case_goes_to_another_group(bare_house: House) -> None:
    house = bare_house
    made = await house.api.post(
        "/groups",
        title="Second",
        creator=OWNER,
        forum=True,
        members=[COLLEAGUE],
        bot="administrator",
    )
    second = made["chat"]["id"]
    house.furnish(
        Groups(
            (
                Group(GROUP, "First", Locale.RU, tuple(Locale)),
                Group(second, "Second", Locale.RU),
            )
        )
    )
    async with house.roles:
        case = await house.open()
        await house.write("I was not paid for three months")
        await house.reply("We look into it")
        await house.press(f"d:move:{case.number}", COUNSELLOR, GROUP)
        await house.press(f"d:move:{case.number}:g{second}", COUNSELLOR, GROUP)
        found = await house.store.cases.topic(case.number)
        assert found is not None
        assert found.group == second
        await house.write("Are you still there?")
        there = [said(m) for m in await house.api.messages(second)]
        assert "Are you still there?" in there
        assert any("I was not paid" in text and "We look into it" in text for text in there)
        await house.write("Yes", user=COLLEAGUE, chat=second, thread=found.thread)
        assert said(await newest(house, MIGRANT)) == "Yes"
        old = await house.api.messages(GROUP)
        assert "Are you still there?" not in [said(m) for m in old]


async def test_whoever_leaves_gives_their_case_back(house: House) -> None:
    await house.open()
    await claim(house)
    assert (await house.case()).claimed_by is not None
    await house.api.post("/members", user=COUNSELLOR, chat=GROUP, member=COUNSELLOR, status="left")
    await house.settle()
    assert (await house.case()).state is State.WAITING


async def test_rights_that_are_taken_away_are_told_in_general(house: House) -> None:
    await house.api.post(
        "/members",
        user=OWNER,
        chat=GROUP,
        member="bot",
        status="administrator",
        rights=["can_pin_messages", "can_delete_messages"],
    )
    await house.settle()
    told = said(await newest(house, GROUP))
    assert words("Give the bot the right to manage topics.") in told


async def test_at_start_the_sandboxs_group_lacks_nothing(house: House) -> None:
    bot, store = house.application.bot, house.store
    check = RightsCheck(bot, house.desk, store.redis, store.keys)
    assert await check.look(GROUP) == ()


async def test_a_group_that_is_upgraded_is_followed(bare_house: House) -> None:
    house = bare_house
    made = await house.api.post(
        "/groups", title="Small", creator=OWNER, kind="group", bot="administrator"
    )
    old = made["chat"]["id"]
    house.furnish(Groups((Group(old, "Small", Locale.RU, tuple(Locale)),)))
    async with house.roles:
        await house.open()
        changed = await house.api.post("/groups/change", user=OWNER, chat=old, upgrade=True)
        await house.settle()
        new = changed["chat"]["id"]
        assert await house.store.cases.canonical(old) == new
        await house.write("Is anybody there?")
        assert any("Is anybody there?" in said(m) for m in await house.api.messages(new))
        assert await house.store.cases.open_in(new) == (1,)


async def test_in_a_group_without_topics_a_reply_names_the_case(bare_house: House) -> None:
    """A fault that the bot reports; until it is mended nobody's case is lost."""
    house = bare_house
    made = await house.api.post(
        "/groups", title="Small", creator=OWNER, kind="group", bot="administrator"
    )
    group = made["chat"]["id"]
    house.furnish(Groups((Group(group, "Small", Locale.RU, tuple(Locale)),)))
    async with house.roles:
        await house.open()
        await house.write("Is anybody there?")
        copy = next(m for m in await house.api.messages(group) if "Is anybody" in said(m))
        await house.write("Yes!", user=OWNER, chat=group, reply_to=copy["message_id"])
        assert said(await newest(house, MIGRANT)) == "Yes!"
        await house.write("Tea?", user=OWNER, chat=group)
        assert said(await newest(house, MIGRANT)) == "Yes!"


async def test_a_block_ends_the_case_and_the_next_messages_are_refused(house: House) -> None:
    case = await house.open()
    await house.press(f"d:block:{case.number}", COUNSELLOR, GROUP)
    await house.press(f"d:block:{case.number}:abuse", COUNSELLOR, GROUP)
    await house.press(f"d:block:{case.number}:abuse:7", COUNSELLOR, GROUP)
    assert (await house.case()).ending is Ending.BLOCKED
    before = len(await house.topic_texts())
    await house.write("/human")
    assert len(await house.store.cases.earlier(MIGRANT)) == 1
    assert len(await house.topic_texts()) == before
    await house.write("/blocked", user=COUNSELLOR, chat=GROUP)
    await house.press(f"d:unblock:{case.number}", COUNSELLOR, GROUP)
    await house.write("/human")
    assert len(await house.store.cases.earlier(MIGRANT)) == 2


async def test_a_canned_answer_arrives_in_the_migrants_language(house: House) -> None:
    case = await house.open(locale=Locale.TG)
    await house.reply("/a permit_cost")
    await house.press(f"d:answer:{case.number}:permit_cost", COUNSELLOR, GROUP)
    await house.press(f"d:answer:{case.number}:permit_cost:send", COUNSELLOR, GROUP)
    assert "(tg)" in said(await newest(house, MIGRANT))


async def test_a_refusal_of_a_stale_button_is_shown_to_the_one_who_pressed(house: House) -> None:
    case = await house.open()
    found = await house.store.cases.topic(case.number)
    assert found is not None
    press = {"message_id": found.card, "data": "d:fly:1", "forged": True}
    await house.api.post("/press", user=COUNSELLOR, chat=GROUP, **press)
    await house.settle()
    view = await house.api.get(f"/chats/{GROUP}?after=0")
    assert view["notices"][-1]["text"] == words("This button no longer works.")


async def test_a_migrant_cannot_press_the_staffs_buttons(house: House) -> None:
    """Data can be forged; what a private chat sends is never the staff's."""
    case = await house.open()
    last = await newest(house, MIGRANT)
    press = {"message_id": last["message_id"], "data": f"d:claim:{case.number}", "forged": True}
    await house.api.post("/press", user=MIGRANT, **press)
    await house.settle()
    assert (await house.case()).claimed_by is None


async def test_names_and_accounts_of_migrants_never_reach_the_group(house: House) -> None:
    await house.api.post("/people", id=MIGRANT, name="Gulnora", username="gulnora_u")
    await house.open()
    await house.write("My boss keeps my wages")
    await house.reply("/history")
    shown = " ".join(str(m) for m in await house.api.messages(GROUP))
    assert "Gulnora" not in shown
    assert "gulnora_u" not in shown


async def test_a_topic_holds_nothing_about_pins(house: House) -> None:
    """The card stays pinned; the line in which Telegram says so goes."""
    case = await house.open()
    topic = await house.store.cases.topic(case.number)
    assert topic is not None
    view = await house.api.get(f"/chats/{GROUP}?after=0")
    assert topic.card in view["pinned"]
    assert not any("pinned_message" in message for message in view["messages"])


async def test_the_settings_say_what_the_bot_may_do(house: House) -> None:
    await house.write("/desk", user=COUNSELLOR, chat=GROUP)
    told = said((await house.api.messages(GROUP))[-1])
    assert words("The bot has all the rights it needs.") in told
    assert str(COUNSELLOR) in told


async def test_a_reveal_that_fails_says_so_where_it_was_asked_for(house: House) -> None:
    """The person deleted the message meanwhile: nothing comes, and nobody waits for it."""
    await house.open()
    written = await house.write("Call me: +7 700 000 00 12")
    shown = (await house.in_topic())[-1]["message_id"]
    await house.api.post("/delete", user=MIGRANT, message_id=written["message_id"])
    await house.press("d:reveal", COUNSELLOR, GROUP)
    last = (await house.in_topic())[-1]
    assert said(last) == "⚠️ " + words("Not shown: the person has deleted this message.")
    assert last["reply_to_message"]["message_id"] == shown


async def test_an_edit_whose_copy_went_with_a_deleted_topic_is_sent_anew(house: House) -> None:
    """Texts as texts, media with their new caption."""
    await house.open()
    text = await house.write("my wage")
    photo = await house.write(photo={"caption": "the contract"})
    thread = await house.thread()
    await house.api.post("/topics", user=OWNER, chat=GROUP, action="delete", thread=thread)
    for number, edited in enumerate(({**text, "text": "my wages"}, {**photo, "caption": "both"})):
        update = {"update_id": 900_000_000 + number, "edited_message": {**edited, "edit_date": 1}}
        await house.receive(update)
        await house.settle()
    assert await house.thread() != thread
    new = await house.in_topic()
    assert "my wages" in [said(message) for message in new]
    assert [said(message) for message in new if "photo" in message] == ["both"]
