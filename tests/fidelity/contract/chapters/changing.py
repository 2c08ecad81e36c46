"""Messages that change: edited, deleted, copied, forwarded, reacted to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fidelity.contract.chapters.people import (
    ANNA,
    BORIS,
    NOT_MODIFIED,
    PRESS_ME,
    PRESS_OTHER,
    document,
    picture,
    sent,
    start,
)
from tests.fidelity.contract.client import Json
from tests.fidelity.contract.matching import ABSENT, ANY

if TYPE_CHECKING:
    from tests.fidelity.contract.script import Script


async def editing(s: Script) -> None:
    """What can be edited, and what cannot."""
    await start(s)
    number = await sent(s, "Old", reply_markup=PRESS_ME)
    here: Json = {"chat_id": ANNA, "message_id": number}
    await s.call(
        "the text, and the buttons go with it",
        "editMessageText",
        gives={"message_id": number, "text": "New", "edit_date": ANY, "reply_markup": ABSENT},
        text="New",
        **here,
    )
    await s.call("nothing new", "editMessageText", refused=NOT_MODIFIED, text="New", **here)
    await s.call(
        "the buttons alone",
        "editMessageReplyMarkup",
        gives={"text": "New", "reply_markup": PRESS_OTHER},
        reply_markup=PRESS_OTHER,
        **here,
    )
    await s.call(
        "the same buttons",
        "editMessageReplyMarkup",
        refused=NOT_MODIFIED,
        reply_markup=PRESS_OTHER,
        **here,
    )
    await s.call(
        "a caption where there is none",
        "editMessageCaption",
        refused="Bad Request: there is no caption in the message to edit",
        caption="x",
        **here,
    )
    await s.call(
        "what is not there",
        "editMessageText",
        refused="Bad Request: message to edit not found",
        chat_id=ANNA,
        message_id=999_999,
        text="x",
    )
    await s.does("send", user=ANNA, text="Mine")
    mine = await s.hears("Anna writes", message={"text": "Mine"})
    await s.call(
        "what is Anna's",
        "editMessageText",
        refused="Bad Request: message can't be edited",
        chat_id=ANNA,
        message_id=mine["message_id"],
        text="x",
    )
    await s.does("send", user=ANNA, edit={"message_id": mine["message_id"], "text": "Mine now"})
    await s.hears(
        "Anna edits her own",
        edited_message={
            "message_id": mine["message_id"],
            "text": "Mine now",
            "date": ANY,
            "edit_date": ANY,
        },
    )


async def editing_files(s: Script) -> None:
    """Captions, and the file itself."""
    await start(s)
    message = await s.call(
        "a picture",
        "sendPhoto",
        gives={"caption": "Old"},
        chat_id=ANNA,
        photo=picture(),
        caption="Old",
    )
    here: Json = {"chat_id": ANNA, "message_id": message["message_id"]}
    await s.call(
        "its caption",
        "editMessageCaption",
        gives={
            "caption": "New",
            "caption_entities": [{"type": "bold", "offset": 0, "length": 3}],
            "photo": ANY,
            "edit_date": ANY,
        },
        caption="<b>New</b>",
        parse_mode="HTML",
        **here,
    )
    await s.call(
        "the same caption",
        "editMessageCaption",
        refused=NOT_MODIFIED,
        caption="<b>New</b>",
        parse_mode="HTML",
        **here,
    )
    await s.call(
        "a text where there is none",
        "editMessageText",
        refused="Bad Request: there is no text in the message to edit",
        text="x",
        **here,
    )
    await s.call(
        "the file",
        "editMessageMedia",
        gives={"document": {"file_name": "document.txt"}, "photo": ABSENT, "caption": "A file"},
        media={"type": "document", "media": document(), "caption": "A file"},
        **here,
    )


async def deleting(s: Script) -> None:
    """One message, several, and those that cannot be deleted."""
    await start(s)
    number = await sent(s, "Short-lived")
    await s.call("its own", "deleteMessage", gives=True, chat_id=ANNA, message_id=number)
    await s.call(
        "it is gone",
        "deleteMessage",
        refused="Bad Request: message to delete not found",
        chat_id=ANNA,
        message_id=number,
    )
    await s.does("send", user=ANNA, text="Mine")
    mine = await s.hears("Anna writes", message={"text": "Mine"})
    await s.call("Anna's", "deleteMessage", gives=True, chat_id=ANNA, message_id=mine["message_id"])
    numbers = [await sent(s, f"No. {n}") for n in range(3)]
    await s.call(
        "several, and one that is gone",
        "deleteMessages",
        gives=True,
        chat_id=ANNA,
        message_ids=[number, *numbers[:2]],
    )
    await s.does("delete", user=ANNA, message_id=numbers[2])
    await s.hears_nothing("Anna deletes one, and nobody tells the bot")
    await s.call(
        "which it notices too late",
        "editMessageText",
        refused="Bad Request: message to edit not found",
        chat_id=ANNA,
        message_id=numbers[2],
        text="x",
    )
    old = await sent(s, "Old")
    await s.does("time", advance=49 * 3600)
    await s.call(
        "two days old",
        "deleteMessage",
        refused="Bad Request: message can't be deleted for everyone",
        chat_id=ANNA,
        message_id=old,
    )


async def copying(s: Script) -> None:
    """Copies have no author, forwards name it; several at once keep their order."""
    await start(s)
    await start(s, BORIS, "Boris")
    await s.does("send", user=ANNA, photo={"caption": "My passport"})
    photo = await s.hears("Anna sends a picture", message={"caption": "My passport"})
    source: Json = {"from_chat_id": ANNA, "message_id": photo["message_id"]}
    copy = await s.call("a copy", "copyMessage", gives={"message_id": ANY}, chat_id=BORIS, **source)
    view = await s.looks(f"chats/{BORIS}?after=0")
    s.check(
        "has no author",
        view["messages"][-1],
        {
            "message_id": copy["message_id"],
            "from": {"id": 42},
            "caption": "My passport",
            "forward_origin": ABSENT,
        },
    )
    await s.call(
        "a copy with other words",
        "copyMessage",
        gives={"message_id": ANY},
        chat_id=BORIS,
        caption="Hers",
        reply_markup=PRESS_ME,
        **source,
    )
    await s.call(
        "a forward names the author",
        "forwardMessage",
        gives={
            "caption": "My passport",
            "forward_origin": {"type": "user", "sender_user": {"id": ANNA}, "date": ANY},
        },
        chat_id=BORIS,
        **source,
    )
    first, second = await sent(s, "One"), await sent(s, "Two")
    await s.call(
        "several copies; what is not there is passed over",
        "copyMessages",
        gives=[{"message_id": ANY}, {"message_id": ANY}],
        chat_id=BORIS,
        from_chat_id=ANNA,
        message_ids=[first, second, 999_999],
    )
    await s.call(
        "several forwards",
        "forwardMessages",
        gives=[{"message_id": ANY}, {"message_id": ANY}],
        chat_id=BORIS,
        from_chat_id=ANNA,
        message_ids=[first, second],
    )
    await s.call(
        "out of order",
        "copyMessages",
        refused="Bad Request: message identifiers must be in a strictly increasing order",
        chat_id=BORIS,
        from_chat_id=ANNA,
        message_ids=[second, first],
    )
    await s.call(
        "nothing that is there",
        "forwardMessages",
        refused="Bad Request: there are no messages to forward",
        chat_id=BORIS,
        from_chat_id=ANNA,
        message_ids=[999_998, 999_999],
    )
    for verb, method in (("copy", "copyMessage"), ("forward", "forwardMessage")):
        await s.call(
            f"nothing to {verb}",
            method,
            refused=f"Bad Request: message to {verb} not found",
            chat_id=BORIS,
            from_chat_id=ANNA,
            message_id=999_999,
        )
    secret = await sent(s, "Secret", protect_content=True)
    await s.call(
        "a protected message stays where it is",
        "forwardMessage",
        refused="Bad Request: the message can't be forwarded",
        chat_id=BORIS,
        from_chat_id=ANNA,
        message_id=secret,
    )
    await s.does("send", user=BORIS, forward={"sender_name": "Somebody"}, text="Look")
    await s.hears(
        "a forward from somebody who hides",
        message={
            "text": "Look",
            "forward_origin": {"type": "hidden_user", "sender_user_name": "Somebody", "date": ANY},
        },
    )


async def reacting(s: Script) -> None:
    """Reactions, both ways."""
    await start(s)
    await s.does("send", user=ANNA, text="It worked!")
    message = await s.hears("Anna writes", message={"text": "It worked!"})
    here: Json = {"chat_id": ANNA, "message_id": message["message_id"]}
    like = [{"type": "emoji", "emoji": "👍"}]
    await s.call("it likes that", "setMessageReaction", gives=True, reaction=like, **here)
    await s.call("and takes it back", "setMessageReaction", gives=True, reaction=[], **here)
    await s.call(
        "not every emoji",
        "setMessageReaction",
        refused="Bad Request: REACTION_INVALID",
        reaction=[{"type": "emoji", "emoji": "🧿"}],
        **here,
    )
    await s.call(
        "nothing to react to",
        "setMessageReaction",
        refused="Bad Request: message to react not found",
        chat_id=ANNA,
        message_id=999_999,
        reaction=like,
    )
    own = await sent(s, "Did it help?")
    await s.does("react", user=ANNA, message_id=own, emoji="👍")
    await s.hears(
        "Anna likes the answer",
        message_reaction={
            "chat": {"id": ANNA},
            "message_id": own,
            "user": {"id": ANNA},
            "old_reaction": [],
            "new_reaction": like,
        },
    )
    await s.does("react", user=ANNA, message_id=own)
    await s.hears("and does no more", message_reaction={"old_reaction": like, "new_reaction": []})


CHAPTERS = (editing, editing_files, deleting, copying, reacting)
