"""What only shows when all files of an answers folder are read: names that lead nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers import topics_file
from bot.answers.faults import Fault
from bot.answers.loaded import CONVERSATION, DANGER
from bot.answers.model import DangerKind
from bot.answers.sentence import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answers.loaded import Loaded


def cross_faults(loaded: Loaded) -> Iterator[Fault]:
    """The faults between the files; those within a file are not looked for again."""
    yield from _doubles(loaded)
    yield from _menu(loaded)
    yield from _cards(loaded)
    yield from dead_references(loaded)


def _doubles(loaded: Loaded) -> Iterator[Fault]:
    """An intent is answered once, whatever the topic; a card may bear the name of an answer."""
    folders: dict[str, str] = {}
    for entry in loaded.answers:
        if entry.answer.topic != DANGER:
            first = folders.setdefault(entry.answer.intent, entry.folder)
            if first != entry.folder:
                yield Fault(
                    entry.folder, 0, N_("This answer stands in {folder} too.", folder=first)
                )


def _menu(loaded: Loaded) -> Iterator[Fault]:
    folders = {entry.folder for entry in loaded.answers}
    listed = set()
    for topic in loaded.library.topics:
        for intent in topic.intents:
            listed.add(f"{topic.name}/{intent}")
            if f"{topic.name}/{intent}" not in folders:
                sentence = N_(
                    "`{topic}`: there is no answer {answer}.",
                    topic=topic.name,
                    answer=f"{topic.name}/{intent}",
                )
                yield Fault(topics_file.FILE, loaded.topic_lines[topic.name], sentence)
    for entry in loaded.answers:
        if entry.answer.topic not in (CONVERSATION, DANGER) and entry.folder not in listed:
            line = loaded.topic_lines.get(entry.answer.topic, 0)
            sentence = N_("{answer} stands in no topic of the menu.", answer=entry.folder)
            yield Fault(topics_file.FILE, line, sentence)


def _cards(loaded: Loaded) -> Iterator[Fault]:
    for kind in DangerKind:
        if kind not in loaded.library.cards:
            yield Fault(f"{DANGER}/{kind}", 0, N_("The card of this danger is missing."))


def dead_references(loaded: Loaded) -> Iterator[Fault]:
    """Buttons that would lead nowhere: related answers and centres that are not there."""
    phones = {centre.id: centre.phones for centre in loaded.library.centres}
    for entry in loaded.answers:
        for related in entry.answer.related:
            line = entry.key_lines["related"]
            if related not in loaded.library.answers:
                sentence = N_("`related`: there is no answer `{answer}`.", answer=related)
                yield Fault(entry.file, line, sentence)
            elif related == entry.answer.intent and entry.answer.topic != DANGER:
                sentence = N_("`related`: an answer does not lead to itself.")
                yield Fault(entry.file, line, sentence)
        for name in entry.answer.phones:
            if not phones.get(name):
                sentence = N_("`phones`: centres.yml has no phone of `{centre}`.", centre=name)
                yield Fault(entry.file, entry.key_lines["phones"], sentence)
