"""Recordings played again: the same bot does the same, a changed bot is found out."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from aiohttp import ClientSession
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup, Update

from bot.sandbox.bot_api.http import WORLD
from bot.sandbox.config import SandboxConfig
from bot.sandbox.errors import InputError
from bot.sandbox.json_api.acts import ACTS, replay
from bot.sandbox.recording.player import Player, Report
from bot.sandbox.recording.replay import read_events, summary
from bot.sandbox.world import World
from tests.sandbox import menu_bot
from tests.sandbox.conftest import Api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp.test_utils import TestServer

    from tests.sandbox.conftest import StartSandbox

GROUP = -1_001_000_000_001
BOT_ID = 4242

Json = dict[str, Any]
Events = list[Json]


@asynccontextmanager
async def polling(server: TestServer) -> AsyncIterator[None]:
    """The menu bot, as it is now, until the end of the block."""
    app = menu_bot.build(server)
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(allowed_updates=[])
        try:
            yield
        finally:
            await app.updater.stop()
            await app.stop()


async def recorded(api: Api, answers: int) -> Events:
    """Wait until the bot has done as many things; return the recording."""
    now = 0
    while True:
        events: Events = (await api.get("/recording"))["events"]
        if sum("bot" in event for event in events) >= answers:
            return events
        now = (await api.get(f"/watch?after={now}&wait=30"))["now"]


async def session(api: Api) -> Events:
    """Act like several people, in a private chat and in a group; return the recording."""
    await api.wait_for_bot()
    await api.send("/start", 101)
    hello = await api.wait_for_text(101, "stranger")
    await api.post("/press", user=101, message_id=hello["message_id"], data="one")
    await recorded(api, 3)
    own = await api.send("first words", 101)
    await recorded(api, 4)
    await api.send("second words", 101, edit=own["message_id"])
    echo = await api.wait_for_text(101, "You changed it to")
    await api.send("quoting", 101, reply_to=echo["message_id"], quote="changed it")
    await api.post("/send", user=102, album=[{"photo": {"caption": "a"}}, {"photo": {}}])
    await api.send("", 103, contact={"phone_number": "+7700", "own": True})
    made = await api.post("/topics", user=203, chat=GROUP, action="create", name="Case")
    thread = made["topic"]["id"]
    await recorded(api, 9)
    await api.send("in the topic", 201, chat=GROUP, thread=thread)
    await recorded(api, 10)
    answer = next(m for m in await api.messages(GROUP) if m["from"]["id"] == BOT_ID)
    await api.post("/react", user=201, chat=GROUP, message_id=answer["message_id"], emoji="👍")
    await api.post("/pin", user=203, chat=GROUP, message_id=answer["message_id"])
    await api.post("/delete", user=203, chat=GROUP, message_ids=[answer["message_id"]])
    return await recorded(api, 10)


async def test_the_same_bot_does_the_same(api: Api, sandbox: TestServer) -> None:
    async with polling(sandbox):
        events = await session(api)
        report = await api.post("/replay", events=events)
    acts = sum("act" in event for event in events)
    assert report["differences"] == []
    assert report["stopped"] == ""
    assert (report["played"], report["acts"]) == (acts, acts)
    assert report["answers"] == sum("bot" in event for event in events)


async def test_it_does_the_same_in_another_sandbox(
    api: Api, sandbox: TestServer, start_sandbox: StartSandbox
) -> None:
    async with polling(sandbox):
        events = await session(api)
    other = await start_sandbox(first_update_id=5000, first_message_id=700)
    async with polling(other), other_api(other) as elsewhere:
        await elsewhere.wait_for_bot()
        report = await elsewhere.post("/replay", events=events)
    assert report["differences"] == []


@asynccontextmanager
async def other_api(server: TestServer) -> AsyncIterator[Api]:
    async with ClientSession(base_url=server.make_url("/")) as client:
        yield Api(client)


async def test_a_replay_is_a_recording_that_can_be_played_again(
    api: Api, sandbox: TestServer
) -> None:
    async with polling(sandbox):
        events = await session(api)
        await api.post("/replay", events=events)
        again = (await api.get("/recording"))["events"]
        report = await api.post("/replay", events=again)
    assert report["differences"] == []
    assert [e for e in again if "act" in e] == [e for e in events if "act" in e]


async def test_it_can_be_played_into_what_is_there_already(api: Api, sandbox: TestServer) -> None:
    async with polling(sandbox):
        events = await session(api)
        report = await api.post("/replay", events=events, reset=False)
    assert report["differences"] == []


async def test_a_group_made_anew_stands_for_the_one_recorded(api: Api, sandbox: TestServer) -> None:
    async with polling(sandbox):
        await api.wait_for_bot()
        made = await api.post("/groups", title="G", creator=203, members=[201])
        chat = made["chat"]["id"]
        await api.send("/start@sandbox_helpline_bot", 201, chat=chat)
        answer = await api.wait_for_text(chat, "stranger")
        await api.post("/press", user=201, chat=chat, message_id=answer["message_id"], data="one")
        events = await recorded(api, 3)
        report = await api.post("/replay", events=events, reset=False)
    assert report["differences"] == []
    again = (await api.get("/recording"))["events"]
    assert again[1]["made"] != chat


async def test_a_changed_text_and_a_changed_button_are_named(
    api: Api, sandbox: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with polling(sandbox):
        await api.wait_for_bot()
        await api.send("/start", 101)
        await api.wait_for_text(101, "stranger")
        events = await recorded(api, 1)

    async def start(update: Update, context: menu_bot.Context) -> None:
        assert update.effective_message is not None
        rows = [menu_bot.MENU.inline_keyboard[1]]
        await update.effective_message.reply_text("Hi", reply_markup=InlineKeyboardMarkup(rows))

    monkeypatch.setattr(menu_bot, "start", start)
    async with polling(sandbox):
        report = await api.post("/replay", events=events)
    (difference,) = report["differences"]
    assert (difference["act"], difference["chat"]) == (1, 101)
    assert 'text is "Hi" instead of "Hello, stranger!' in difference["what"]
    assert 'buttons is [[["Alert","alert"]]] instead of [[["One","one"]]' in difference["what"]
    assert difference["expected"]["text"].startswith("Hello")
    assert difference["got"]["text"] == "Hi"
    assert report["played"] == 1


async def test_a_missing_answer_stops_it_and_says_where(
    api: Api, sandbox: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with polling(sandbox):
        await api.wait_for_bot()
        await api.send("/start", 101)
        hello = await api.wait_for_text(101, "stranger")
        await api.post("/press", user=101, message_id=hello["message_id"], data="one")
        await recorded(api, 3)
        await api.send("words", 101)
        events = await recorded(api, 4)

    async def pressed(update: Update, context: menu_bot.Context) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Pressed one")

    monkeypatch.setattr(menu_bot, "pressed", pressed)
    async with polling(sandbox):
        report = await api.post("/replay", events=events, patience=1)
    assert report["stopped"] == (
        "after act 2 the bot was still to do 1 in chat 101 after 1 seconds"
    )
    assert (report["played"], report["acts"]) == (2, 3)
    missing, stopped = report["differences"]
    assert "the bot did not do this in chat 101: editMessageText" in missing["what"]
    assert missing["act"] == 2
    assert stopped["what"] == report["stopped"]


async def test_what_the_bot_does_too_much_is_named(
    api: Api, sandbox: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with polling(sandbox):
        await api.wait_for_bot()
        for number in (1, 2):
            await api.send("/keys", 101)
            await recorded(api, number)
        events = await recorded(api, 2)

    async def keys(update: Update, context: menu_bot.Context) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text("One more")
        await update.effective_message.reply_text("Use the buttons", reply_markup=menu_bot.KEYS)

    monkeypatch.setattr(menu_bot, "keys", keys)
    async with polling(sandbox):
        report = await api.post("/replay", events=events)
    extra = [one for one in report["differences"] if one["expected"] is None]
    assert extra[0]["act"] == 1
    assert extra[0]["what"] == (
        'after act 1, the bot also did this in chat 101: sendMessage {"text":"One more"}'
    )


async def test_an_act_that_cannot_be_done_stops_it(
    api: Api, sandbox: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with polling(sandbox):
        await api.wait_for_bot()
        await api.send("/start", 101)
        hello = await api.wait_for_text(101, "stranger")
        await api.post("/press", user=101, message_id=hello["message_id"], data="one")
        events = await recorded(api, 3)
    monkeypatch.setattr(menu_bot, "MENU", InlineKeyboardMarkup([]))
    async with polling(sandbox):
        report = await api.post("/replay", events=events)
    assert report["played"] == 1
    assert report["stopped"].startswith("act 2 (press) cannot be done: message")
    assert "has no button with this data" in report["stopped"]
    assert [one["act"] for one in report["differences"]] == [1, 2]


async def test_without_a_bot_it_says_that_nobody_asks_for_updates(api: Api) -> None:
    events = [
        {"act": "send", "user": 101, "text": "a"},
        {"bot": "sendMessage", "chat": 101, "text": "b"},
    ]
    report = await api.post("/replay", events=events, patience=0.2)
    assert report["stopped"].endswith("no bot asks for updates")


async def test_what_a_bot_did_before_anybody_acted_is_not_asked_of_it_again(
    api: Api, raw: ClientSession
) -> None:
    events = [
        {"bot": "sendMessage", "chat": GROUP, "text": "I am here"},
        {"act": "send", "user": 101, "text": "a"},
    ]
    report = await api.post("/replay", events=events, settle=0)
    assert (report["differences"], report["answers"]) == ([], 0)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], "there is nothing to play"),
        ([{"recording": 1}], "there is nothing to play"),
        ([{"recording": 2}], "event 1: version 2 is not known; 1 is"),
        ([{"chat": 1}], "event 1 must have one of act, bot, file, recording"),
        ([{"act": 5}], "event 1: act must be a text"),
        ([{"act": "send"}, {"bot": "sendMessage"}], "event 2: chat must be a number"),
        ([{"file": "sha256:1"}], "event 1: a file needs its data"),
        ([{"act": "send"}] * 5001, "a recording has at most 5000 events, not 5001"),
        ([5], "Expected `object`"),
    ],
)
async def test_a_wrong_recording_is_refused(api: Api, events: Events, words: str) -> None:
    assert words in (await api.post("/replay", 400, events=events))["error"]


@pytest.mark.parametrize("name", ["patience", "settle"])
async def test_waits_have_bounds(api: Api, name: str) -> None:
    for seconds in (-1, 121):
        answer = await api.post("/replay", 400, events=[], **{name: seconds})
        assert answer["error"] == f"{name} must be between 0 and 120 seconds"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ({"act": "dance"}, "there is no act 'dance'; there are send, press"),
        ({"act": "send", "user": "x", "text": "a"}, "Expected `int`"),
        ({"act": "send", "user": 101, "text": "a", "reply_to": "bot 9"},
         "there is no message 'bot 9' in chat 101"),
        ({"act": "send", "user": 101, "text": "a", "reply_to": "earlier"},
         "there is no message 'earlier' in chat 101"),
        ({"act": "send", "user": 101, "photo": {"data": "sha256:0"}},
         "the recording does not hold the file sha256:0"),
        ({"act": "topics", "user": 203, "chat": GROUP, "action": "create"},
         "name must be non-empty"),
        ({"act": "send", "user": 101, "text": "a", "chat": "x"}, "Expected `int"),
    ],
)  # fmt: skip
async def test_a_wrong_act_is_named_with_its_number(api: Api, act: Json, words: str) -> None:
    events = [{"act": "send", "user": 102, "text": "fine"}, act]
    report = await api.post("/replay", events=events)
    assert report["stopped"].startswith(f"act 2 ({act['act']}) cannot be done: ")
    assert words in report["stopped"]
    assert report["played"] == 1


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 300) | st.text(max_size=5)
    | st.sampled_from([GROUP, 101, 203, "people 1", "bot 1", "earlier", "create", "close"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["message_id", "data", "chat", "photo"]), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip
FIELDS = [
    "user", "chat", "text", "message_id", "message_ids", "reply_to", "thread", "edit", "forward",
    "album", "photo", "contact", "emoji", "data", "member", "status", "action", "name", "title",
    "creator", "id", "made", "update", "advance", "method", "error_code", "pinned",
]  # fmt: skip
ACT_EVENTS = st.builds(
    lambda act, fields: {"act": act} | fields,
    st.sampled_from(list(ACTS)),
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6),
)


@given(st.lists(ACT_EVENTS, min_size=1, max_size=4))
@settings(max_examples=200)
def test_whatever_a_recording_holds_it_is_played_or_named(events: Events) -> None:
    async def play() -> Report:
        world = World(SandboxConfig(bot_id=BOT_ID))
        opening = {"act": "send", "user": 101, "text": "hi"}
        return await Player(world, [opening, *events], replay, patience=0, settle=0).play()

    report = asyncio.run(play())
    assert report.played == report.acts or "cannot be done: " in report.stopped


async def test_a_file_of_the_recording_is_sent_again(api: Api) -> None:
    sent = await api.send("", 101, document={"data": "YWJj", "file_name": "a.txt"})
    events = (await api.get("/recording"))["events"]
    report = await api.post("/replay", events=events, settle=0)
    assert report["differences"] == []
    (message,) = await api.messages(101)
    assert message["document"]["file_unique_id"] == sent["document"]["file_unique_id"]


async def test_during_a_replay_nobody_else_acts(api: Api, sandbox: TestServer) -> None:
    events = [
        {"act": "send", "user": 101, "text": "a"},
        {"bot": "sendMessage", "chat": 101, "text": "b"},
    ]
    first = asyncio.create_task(api.post("/replay", events=events, patience=60))
    await api.wait_for(101, lambda view: bool(view["messages"]))
    refused = [
        await api.post("/replay", 400, events=events),
        await api.post("/reset", 400),
        await api.post("/recording", 400, on=True),
        await api.post("/send", 400, user=102, text="me too"),
    ]
    assert {one["error"] for one in refused} == {"a replay is under way; wait for its end"}
    await api.post("/read", user=101, message_id=1)
    assert sandbox.app is not None
    world = sandbox.app[WORLD]
    world.recording.note_answer({"bot": "sendMessage", "chat": 101, "text": "b"})
    assert (await first)["differences"] == []
    await api.send("now", 102)


async def test_a_recording_that_was_off_is_off_again_after_a_replay(api: Api) -> None:
    await api.post("/recording", on=False)
    await api.post("/replay", events=[{"act": "send", "user": 101, "text": "a"}], settle=0)
    told = await api.get("/recording")
    assert told["on"] is False
    assert [event.get("act") for event in told["events"]] == [None, "send"]


async def run(*arguments: str) -> tuple[int, str, str]:
    """Run the command line; return its exit status, output and errors."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox.recording.replay", *arguments,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def test_the_command_line_plays_a_file_and_tells_by_its_status(
    api: Api, raw: ClientSession, sandbox: TestServer, tmp_path: Path
) -> None:
    url = str(sandbox.make_url("/"))
    file = tmp_path / "session.jsonl"
    async with polling(sandbox):
        await api.wait_for_bot()
        await api.send("/start", 101)
        await recorded(api, 1)
        async with raw.get("/sandbox/api/recording.jsonl") as answer:
            file.write_bytes(await answer.read())
        assert await run(str(file), "--url", url) == (
            0, "1 of 1 acts, 1 answers: no differences\n", "",
        )  # fmt: skip
        file.write_text(file.read_text().replace("stranger", "friend"))
        status, out, _ = await run(str(file), "--url", url)
    assert status == 1
    assert "after act 1, sendMessage in chat 101: text is" in out
    assert out.endswith("1 of 1 acts, 1 answers: 1 difference\n")


