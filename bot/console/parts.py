"""What the pages work with; made once, by the process or by a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.catalogs import Catalogs
    from bot.clock import Clock
    from bot.console.access.members import StaffMembers
    from bot.console.answers.checks import Checks
    from bot.console.answers_folder import AnswersFolder
    from bot.console.insight.reader import Reader
    from bot.console.teach.teaching import Teaching
    from bot.console.versions.sending import EditionSender
    from bot.console.versions.versions import Versions
    from bot.console.web.languages import Language, Wording
    from bot.handoff.groups import Group
    from bot.settings import Settings
    from bot.store.store import Store
    from bot.understanding.client import Classifier


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything outside that a page may need.

    Attributes:
        settings: of this process.
        secret: signs cookies and forms; 32 random bytes.
        store: Redis; may be away at any time.
        clock: the time.
        catalogs: the words of the bot, for previews.
        wordings: the words of the console.
        members: tells who belongs to the staff.
        classifier: the one in service; may be away at any time.
        groups: the staff groups; none where nobody answers people.
        folder: the answers as they are in the folder now.
        insight: reads the figures.
        versions: of the answers folder; its methods block.
        checks: of the answers as they are in a version; its methods block.
        teaching: where phrases and models are, and groups of like questions.
        edition: sends what is published to the bots of every machine.
    """

    settings: Settings
    secret: bytes
    store: Store
    clock: Clock
    catalogs: Catalogs
    wordings: Mapping[Language, Wording]
    members: StaffMembers
    classifier: Classifier
    groups: tuple[Group, ...]
    folder: AnswersFolder
    insight: Reader
    versions: Versions
    checks: Checks
    teaching: Teaching
    edition: EditionSender
