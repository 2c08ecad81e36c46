"""Every answer, as Telegram would take it: language x audience x citizenship x page.

Telegram's limits: https://core.telegram.org/bots/api#sendmessage (4,096 characters of text),
#inlinekeyboardbutton (64 bytes of data), #copytextbutton (256 characters), and 1,024 characters of
a caption (#sendphoto), within which a danger card stays, so that it can go with a picture.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot import retention
from bot.answers.centres_file import is_assigned, is_web_address
from bot.answers.load import load_library
from bot.answers.model import AUDIENCES, Citizenship, DangerKind, Part
from bot.answers.text_rules import phones
from bot.catalogs import Catalogs
from bot.dialogue import acts
from bot.dialogue.events import WrongNumbersListed
from bot.dialogue.marks import marked
from bot.language.tags import Locale
from bot.sandbox.text.html_parser import parse_html
from bot.sandbox.text.utf16 import utf16_length
from bot.settings import ROOT, Settings
from bot.telegram.callbacks import decode
from bot.telegram.effects import SendMessage
from bot.telegram.render import Context, Screen, draw
from bot.telegram.splitting import fit
from bot.understanding.places import load_atlas
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = {
    None: Citizenship.OTHER,
    Part.EAEU: Citizenship.OTHER_EAEU,
    Part.VISA_FREE: Citizenship.UZBEKISTAN,
    Part.OTHER: Citizenship.OTHER,
}
"""A citizen of each audience; the longest label of a button among them."""

BOLD_ON_PRIVACY_PAGE = 3
"""The question, the first line, who is responsible."""

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_BUTTON_DATA = 64
MAX_COPY_TEXT = 256

CATALOGS = Catalogs(ROOT / "locales")
ATLAS = load_atlas(ROOT / "nlu_data" / "places.yml")
LIBRARY = load_library(ROOT / "answers", retention.variables(Settings()))

_VARIABLE = re.compile(r"[{}]|%\(|\$\w")
_LEFT_OVER_MARKUP = re.compile(r"\*\*|__|\]\(|^#|<[a-z/]|&[a-z]+;", re.MULTILINE)


def context(locale: Locale, citizenship: Citizenship | None) -> Context:
    names = {key: city.names[locale] for key, city in ATLAS.cities.items()}
    return Context(CATALOGS[locale], CATALOGS, LIBRARY, names, factories.CHECKED, citizenship)


def shown(locale: Locale) -> Iterator[tuple[acts.ShowAnswer, Screen]]:
    """Every page of every answer that a person of any citizenship can come to."""
    for intent, answer in LIBRARY.answers.items():
        audiences = [*AUDIENCES, None] if answer.depends_on_citizenship else [None]
        for page in acts.Page:
            for audience in audiences:
                for citizenship in (None, EXAMPLES[audience]):
                    act = acts.ShowAnswer(intent, audience, page)
                    yield act, draw(act, context(locale, citizenship))
        abroad = acts.ShowAnswer(intent, None, abroad=True)
        yield abroad, draw(abroad, context(locale, Citizenship.TAJIKISTAN))


def faults(html: str) -> list[str]:
    """What Telegram or a reader would stumble over."""
    text, entities = parse_html(html)
    links = sum(entity["type"] == "text_link" for entity in entities)
    found = [f"entity {entity}" for entity in entities if not is_valid(entity, text)]
    found += [f"variable {match.group()}" for match in _VARIABLE.finditer(text)]
    found += [f"mark-up {match.group()}" for match in _LEFT_OVER_MARKUP.finditer(text)]
    if links != html.count("<a "):
        found.append("a link that Telegram does not take for one")
    if not 0 < utf16_length(text) <= MAX_TEXT:
        found.append(f"{utf16_length(text)} characters")
    if len(fit(SendMessage(chat_id=1, text=html))) != 1:
        found.append("split into several messages")
    return found


def is_valid(entity: dict[str, Any], text: str) -> bool:
    inside = 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16_length(text)
    return inside and (entity["type"] != "text_link" or is_web_address(entity["url"]))


@pytest.mark.parametrize("locale", list(Locale))
def test_every_page_is_a_message_that_telegram_takes(locale: Locale) -> None:
    seen = 0
    for act, screen in shown(locale):
        seen += 1
        assert faults(screen.html) == [], act
        for row in screen.rows:
            for button in row:
                assert len((button.data or "").encode()) <= MAX_BUTTON_DATA, act
                assert len(button.copy_text or "") <= MAX_COPY_TEXT, act
                assert _VARIABLE.search(button.text) is None, act
    assert seen > len(LIBRARY.answers) * len(acts.Page)


@pytest.mark.parametrize("locale", list(Locale))
def test_the_longest_name_of_an_operator_fits_and_is_no_markup(locale: Locale) -> None:
    """Rule: a message with it is still one that Telegram takes, and shows what was set."""
    name, contact = "<b>**[&amp;](a)" * 10, "_/x_😀" * 33
    named = Settings(operator_name=name, operator_bin="0" * 12, operator_contact=contact)
    library = load_library(ROOT / "answers", retention.variables(named))
    own = replace(context(locale, None), library=library)
    html = draw(acts.ShowAnswer("privacy", None), own).html

    text, _ = parse_html(html)
    assert f"{name}, " in text
    assert f"{'0' * 12}, {contact}\n" in text
    assert len(fit(SendMessage(chat_id=1, text=html))) == 1
    assert html.count("<b>") == BOLD_ON_PRIVACY_PAGE


@pytest.mark.parametrize("locale", list(Locale))
def test_every_page_shows_its_own_words(locale: Locale) -> None:
    """A page is not the next-best language, nor another citizenship's part."""
    for act, screen in shown(locale):
        parts = LIBRARY.answers[act.intent].texts[locale].parts
        wanted = Part.EVERYONE if act.audience is None else act.audience
        if act.abroad and Part.RUSSIA in parts:
            wanted = Part.RUSSIA
        elif act.page is acts.Page.MORE:
            wanted = Part.MORE if Part.MORE in parts else Part.EVERYONE
        words = parse_html(screen.html)[0].replace("\u00a0", " ")
        assert first_words(parts[wanted]) in words, act