async def test_the_command_line_says_what_cannot_be_played(tmp_path: Path, api: Api) -> None:
    file = tmp_path / "x"
    status, _, err = await run(str(file))
    assert (status, "No such file" in err) == (2, True)
    file.write_text("no recording")
    status, _, err = await run(str(file))
    assert (status, "this is not a recording" in err) == (2, True)
    file.write_text('{"act": "send"}')
    status, _, err = await run(str(file), "--url", "http://127.0.0.1:1")
    assert (status, "no sandbox answers at http://127.0.0.1:1" in err) == (2, True)


async def test_the_command_line_passes_on_a_refusal(sandbox: TestServer, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text('{"recording": 9}')
    status, _, err = await run(str(file), "--url", str(sandbox.make_url("/")))
    assert status == 2
    assert "the sandbox refuses the recording: event 1: version 9 is not known" in err


def test_a_recording_is_read_from_lines_and_from_the_answer() -> None:
    events = [{"recording": 1}, {"act": "send", "user": 101, "text": "a\nб"}]
    assert read_events(msgspec.json.Encoder().encode_lines(events)) == events
    assert read_events(msgspec.json.encode(events)) == events
    assert read_events(b'{"act": "send"}') == [{"act": "send"}]
    whole = {"on": True, "full": False, "events": events}
    assert read_events(msgspec.json.encode(whole)) == events
    assert read_events(msgspec.json.format(msgspec.json.encode(whole))) == events


@given(st.binary() | st.text().map(str.encode) | VALUES.map(msgspec.json.encode))
def test_whatever_a_file_holds_it_is_events_or_named(content: bytes) -> None:
    try:
        events = read_events(content)
    except InputError:
        return
    assert all(isinstance(event, dict) for event in events)


def test_the_summary_counts() -> None:
    report = {"differences": [{"what": "one"}, {"what": "two"}], "played": 1, "acts": 3,
              "answers": 4}  # fmt: skip
    assert summary(report) == "one\ntwo\n1 of 3 acts, 4 answers: 2 differences"
