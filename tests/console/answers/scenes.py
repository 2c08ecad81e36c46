"""Work in progress in the folder of answers, as a few weeks of it leave it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.console.versions.model import Draft, Person, Proposal, Published, Saved
from tests.console.house import ANNA, BEK, DINA
from tests.content import overdue

if TYPE_CHECKING:
    from bot.store.console import Member
    from tests.console.house import House

FOLDER = "work_permit/permit_need"
RU = f"{FOLDER}/ru.md"
UZ = f"{FOLDER}/uz.md"
DETAILS = f"{FOLDER}/answer.yml"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
"""Text that somebody types."""


@dataclass(frozen=True)
class Scene:
    """What there is to look at; ids of proposals.

    Attributes:
        waiting: handed in by Counsellor 1, for approval; with script in its words.
        other: of another answer, being written.
    """

    waiting: str
    other: str


def author(member: Member) -> Person:
    """As versions name somebody."""
    return Person(member.name, member.id)


def saved(
    house: House, member: Member, path: str, old: str, new: str, *, why: str = ""
) -> Proposal:
    """Somebody replaces words in a file."""
    versions = house.parts.versions
    now = versions.current(path)
    assert now is not None
    assert old in now.text
    text = now.text.replace(old, new, 1)
    found = versions.save(Draft({path: text}, now.version, why), author(member))
    assert isinstance(found, Saved), found
    return found.proposal


def published(
    house: House, member: Member, path: str, old: str, new: str, *, why: str = ""
) -> None:
    """The same, handed in and published by somebody else."""
    versions = house.parts.versions
    proposal = saved(house, member, path, old, new, why=why)
    handed_in = versions.submit(proposal.id, author(member))
    assert isinstance(handed_in, Proposal)
    done = versions.publish(proposal.id, author(DINA), seen=handed_in.tip)
    assert isinstance(done, Published), done


async def furnish(house: House) -> Scene:
    """An answer with a history, an overdue one, proposals that wait and that are being written."""

    def work() -> Scene:
        versions = house.parts.versions
        details = house.parts.settings.answers_dir / DETAILS
        details.write_text(overdue(details.read_text("utf-8")), "utf-8")
        published(house, ANNA, RU, "# eaeu\n", "# eaeu\nПо-прежнему так. ", why="a user asked")
        waiting = saved(
            house, ANNA, RU, "# other\n", f"# other\n{SCRIPT} ", why=f"new law {SCRIPT}"
        )
        versions.submit(waiting.id, author(ANNA))
        other = saved(
            house, BEK, "work_rights/unpaid_wages/ru.md", "# everyone\n", "# everyone\nТак. "
        )
        return Scene(waiting.id, other.id)

    return await asyncio.to_thread(work)
