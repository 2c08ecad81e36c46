"""All pages of the answers; a fixed word in an address comes before a topic's name."""

from __future__ import annotations

from fastapi import APIRouter

from bot.console.answers import (
    pages_edit,
    pages_files,
    pages_history,
    pages_overdue,
    pages_proposals,
    pages_table,
)

router = APIRouter()
for _pages in (
    *(pages_table, pages_proposals, pages_files, pages_overdue, pages_edit, pages_history),
):
    router.include_router(_pages.router)
