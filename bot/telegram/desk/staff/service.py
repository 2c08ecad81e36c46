"""What Telegram tells of a staff group: topics closed by hand, people who left, a new id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.handoff.groups import Missing
from bot.store.writes import Put
from bot.telegram.desk.staff import actions
from bot.telegram.desk.upkeep.rights import fingerprint, missing
from bot.telegram.effects import ChangeTopic, DeleteMessage, SendMessage
from bot.telegram.render import desk_lists

if TYPE_CHECKING:
    from telegram import ChatMemberUpdated, Message

    from bot.handoff.groups import Group
    from bot.store.keys import Keys
    from bot.telegram.desk.cases.desk import Desk
    from bot.telegram.desk.staff.turn import StaffTurn
    from bot.telegram.turn import Turn

_log = structlog.get_logger()


async def topic_closed(here: StaffTurn) -> None:
    """The staff closed a topic by hand: the migrant knows nothing of it, so the case is asked for.

    The topic is opened again: in a closed one administrators only could answer what comes next. One
    that was reopened or renamed by hand stays so: title, icon and state come back with the next
    change of the case.
    """
    number = await here.number()
    if number is None:
        return
    case = await here.desk.load(here.turn, number)
    if case is not None and case.is_open and case.group == here.group.id:
        text = here.words.gettext(
            "The case is still open, so its topic is open again. How did it end?"
        )
        actions.ask_ending(here, case, text)
        here.turn.add(ChangeTopic(chat_id=here.group.id, case=number, closed=False))


async def pinned(here: StaffTurn) -> None:
    """The bot pinned a card: that Telegram says so is only noise between people's words."""
    if here.message_id is not None and await here.number() is not None:
        gone = DeleteMessage(chat_id=here.group.id, message_id=here.message_id, late=True)
        here.turn.add(gone)


async def migrated(desk: Desk, message: Message) -> bool:
    """Follows a group that got a new id, whichever of its two messages comes first.

    Returns:
        Whether the message was about that, and of a group of ours.
    """
    old, new = message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat.id
    if new is None or await desk.staff_group(old) is None:
        return False
    await desk.cases.follow_group(old, new)
    _log.warning("staff_group_moved", old=old, new=new)
    return True


async def rights_changed(
    desk: Desk, turn: Turn, group: Group, change: ChatMemberUpdated, keys: Keys
) -> None:
    """The bot's own rights changed: says at once what is missing now, or that all is well."""
    found = missing(
        change.new_chat_member, is_forum=change.chat.is_forum, username=change.chat.username
    )
    if found:
        names = [one.value for one in found]
        _log.warning("staff_rights_missing", group=group.id, missing=names)
    turn.write(Put(keys.staff_told(group.id), fingerprint(found)))
    turn.write(desk.cases.shut(group.id, yes=Missing.MEMBER in found))
    if change.new_chat_member.status not in ("left", "kicked"):
        screen = desk_lists.rights(desk.context(group.locale), found)
        turn.add(SendMessage(chat_id=group.id, text=screen.html))
