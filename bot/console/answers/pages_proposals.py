"""Proposals: handing in, approving, giving back; and bringing two changes together."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.answers.edit_yaml import NotEditableError
from bot.answers.faults import Fault
from bot.console.access.guard import Sent
from bot.console.access.roles import Person
from bot.console.answers.judging import Approval, NewErrorsError, judge
from bot.console.answers.overdue import question
from bot.console.answers.pages_visit import ApproversVisit, AVisit, Visit
from bot.console.answers.people import allowed, author
from bot.console.answers.places import ProposalId
from bot.console.answers.saving import SAVED, Done, Problem, Trouble, not_editable, save, step_of
from bot.console.parts import Parts
from bot.console.versions.model import (
    Conflict,
    HalfWrittenError,
    Proposal,
    Published,
    Refusal,
    Refused,
    VersionsError,
)
from bot.console.versions.sending import Sending
from bot.console.web.errors import NotAllowedError, NotThereError
from bot.console.web.forms import Form, fields

router = APIRouter(tags=["answers"], default_response_class=HTMLResponse)

FILE = "file:"
"""Begins the name of a field that holds a whole file."""

RESOLVED = (*SAVED, "onto", f"{FILE}centres.yml")
"""The fields of what was made of a conflict; there is one for each file that was in it."""

CLOSED_SHOWN = 50

_STATUSES: dict[Refusal | Trouble, int] = {
    Refusal.WRONG_STATE: 409,
    Refusal.NOT_AS_SEEN: 409,
    Refusal.OWN_WORK: 403,
}
"""Of HTTP; anything else was wrong with what was sent."""


@router.get("/answers/proposals")
async def proposals(visit: AVisit) -> Response:
    """The open proposals, and those that were closed last."""

    def found() -> tuple[tuple[Proposal, ...], tuple[Proposal, ...]]:
        versions = visit.parts.versions
        return versions.proposals(), versions.proposals(closed=True, limit=CLOSED_SHOWN)

    opened, closed = await asyncio.to_thread(found)
    loaded = await visit.parts.folder.loaded()
    questions = {entry.folder: question(entry) for entry in loaded.answers}
    return visit.show("proposals.html", opened=opened, closed=closed, questions=questions)


@router.get("/answers/proposals/{proposal}")
async def proposal_page(proposal: ProposalId, visit: AVisit) -> Response:
    """A proposal: what it changes, what a check says of it, what can be done with it."""
    return await _page(visit, proposal)


@router.post("/answers/proposals/{proposal}/submit", openapi_extra=fields("words"))
async def submit(proposal: ProposalId, visit: AVisit, form: Sent) -> Response:
    """Hands a proposal in for approval."""
    versions, who = visit.parts.versions, author(visit.me)
    result = await asyncio.to_thread(versions.submit, proposal, who, form.get("words"))
    return await _moved(visit, proposal, result, "submitted")


@router.post("/answers/proposals/{proposal}/return", openapi_extra=fields("words"))
async def give_back(proposal: ProposalId, visit: ApproversVisit, form: Sent) -> Response:
    """Gives a proposal back, saying why."""
    versions, who = visit.parts.versions, author(visit.me)
    result = await asyncio.to_thread(versions.give_back, proposal, who, form.get("words"))
    return await _moved(visit, proposal, result, "returned")


@router.post("/answers/proposals/{proposal}/withdraw", openapi_extra=fields("words"))
async def withdraw(proposal: ProposalId, visit: AVisit, form: Sent) -> Response:
    """Gives a proposal up: whoever wrote it, or an approver."""
    found = await asyncio.to_thread(visit.parts.versions.proposal, proposal)
    if found is None:
        raise NotThereError
    may = allowed(visit.me, found, alone=visit.parts.members.everybody_may_all)
    if found.state.is_open and not may.withdraw:
        raise NotAllowedError
    versions, who = visit.parts.versions, author(visit.me)
    result = await asyncio.to_thread(versions.withdraw, proposal, who, form.get("words"))
    return await _moved(visit, proposal, result, "withdrawn")


@router.post("/answers/proposals/{proposal}/publish", openapi_extra=fields("seen", "checked"))
async def publish(proposal: ProposalId, visit: ApproversVisit, form: Sent) -> Response:
    """Approves and publishes a proposal."""
    try:
        result = await asyncio.to_thread(_publish, visit.parts, visit.me, proposal, form)
    except HalfWrittenError:
        await visit.note("answer_published", proposal)
        raise
    if isinstance(result, Conflict):
        back = f"/answers/proposals/{proposal}"
        merging = Form([("proposal", proposal)])
        return visit.show_conflict(result, merging, back)
    if isinstance(result, Problem):
        return await _page(visit, proposal, result)
    about = ", ".join(result.files)
    await visit.note("answer_published", proposal, about)
    word = await _sent(visit)
    return RedirectResponse(f"/answers/proposals/{proposal}?done={word}", status_code=303)


@router.post("/answers/resolve", openapi_extra=fields(*RESOLVED))
async def resolve(visit: AVisit, form: Sent) -> Response:
    """Saves what somebody made of a conflict."""
    texts = {
        name.removeprefix(FILE): form.text(name) for name, _ in form.fields if name.startswith(FILE)
    }
    proposal = form.get("proposal")
    back = f"/answers/proposals/{proposal}" if proposal else "/answers"
    result = await asyncio.to_thread(save, visit.parts, visit.me, form, texts, step_of(form))
    if isinstance(result, Conflict):
        return visit.show_conflict(result, form, back)
    if isinstance(result, Done):
        if result.what:
            await visit.note(result.what, ", ".join(texts), form.get("reason"))
        address = f"/answers/proposals/{result.proposal}" if result.proposal else "/answers"
        return RedirectResponse(f"{address}?done={_word(result)}", status_code=303)
    return visit.show(
        "conflict.html",
        status=422,
        conflict=None,
        base=form.get("base"),
        onto=form.get("onto"),
        proposal=proposal,
        reason=form.get("reason"),
        back=back,
        texts=texts,
        problem=result,
    )


async def _sent(visit: Visit) -> str:
    """Sends what was published to the bots; the word for what became of it."""
    try:
        sending = await visit.parts.edition.send()
    except VersionsError:  # it is published; the console's own watch sends it later
        return "waiting"
    return {Sending.BROKEN: "held", Sending.AWAY: "waiting"}.get(sending, "published")


def _word(done: Done) -> str:
    return "submitted" if done.word == "submit" else done.word


def _publish(parts: Parts, me: Person, proposal: str, form: Form) -> Published | Conflict | Problem:
    found = parts.versions.proposal(proposal)
    if found is None:
        raise NotThereError
    checked = [one for one in form.all("checked") if one in found.subjects]
    approval = Approval(parts, me, parts.checks.published(), checked)
    try:
        result = parts.versions.publish(
            proposal,
            author(me),
            seen=form.get("seen"),
            extra=approval,
            alone=parts.members.everybody_may_all,
        )
    except NewErrorsError as error:
        faults = tuple(Fault(f.file, f.line, f.sentence) for f in error.findings)
        return Problem(Trouble.ERRORS, "", faults)
    except NotEditableError as error:
        return not_editable(error)
    if isinstance(result, Refused):
        return Problem(result.why, result.detail, result.faults)
    return result


async def _moved(visit: Visit, proposal: str, result: Proposal | Refused, word: str) -> Response:
    if isinstance(result, Refused):
        problem = Problem(result.why, result.detail)
        return await _page(visit, proposal, problem)
    await visit.note(f"answer_{word}", proposal)
    return RedirectResponse(f"/answers/proposals/{proposal}?done={word}", status_code=303)


async def _page(visit: Visit, proposal: str, problem: Problem | None = None) -> Response:
    found = await asyncio.to_thread(visit.parts.versions.proposal, proposal)
    if found is None:
        raise NotThereError
    judged = await asyncio.to_thread(judge, visit.parts, found)
    return visit.show(
        "proposal.html",
        status=_STATUSES.get(problem.why, 422) if problem else 200,
        p=found,
        judged=judged,
        may=allowed(visit.me, found, alone=visit.parts.members.everybody_may_all),
        problem=problem,
    )
