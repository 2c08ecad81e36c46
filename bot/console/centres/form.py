"""The form of a centre: what it sends becomes a draft. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.console.centres.draft import LISTS, NAME_ORDER, TEXTS, Draft

if TYPE_CHECKING:
    from bot.console.web.forms import Form

MOST_WORDS = 40
"""More values of one list are no work of people."""


FIELDS = (
    *("base", "proposal", "known", "reason", "action", "locale", "approximate", *TEXTS, *LISTS),
    *(f"name_{name}" for name in NAME_ORDER),
    *(f"{name}_text" for name in LISTS),
)
"""What the page of a centre sends."""


def sent(form: Form) -> Draft:
    """What was sent, as it was written.

    Lists come as ticked boxes (``services``) and as words in a text field (``phones_text``), one
    in each line or with commas between them.

    Args:
        form: of the page.
    """
    values: dict[str, object] = {name: form.get(name) for name in TEXTS}
    values["names"] = {name: form.get(f"name_{name}") for name in NAME_ORDER}
    for name in LISTS:
        typed = form.get(f"{name}_text")
        split = typed.split("\n") if name == "phones" else typed.replace(",", " ").split()
        words = (*form.all(name), *split)
        values[name] = tuple(dict.fromkeys(filter(None, (w.strip() for w in words))))[:MOST_WORDS]
    values["approximate"] = form.get("approximate") == "true"
    return msgspec.convert(values, Draft)
