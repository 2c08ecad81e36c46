"""Everything is erased, by the person or the operator: the staff are told, nothing comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import app
from bot.dialogue.session import Session
from bot.handoff import moves
from bot.handoff.case import Counsellor
from bot.settings import Settings
from bot.store.keys import Family
from bot.store.sessions import Stored
from bot.store.turns import Begun
from bot.telegram import effects
from bot.telegram.desk.cases import history
from bot.telegram.turn import Turn
from tests.eventually import eventually
from tests.servers import SHARDS
from tests.store.helpers import none_waits
from tests.telegram.desk.house import COUNSELLOR, GROUP, MIGRANT, House, said, words

if TYPE_CHECKING:
    from bot.store.keys import Keys
    from tests.servers import StoreServer

ERASED = (
    "The person had everything erased. Nothing can be answered any more. Please delete this topic."
)


async def test_the_operators_forget_tells_the_staff_and_empties_the_card(
    house: House, store_server: StoreServer, keys: Keys
) -> None:
    await house.open()
    await house.write("my long story")
    thread = await house.thread()
    card = (await house.store.cases.topic(1)).card  # type: ignore[union-attr]
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        redis_url=store_server.url,
        key_prefix=keys.prefix,
        shards=SHARDS,
    )
    await app.forget(settings, MIGRANT)
    await eventually(lambda: none_waits(house.store, Family.OUTBOX))
    assert await house.store.cases.earlier(MIGRANT) == ()
    in_topic = [m for m in await house.api.messages(GROUP) if m.get("message_thread_id") == thread]
    shown = {message["message_id"]: said(message) for message in in_topic}
    assert words(ERASED) in shown[card or 0]
    assert sum(words(ERASED) in text for text in shown.values()) == 2  # the card, and below
    view = await house.api.get(f"/chats/{GROUP}?after=0")
    assert next(topic["closed"] for topic in view["topics"] if topic["id"] == thread)


async def test_without_cases_the_operators_forget_tells_nobody(
    house: House, store_server: StoreServer, keys: Keys
) -> None:
    await house.write("/start")
    before = len(await house.api.messages(GROUP))
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        redis_url=store_server.url,
        key_prefix=keys.prefix,
        shards=SHARDS,
    )
    await app.forget(settings, MIGRANT)
    assert await none_waits(house.store, Family.OUTBOX)
    assert len(await house.api.messages(GROUP)) == before


async def test_a_history_that_waits_while_everything_is_erased_is_never_posted(
    house: House,
) -> None:
    """Rule: what repeats a person's words goes nowhere once they had them erased."""
    case = await house.open()
    await house.write("my long story")
    turn = _turn()
    await history.post(house.desk, turn, case)
    (posted,) = turn.effects
    assert posted.quotes
    assert "my long story" in posted.text  # type: ignore[union-attr]
    waits = turn.result().outgoing
    await house.write("/forget")
    before = len(await house.api.messages(GROUP))
    await house.store.outbox.append(waits)
    await eventually(lambda: none_waits(house.store, Family.OUTBOX))
    assert len(await house.api.messages(GROUP)) == before


async def test_a_transfers_history_is_of_that_kind_too(house: House) -> None:
    case = await house.open()
    turn = _turn()
    loaded = await house.desk.load(turn, case.number)
    assert loaded is not None
    group = await house.desk.group_of(GROUP)
    move = moves.moved(loaded, Counsellor(COUNSELLOR, "A"), -5, house.desk.clockwork(group))
    assert isinstance(move, moves.Move)
    await house.desk.apply(turn, move)
    quoting = [one for one in turn.effects if isinstance(one, effects.SendMessage) and one.quotes]
    assert len(quoting) == 1


def _turn() -> Turn:
    return Turn(1, MIGRANT, Begun(Stored(Session()), 1), 0)
