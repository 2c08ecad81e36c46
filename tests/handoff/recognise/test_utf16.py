"""Formatting keeps its place when a text is masked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.masking import Found, Kind, Masked, hide, mask
from bot.handoff.recognise.utf16 import carried


def cut(text: str, offset: int, length: int) -> str:
    """What Telegram takes an offset and a length for."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def test_bold_words_stay_bold_words() -> None:
    text = "👋👋 мой +7 700 000 00 00 👋 важно"
    masked = mask(text)
    assert masked.text == "👋👋 мой [☎ ••00] 👋 важно"
    start = len("👋👋 мой +7 700 000 00 00 👋 ".encode("utf-16-le")) // 2
    assert cut(masked.text, *carried(text, masked, start, 5)) == "важно"
    assert cut(masked.text, *carried(text, masked, 5, 3)) == "мой"


def test_formatting_of_a_part_of_a_number_covers_its_label() -> None:
    text = "a 12345 b"
    masked = hide(text, [Found(2, 7, Kind.IIN)])
    assert cut(masked.text, *carried(text, masked, 4, 2)) == "[🪪 ••••]"
    assert cut(masked.text, *carried(text, masked, 0, 4)) == "a [🪪 ••••]"


@given(st.text("aб👋 ", min_size=1), st.data())
def test_without_labels_nothing_moves(text: str, data: st.DataObject) -> None:
    size = len(text.encode("utf-16-le")) // 2
    begins = [len(text[:place].encode("utf-16-le")) // 2 for place in range(len(text) + 1)]
    start = data.draw(st.sampled_from(begins[:-1]))
    end = data.draw(st.sampled_from([place for place in begins if place > start]))
    assert carried(text, Masked(text, ()), start, end - start) == (start, end - start)
    assert end <= size
