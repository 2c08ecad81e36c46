"""Menus: languages, topics, questions, citizenships."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.answers.model import Citizenship
from bot.answers.pick import text_for
from bot.dialogue.events import (
    AnswerChosen,
    CitizenshipChosen,
    CitizenshipWanted,
    Command,
    CommandGiven,
    LocaleChosen,
    LocaleDeclined,
    NeedChosen,
    NoneOfThese,
    PersonWanted,
    TopicChosen,
)
from bot.dialogue.popular import most_asked_first
from bot.language.tags import Locale
from bot.telegram.render.context import press
from bot.telegram.render.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answers.model import Centre
    from bot.catalogs import Words
    from bot.telegram.effects import Button
    from bot.telegram.render.context import Context

FLAGS = {
    Citizenship.UZBEKISTAN: "🇺🇿",
    Citizenship.TAJIKISTAN: "🇹🇯",
    Citizenship.KYRGYZSTAN: "🇰🇬",
    Citizenship.RUSSIA: "🇷🇺",
    Citizenship.OTHER_EAEU: "🇦🇲🇧🇾",
    Citizenship.OTHER: "🌍",
}


def ask_locale(context: Context) -> Screen:
    """Choose a language: asked in all of them, since we do not know yet which one is read."""
    asked = dict.fromkeys(words.gettext("Choose your language") for words in context.catalogs.all())
    return Screen(escape("\n".join(asked)), locale_rows(), in_place=True)


def locale_rows() -> tuple[tuple[Button, ...], ...]:
    """The six languages by their own names, two in a row."""
    return in_pairs([press(locale.endonym, LocaleChosen(locale)) for locale in Locale])


def greeting(context: Context) -> Screen:
    """Two lines and the topics."""
    words = context.words
    first = words.gettext("Hello! This is a free helpline for migrants in Kazakhstan.")
    second = words.gettext("Write your question in your own words, or choose a topic.")
    return Screen(f"<b>{escape(first)}</b>\n{escape(second)}", _topic_rows(context), in_place=True)


def menu(context: Context) -> Screen:
    """The topics."""
    text = context.words.gettext("Choose a topic, or write your question.")
    return Screen(escape(text), _topic_rows(context), in_place=True)


def topic_menu(context: Context, name: str) -> Screen:
    """The questions of a topic, the most asked first, as people ask them; below, the way back.

    A button has room for the short name; the message above says the whole question.
    """
    topic = next(topic for topic in context.library.topics if topic.name == name)
    title = f"{topic.emoji} <b>{escape(topic.titles[context.words.locale])}</b>"
    intents = most_asked_first(topic.intents, context.asked)
    asked = (text_for(context.library.answers[i], context.words.locale).text for i in intents)
    lines = "\n".join(f"• {escape(text.question)}" for text in asked)
    rows = [(_short(context, intent),) for intent in intents]
    back = press("← " + context.words.gettext("Topics"), CommandGiven(Command.MENU))
    return Screen(f"{title}\n\n{lines}", (*rows, (back,)), in_place=True)


def ask_citizenship(context: Context, intent: str | None) -> Screen:
    """Of which country? Says which question waits for it."""
    words = context.words
    question = words.gettext("Of which country are you a citizen? The rules differ.")
    lines = [f"<b>{escape(question)}</b>"]
    if intent is not None:
        asked = text_for(context.library.answers[intent], words.locale).text.question
        lines.insert(0, f"<i>{escape(asked)}</i>")
    buttons = [
        press(f"{FLAGS[citizenship]} {name}", CitizenshipChosen(citizenship, intent))
        for citizenship, name in citizenship_names(words).items()
    ]
    return Screen("\n".join(lines), in_pairs(buttons))


def ask_need(context: Context) -> Screen:
    """What kind of help? One in a row; the last for those who want to see everybody."""
    words = context.words
    locale = words.locale
    rows = [
        (press(f"{need.emoji} {need.titles[locale]}", NeedChosen(need.name)),)
        for need in context.library.needs
    ]
    everybody = press(words.gettext("Show all centres"), NeedChosen())
    text = words.gettext("What help do you need?")
    return Screen(f"<b>{escape(text)}</b>", (*rows, (everybody,)))


def citizenship_set(context: Context, citizenship: Citizenship) -> Screen:
    """Confirms the citizenship we answer for, and lets it be corrected."""
    words = context.words
    name = citizenship_names(words)[citizenship]
    text = words.gettext("I will answer for citizens of: {country}.").format(country=name)
    change = press(words.gettext("Change citizenship"), CitizenshipWanted())
    return Screen(f"{FLAGS[citizenship]} {escape(text)}", ((change,),))


def citizenship_names(words: Words) -> dict[Citizenship, str]:
    """The citizenships in the order of the buttons."""
    return {
        Citizenship.UZBEKISTAN: words.gettext("Uzbekistan"),
        Citizenship.TAJIKISTAN: words.gettext("Tajikistan"),
        Citizenship.KYRGYZSTAN: words.gettext("Kyrgyzstan"),
        Citizenship.RUSSIA: words.gettext("Russia"),
        Citizenship.OTHER_EAEU: words.gettext("Armenia, Belarus"),
        Citizenship.OTHER: words.gettext("Another country"),
    }


def did_you_mean(context: Context, intents: Sequence[str]) -> Screen:
    """Two or three likely questions, and a way out."""
    words = context.words
    rows = [(_question(context, intent),) for intent in intents]
    other = press(words.gettext("Something else"), NoneOfThese())
    return Screen(escape(words.gettext("Did you mean:")), (*rows, (other,)))


def offer_locale(context: Context, locale: Locale) -> Screen:
    """Offers a lasting switch, in the words of the language offered."""
    words = context.catalogs[locale]
    text = words.gettext("Shall I answer in {language} from now on?")
    yes = press(words.gettext("Yes"), LocaleChosen(locale))
    no = press(words.gettext("No"), LocaleDeclined(locale))
    return Screen(escape(text.format(language=locale.endonym)), ((yes, no),))


def locale_set(context: Context, locale: Locale) -> Screen:
    """Says in which language replies come from now on."""
    text = context.words.gettext("I answer in this language: {language}.")
    change = press("🌐 " + context.words.gettext("Language"), CommandGiven(Command.LANGUAGE))
    return Screen(escape(text.format(language=locale.endonym)), ((change,),), in_place=True)


def flag_of(centre: Centre) -> str:
    """The flag of the country a consulate is of; nothing for everyone else."""
    if centre.kind != "embassy":
        return ""
    by_code = {citizenship.value: flag for citizenship, flag in FLAGS.items()}
    return next((by_code[code] for code in centre.citizenships if code in by_code), "")


def name_of(centre: Centre, locale: Locale) -> str:
    """A centre's name in a locale, or as it is written on its door: in Russian."""
    return centre.names.get(locale) or centre.names[Locale.RU]


