"""Fills a helpline's console for the pictures of its guide: a proposal, questions, figures.

It does what people do, through the sandbox's JSON API and the console itself. The figures of eight
weeks cannot be played in a minute: they are made up here, and the guide says so.
"""

from __future__ import annotations

import asyncio
import random
import re
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.catalogs import Catalogs
from bot.clock import Clock
from bot.language.tags import Locale
from bot.settings import ROOT, Settings
from bot.store.insight import (
    Asked,
    AtHour,
    ChoseLanguage,
    FromPlace,
    InCity,
    Newcomer,
    Rated,
    field_of,
    period_of,
    week_of,
)
from bot.store.store import open_store
from tests.e2e.helpline import Helpline, Person, buttons, texts

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Page

    from bot.store.insight import Sum
    from bot.store.store import Store

AIGUL, TIMUR = 201, 202
UZBEK, TAJIK, RUSSIAN = 103, 105, 102
ANSWER = "/answers/work_permit/permit_cost/tg"
CATALOGS = Catalogs(ROOT / "locales")
WEEKS = 8
SEED = 20261122
_PLACES = (InCity, FromPlace, Newcomer, ChoseLanguage)

UNKNOWN = {
    RUSSIAN: ("ru", "Русский", ("а самосвал купить в рассрочку иностранцу дадут", "где тут рынок")),
    UZBEK: (
        "uz",
        "Oʻzbekcha",
        ("mashinamni olib kirsam boladimi", "avto olib kirish qoidasi bormi"),
    ),
    TAJIK: ("tg", "Тоҷикӣ", ("мошинамро дароварам мешавад",)),
}
"""Questions that no answer is for, by who asks them: language, its button, their words."""


def helpline(folder: Path) -> Helpline:
    """One with files of its own, which the console may change."""
    for name in ("answers", "nlu_data"):
        shutil.copytree(ROOT / name, folder / name)
    return Helpline(
        folder, ANSWERS_DIR=str(folder / "answers"), NLU_DATA_DIR=str(folder / "nlu_data")
    )


def questions(running: Helpline) -> None:
    """People ask what the bot has no answer for, and say so where it offers something else."""
    for user, (language, button, asked) in UNKNOWN.items():
        person = Person(running, user, language)
        person.send("/start")
        person.press(button)
        neither = CATALOGS[Locale(language)].gettext("Something else")
        for text in asked:
            said = person.send(text)
            labels = [key["text"] for message in said for key in buttons(message)]
            for label in (neither, "👎"):
                if label in labels:
                    person.press(label)


async def figures(running: Helpline) -> None:
    """Eight weeks of made-up figures, the same each time."""
    settings = Settings(_env_file=None, data_dir=running.folder)  # type: ignore[call-arg]
    store = await open_store(settings.store_url, settings.key_prefix, settings.shards)
    dice = random.Random(SEED)
    try:
        for ago in range(1, WEEKS * 7 + 1):
            await _day(store, dice, ago)
    finally:
        await store.close()


async def _day(store: Store, dice: random.Random, ago: int) -> None:
    day = Clock().today() - timedelta(days=ago)
    growth = 1.5 - ago / (WEEKS * 7)
    share = {Locale.RU: 30, Locale.UZ: 26, Locale.KK: 8, Locale.UZ_CYRL: 9, Locale.TG: 14}
    share[Locale.KY] = 12
    pipeline = store.redis.pipeline(transaction=False)

    def count(entry: Sum, times: float) -> None:
        where = store.keys.insight_places if isinstance(entry, _PLACES) else store.keys.insight
        pipeline.hincrby(where(period_of(day)), field_of(entry), round(times))

    for locale, usual in share.items():
        number = usual * growth * dice.uniform(0.7, 1.3)
        lost = 0.16 if locale is Locale.TG else 0.06
        told = locale.value
        for subject, part in (
            *(("permit_cost", 0.2), ("registration", 0.18), ("unpaid_wages", 0.15)),
            *(("eaeu_work", 0.1), ("find_centre", 0.12), ("overstay_fine", 0.1)),
        ):
            count(Asked("text", "answered", subject, told), number * part)
            count(Asked("tap", "answered", subject, told), number * part / 2)
        count(Asked("text", "offered", "permit_apply", told), number * 0.12)
        count(Asked("text", "lost", "", told), number * lost)
        count(Asked("person", "handed_over", "unpaid_wages", told), number * 0.05)
        count(Rated(True, "permit_cost", told), number * 0.1)
        count(Rated(False, "overstay_fine", told), number * 0.04)
        for city, part in (("almaty", 0.4), ("astana", 0.25), ("shymkent", 0.15)):
            count(InCity("text", "answered", city, told), number * part)
        for place, part in (("bazaar", 0.2), ("station", 0.15), ("", 0.3)):
            count(FromPlace("text", "answered", place, told), number * part)
            count(Newcomer(place, told), number * part / 3)
            count(ChoseLanguage(place, told), number * part / 3)
        pipeline.pfadd(
            store.keys.people(week_of(day), told), *(f"{ago}-{n}" for n in range(round(number / 3)))
        )
    for hour in range(7, 24):
        count(AtHour("text", "answered", hour), 3 * growth * dice.uniform(0.3, 1.5))
    await pipeline.execute()


async def console(browser: Browser, running: Helpline, member: int, **options: object) -> Page:
    """The console, opened with the link that the bot sends a member of the staff."""
    asked = Person(running, member, "ru")
    told = texts(await asyncio.to_thread(asked.send, "/console"))
    link = re.search(r"http\S+/sign-in/\S+", told)
    if link is None:
        raise RuntimeError("the bot sent no link")
    context = await browser.new_context(locale="ru-RU", **options)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(link[0])
    await page.locator("main button").click()
    await page.wait_for_url(f"{running.console}/")
    return page


async def proposal(page: Page, address: str) -> str:
    """A counsellor hands in a correction; the address of the proposal."""
    await page.goto(f"{address}{ANSWER}")
    part = page.locator("textarea").nth(1)
    await part.fill((await part.input_value()).replace("**", "", 2))
    await page.locator("input[name='reason']").fill("Проверено по тарифам 2026 года")
    await page.locator("button[value='submit']").click()
    await page.wait_for_url(re.compile("/answers/proposals/"))
    return page.url.partition("?")[0]
