"""Groups questions by what they mean, whatever their language: JSON lines in, JSON lines out.

    nlu/.venv/bin/python nlu/vectors.py [LIKENESS] < questions.jsonl

A line in has ``text``, and may have ``language``, that of the conversation (a tag, ``uz-Cyrl``):
it settles a doubt. The line out, in the same order, has ``group``, a number, and ``likeness``: the
mean cosine (-1 to 1) with the others of its group, 1 if there are none. Groups are those of average
linkage, so that a chain of small steps does not tie together what is different. Rasa is not loaded.

Measured with the training phrases, which were written to differ from one another as much as they
can: pairs of one intent have a cosine of 0.07 in the median (5 to 95 %: -0.14 to 0.36), pairs of
two intents -0.01 (-0.19 to 0.23). 300 of them as a queue may hold them, a few questions often, many
seldom, and a fifth out of scope, which count as different from one another, are grouped so (means
of five draws):

========  =================  =======================================
LIKENESS  grouped with some  of these, of their group's main intent
========  =================  =======================================
0.55      13 %               86 %
0.45      31 %               75 %
0.38      52 %               68 %
0.30      79 %               58 %
========  =================  =======================================

So a group is a proposal, to be looked at. One question in five languages is put together: the
Russian version lies at 0.3-0.7 from the others, these at 0.5-0.9. Without the languages' centres
taken away, the language would count more than the question: the Russian one would stay alone.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a service beside others, not a benchmark
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

import components  # noqa: F401 - makes bot.language importable
import in_service
from bot.language.identify import Identifier, ScriptModel
from bot.language.scripts import Script
from bot.language.tags import Locale, from_tag
from components import project
from components.embedder import VectorCache, embed
from components.readable import readable_text

LIKENESS = 0.38
"""From this mean cosine on, questions are put into one group."""

_AT_ONCE = 64
_OF_EACH_LOCALE = 200
_OWN_LANGUAGE = 3.0
"""How much likelier the conversation's language is than another, as when people are answered."""

_LOCALES = frozenset(locale.value for locale in Locale)


class Question(NamedTuple):
    """A text, and the locale of its conversation if that is known."""

    text: str
    locale: Locale | None = None


Centres = dict[str, NDArray[np.float32]]
"""The mean of many questions' vectors by language (ISO 639-1)."""


def vectors(
    questions: Sequence[Question], identifier: Identifier | None, centres: Centres
) -> NDArray[np.float32]:
    """A row of 384 numbers, of length 1, for each question, read as the pipeline reads it.

    The language's centre is taken away, so that what is left is what the question is about.

    Args:
        questions: at least one.
        identifier: of languages; without one the conversation's language is taken.
        centres: see ``find_centres``.
    """
    locales = [_locale(each, identifier) for each in questions]
    texts = [readable_text(q.text, locale) for q, locale in zip(questions, locales, strict=True)]
    parts = [embed(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
    middle = np.mean(list(centres.values()), axis=0)
    away = [centres.get(locale.language, middle) if locale else middle for locale in locales]
    return _of_length_1(np.vstack(parts) - np.stack(away))


def find_centres() -> Centres:
    """The centres, by some training phrases of each language; the training has their vectors.

    Raises:
        NoPhrasesError: there are no training phrases.
    """
    cache = VectorCache(project.CACHE / "sentences.npz")
    by_language: dict[str, list[str]] = {}
    for locale in Locale:
        phrases = _some_phrases(locale)
        by_language.setdefault(locale.language, []).extend(
            readable_text(phrase, locale) for phrase in phrases
        )
    found = {name: cache.embed(texts).mean(axis=0) for name, texts in by_language.items() if texts}
    if not found:
        raise NoPhrasesError
    return found


class NoPhrasesError(Exception):
    """Without training phrases nothing is known about the languages."""


def _some_phrases(locale: Locale) -> list[str]:
    """Phrases from all of a locale's files, evenly; without reading them as YAML, for speed."""
    rows = [
        line.strip().removeprefix("- ")
        for path in project.phrase_files()
        if path.parent.name == locale.value and path.name != project.TAUGHT
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("    - ")
    ]
    return rows[:: max(1, len(rows) // _OF_EACH_LOCALE)]


def _of_length_1(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, np.finfo(np.float32).tiny)


def groups(rows: NDArray[np.float32], likeness: float) -> list[int]:
    """The number of each row's group; they count from 0 in the order of first appearance.

    Args:
        rows: vectors of length 1.
        likeness: the least mean cosine between two parts of a group.
    """
    if len(rows) == 1:
        return [0]
    order = np.lexsort(rows.T)  # ties fall out alike whatever the order of the questions
    tree = linkage(rows[order].astype(np.float64), method="average", metric="cosine")
    found = np.empty(len(rows), dtype=int)
    found[order] = fcluster(tree, 1 - likeness, criterion="distance")
    numbers: dict[int, int] = {}
    return [numbers.setdefault(int(group), len(numbers)) for group in found]


def likenesses(rows: NDArray[np.float32], of: Sequence[int]) -> list[float]:
    """The mean cosine of each row with the others of its group; 1 where there are none."""
    labels = np.array(of)
    found = np.ones(len(rows))
    for group in set(of):
        members = np.flatnonzero(labels == group)
        if len(members) > 1:
            cosines = rows[members] @ rows[members].T
            found[members] = (cosines.sum(axis=1) - cosines.diagonal()) / (len(members) - 1)
    return [float(value) for value in found]


def trained_identifier(model: Path | None) -> Identifier | None:
    """The language identifier of a trained model, as ``components.language`` keeps it there."""
    if model is None:
        return None
    with tarfile.open(model) as archive:
        for member in archive:
            if member.name.endswith("/languages.json.gz"):
                file = archive.extractfile(member)
                return _identifier(json.loads(gzip.decompress(file.read()))) if file else None
    return None


def _identifier(stored: dict[str, Any]) -> Identifier:
    return Identifier(
        {
            Script(script): ScriptModel(
                tuple(model["names"]), model["packed"], model["temperature"]
            )
            for script, model in stored.items()
        }
    )


def _locale(question: Question, identifier: Identifier | None) -> Locale | None:
    """The likeliest of ours, as the pipeline's ``likeliest_locale``."""
    own = question.locale
    if identifier is None:
        return own
    likelier = {
        locale.value: _OWN_LANGUAGE for locale in Locale if own and locale.language == own.language
    }
    ranked = identifier.rank(question.text, likelier or None)
    return next((Locale(each.name) for each in ranked if each.name in _LOCALES), own)


def _question(line: str) -> Question:
    row = json.loads(line)
    return Question(str(row["text"]), from_tag(str(row.get("language") or "")))


def main(arguments: list[str]) -> int:
    """Reads, groups, writes; the exit code, 1 with a sentence for lines that cannot be read."""
    try:
        questions = [_question(line) for line in sys.stdin if line.strip()]
        likeness = float(arguments[0]) if arguments else LIKENESS
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"These are no questions: {type(error).__name__}.", file=sys.stderr)
        return 1
    if questions:
        try:
            rows = vectors(questions, trained_identifier(in_service.served()), find_centres())
        except NoPhrasesError:
            print("There are no training phrases to compare with.", file=sys.stderr)
            return 1
        found = groups(rows, likeness)
        for group, alike in zip(found, likenesses(rows, found), strict=True):
            print(json.dumps({"group": group, "likeness": round(alike, 4)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
