"""Carries an effect out: one call of the Bot API each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from telegram import (
    BotCommandScopeChat,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.telegram.effects import (
    AlbumKind,
    AnswerCallback,
    ChangeTopic,
    ChatAction,
    CopyMessage,
    DeleteMessage,
    EditMarkup,
    EditMessage,
    Medium,
    SendAlbum,
    SendLocation,
    SendMessage,
    SendVenue,
    SetCommands,
    SetReaction,
    TidyTopic,
)
from bot.telegram.ends import End, end_of
from bot.telegram.keyboards import inline, reply

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from telegram import Bot

    from bot.telegram.effects import AlbumItem, Effect

_Medium = InputMediaPhoto | InputMediaVideo | InputMediaDocument | InputMediaAudio

_MEDIA: dict[AlbumKind, type[_Medium]] = {
    AlbumKind.PHOTO: InputMediaPhoto,
    AlbumKind.VIDEO: InputMediaVideo,
    AlbumKind.DOCUMENT: InputMediaDocument,
    AlbumKind.AUDIO: InputMediaAudio,
}


class Spot(msgspec.Struct, frozen=True):
    """Where in its chat an effect goes.

    Attributes:
        thread: the topic; None for a chat without topics, and for General.
        reply_to: the message it answers.
    """

    thread: int | None = None
    reply_to: int | None = None


NOWHERE = Spot()
"""An effect that goes to its chat, and answers what it says itself."""


async def carry_out(bot: Bot, effect: Effect, spot: Spot = NOWHERE) -> tuple[int, ...]:
    """Carries an effect out, whose refs are resolved.

    Returns:
        The ids of the messages that it made.

    Raises:
        telegram.error.TelegramError: what Telegram or the network answered instead.
    """
    match effect:
        case SendMessage() | SendLocation() | SendVenue() | CopyMessage() | SendAlbum():
            return await _send(bot, effect, spot)
        case EditMessage() | EditMarkup() | DeleteMessage():
            await _change(bot, effect)
        case ChangeTopic() if spot.thread is not None:
            await change_topic(bot, effect, spot.thread)
        case AnswerCallback():
            await bot.answer_callback_query(
                effect.query_id, text=effect.text, show_alert=effect.alert
            )
        case ChatAction():
            await bot.send_chat_action(effect.chat_id, effect.action, message_thread_id=spot.thread)
        case SetReaction():
            await bot.set_message_reaction(
                effect.chat_id, effect.message_id, reaction=effect.emoji or ()
            )
        case TidyTopic():
            await bot.delete_forum_topic(effect.chat_id, effect.thread)
        case SetCommands():
            await _set_commands(bot, effect)
    return ()


async def _send(
    bot: Bot,
    effect: SendMessage | SendLocation | SendVenue | CopyMessage | SendAlbum,
    spot: Spot,
) -> tuple[int, ...]:
    chat_id, thread = effect.chat_id, spot.thread
    answered = reply_to(spot.reply_to or getattr(effect, "reply_to", None))
    match effect:
        case SendMessage():
            message = await bot.send_message(
                chat_id,
                effect.text,
                parse_mode=None if effect.plain else ParseMode.HTML,
                reply_markup=inline(effect.keyboard) or reply(effect.reply_keyboard),
                link_preview_options=LinkPreviewOptions(is_disabled=not effect.link_preview),
                protect_content=effect.protect or None,
                disable_notification=effect.silent or None,
                message_thread_id=thread,
                reply_parameters=answered,
            )
        case SendLocation():
            message = await bot.send_location(
                chat_id,
                effect.latitude,
                effect.longitude,
                reply_markup=inline(effect.keyboard),
                message_thread_id=thread,
                reply_parameters=answered,
            )
        case SendVenue():
            message = await bot.send_venue(
                chat_id,
                effect.latitude,
                effect.longitude,
                effect.title,
                effect.address,
                reply_markup=inline(effect.keyboard),
                message_thread_id=thread,
                reply_parameters=answered,
            )
        case CopyMessage():
            copy = await bot.copy_message(
                chat_id,
                effect.from_chat_id,
                effect.message_id,
                caption=effect.caption,
                parse_mode=None if effect.caption is None else ParseMode.HTML,
                reply_markup=inline(effect.keyboard),
                message_thread_id=thread,
                reply_parameters=answered,
            )
            return (copy.message_id,)
        case SendAlbum():
            media = [_medium(item) for item in effect.items]
            album = await bot.send_media_group(
                chat_id, media, message_thread_id=thread, reply_parameters=answered
            )
            return tuple(message.message_id for message in album)
    return (message.message_id,)


def _medium(item: AlbumItem) -> _Medium:
    return _MEDIA[item.kind](
        item.file_id,
        caption=item.caption or None,
        parse_mode=ParseMode.HTML if item.caption else None,
    )


async def _change(bot: Bot, effect: EditMessage | EditMarkup | DeleteMessage) -> None:
    match effect:
        case EditMessage(medium=Medium(kind=kind, file_id=file_id)):
            medium = _MEDIA[kind](
                file_id,
                caption=effect.text or None,
                parse_mode=None if effect.plain else ParseMode.HTML,
            )
            await bot.edit_message_media(
                medium, effect.chat_id, effect.message_id, reply_markup=inline(effect.keyboard)
            )
        case EditMessage(caption=True):
            await bot.edit_message_caption(
                effect.chat_id,
                effect.message_id,
                caption=effect.text,
                parse_mode=None if effect.plain else ParseMode.HTML,
                reply_markup=inline(effect.keyboard),
            )
        case EditMessage():
            await bot.edit_message_text(
                effect.text,
                effect.chat_id,
                effect.message_id,
                parse_mode=None if effect.plain else ParseMode.HTML,
                reply_markup=inline(effect.keyboard),
                link_preview_options=LinkPreviewOptions(is_disabled=not effect.link_preview),
            )
        case EditMarkup():
            await bot.edit_message_reply_markup(
                effect.chat_id, effect.message_id, reply_markup=inline(effect.keyboard)
            )
        case DeleteMessage():
            await bot.delete_message(effect.chat_id, effect.message_id)


async def change_topic(
    bot: Bot, effect: ChangeTopic, thread: int, icon_id: str | None = None
) -> None:
    """Changes a topic: opens it if it shall be open, names it, closes it if it shall be closed.

    Args:
        bot: calls Telegram.
        effect: what to change; its icon is ``icon_id``.
        thread: the topic.
        icon_id: Telegram's id of the icon; None leaves the icon.

    Raises:
        telegram.error.TelegramError: what Telegram or the network answered instead.
    """
    if effect.closed is False:
        await unless_done(bot.reopen_forum_topic(effect.chat_id, thread))
    if effect.title is not None or icon_id is not None:
        await unless_done(
            bot.edit_forum_topic(
                effect.chat_id, thread, name=effect.title, icon_custom_emoji_id=icon_id
            )
        )
    if effect.closed:
        await unless_done(bot.close_forum_topic(effect.chat_id, thread))


async def unless_done(call: Awaitable[object]) -> None:
    """Makes a call; that it changes nothing is no failure."""
    try:
        await call
    except TelegramError as error:
        if end_of(error) is not End.DONE:
            raise


async def _set_commands(bot: Bot, effect: SetCommands) -> None:
    scope = BotCommandScopeChat(effect.chat_id)
    if effect.commands:
        commands = [(command.name, command.description) for command in effect.commands]
        await bot.set_my_commands(commands, scope=scope)
    else:
        await bot.delete_my_commands(scope=scope)


def reply_to(message_id: int | None) -> ReplyParameters | None:
    """A reply that is sent all the same when the message it answers was deleted."""
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)