def in_pairs(buttons: Iterable[Button]) -> tuple[tuple[Button, ...], ...]:
    """Buttons two in a row."""
    listed = list(buttons)
    return tuple(tuple(listed[i : i + 2]) for i in range(0, len(listed), 2))


def person_button(context: Context, wanted: PersonWanted | None = None) -> Button:
    """The way to a living person; ``wanted`` says what stands above the button."""
    event = wanted or CommandGiven(Command.HUMAN)
    return press("👤 " + context.words.gettext("A living person"), event)


def menu_button(context: Context) -> Button:
    """The way to the topics."""
    return press("☰ " + context.words.gettext("Topics"), CommandGiven(Command.MENU))


def related_rows(context: Context, intents: Iterable[str]) -> list[tuple[Button, ...]]:
    """Other questions, one in a row; those the library does not have are left out."""
    return [(_short(context, intent),) for intent in intents if intent in context.library.answers]


def _topic_rows(context: Context) -> tuple[tuple[Button, ...], ...]:
    locale = context.words.locale
    topics = [
        (press(f"{topic.emoji} {topic.titles[locale]}", TopicChosen(topic.name)),)
        for topic in context.library.topics
    ]
    language = press("🌐 " + context.words.gettext("Language"), CommandGiven(Command.LANGUAGE))
    return (*topics, (person_button(context), language))


def _short(context: Context, intent: str) -> Button:
    text = text_for(context.library.answers[intent], context.words.locale).text
    return press(text.short, AnswerChosen(intent))


def _question(context: Context, intent: str) -> Button:
    text = text_for(context.library.answers[intent], context.words.locale).text
    return press(text.question, AnswerChosen(intent))
