"""All pages of the centres; a fixed word in an address comes before an id."""

from __future__ import annotations

from fastapi import APIRouter

from bot.console.centres import pages_edit, pages_list

router = APIRouter()
for _pages in (pages_list, pages_edit):
    router.include_router(_pages.router)
