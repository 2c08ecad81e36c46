"""What is packed is what is unpacked, and nothing else is."""

from __future__ import annotations

import zlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import edition, snapshot
from bot.answers.edition import DamagedEditionError, pack, unpack
from bot.answers.snapshot import Snapshot, is_served
from bot.settings import ROOT

FILES = st.dictionaries(st.text("abc/._", min_size=1), st.binary())


@given(FILES)
def test_there_and_back(files: dict[str, bytes]) -> None:
    taken = Snapshot(files)

    assert unpack(pack(taken), taken.version) == taken
    assert pack(Snapshot(dict(reversed(files.items())))) == pack(taken)


@given(FILES, st.data())
def test_what_was_changed_on_the_way_is_noticed(
    files: dict[str, bytes], data: st.DataObject
) -> None:
    taken = Snapshot(files)
    packed = bytearray(pack(taken))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    try:
        found = unpack(bytes(packed), taken.version)
    except DamagedEditionError:
        return
    assert found == taken  # a bit that means nothing to the unpacker


@given(FILES, st.integers(0))
def test_what_was_cut_off_is_noticed(files: dict[str, bytes], length: int) -> None:
    packed = pack(Snapshot(files))

    with pytest.raises(DamagedEditionError):
        unpack(packed[: length % len(packed)], Snapshot(files).version)


def test_the_version_counts() -> None:
    with pytest.raises(DamagedEditionError, match="version"):
        unpack(pack(Snapshot({"a": b"x"})), Snapshot({"a": b"y"}).version)


def test_what_would_fill_the_memory_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = Snapshot({"a": bytes(10_000)})
    packed = pack(taken)
    monkeypatch.setattr(edition, "MAX_BYTES", 9_999)

    with pytest.raises(DamagedEditionError, match="too large"):
        unpack(packed, taken.version)


@pytest.mark.parametrize("inside", [[], {"a": 1}, {1: b""}, "text"])
def test_other_things_are_not_taken_for_files(inside: object) -> None:
    packed = b"answers-1 " + zlib.compress(msgspec.msgpack.encode(inside))

    with pytest.raises(DamagedEditionError):
        unpack(packed, Snapshot({}).version)


def test_our_answers_are_small_enough_to_be_sent_often() -> None:
    taken = snapshot.take(ROOT / "answers")

    assert len(pack(taken)) < 1024 * 1024
    assert all(is_served(name) for name in taken.files)


@pytest.mark.parametrize(
    "path",
    ["README.md", "glossary.yml", "facts/a.yml", ".git/x", "a/.b/ru.md", "a/b/ru.md~", "a/b/x.png"],
)
def test_what_is_not_served(path: str) -> None:
    assert not is_served(path)