def named(screen: Screen) -> list[str]:
    """The addresses of the sources under a page, in their order."""
    entities = parse_html(screen.html)[1]
    return [entity["url"] for entity in entities if entity["type"] == "text_link"]


def test_every_source_can_be_read_on_the_page_that_rests_on_it() -> None:
    """The first page names the first three, the second all; what is said of Russia has its own."""
    seen = 0
    for act, screen in shown(Locale.KY):
        found = LIBRARY.answers[act.intent]
        parts = found.texts[Locale.KY].parts
        own = found.sources
        if act.abroad and Part.RUSSIA in parts:
            own = found.sources_russia
        elif act.page is acts.Page.MAIN and Part.MORE in parts:
            own = found.sources[:3]
        urls = [source.url for source in own]
        assert named(screen)[len(named(screen)) - len(urls) :] == urls, act
        seen += len(urls)
    assert seen > 1000


def first_words(markdown: str) -> str:
    """The longest run of plain words at the beginning, which no mark-up changes."""
    return re.split(r"[*\[\n]", markdown.lstrip("-*1. "))[0].strip()


@pytest.mark.parametrize("locale", list(Locale))
def test_a_danger_card_fits_under_a_picture(locale: Locale) -> None:
    for kind in DangerKind:
        for citizenship in (None, *Citizenship):
            screen = draw(acts.ShowDanger(kind), context(locale, citizenship))
            assert faults(screen.html) == [], kind
            assert utf16_length(parse_html(screen.html)[0]) <= MAX_CAPTION, kind


@pytest.mark.parametrize("kind", list(DangerKind))
@pytest.mark.parametrize("locale", list(Locale))
def test_every_number_that_a_danger_card_names_is_copied_in_one_tap(
    locale: Locale, kind: DangerKind
) -> None:
    named = set(phones(LIBRARY.cards[kind].texts[locale].parts[Part.EVERYONE]))
    for citizenship in (None, *Citizenship):
        screen = draw(acts.ShowDanger(kind), context(locale, citizenship))
        assert named <= {button.copy_text for row in screen.rows for button in row}


def test_the_centre_of_every_number_has_a_source() -> None:
    """Also of the short ones, whose numbering plan nobody publishes."""
    short = {p: c for c in LIBRARY.centres for p in c.phones if not p.startswith("+")}

    assert set(short) == {
        *("101", "102", "103", "104", "111", "112", "115", "150"),
        *("1303", "1406", "1414", "1424", "11616"),
    }
    assert [c.id for c in short.values() if not is_web_address(c.source.split()[0])] == []


def test_every_number_in_the_texts_is_that_of_a_centre() -> None:
    known = {phone for centre in LIBRARY.centres for phone in centre.phones}
    texts = [
        (found.intent, locale, phone)
        for found in (*LIBRARY.answers.values(), *LIBRARY.cards.values())
        for locale, text in found.texts.items()
        for part in text.parts.values()
        for phone in phones(part)
    ]

    assert len(texts) > 300
    assert [each for each in texts if each[-1] not in known] == []


@pytest.mark.parametrize("locale", list(Locale))
def test_the_numbers_of_the_hotline_answer_are_copied_in_one_tap(locale: Locale) -> None:
    act = acts.ShowAnswer("hotline")
    screen = draw(act, context(locale, None))
    copied = [b.copy_text for row in screen.rows for b in row if b.copy_text]

    assert copied == ["112", "103", "102", "11616", "111", "1414"]


@pytest.mark.parametrize("page", list(acts.Page))
@pytest.mark.parametrize("locale", list(Locale))
def test_every_number_of_the_hotline_answer_can_be_called_wrong(
    locale: Locale, page: acts.Page
) -> None:
    act = acts.ShowAnswer("hotline", None, page)
    screen = draw(act, context(locale, None))
    events = [decode(b.data) for row in screen.rows for b in row if b.data]
    listed = [event for event in events if isinstance(event, WrongNumbersListed)]
    named = marked(LIBRARY, [mark for event in listed for mark in event.marks])
    markdown = LIBRARY.answers["hotline"].texts[locale].parts
    shown = markdown[Part.MORE if page is acts.Page.MORE else Part.EVERYONE]

    assert set(phones(shown)) <= {phone for centre in named for phone in centre.phones}


def test_of_the_consulates_only_ones_own_is_copied() -> None:
    act = acts.ShowAnswer("hotline", None, acts.Page.MORE)
    screen = draw(act, context(Locale.RU, Citizenship.TAJIKISTAN))
    labels = "".join(button.text for row in screen.rows for button in row)

    assert "🇹🇯" in labels
    assert "🇺🇿" not in labels


def test_every_phone_of_a_centre_can_exist() -> None:
    phones = {(centre.id, phone) for centre in LIBRARY.centres for phone in centre.phones}

    assert len(phones) > 40
    assert [phone for phone in phones if not is_assigned(phone[1])] == []


def test_the_faults_are_found() -> None:
    """The test of the test: each of the faults above, once."""
    assert faults("<b>Да.</b>") == []
    assert faults("{keep_days}") != []
    assert faults("**Да.") != []
    assert faults('<a href="https://x y.kz">а</a>') != []
    assert faults("я" * 4097) != []
    assert faults("") != []
