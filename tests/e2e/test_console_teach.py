"""The bot did not know a question; the staff teach it in the console; then it knows.

All is real: bot, classifier, training and browser. Only what the classifier learns is small, so
that it is trained within seconds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from bot.catalogs import Catalogs
from bot.console.web.languages import Language, load_wordings
from bot.language.tags import Locale
from bot.settings import ROOT, Settings
from bot.understanding import own_classifier
from tests.e2e.browsing import console
from tests.e2e.helpline import Helpline, Person, buttons

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [
    *(pytest.mark.e2e, pytest.mark.rasa, pytest.mark.browser),
    pytest.mark.timeout(900),
]

GO_BACK = load_wordings(ROOT / "locales")[Language.RU].gettext("Go back to this one")
WORDS = Catalogs(ROOT / "locales")[Locale.RU]
COUNSELLOR, MIGRANT, ANOTHER, THIRD = 201, 102, 4801, 4802
TRAINING_SECONDS = 600
PHRASES = {
    "permit_cost": (
        *("сколько стоит патент", "почём патент", "цена патента в месяц", "дорого ли патент"),
        *("какая плата за патент", "сколько платить за патент каждый месяц"),
    ),
    "find_centre": (
        *("где ваш офис", "адрес офиса", "как к вам пройти", "куда прийти за помощью"),
        *("где ближайший центр", "какой у вас адрес"),
    ),
    "unpaid_wages": (
        *("не платят за работу", "хозяин не отдал зарплату", "зарплату задержали на месяц"),
        *("не дают расчёт", "обманули с зарплатой", "деньги за работу не отдали"),
    ),
    "contract": (
        *("как составить договор", "работаю без договора", "хозяин не даёт договор"),
        *("что должно быть в договоре", "нужен ли договор", "договор не подписали"),
    ),
    "registration": ("отметка о приезде", "уведомление о прибытии подать"),
    "trafficking": ("нас заперли", "держат под замком", "не выпускают", "отобрали телефон"),
    "out_of_scope": ("привет как жизнь", "расскажи анекдот", "кто победил в матче"),
}
UNKNOWN = "как прописаться в квартире"
INTENT = "registration"
"""What it asks, in words that the small classifier has never heard."""


@pytest.fixture(scope="module")
def helpline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helpline]:
    """A helpline whose classifier has learnt little."""
    folder = tmp_path_factory.mktemp("taught")
    phrases = folder / "nlu_data"
    _write_phrases(phrases)
    where = {"NLU_DATA_DIR": str(phrases), "NLU_MODELS_DIR": str(folder / "models")}
    settings = Settings(_env_file=None, nlu_data_dir=phrases, nlu_models_dir=folder / "models")
    own_classifier.train(ROOT, settings)
    running = Helpline(folder, **where)
    running.start()
    yield running
    running.stop()


def _write_phrases(folder: Path) -> None:
    (folder / "ru").mkdir(parents=True)
    for name in ("places.yml", "danger", "samples"):
        (folder / name).symlink_to(ROOT / "nlu_data" / name)
    blocks = "".join(
        f"- intent: {intent}\n  metadata:\n    language: ru\n  examples: |\n"
        + "".join(f"    - {text}\n" for text in texts_of)
        for intent, texts_of in PHRASES.items()
    )
    (folder / "ru" / "all.yml").write_text(f'version: "3.1"\nnlu:\n{blocks}', encoding="utf-8")


def greeted(helpline: Helpline, user: int) -> Person:
    """Somebody who has chosen Russian."""
    someone = Person(helpline, user, "ru")
    someone.send("/start")
    someone.press("Русский")
    return someone


def is_known(messages: list[dict[str, Any]]) -> bool:
    """Whether the bot answers, or offers first, what was asked."""
    data = [button.get("callback_data", "") for one in messages for button in buttons(one)]
    return f"r:1:{INTENT}" in data or INTENT in data[0]


def test_what_the_staff_teach_the_bot_knows_after_a_training(
    helpline: Helpline, browser: Browser
) -> None:
    migrant = greeted(helpline, MIGRANT)
    said = migrant.send(UNKNOWN)
    assert not is_known(said)
    labels = [button["text"] for one in said for button in buttons(one)]
    for label in (WORDS.gettext("Something else"), "👎"):  # were it not simply lost
        if label in labels:
            migrant.press(label)

    page = console(browser, helpline, COUNSELLOR)
    page.goto(f"{helpline.console}/teach")
    card = page.locator("article.group", has_text=UNKNOWN)
    card.locator("select[name='intent']").select_option(INTENT)
    card.locator("button[value='label']").click()
    expect(page.locator("article.group select")).to_have_count(0)
    page.goto(f"{helpline.console}/teach/phrases")
    expect(page.locator("main")).to_contain_text(UNKNOWN)

    page.goto(f"{helpline.console}/teach/training")
    page.locator("form[action='/teach/training/start'] button").click()
    serve = page.locator("#job form[action$='/serve'] button, #job a[href$='/serve']")
    expect(serve).to_be_visible(timeout=TRAINING_SECONDS * 1000)
    expect(page.locator("#job table").first).to_be_visible()  # old against new
    serve.click()
    served, twice = re.compile("done=in_service"), re.compile("/serve$")
    page.wait_for_url(re.compile(f"{served.pattern}|{twice.pattern}"))
    if twice.search(page.url):  # so small a model is worse at something else
        page.locator("main form[action$='/serve'] button").click()
        page.wait_for_url(served)

    assert is_known(greeted(helpline, ANOTHER).send(UNKNOWN))

    page.locator("main form", has=page.get_by_role("button", name=GO_BACK)).locator(
        "button"
    ).click()
    page.wait_for_url(re.compile("done=back"))
    assert not is_known(greeted(helpline, THIRD).send(UNKNOWN))
