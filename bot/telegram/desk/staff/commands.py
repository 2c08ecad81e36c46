"""Which command of the staff does what, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.telegram.desk.cases import history
from bot.telegram.desk.staff import (
    actions,
    blocks,
    canned,
    figures,
    lists,
    notes,
    profile,
    referral,
)
from bot.telegram.render import desk_lists

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Message

    from bot.handoff.case import Case
    from bot.telegram.desk.staff.turn import StaffTurn

    OfCase = Callable[[StaffTurn, Case, str], Awaitable[None]]
    OfGroup = Callable[[StaffTurn, str], Awaitable[None]]


async def _claim(here: StaffTurn, case: Case, _: str) -> None:
    await actions.claim(here, case)


async def _release(here: StaffTurn, case: Case, _: str) -> None:
    await actions.release(here, case)


async def _close(here: StaffTurn, case: Case, _: str) -> None:
    await actions.close(here, case, "")


async def _transfer(here: StaffTurn, case: Case, _: str) -> None:
    await actions.transfer(here, case, "")


async def _block(here: StaffTurn, case: Case, _: str) -> None:
    await blocks.block(here, case, ())


async def _unblock(here: StaffTurn, case: Case, _: str) -> None:
    await blocks.unblock(here, case.number)


async def _history(here: StaffTurn, case: Case, _: str) -> None:
    await history.post(here.desk, here.turn, case)


async def _note(here: StaffTurn, case: Case, text: str) -> None:
    if text:
        await notes.note(here, case.number, text)
    else:
        here.say(here.words.gettext("Write // before your words: the person does not see them."))


async def _queue(here: StaffTurn, _: str) -> None:
    await lists.queue(here)


async def _blocked(here: StaffTurn, _: str) -> None:
    await lists.blocked(here)


async def _snippets(here: StaffTurn, _: str) -> None:
    await canned.snippets(here)


async def _stats(here: StaffTurn, _: str) -> None:
    await figures.stats(here)


async def _audit(here: StaffTurn, _: str) -> None:
    await lists.audit(here)


async def _settings(here: StaffTurn, _: str) -> None:
    await lists.settings(here)


async def _help(here: StaffTurn, _: str) -> None:
    await unknown(here)


_OF_CASE: dict[str, OfCase] = {
    "a": canned.find,
    "claim": _claim,
    "release": _release,
    "close": _close,
    "transfer": _transfer,
    "block": _block,
    "unblock": _unblock,
    "note": _note,
    "history": _history,
    "refer": referral.find,
    "lang": profile.language,
    "citizen": profile.citizenship,
    "city": profile.city,
}
_OF_GROUP: dict[str, OfGroup] = {
    "queue": _queue,
    "duty": lists.duty,
    "blocked": _blocked,
    "snippet": canned.snippet_written,
    "snippets": _snippets,
    "stats": _stats,
    "audit": _audit,
    "desk": _settings,
    "help": _help,
    "start": _help,
}

COMMANDS = (*_OF_CASE, *_OF_GROUP)


async def run(here: StaffTurn, message: Message) -> None:
    """Carries a command out."""
    first, *rest = (message.text or message.caption or "").split(maxsplit=1)
    name, arguments = first.lstrip("/").partition("@")[0].lower(), "".join(rest).strip()
    in_group = _OF_GROUP.get(name)
    if in_group is not None:
        await in_group(here, arguments)
        return
    number = await here.number()
    if number is None:
        here.say(here.words.gettext("This works in the topic of a case."))
        return
    case = await here.loaded(number)
    if case is not None:
        await _OF_CASE[name](here, case, arguments)


async def unknown(here: StaffTurn) -> None:
    """A command that is not known: what works."""
    here.reply(desk_lists.help_page(here.words), await here.number(), late=True)
