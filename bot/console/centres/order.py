"""Where a centre stands in the file, which is also the order in which people are shown it.

Hotlines come first; then what serves the whole country; then the cities by name, in each the NGOs
before the consulates and the state offices (the head of ``centres.yml``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.centres_file import CentreKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.console.centres.draft import Draft

_KINDS = {CentreKind.EMBASSY.value: 1, CentreKind.GOVERNMENT.value: 2}

_PREFIXES = {
    CentreKind.HOTLINE: "hot",
    CentreKind.NGO: "ngo",
    CentreKind.RED_CRESCENT: "rc",
    CentreKind.IOM: "iom",
    CentreKind.EMBASSY: "emb",
    CentreKind.GOVERNMENT: "gov",
}


def place_of(draft: Draft, others: Sequence[Draft]) -> int:
    """Before which of the others a new one goes; their number for the end."""
    mine = _rank(draft)
    before = [index for index, other in enumerate(others) if _rank(other) <= mine]
    return before[-1] + 1 if before else 0


def new_id(draft: Draft, taken: frozenset[str]) -> str:
    """An id that nobody has, made of the kind and the city: ``ngo-almaty``, ``ngo-almaty-2``."""
    kinds = {kind.value: prefix for kind, prefix in _PREFIXES.items()}
    city = draft.city.replace("_", "-") or "kz"
    wanted = f"{kinds.get(draft.kind, 'centre')}-{city}"
    number = 2
    found = wanted
    while found in taken:
        found = f"{wanted}-{number}"
        number += 1
    return found


def _rank(draft: Draft) -> tuple[int, str, int]:
    if draft.kind == CentreKind.HOTLINE.value:
        return 0, "", 0
    if not draft.city:
        return 1, "", _KINDS.get(draft.kind, 0)
    return 2, draft.city, _KINDS.get(draft.kind, 0)
