"""Whether the name of a file tells who somebody is: a copy keeps it, and nobody can change it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.handoff.masking import Masked

_STAMP = re.compile(
    r"(?<!\d)(?:19|20)\d\d[-._ ]?(?:0[1-9]|1[0-2])[-._ ]?(?:0[1-9]|[12]\d|3[01])"
    r"(?:[-_. T]{0,3}(?:at )?[0-2]\d[-._]?[0-5]\d[-._]?[0-5]\d(?:[-_.]?\d{3})?)?(?!\d)",
    re.ASCII,
)
"""When a phone took or saved it (``IMG_20261123_101530``): digits enough for a telephone's, and
nobody's. No IIN is taken for one: where a day would be, it says 3 to 6 for the century and the sex,
and is 12 digits long."""


def masked(name: str, masks: Callable[[str], Masked]) -> Masked:
    """The name of a file as the staff may see it.

    Args:
        name: as the phone gave it; what stands between its words does not matter.
        masks: what may be seen of a text.
    """
    path = PurePosixPath(_STAMP.sub(" ", name.strip().replace("_", " ")))
    found = masks(path.stem)
    return replace(found, text=f"{found.text}{path.suffix}")
