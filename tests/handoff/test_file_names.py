"""Names of files that tell who somebody is; numbers of nobody's, made up or of cameras."""

from __future__ import annotations

import pytest

from bot.handoff import masking
from bot.handoff.file_names import masked


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
        "",
    ],
)
def test_a_cameras_date_and_a_plain_name_are_nobodys(name: str) -> None:
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
    ],
)
def test_a_name_with_somebodys_number_is_masked(name: str, shown: str) -> None:
    found = masked(name, masking.mask)
    assert (found.hidden, found.text) == (True, shown)
