"""One script, two libraries: both must get what each step expects, and the same."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from tests.fidelity.contract.chapters import CHAPTERS
from tests.fidelity.contract.client import Client
from tests.fidelity.contract.libraries import LIBRARIES
from tests.fidelity.contract.matching import differences
from tests.fidelity.contract.script import Chapter, Run, Script
from tests.fidelity.processes import HELPLINE_PYTHON, ROOT, TOKEN, SandboxProcess
from tests.fidelity.relay import Relay
from tests.fidelity.sandbox_api import SandboxApi


class Stage:
    """A sandbox of its own for one library, with a relay between the two."""

    def __init__(self, relay: Relay, client: Client, sandbox: SandboxApi) -> None:
        self._relay = relay
        self._client = client
        self._sandbox = sandbox

    async def play(self, chapter: Chapter) -> Run:
        """Runs a chapter on the empty sandbox."""
        script = Script(self._client, self._sandbox, TOKEN)
        self._relay.listeners[:] = [script.listen]
        await script.begin()
        await chapter(script)
        await script.hears_nothing("the end")
        return script.run


@pytest_asyncio.fixture(scope="module")
async def stages(
    tmp_path_factory: pytest.TempPathFactory, http: ClientSession
) -> AsyncIterator[list[Stage]]:
    async with AsyncExitStack() as stack:
        made = []
        for library in LIBRARIES:
            folder = tmp_path_factory.mktemp("sandbox")
            process = await stack.enter_async_context(
                SandboxProcess(folder, webhook_retry_seconds=0.05)
            )
            relay = await stack.enter_async_context(Relay(process.url))
            client = await stack.enter_async_context(library(TOKEN, relay.url))
            made.append(Stage(relay, client, SandboxApi(http, process.url)))
        yield made


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.__name__)
async def test_chapter(stages: list[Stage], chapter: Chapter) -> None:
    runs = [await stage.play(chapter) for stage in stages]
    faults = [fault for run in runs for fault in run.faults] + disagreements(*runs)
    assert not faults, "\n".join(faults)


def disagreements(one: Run, other: Run) -> list[str]:
    """The steps of which the two libraries got something else."""
    if [step.name for step in one.steps] != [step.name for step in other.steps]:
        return ["the two runs did not take the same steps"]
    return [
        f"{mine.name}: {other.library} and {one.library} differ: {difference}"
        for mine, theirs in zip(one.steps, other.steps, strict=True)
        if mine.outcome != theirs.outcome
        for difference in differences(theirs.outcome, mine.outcome)
        or differences(mine.outcome, theirs.outcome)
    ]


async def test_every_method_that_the_sandbox_has_is_in_the_script() -> None:
    words = {
        node.value
        for path in (ROOT / "tests" / "fidelity" / "contract").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    program = "from bot.sandbox.bot_api.methods import METHODS; print(*METHODS)"
    asked = await asyncio.create_subprocess_exec(
        HELPLINE_PYTHON, "-c", program, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    emulated, _ = await asked.communicate()
    called = {word.lower() for word in words}
    assert set(emulated.decode().split()) - called - ONCE_AND_FOR_ALL == set()


ONCE_AND_FOR_ALL = {"logout", "close"}
"""Methods that end a bot's life on a server: tried by tests/sandbox, where nobody shares it."""
