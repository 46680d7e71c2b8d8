"""Sudachi words as Rasa tokens, with what GiNZA knows of each on the token."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.ginza import Word, words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class GinzaTokenizer(Tokenizer):
    """Cuts Japanese text into words; offsets are those of the normalised text."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What Rasa's base class reads; intents are single names here."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    @staticmethod
    def supported_languages() -> list[str]:
        """Japanese only."""
        return ["ja"]

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa before training."""
        return ["spacy", "ginza", "sudachipy"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GinzaTokenizer:
        """Load the dictionary now: otherwise the first owner after a start waits 1.5 s longer."""
        words("こんにちは")
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """One token per word; `data` holds normal, reading, tag and cuts (see `ginza.Word`)."""
        return [token_of(word) for word in words(message.get(attribute))]


def token_of(word: Word) -> Token:
    """A word as Rasa carries it between components."""
    data = {"normal": word.normal, "reading": word.reading, "tag": word.tag, "cuts": list(word.cuts)}
    return Token(word.surface, word.start, word.end, data=data, lemma=word.normal)


def words_in(message: Message) -> list[Word]:
    """The words back from a tokenised message; none for an empty one."""
    return [_word_of(token) for token in message.get(TOKENS_NAMES[TEXT]) or []]


def _word_of(token: Token) -> Word:
    return Word(
        surface=token.text,
        start=token.start,
        end=token.end,
        normal=token.get("normal"),
        reading=token.get("reading"),
        tag=token.get("tag"),
        cuts=tuple(token.get("cuts")),
    )
