"""Room for many, or for one that must be alone."""

from __future__ import annotations

import asyncio

from bot.telegram.room import Room


async def test_so_many_share_it() -> None:
    room, inside, most = Room(3), 0, 0

    async def visit() -> None:
        nonlocal inside, most
        async with room.shared():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(visit() for _ in range(20)))
    assert most == 3


async def test_alone_is_alone() -> None:
    room, inside = Room(3), 0
    seen: list[int] = []

    async def visit() -> None:
        nonlocal inside
        async with room.shared():
            inside += 1
            await asyncio.sleep(0)
            inside -= 1

    async def be_alone() -> None:
        async with room.alone():
            seen.append(inside)
            await asyncio.sleep(0)
            seen.append(inside)

    visits = [visit() if n % 4 else be_alone() for n in range(40)]
    await asyncio.gather(*visits)
    assert seen == [0] * 20


async def test_who_gives_up_waiting_gives_back_the_places() -> None:
    room = Room(2)
    async with room.shared():
        waiting = asyncio.create_task(_alone(room))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    async with room.alone():
        pass


async def _alone(room: Room) -> None:
    async with room.alone():
        pass
