"""The script, chapter by chapter; each begins on an empty sandbox."""

from __future__ import annotations

from tests.fidelity.contract.chapters import (
    account,
    buttons,
    changing,
    chats,
    faults,
    files,
    groups,
    members,
    receiving,
    relaying,
    texts,
    topics,
)

CHAPTERS = (
    *account.CHAPTERS,
    *texts.CHAPTERS,
    *buttons.CHAPTERS,
    *files.CHAPTERS,
    *changing.CHAPTERS,
    *chats.CHAPTERS,
    *groups.CHAPTERS,
    *topics.CHAPTERS,
    *members.CHAPTERS,
    *relaying.CHAPTERS,
    *receiving.CHAPTERS,
    *faults.CHAPTERS,
)
