"""Reads one answer of a folder: ``answer.yml`` and its texts in all languages.

What has been read is remembered as long as none of it changes: a library is read anew after each
change, of which most touch one file out of three hundred.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from bot.answers import answer_file, variables
from bot.answers.faults import Fault, FileFaults, not_utf8
from bot.answers.loaded import LoadedAnswer, LoadedText
from bot.answers.markdown_file import parse_markdown
from bot.answers.model import AUDIENCES, AnswerText, Part
from bot.answers.sentence import N_
from bot.answers.yaml_file import parse_yaml
from bot.language.tags import Locale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.answers import uzbek
    from bot.answers.markdown_file import MarkdownFile
    from bot.answers.sentence import Sentence

REMEMBERED = 256
"""Answers: some versions of all of them."""


class Read(NamedTuple):
    """An answer, and what is wrong with its files."""

    answer: LoadedAnswer
    faults: tuple[Fault, ...]


@lru_cache(maxsize=REMEMBERED)
def read(
    path: str,
    files: tuple[tuple[str, bytes], ...],
    values: tuple[tuple[str, str | variables.InWords], ...] | None,
    cyrillic: uzbek.Transliterator,
) -> Read:
    """Reads an answer; nothing is ever raised. What comes back is shared: nobody may change it.

    Args:
        path: of its folder within the answers folder.
        files: name and content of each.
        values: of the variables in the texts, by name; None leaves the variables where they are.
        cyrillic: writes Uzbek in Cyrillic where nobody wrote it.
    """
    return _Reader(path, dict(files), None if values is None else dict(values)).read(cyrillic)


def decoded(content: bytes, faults: FileFaults) -> str | None:
    """The text of a file; None if it is not UTF-8, and then there is a fault."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.add(line, not_utf8())
        return None


class _Reader:
    def __init__(
        self, path: str, files: Mapping[str, bytes], values: variables.Values | None
    ) -> None:
        self._path = path
        self._files = files
        self._values = values
        self._faults: list[Fault] = []

    def read(self, cyrillic: uzbek.Transliterator) -> Read:
        topic, intent = self._path.split("/")
        faults = FileFaults(f"{self._path}/{answer_file.FILE}")
        content = self._decoded(answer_file.FILE, faults)
        if content is None and not faults:
            faults.add(0, N_("The file is missing."))
        root = None if content is None else parse_yaml(content, faults)
        found = answer_file.read_answer(root, faults, topic, intent)
        self._faults += faults.found if root is not None else faults.found[:1]
        texts = self._texts()
        served = _served(texts, cyrillic)
        if self._values is not None:
            served = variables.filled(served, self._values)
        answer = msgspec.structs.replace(found.answer, texts=served)
        loaded = LoadedAnswer(self._path, faults.file, answer, found.key_lines, texts)
        return Read(loaded, tuple(self._faults))

    def _texts(self) -> dict[Locale, LoadedText]:
        names = {f"{locale.value}.md": locale for locale in Locale}
        for name in self._files:
            if name not in names and name != answer_file.FILE:
                known = (answer_file.FILE, *names)
                self._fault(name, N_("No file of an answer; these are: {files}.", files=known))
        faults_before = len(self._faults)
        source = self._text(Locale.RU)
        if "ru.md" not in self._files:
            self._fault("ru.md", N_("The Russian text is missing."))
        if source is None:
            return {}
        is_sound = len(self._faults) == faults_before
        if is_sound:
            self._check_source(source)
        texts = {}
        for name, locale in names.items():
            text = source if locale is Locale.RU else self._text(locale)
            if text is not None:
                missing = [part for part in source.text.parts if part not in text.text.parts]
                texts[locale] = LoadedText(f"{self._path}/{name}", text, tuple(missing))
                if is_sound:
                    self._check_parts(name, text, source)
        return texts

    def _text(self, locale: Locale) -> MarkdownFile | None:
        name = f"{locale.value}.md"
        faults = FileFaults(f"{self._path}/{name}")
        content = self._decoded(name, faults)
        found = None
        if content is not None:
            found = parse_markdown(content, faults, is_source=locale is Locale.RU)
            if self._values is not None:
                for line, variable in variables.unknown(content, self._values):
                    faults.add(line, _valueless(variable, self._values))
        self._faults += faults.found
        return found

    def _check_source(self, source: MarkdownFile) -> None:
        """A text that speaks to some citizens only would leave the others without an answer."""
        if Part.EVERYONE not in source.part_lines:
            self._fault("ru.md", N_("The part `# everyone` is missing."))
        written = [part for part in AUDIENCES if part in source.part_lines]
        for part in AUDIENCES:
            if written and part not in written:
                line = source.part_lines[written[0]]
                sentence = N_(
                    "There is `# {written}` but no `# {part}`: write all three.",
                    written=written[0],
                    part=part,
                )
                self._fault("ru.md", sentence, line)

    def _check_parts(self, name: str, text: MarkdownFile, source: MarkdownFile) -> None:
        for part, line in text.part_lines.items():
            if part not in source.part_lines:
                self._fault(name, N_("The Russian text has no part `{part}`.", part=part), line)

    def _decoded(self, name: str, faults: FileFaults) -> str | None:
        """The text of a file; None if it is missing or not UTF-8 (then there is a fault)."""
        content = self._files.get(name)
        return None if content is None else decoded(content, faults)

    def _fault(self, name: str, sentence: Sentence, line: int = 0) -> None:
        self._faults.append(Fault(f"{self._path}/{name}", line, sentence))


def _valueless(variable: str, values: variables.Values) -> Sentence:
    written, known = f"{{{variable}}}", tuple(f"{{{name}}}" for name in values)
    if not known:
        return N_("`{variable}` has no value.", variable=written)
    return N_("`{variable}` has no value; known: {known}.", variable=written, known=known)


def _served(
    texts: Mapping[Locale, LoadedText], cyrillic: uzbek.Transliterator
) -> dict[Locale, AnswerText]:
    """The texts that are complete, with Uzbek Cyrillic made from Latin where nobody wrote it."""
    served = {locale: text.read.text for locale, text in texts.items() if text.is_served}
    latin = served.get(Locale.UZ)
    if latin is not None and Locale.UZ_CYRL not in served:
        served[Locale.UZ_CYRL] = AnswerText(
            question=cyrillic.to_cyrillic(latin.question),
            short=cyrillic.to_cyrillic(latin.short),
            parts={part: cyrillic.to_cyrillic(words) for part, words in latin.parts.items()},
            translates=latin.translates,
        )
    return {locale: served[locale] for locale in Locale if locale in served}
