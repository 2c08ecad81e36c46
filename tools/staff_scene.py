"""Plays a scene of staff work on a sandbox of its own, for the documentation's pictures.

The bot is the small one of the tests: it opens a topic for each person and carries messages both
ways. All people and words are invented.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.sandbox.config import SandboxConfig
from bot.sandbox.server import create_app
from tests.sandbox import forum_bot
from tests.sandbox.conftest import Api
from tests.sandbox.forum_bot import GROUP

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

RUSSIAN, UZBEK, TAJIK = 102, 103, 105
FIRST, SECOND, OWNER = 201, 202, 203


@asynccontextmanager
async def staff_scene() -> AsyncIterator[str]:
    """Start the sandbox and the bot, and play the scene.

    Yields:
        The page's address with the person and the topic of the scene open.
    """
    server = TestServer(create_app(SandboxConfig(bot_name="Helpline")), handler_cancellation=True)
    await server.start_server()
    app = forum_bot.build(server)
    async with app, ClientSession(base_url=server.make_url("/")) as session:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling()
        api = Api(session)
        await api.wait_for_bot()
        topic = await _play(api)
        yield f"{server.make_url('/')}#{UZBEK}/{GROUP}/{topic}"
        await app.updater.stop()
        await app.stop()
    await server.close()


async def _play(api: Api) -> int:
    """Play the scene; return the topic to show."""
    await _ask(api, RUSSIAN, "Здравствуйте! Где в Алматы можно получить консультацию юриста?")
    await _ask(api, TAJIK, "Салом! Ба ман дар бораи ҳуҷҷатҳо маслиҳат лозим аст")
    first = await _ask(api, UZBEK, "Assalomu alaykum! Ish beruvchi ikki oydan beri pul bermayapti.")
    topics = {topic["name"]: topic["id"] for topic in (await _view(api))["topics"]}
    shown: int = topics["Case 3"]
    await _owner(api, thread=shown, name="№ 3 · uz · ish haqi", icon_emoji="💼")
    await _owner(api, thread=topics["Case 1"], name="№ 1 · ru · юрист")
    await _owner(api, thread=topics["Case 2"], name="№ 2 · tg · ҳуҷҷатҳо", icon_emoji="🪪")
    await api.post("/topics", chat=GROUP, user=OWNER, action="create", name="Объявления",
                   icon_emoji="📣")  # fmt: skip
    await api.post("/members", chat=GROUP, user=OWNER, member=SECOND, status="administrator",
                   custom_title="юрист")  # fmt: skip
    await api.send("Доброе утро! Сегодня дежурим вдвоём, после обеда придёт третий.", OWNER,
                   chat=GROUP)  # fmt: skip
    await api.send("Salom! Shartnoma bormi? Qaysi shaharda ishlaysiz?", FIRST, chat=GROUP,
                   thread=shown, reply_to=first["message_id"])  # fmt: skip
    await api.wait_for_text(UZBEK, "Shartnoma bormi?")
    await api.send("", UZBEK, photo={"caption": "Mana shartnoma. Shahar — Shimkent"})
    contract = await _copied(api, "Shimkent")
    await api.post("/react", user=SECOND, chat=GROUP, message_id=contract["message_id"], emoji="👍")
    await api.send("Договор вижу, отвечу до вечера.", SECOND, chat=GROUP, thread=topics["Case 1"])
    answer = await api.send("Rahmat! Yuristimiz bugun javob beradi.", FIRST, chat=GROUP,
                            thread=shown, reply_to=contract["message_id"], quote="Mana shartnoma"
                            )  # fmt: skip
    await api.wait_for_text(UZBEK, "Yuristimiz")
    await api.send(user=FIRST, chat=GROUP, edit={
        "message_id": answer["message_id"],
        "text": "Rahmat! Yuristimiz bugun soat 18 gacha javob beradi.",
    })  # fmt: skip
    await api.wait_for_text(UZBEK, "soat 18")
    await api.post("/topics", chat=GROUP, user=OWNER, action="close", thread=topics["Case 1"])
    return shown


async def _ask(api: Api, person: int, words: str) -> dict[str, Any]:
    """Have a person begin and ask; return the question as it stands in the group."""
    await api.send("/start", person)
    await api.wait_for_text(person, forum_bot.WELCOME)
    await api.send(words, person)
    return await _copied(api, words)


async def _copied(api: Api, words: str) -> dict[str, Any]:
    """Wait until something is in the group; return the message."""

    def found(view: dict[str, Any]) -> dict[str, Any] | None:
        said = (m for m in view["messages"] if words in m.get("text", m.get("caption", "")))
        return next(said, None)

    view = await api.wait_for(GROUP, lambda view: found(view) is not None)
    message = found(view)
    assert message is not None
    return message


async def _view(api: Api) -> dict[str, Any]:
    view: dict[str, Any] = await api.get(f"/chats/{GROUP}?after=0")
    return view


async def _owner(api: Api, **change: object) -> None:
    await api.post("/topics", chat=GROUP, user=OWNER, action="edit", **change)
