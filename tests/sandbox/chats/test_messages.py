"""The Bot API's methods, called by python-telegram-bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    MessageEntity,
    ReactionTypeCustomEmoji,
    ReactionTypeEmoji,
    ReactionTypePaid,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError

from bot.sandbox.media.samples import sample

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.sandbox.conftest import Api

USER = 1001
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="a")]])
NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@pytest.fixture(autouse=True)
async def started(api: Api) -> None:
    await api.send("/start", USER, name="A", language_code="ru")


async def test_get_me_takes_its_id_from_the_token(bot: Bot) -> None:
    assert (await bot.get_me()).id == 4242


async def test_text_with_html_and_buttons(bot: Bot) -> None:
    message = await bot.send_message(
        USER, "😀 <b>bold</b>", parse_mode=ParseMode.HTML, reply_markup=BUTTONS
    )
    assert message.text == "😀 bold"
    assert message.entities == (MessageEntity(MessageEntity.BOLD, 3, 4),)
    assert message.reply_markup == BUTTONS
    assert message.chat.type == "private"
    assert message.from_user is not None
    assert message.from_user.is_bot


async def test_reply_keyboard_stays_until_removed(bot: Bot, api: Api) -> None:
    message = await bot.send_message(USER, "a", reply_markup=ReplyKeyboardMarkup([["b"]]))
    assert message.reply_markup is None
    await bot.send_message(USER, "c")
    keyboard = (await api.get(f"/chats/{USER}"))["keyboard"]
    assert keyboard["keyboard"] == [[{"text": "b"}]]
    await bot.send_message(USER, "d", reply_markup=ReplyKeyboardRemove())
    assert (await api.get(f"/chats/{USER}"))["keyboard"] is None


async def test_link_preview_options_come_back_with_a_link(bot: Bot) -> None:
    options = LinkPreviewOptions(is_disabled=True)
    with_link = await bot.send_message(USER, "egov.kz", link_preview_options=options)
    without = await bot.send_message(USER, "egov", link_preview_options=options)
    assert with_link.link_preview_options == options
    assert without.link_preview_options is None


async def test_reply_carries_the_message_answered(bot: Bot) -> None:
    first = await bot.send_message(USER, "first")
    second = await bot.send_message(
        USER, "second", reply_parameters=ReplyParameters(first.message_id, quote="rst")
    )
    assert second.reply_to_message is not None
    assert second.reply_to_message.text == "first"
    assert second.quote is not None
    assert second.quote.position == 2
    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    third = await bot.send_message(USER, "third", reply_parameters=lenient)
    assert third.reply_to_message is None


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda b: b.send_message(5, "x"), BadRequest, "Chat not found"),
        (lambda b: b.send_message("@nobody", "x"), BadRequest, "Chat not found"),
        (lambda b: b.send_message(-100123, "x"), BadRequest, "Chat not found"),
        (lambda b: b.send_message(101, "x"), Forbidden,
         "Forbidden: bot can't initiate conversation with a user"),
        (lambda b: b.send_message(USER, ""), BadRequest, "Message text is empty"),
        (lambda b: b.send_message(USER, " "), BadRequest, "Text must be non-empty"),
        (lambda b: b.send_message(USER, "x" * 4097), BadRequest, "Message is too long"),
        (lambda b: b.send_message(USER, "x" * 32769), BadRequest, "Text is too long"),
        (lambda b: b.send_message(USER, "x", parse_mode="BBCode"), BadRequest,
         "Unsupported parse_mode"),
        (lambda b: b.send_message(USER, "x.", parse_mode="MarkdownV2"), BadRequest,
         "Can't parse entities: character '.' is reserved and must be escaped with the preceding "
         "'\\'"),
        (lambda b: b.send_message(USER, "*x", parse_mode="Markdown"), BadRequest,
         "Can't parse entities: can't find end of the entity starting at byte offset 0"),
        (lambda b: b.send_message(USER, "<x>", parse_mode="HTML"), BadRequest,
         'Can\'t parse entities: unsupported start tag "x" at byte offset 0'),
        (lambda b: b.send_message(USER, "x", message_thread_id=5), BadRequest,
         "Message thread not found"),
        (lambda b: b.send_message(USER, "x", reply_to_message_id=99), BadRequest,
         "Message to be replied not found"),
        (lambda b: b.edit_message_text("x", USER, 99), BadRequest, "Message to edit not found"),
        (lambda b: b.edit_message_text("x", USER, 1), BadRequest, "Message can't be edited"),
        (lambda b: b.delete_message(USER, 99), BadRequest, "Message to delete not found"),
        (lambda b: b.copy_message(USER, USER, 99), BadRequest, "Message to copy not found"),
        (lambda b: b.forward_message(USER, USER, 99), BadRequest, "Message to forward not found"),
        (lambda b: b.get_file("nothing"), BadRequest, "Invalid file_id"),
        (lambda b: b.send_photo(USER, "nothing"), BadRequest,
         "Wrong remote file identifier specified: can't unserialize it"),
        (lambda b: b.send_photo(USER, ""), BadRequest, "There is no photo in the request"),
        (lambda b: b.send_photo(USER, b"no picture"), BadRequest, "Image_process_failed"),
        (lambda b: b.send_location(USER, 91, 0), BadRequest, "Invalid location specified"),
        (lambda b: b.send_chat_action(USER, "dancing"), BadRequest,
         "Wrong parameter action in request"),
        (lambda b: b.answer_callback_query("5"), BadRequest,
         "Query is too old and response timeout expired or query id is invalid"),
        (lambda b: b.set_message_reaction(USER, 1, ReactionTypeEmoji("🧿")), BadRequest,
         "Reaction_invalid"),
        (lambda b: b.set_message_reaction(USER, 1, ["👍", "🔥"]), BadRequest,
         "Reactions_too_many"),
        (lambda b: b.set_message_reaction(USER, 1, ReactionTypeCustomEmoji("5")), BadRequest,
         "Reaction_invalid"),
        (lambda b: b.set_message_reaction(USER, 1, ReactionTypePaid()), BadRequest,
         "Can't parse reactiontype: invalid reaction type specified"),
        (lambda b: b.set_message_reaction(USER, 99, "👍"), BadRequest,
         "Message to react not found"),
        (lambda b: b.send_poll(USER, "q", ["a", "b"]), NetworkError,
         "Not Implemented in the sandbox: sendPoll"),
        (lambda b: b.send_photo(USER, "https://example.org/a.png"), NetworkError,
         "Not Implemented in the sandbox: sending a file by its address"),
    ],
)  # fmt: skip
async def test_refusals_in_telegrams_words(
    bot: Bot, call: Callable[[Bot], Awaitable[object]], kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind) as caught:
        await call(bot)
    assert str(caught.value).lower() == words.lower()


@pytest.mark.parametrize("kind", ["document", "voice", "video", "audio", "animation"])
async def test_files_go_up_and_come_down(bot: Bot, kind: str) -> None:
    content = b"some bytes of a file"
    message = await getattr(bot, f"send_{kind}")(
        USER, content, caption="<b>c</b>", parse_mode="HTML"
    )
    assert message.caption == "c"
    stored = getattr(message, kind)
    file = await bot.get_file(stored.file_id)
    assert bytes(await file.download_as_bytearray()) == content
    again = await getattr(bot, f"send_{kind}")(USER, stored.file_id)
    assert getattr(again, kind).file_unique_id == stored.file_unique_id


async def test_photo_sticker_and_video_note(bot: Bot) -> None:
    photo = await bot.send_photo(USER, sample("photo").content, has_spoiler=True)
    assert (photo.photo[-1].width, photo.photo[-1].height) == (640, 400)
    assert photo.has_media_spoiler
    sticker = await bot.send_sticker(USER, sample("sticker").content)
    assert sticker.sticker is not None
    assert sticker.sticker.width == 512
    note = await bot.send_video_note(USER, b"video", length=200, duration=4)
    assert note.video_note is not None
    assert note.video_note.length == 200


async def test_a_file_keeps_its_kind(bot: Bot) -> None:
    photo = await bot.send_photo(USER, sample("photo").content)
    with pytest.raises(BadRequest, match="Can't use file of type photo as document"):
        await bot.send_document(USER, photo.photo[-1].file_id)


async def test_album_shares_a_group_id(bot: Bot) -> None:
    photo = sample("photo").content
    album = await bot.send_media_group(
        USER, [InputMediaPhoto(photo, caption="one"), InputMediaPhoto(photo)]
    )
    assert album[0].caption == "one"
    assert album[0].media_group_id == album[1].media_group_id
    other = await bot.send_media_group(USER, [InputMediaPhoto(photo), InputMediaPhoto(photo)])
    assert other[0].media_group_id != album[0].media_group_id


async def test_album_does_not_mix_documents_and_photos(bot: Bot) -> None:
    photo = sample("photo").content
    with pytest.raises(BadRequest, match="Document can't be mixed with other media types"):
        await bot.send_media_group(USER, [InputMediaPhoto(photo), InputMediaDocument(photo)])


async def test_location_venue_and_contact(bot: Bot) -> None:
    location = (await bot.send_location(USER, 43.25, 76.95)).location
    venue = (await bot.send_venue(USER, 43.25, 76.95, "Centre", "Street 1")).venue
    contact = (await bot.send_contact(USER, "+70000000000", "Desk")).contact
    assert location is not None
    assert venue is not None
    assert contact is not None
    assert (location.latitude, venue.title, contact.first_name) == (43.25, "Centre", "Desk")


async def test_edit_text_and_not_modified(bot: Bot) -> None:
    message = await bot.send_message(USER, "a", reply_markup=BUTTONS)
    with pytest.raises(BadRequest) as caught:
        await bot.edit_message_text("a", USER, message.message_id, reply_markup=BUTTONS)
    assert str(caught.value) == NOT_MODIFIED
    edited = await message.edit_text("<i>b</i>", parse_mode="HTML")
    assert not isinstance(edited, bool)
    assert edited.text == "b"
    assert edited.edit_date is not None
    assert edited.reply_markup is None


async def test_edit_caption_and_markup(bot: Bot) -> None:
    photo = await bot.send_photo(USER, sample("photo").content, caption="a", reply_markup=BUTTONS)
    edited = await photo.edit_caption("b", reply_markup=BUTTONS)
    bare = await photo.edit_reply_markup(None)
    assert not isinstance(edited, bool)
    assert not isinstance(bare, bool)
    assert (edited.caption, edited.reply_markup) == ("b", BUTTONS)
    assert (bare.caption, bare.reply_markup) == ("b", None)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await photo.edit_text("c")


async def test_delete_one_and_many(bot: Bot, api: Api) -> None:
    ids = [(await bot.send_message(USER, str(n))).message_id for n in range(3)]
    assert await bot.delete_message(USER, ids[0])
    assert await bot.delete_messages(USER, [*ids, 999])
    view = await api.get(f"/chats/{USER}?after=0")
    assert [m["message_id"] for m in view["messages"]] == [1]
    assert view["deleted"] == ids


async def test_old_messages_cannot_be_deleted_for_everyone(bot: Bot, api: Api) -> None:
    message = await bot.send_message(USER, "a")
    await api.post("/time", advance=48 * 3600 + 60)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await message.delete()


async def test_copy_and_forward(bot: Bot, api: Api) -> None:
    await api.send("one more", 1002, name="B")
    photo = await bot.send_photo(USER, sample("photo").content, caption="a", reply_markup=BUTTONS)
    copied = await bot.copy_message(1002, USER, photo.message_id, caption="b")
    forwarded = await bot.forward_message(1002, USER, 1)
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "user"
    message = next(m for m in await api.messages(1002) if m["message_id"] == copied.message_id)
    assert message["caption"] == "b"
    assert "forward_origin" not in message
    assert "reply_markup" not in message


async def test_protected_content_stays_where_it_is(bot: Bot) -> None:
    message = await bot.send_message(USER, "a", protect_content=True)
    assert message.has_protected_content
    with pytest.raises(BadRequest, match="The message can't be forwarded"):
        await message.forward(USER)


async def test_a_bot_can_copy_protected_content(bot: Bot) -> None:
    message = await bot.send_message(USER, "a", protect_content=True)
    copied = await message.copy(USER)
    assert copied.message_id > message.message_id


async def test_a_press_is_answered_in_time_or_not_at_all(bot: Bot, api: Api) -> None:
    message = await bot.send_message(USER, "a", reply_markup=BUTTONS)
    for seconds, in_time in ((14, True), (16, False)):
        pressed = await api.post("/press", user=USER, message_id=message.message_id, data="a")
        await api.post("/time", advance=seconds)
        if in_time:
            assert await bot.answer_callback_query(pressed["callback_query_id"])
            continue
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(pressed["callback_query_id"])


async def test_callback_is_answered_once(bot: Bot, api: Api) -> None:
    message = await bot.send_message(USER, "a", reply_markup=BUTTONS)
    pressed = await api.post("/press", user=USER, message_id=message.message_id, data="a")
    number = pressed["callback_query_id"]
    assert await bot.answer_callback_query(number, "seen", show_alert=True)
    view = await api.get(f"/chats/{USER}?after=0")
    assert view["notices"][0]["text"] == "seen"
    assert view["notices"][0]["show_alert"]
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(number)


async def test_callback_grows_too_old(bot: Bot, api: Api) -> None:
    message = await bot.send_message(USER, "a", reply_markup=BUTTONS)
    pressed = await api.post("/press", user=USER, message_id=message.message_id, data="a")
    await api.post("/time", advance=16)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(pressed["callback_query_id"])


async def test_chat_action_and_reaction_are_shown(bot: Bot, api: Api) -> None:
    await bot.send_chat_action(USER, ChatAction.TYPING)
    await bot.set_message_reaction(USER, 1, "👍")
    view = await api.get(f"/chats/{USER}?after=0")
    assert view["action"] == "typing"
    assert view["reactions"]["1"]["4242"] == [{"type": "emoji", "emoji": "👍"}]
    await api.post("/time", advance=6)
    assert (await api.get(f"/chats/{USER}"))["action"] == ""


async def test_get_chat(bot: Bot) -> None:
    chat = await bot.get_chat(USER)
    assert (chat.id, chat.type, chat.first_name) == (USER, "private", "A")


async def test_commands_per_scope_and_language(bot: Bot, api: Api) -> None:
    async def menu() -> list[str]:
        told = await api.get(f"/commands?user={USER}")
        return [one["command"] for one in told["commands"]]

    assert await menu() == []
    await bot.set_my_commands([BotCommand("default", "d")])
    assert await menu() == ["default"]
    await bot.set_my_commands([BotCommand("ru", "d")], language_code="ru")
    assert await menu() == ["ru"]
    await bot.set_my_commands([BotCommand("private", "d")], BotCommandScopeAllPrivateChats())
    assert await menu() == ["private"]
    await bot.set_my_commands([BotCommand("own", "d")], BotCommandScopeChat(USER))
    assert await menu() == ["own"]
    await bot.delete_my_commands(BotCommandScopeChat(USER))
    assert await menu() == ["private"]
    stored = await bot.get_my_commands(language_code="ru")
    assert [one.command for one in stored] == ["ru"]


async def test_name_and_descriptions_per_language(bot: Bot) -> None:
    assert await bot.set_my_name("Desk")
    assert await bot.set_my_description("Здесь помогают", language_code="ru")
    assert await bot.set_my_short_description("Short")
    assert (await bot.get_me()).first_name == "Desk"
    assert (await bot.get_my_name("kk")).name == "Desk"
    assert (await bot.get_my_description("ru")).description == "Здесь помогают"
    assert (await bot.get_my_description("kk")).description == ""
    assert (await bot.get_my_short_description("ky")).short_description == "Short"
