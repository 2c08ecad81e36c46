"""Whatever a bot sends, a method answers or refuses; it never breaks."""

from __future__ import annotations

import inspect
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.bot_api.methods import METHODS
from bot.sandbox.chats.people import Person
from bot.sandbox.config import SandboxConfig
from bot.sandbox.errors import BotApiError, InputError
from bot.sandbox.json_api.views import chat_view, people_view
from bot.sandbox.media.files import Upload
from bot.sandbox.media.samples import sample
from bot.sandbox.params import Params
from bot.sandbox.people import actions
from bot.sandbox.people.inputs import Edit
from bot.sandbox.people.own_edits import edit
from bot.sandbox.world import World

USER = 1001

NAMES = st.sampled_from(
    ["chat_id", "from_chat_id", "message_id", "text", "caption", "parse_mode", "reply_markup",
     "reply_parameters", "entities", "caption_entities", "media", "photo", "document", "sticker",
     "voice", "latitude", "longitude", "phone_number", "first_name", "action", "reaction",
     "message_ids", "callback_query_id", "commands", "scope", "language_code", "name", "file_id",
     "url", "secret_token", "allowed_updates", "max_connections", "link_preview_options",
     "protect_content", "message_thread_id", "duration", "title", "address", "live_period",
     "horizontal_accuracy", "rights", "menu_button", "user_id", "reply_to_message_id", "is_big"]
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        [USER, 1, 2, "1001", "1", "HTML", "MarkdownV2", "<b>x", "*x", "attach://f", "typing", "ru",
         "[]", "{}", "{", "[1]", '{"inline_keyboard":[[5]]}', '{"keyboard":["a"]}', "null"]
    )
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "offset", "length", "message_id", "inline_keyboard", "keyboard", "text",
                 "callback_data", "url", "media", "command", "description", "chat_id", "emoji",
                 "quote", "quote_entities", "parse_mode", "user", "id", "copy_text", "caption"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)  # fmt: skip


def _world() -> World:
    world = World(SandboxConfig())
    person = Person(USER, "A", "ru")
    chat = world.add_person(person)
    actions.write(world, person, chat, actions.text_content("/start"))
    return world


@settings(max_examples=400)
@given(
    st.sampled_from(sorted(set(METHODS) - {"getupdates"})),
    st.dictionaries(NAMES, VALUES, max_size=8),
)
def test_any_parameters_are_answered_or_refused(name: str, values: dict[str, Any]) -> None:
    world = _world()
    params = Params({"chat_id": USER, "text": "x", "message_id": 1} | values,
                    {"f": Upload("f.png", "image/png", sample("photo").content)})  # fmt: skip
    try:
        result = METHODS[name](world, params)
    except BotApiError:
        result = None
    assert not inspect.isawaitable(result)
    chat_view(world, world.chats[USER], 0)
    people_view(world)


class_of_action = st.sampled_from(["text", "edit", "delete", "press", "react", "block", "unblock"])


@given(st.lists(st.tuples(class_of_action, st.integers(1, 6), st.text(max_size=6)), max_size=15))
def test_any_sequence_of_a_persons_acts_keeps_updates_in_order(
    acts: list[tuple[str, int, str]],
) -> None:
    world = _world()
    person, chat = world.people[USER], world.chats[USER]
    for act, number, text in acts:
        try:
            match act:
                case "text":
                    actions.write(world, person, chat, actions.text_content(text))
                case "edit":
                    edit(world, person, chat, Edit(message_id=number, text=text))
                case "delete":
                    actions.delete(world, person, chat, [number])
                case "press":
                    actions.press(world, person, chat, number, text, forged=True)
                case "react":
                    actions.react(world, person, chat, number, "👍")
                case _:
                    actions.set_blocked(world, person, blocked=act == "block")
        except InputError:
            continue
    ids = []
    while (update := world.updates.first()) is not None:
        ids.append(update["update_id"])
        world.updates.done(update)
    first = world.config.first_update_id
    assert ids == list(range(first, first + len(ids)))
