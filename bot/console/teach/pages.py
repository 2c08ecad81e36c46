"""All pages of Teach."""

from __future__ import annotations

from fastapi import APIRouter

from bot.console.teach import pages_models, pages_new, pages_phrases, pages_queue, pages_training

router = APIRouter()
for _pages in (pages_queue, pages_new, pages_phrases, pages_training, pages_models):
    router.include_router(_pages.router)
