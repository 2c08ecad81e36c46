"""Splits a text into words, each with its folded form as the lemma."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language.fold import fold
from components.project import code_fingerprint

_LEADING_SLASH = re.compile(r"^[\s/]*/")
_WORD = re.compile(r"[^\W_]+(?:['’‘ʻʼ`´-][^\W_]+)*")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class FoldingTokenizer(Tokenizer):
    """The normaliser: whatever reads lemmas reads one form of all spellings of a word.

    Words keep their place in the text as it was typed; Rasa's stock featurizers read the lemma.

    A leading slash becomes a space: to Rasa ``/greet`` is an order to see that intent, and nobody
    who writes to us is to give such orders, or to have ``/ help me`` taken for one.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's settings of any tokenizer; none are used here."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of one attribute of a message; a text without any is one token."""
        text = message.get(attribute)
        tokens = [
            Token(match.group(), match.start(), match.end(), lemma=fold(match.group()))
            for match in _WORD.finditer(text)
        ]
        return tokens or [Token(text, 0, len(text))]

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the tokens of each message."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            message.set(TEXT, _LEADING_SLASH.sub(lambda slash: " " * len(slash.group()), text))
        return super().process(messages)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa's training cache is not to outlive a change of the code."""
        return code_fingerprint()
