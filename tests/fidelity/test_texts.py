"""What the sandbox makes of a text is what TDLib makes of it, Telegram's own code."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from tests.fidelity.processes import ROOT, TOKEN, SandboxProcess
from tests.fidelity.sandbox_api import SandboxApi
from tests.fidelity.tdlib import FOUND, WRITTEN, TdlibError, find, parse
from tests.fidelity.wire import Json

ANNA = 1001
TEXTS = 600
AT_ONCE = 20
WORDS = ("a", "b c", "é", "😀", "ә", "\n", " ", "x", ".", "\\", "(", ")", "!", "-")
PIECES = {
    "HTML": (
        *("<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<s>", "</s>", "<code>", "</code>"),
        *('<a href="https://example.org/">', "</a>", "<blockquote>", "</blockquote>"),
        *("<pre>", "</pre>", '<pre><code class="language-py">', "</code></pre>"),
        *("<tg-spoiler>", "</tg-spoiler>", '<span class="tg-spoiler">', "</span>"),
        *("<blockquote expandable>", "&lt;", "&amp;", "&quot;", "&#1234;", "<", "<foo>", "</>"),
    ),
    "Markdown": ("*", "_", "`", "```", "[", "](https://example.org/)", "\\*", "\\_", "```py\n"),
    "MarkdownV2": (
        *("*", "_", "__", "~", "||", "`", "```", "```py\n", "[", "](https://example.org/)"),
        *("\\*", "\\.", ">", "**>", "\n>", "||\n", f"[t](tg://user?id={ANNA})"),
    ),
}


@pytest_asyncio.fixture(scope="module")
async def api(
    tmp_path_factory: pytest.TempPathFactory, http: ClientSession
) -> AsyncIterator[SandboxApi]:
    async with SandboxProcess(tmp_path_factory.mktemp("texts")) as process:
        sandbox = SandboxApi(http, process.url)
        await sandbox.post("send", user=ANNA, name="Anna", text="/start")
        yield sandbox


async def send_all(api: SandboxApi, texts: list[str], **parameters: str) -> list[Json]:
    """The sandbox's answers to these texts."""
    some = asyncio.Semaphore(AT_ONCE)

    async def send(text: str) -> Json:
        async with some:
            return await api.call(TOKEN, "sendMessage", chat_id=ANNA, text=text, **parameters)

    return await asyncio.gather(*map(send, texts))


def bare(entities: list[Json], kinds: dict[str, str]) -> list[tuple[str, ...]]:
    """Entities of these kinds, in a form that can be compared."""
    return sorted(
        tuple(str(entity.get(key, "")) for key in ("offset", "length", "type", "url", "language"))
        for entity in entities
        if entity["type"] in kinds.values()
    )


def difference(text: str, mode: str, answer: Json) -> str:
    """How the sandbox's reading of a formatted text differs from TDLib's; nothing if not."""
    try:
        expected, entities = parse(text, mode)
    except TdlibError as refusal:
        words = f"Bad Request: can't parse entities: {refusal}"
        words = words.replace("entities: Can't parse entities:", "entities:")
        said = answer.get("description")
        return "" if said == words else f"{text!r}: {said!r} instead of {words!r}"
    if not expected.strip():
        return ""  # refused as empty, by rules that are not the parser's
    if not answer["ok"]:
        return f"{text!r}: refused with {answer['description']!r}"
    found = answer["result"]
    if found["text"].strip() != expected.strip():
        return f"{text!r}: {found['text']!r} instead of {expected!r}"
    told = found.get("entities", [])
    if found["text"] != expected or bare(told, FOUND):
        return ""  # spaces went, or a link was found that divides what it stands in
    if bare(told, WRITTEN) != bare(entities, WRITTEN):
        return f"{text!r}: {bare(told, WRITTEN)} instead of {bare(entities, WRITTEN)}"
    return ""


@pytest.mark.parametrize("mode", PIECES)
async def test_formatting_is_parsed_as_tdlib_does(api: SandboxApi, mode: str) -> None:
    """Markup put together at random, most of it wrong: same texts, entities, words, offsets."""
    dice = random.Random(f"{mode} 2026")
    pieces = PIECES[mode] + WORDS
    texts = ["".join(dice.choices(pieces, k=dice.randint(1, 9))) for _ in range(TEXTS)]
    answers = await send_all(api, texts, parse_mode=mode)
    found = [difference(*pair) for pair in zip(texts, [mode] * TEXTS, answers, strict=True)]
    assert not any(found), "\n".join(filter(None, found))
    assert sum(answer["ok"] for answer in answers) > TEXTS / 20
    assert sum(not answer["ok"] for answer in answers) > TEXTS / 20


async def test_links_and_commands_are_found_as_tdlib_finds_them(api: SandboxApi) -> None:
    """In every line of the helpline's own answers, in all their languages."""
    lines = {
        line.strip()
        for path in (ROOT / "answers").rglob("*.md")
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    }
    assert len(lines) > 2000
    await found_as_tdlib_does(api, sorted(lines))


async def found_as_tdlib_does(api: SandboxApi, texts: list[str]) -> None:
    """Both find the same in each text."""
    faults = []
    for answer in await send_all(api, texts):
        text, told = answer["result"]["text"], answer["result"].get("entities", [])
        mine, expected = bare(told, FOUND), bare(find(text), FOUND)
        if mine != expected:
            faults.append(f"{text!r}: {mine} instead of {expected}")
    assert not faults, f"{len(faults)} of {len(texts)}:\n" + "\n".join(faults)


async def test_what_people_type_is_read_as_tdlib_does(api: SandboxApi) -> None:
    """Addresses, commands and mentions between words, with the signs that people put there."""
    things = (
        *("/start", "/help@sandbox_helpline_bot", "@example", "#work", "#ЖҰМЫС", "$USD"),
        *(
            "example.org",
            "https://egov.kz/cms?a=1&b=2#c",
            "http://пример.рф/путь",
            "me@example.org",
        ),
        *("t.me/helpline", "www.gov.kz/", "127.0.0.1", "eGov.kz", "README.md", "site.kz-те"),
        *(
            "работа",
            "2026",
            "a/b",
            "1.5",
            "и т.д.",
            "қ.",
            "x@y",
            "file.txt",
            "№5",
            "https://t.me/+a_b",
        ),
    )
    before, after = ("", "(", "«", '"', "- ", ""), ("", ".", ",", ")", "»", "!", "?", ":", "…", "")
    dice = random.Random("typed 2026")

    def typed() -> str:
        words = (
            dice.choice(before) + dice.choice(things) + dice.choice(after)
            for _ in range(dice.randint(1, 5))
        )
        return "На " + " ".join(words)

    await found_as_tdlib_does(api, [typed() for _ in range(TEXTS)])
