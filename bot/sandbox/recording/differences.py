"""What a bot did otherwise than a recording says."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.sandbox.recording.recordings import Event


# How much of a value a sentence shows, and how much of it before the first difference.
_SHOWN = 160
_BEFORE = 30


class Answer(NamedTuple):
    """Something the bot did.

    Attributes:
        act: The number of the act before it, from 1.
        event: What it did.
    """

    act: int
    event: Event


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One difference.

    Args:
        act: The number of the act after which it shows, from 1.
        chat: The chat.
        what: A sentence that names it.
        expected: What the recording says, if anything.
        got: What the bot did, if anything.
    """

    act: int
    chat: int
    what: str
    expected: dict[str, Any] | None = None
    got: dict[str, Any] | None = None


def compare(expected: Iterable[Answer], got: Iterable[Answer]) -> list[Difference]:
    """Compare what a bot did with what it should have done.

    Chats are compared one by one: in which order a bot answers in different chats is nobody's
    business.

    Args:
        expected: What the recording says.
        got: What the bot did.

    Returns:
        The differences, in the order of the acts.
    """
    wanted, done = _by_chat(expected), _by_chat(got)
    found = [
        difference
        for chat in dict.fromkeys([*wanted, *done])
        for difference in _compare_chat(chat, wanted.get(chat, []), done.get(chat, []))
    ]
    return sorted(found, key=lambda difference: difference.act)


def _by_chat(answers: Iterable[Answer]) -> dict[int, list[Answer]]:
    chats: dict[int, list[Answer]] = {}
    for answer in answers:
        chats.setdefault(int(answer.event["chat"]), []).append(answer)
    return chats


def _compare_chat(chat: int, wanted: list[Answer], done: list[Answer]) -> Iterator[Difference]:
    before = _same_begin(_keys(wanted), _keys(done))
    wanted, done = wanted[before:], done[before:]
    after = _same_begin(_keys(wanted)[::-1], _keys(done)[::-1])
    wanted, done = wanted[: len(wanted) - after], done[: len(done) - after]
    matcher = SequenceMatcher(None, _keys(wanted), _keys(done), autojunk=False)
    for verdict, from_a, to_a, from_b, to_b in matcher.get_opcodes():
        if verdict == "equal":
            continue
        missing, extra = wanted[from_a:to_a], done[from_b:to_b]
        for old, new in _pairs(missing, extra):
            yield _difference(chat, old, new)


def _same_begin(one: list[bytes], other: list[bytes]) -> int:
    """How many answers at the begin are the same.

    The matcher looks for the longest common run first, and so may miss that one answer is all that
    differs.
    """
    pairs = enumerate(zip(one, other, strict=False))
    shorter = min(len(one), len(other))
    return next((at for at, (a, b) in pairs if a != b), shorter)


def _keys(answers: list[Answer]) -> list[bytes]:
    return [msgspec.json.encode(answer.event, order="sorted") for answer in answers]


def _pairs(
    missing: list[Answer], extra: list[Answer]
) -> Iterator[tuple[Answer | None, Answer | None]]:
    """Pair what should have been done with what was done by the same method instead."""
    left = list(extra)
    for old in missing:
        new = next((one for one in left if one.event["bot"] == old.event["bot"]), None)
        if new is not None:
            left.remove(new)
        yield old, new
    for new in left:
        yield None, new


def _difference(chat: int, old: Answer | None, new: Answer | None) -> Difference:
    if old is not None and new is not None:
        said = _changes(old.event, new.event)
        return Difference(
            act=old.act,
            chat=chat,
            what=f"after act {old.act}, {old.event['bot']} in chat {chat}: {said}",
            expected=old.event,
            got=new.event,
        )
    if old is not None:
        what = f"after act {old.act}, the bot did not do this in chat {chat}: {_shown(old.event)}"
        return Difference(act=old.act, chat=chat, what=what, expected=old.event)
    if new is None:
        raise AssertionError("a difference has at least one side")
    what = f"after act {new.act}, the bot also did this in chat {chat}: {_shown(new.event)}"
    return Difference(act=new.act, chat=chat, what=what, got=new.event)


def _changes(old: Event, new: Event) -> str:
    names = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
    return "; ".join(_change(name, old.get(name), new.get(name)) for name in names)


def _change(name: str, old: object, new: object) -> str:
    was, is_now = _value(old), _value(new)
    # Of long texts, only where they begin to differ.
    same = next((at for at, (a, b) in enumerate(zip(was, is_now, strict=False)) if a != b), 0)
    start = max(0, same - _BEFORE)
    return f"{name} is {_part(is_now, start)} instead of {_part(was, start)}"


def _part(text: str, start: int) -> str:
    if len(text) <= _SHOWN:
        return text
    part = text[start : start + _SHOWN]
    return ("…" if start else "") + part + ("…" if start + _SHOWN < len(text) else "")


def _shown(event: Event) -> str:
    rest = {key: value for key, value in event.items() if key not in {"bot", "chat"}}
    return f"{event['bot']} {_part(_value(rest), 0)}"


def _value(value: object) -> str:
    return "missing" if value is None else msgspec.json.encode(value).decode()
