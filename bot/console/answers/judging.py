"""A proposal as whoever approves it sees it, and what its publication adds. Blocks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.findings import Weight
from bot.answers.model import AUDIENCES, Part, Status
from bot.answers.pick import SOURCE_LOCALE
from bot.console.answers import writing
from bot.console.answers.editor import read
from bot.console.answers.live import View, live
from bot.console.answers.overdue import next_check
from bot.console.answers.places import Place, Sheet, address_of, entry_of
from bot.console.answers.preview import What, Whom

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.answers.findings import Finding, Report
    from bot.answers.loaded import LoadedAnswer
    from bot.console.access.roles import Person
    from bot.console.answers.checks import Read
    from bot.console.answers.live import Live
    from bot.console.parts import Parts
    from bot.console.versions.diffs import Hunk
    from bot.console.versions.model import Proposal

MAX_PREVIEWS = 12


class NewErrorsError(Exception):
    """A check finds errors that were not there before.

    Attributes:
        findings: the errors.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that a proposal changes.

    Attributes:
        address: where it is edited.
        hunks: what changes.
        preview: what people would see; None if it is no language of an answer.
    """

    path: str
    address: str
    hunks: tuple[Hunk, ...]
    preview: Live | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal with what there is to know about it.

    Attributes:
        files: what it changes.
        new: what a check finds that was not there before, errors first.
        mended: how many findings are gone.
        answers: folders of the answers in it that could be marked as approved.
        loses: those of them that are approved, and become drafts unless they are checked.
    """

    files: tuple[FileChange, ...]
    new: tuple[Finding, ...]
    mended: int
    answers: tuple[str, ...]
    loses: tuple[str, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What forbids publishing."""
        return tuple(one for one in self.new if one.kind.weight is Weight.ERROR)


def judge(parts: Parts, proposal: Proposal) -> Judged:
    """Compares a proposal with what it stands on."""
    before, after = parts.checks.of(proposal.base), parts.checks.of(proposal.tip)
    assert before is not None  # noqa: S101 - versions never go away
    assert after is not None  # noqa: S101
    old, new = parts.checks.report(before), parts.checks.report(after)
    added = new_findings(old, new)
    gone = len(new_findings(new, old))
    previews = 0
    files = []
    for path in proposal.files:
        place = _place(path)
        shown = None
        text = after.text(path)
        if place is not None and text is not None and previews < MAX_PREVIEWS:
            previews += 1
            shown = live(parts, after, place, text, _view(before.text(path), text, place))
        hunks = parts.versions.diff(proposal.base, proposal.tip, path)
        files.append(FileChange(path, address_of(path), hunks, shown))
    answers = tuple(one for one in proposal.subjects if entry_of(after.loaded, one) is not None)
    return Judged(tuple(files), added, gone, answers, _losing(before, after, answers))


def new_findings(old: Report, new: Report) -> tuple[Finding, ...]:
    """What the one report has and the other has not; a line that only moved is the same."""
    known = Counter((f.kind, f.file, f.sentence) for f in old.findings)
    found = []
    for one in new.findings:
        key = (one.kind, one.file, one.sentence)
        if known[key]:
            known[key] -= 1
        else:
            found.append(one)
    order = list(Weight)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind.weight), one.file, one.line)))


class Approval:
    """What a publication changes beside the proposal, and the last check before it.

    Args:
        parts: what the pages work with.
        me: who approves.
        before: what is published now.
        checked: the answers that they checked against their sources.
    """

    def __init__(self, parts: Parts, me: Person, before: Read, checked: Iterable[str]) -> None:
        self._parts = parts
        self._me = me
        self._before = before
        self._checked = tuple(checked)

    def __call__(self, files: Mapping[str, str]) -> Mapping[str, str | None]:
        """What shall change too; see ``Versions.publish``.

        Raises:
            NewErrorsError: the answers would have errors that they had not before.
        """
        checks = self._parts.checks
        merged = checks.read_files({path: text.encode() for path, text in files.items()})
        extra = {}
        for folder in self._checked:
            entry = entry_of(merged.loaded, folder)
            if entry is not None and entry.file in files:
                again = next_check(entry.answer, merged.ground.facts, checks.today)
                text = files[entry.file]
                extra[entry.file] = writing.approved(text, self._me.name, checks.today, again)
        folders = tuple(e.folder for e in merged.loaded.answers if e.folder not in self._checked)
        for folder in _losing(self._before, merged, folders):
            entry = entry_of(merged.loaded, folder)
            if entry is not None:
                extra[entry.file] = writing.unapproved(files[entry.file])
        if extra:
            changed = {**files, **extra}
            merged = checks.read_files({path: text.encode() for path, text in changed.items()})
        found = new_findings(checks.report(self._before), checks.report_anew(merged))
        errors = tuple(one for one in found if one.kind.weight is Weight.ERROR)
        if errors:
            raise NewErrorsError(errors)
        return extra


def _losing(before: Read, after: Read, folders: Iterable[str]) -> tuple[str, ...]:
    """Of some answers those that a proposal calls approved, though nobody who may has said so.

    Rule: approved is what somebody who may approve checked against its sources: not the Russian
    text that came after it, nor what a proposal says of itself in the whole of ``answer.yml``.
    """
    found = []
    for folder in folders:
        new = entry_of(after.loaded, folder)
        if new is None or new.answer.status is not Status.APPROVED:
            continue
        if _approval(entry_of(before.loaded, folder)) != _approval(new):
            found.append(folder)
    return tuple(found)


def _approval(entry: LoadedAnswer | None) -> object:
    """Who approved which Russian text."""
    if entry is None:
        return None
    source = entry.texts.get(SOURCE_LOCALE)
    parts = source.read.text.parts if source else {}
    return entry.answer.status, entry.answer.approved_by, parts


def _view(before: str | None, after: str, place: Place) -> View:
    """The page, and the citizenship, in which the first change can be seen."""
    locale = place.sheet.locale or SOURCE_LOCALE
    old = read(before or "", place.path, locale)[0].parts
    new = read(after, place.path, locale)[0].parts
    for part in Part:
        if old.get(part) != new.get(part):
            whom = Whom(part.value) if part in AUDIENCES else None
            what = What(part.value) if part in (Part.MORE, Part.RUSSIA) else What.MAIN
            return View(whom, what)
    return View()


def _place(path: str) -> Place | None:
    """The place of a language of an answer; None for other files."""
    parts = path.split("/")
    name = parts[-1].removesuffix(".md")
    if len(parts) != 3 or name not in set(Sheet) or name == Sheet.DETAILS:
        return None
    return Place(parts[0], parts[1], Sheet(name))
