"""Shows a page of the centres, with what all of them have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.console.answers.places import address_of
from bot.console.centres import words
from bot.console.centres.gazetteer import atlas_of, city_name, country_name, language_name

if TYPE_CHECKING:
    from fastapi import Response

    from bot.console.answers.pages_visit import Visit

DONE = frozenset({"saved", "submitted", "unchanged", "works", "corrected", "gone"})
"""What may be said above a page after a redirect; the sentences are in ``centres/page.html``."""


def show(visit: Visit, template: str, *, status: int = 200, **values: object) -> Response:
    """A page.

    Args:
        visit: who asks.
        template: its name under ``templates/centres/``.
        status: of HTTP.
        values: for the template.
    """
    w, atlas = visit.w, atlas_of(visit.parts)
    done = visit.request.query_params.get("done", "")
    return visit.pages.page(
        visit.request,
        f"centres/{template}",
        visit.me,
        status=status,
        done=done if done in DONE else "",
        kinds=words.kinds(w),
        name_labels=words.NAMES,
        field_labels=words.fields(w),
        city_name=lambda key: city_name(w, atlas, key),
        country_name=lambda code: country_name(w, code),
        language_name=lambda code: language_name(w, code),
        file_address=address_of,
        **values,
    )
