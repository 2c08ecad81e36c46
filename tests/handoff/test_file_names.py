"""Names of files that tell who somebody is; numbers of nobody's, made up or of cameras."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff import masking
from bot.handoff.file_names import Name, masked


@pytest.mark.parametrize(
    "name",
    [
        "IMG_20261123_101530.jpg",
        "IMG_20261123_101530123.jpg",
        "20261123_101530.mp4",
        "photo_2026-11-23_10-15-30.jpg",
        "Screenshot_2026-11-23-10-15-30-123.png",
        "VID-20261123-WA0003.mp4",
        "WhatsApp Image 2026-11-23 at 10.15.30.jpeg",
        "scan0001.pdf",
        "договор-2026-15.docx",
        "Recording (12).m4a",
        "CamScanner 11-23-2026 10.15.pdf",
        "3f2b8c1e-0000-4bad-8fee-0123456789ab.pdf",
        "Трудовой договор.pdf",
        "Mehnat_shartnoma.PDF",
        "скан A.jpg",
        "",
    ],
)
def test_what_phones_and_papers_are_called_is_nobodys(name: str) -> None:
    assert not masked(name, masking.mask).hidden


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("+7 000 000 00 12.pdf", "[☎ ••12].pdf"),
        ("87000000012.pdf", "[☎ ••12].pdf"),
        ("IIN_900101300007.pdf", "IIN [🪪 ••••].pdf"),
        ("passport AB1234567.pdf", "passport [🛂 ••••].pdf"),
        ("scan_20261123_87000000012.pdf", "scan   [☎ ••12].pdf"),
        ("87000000012", "[☎ ••12]"),
        ("scan.87000000012", "scan.[☎ ••12]"),
        ("87000000012/a", "[☎ ••12]/a"),
    ],
)
def test_a_name_with_somebodys_number_is_masked(name: str, shown: str) -> None:
    assert masked(name, masking.mask) == Name(shown, numbers=True)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Abdullo.pdf", "••••.pdf"),
        ("passport_ABDULLO_2.pdf", "passport •••• 2.pdf"),
        ("паспортАбдулло.jpg", "••••.jpg"),
        ("договор Абдулло.docx", "договор ••••.docx"),
        ("scan-Abdullo.png", "••••.png"),
        ("O'ktam.pdf", "••••.pdf"),
        ("Ли.pdf", "••••.pdf"),
        ("passport Abdullo.Ali", "passport ••••.••••"),
        ("Abdullo/Ali", "••••/••••"),
        ("Abdullo - song", "•••• - ••••"),
    ],
)
def test_a_word_that_may_be_somebodys_is_hidden(name: str, shown: str) -> None:
    """Names are never shown to the staff; what is not known to be nobody's may be one."""
    assert masked(name, masking.mask) == Name(shown, words=True)


@given(st.text(max_size=60))
def test_only_known_words_and_endings_are_left(name: str) -> None:
    shown = masked(name, masking.mask).shown
    stem = shown.rpartition(".")[0] or shown
    for word in re.findall(r"[^\W\d_]{2,}", stem):
        assert not masked(word, masking.mask).words


@given(st.text(alphabet=st.sampled_from("абвгде ._-/'1aBkz"), min_size=1, max_size=30))
def test_what_was_hidden_once_stays_hidden(name: str) -> None:
    found = masked(name, masking.mask)
    assert masked(found.shown, masking.mask).words is False
