"""A text as a search sees it: words by their normal form, pairs of characters, pairs of sounds.

The normal form brings spellings together (ウィルス, ウイルス), pairs of characters find a word within a
longer one (ランサム in ランサムウェア), sounds find what was typed in kana or converted wrongly.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from threading import Lock
from typing import NamedTuple

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞"})
# What every question has: it says nothing of what is asked.
EMPTY = frozenset(
    {
        "為る",
        "有る",
        "居る",
        "成る",
        "事",
        "物",
        "何",
        "どう",
        "教える",
        "言う",
        "良い",
        "遣る",
        "知る",
        "御",
        "さん",
        "出来る",
    }
)
# How a question is put, whatever it is about.
ASKING = re.compile(
    r"って(何|なに|なん|どう|いう)\w*|とは$|とは[?]|(を|も)?(教え|おしえ)て\w*|(で|ま)す(か|ので)?[?。、]?|でしょうか|ください|下さい|"
    r"したい(の|ん)?(で|です)?|してほし\w*|について|(が|は)?(あり|有り)ま\w*|どうすれば\w*|どうしたら\w*|(知り|しり)たい|ほしい|欲しい|うちの|うちは"
)
# The figure one typed for the long-vowel mark: サ一バー.
BROKEN_MARK = re.compile(r"(?<=[ァ-ヶー])[一―‐-](?=[ァ-ヶー])|(?<=[ァ-ヶ])一")
LETTERS = re.compile(r"[\w★☆]+")
HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
# What a word, a pair of characters and a pair of sounds count for beside each other, in the order of Tokens.
WEIGHTS = (2.0, 0.5, 0.5)
_parsing = Lock()


class Tokens(NamedTuple):
    """What stands in a text, in no order that matters, as often as it stands there."""

    words: list[str]
    pairs: list[str]
    sounds: list[str]


def tokens(text: str) -> Tokens:
    plain = BROKEN_MARK.sub("ー", unicodedata.normalize("NFKC", text).casefold())
    plain = ASKING.sub(" ", plain)
    parsed = _parsed(plain)
    return Tokens(list(_words(parsed)), _pairs(plain), _pairs(_sound(parsed)))


def _words(parsed: list[Morpheme]) -> Iterator[str]:
    """Content words by normal form, and the shorter words within them."""
    for word in parsed:
        if word.part_of_speech()[0] not in CONTENT:
            continue
        normal = word.normalized_form()
        if normal not in EMPTY:
            yield normal
        with _parsing:
            parts = [part.normalized_form() for part in word.split(SplitMode.A)]
        if len(parts) > 1:
            yield from (part for part in parts if part not in EMPTY)


def _sound(parsed: list[Morpheme]) -> str:
    """The reading of the whole text in katakana."""
    return "".join(word.reading_form() or word.surface() for word in parsed).translate(HIRAGANA)


def _pairs(text: str) -> list[str]:
    return [run[i : i + 2] for run in LETTERS.findall(text) for i in range(len(run) - 1)]


def _parsed(text: str) -> list[Morpheme]:
    with _parsing:
        return list(_tokenizer().tokenize(text, SplitMode.C))


@cache
def _tokenizer() -> Tokenizer:
    return Dictionary().tokenizer()
