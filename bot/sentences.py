"""Where a message turns from one question to the next: 「診断したいのと、相談先も知りたい」.

Only where the owner says so with a word (あと, それと, ついでに, 〜のと、〜し、) or asks twice with a
question mark.
A story that leads to a question is one question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasa.shared.nlu.training_data.message import Message

from bot.ginza import Word
from bot.tokenizer import words_in

# Where a message keeps its parts, each with its ranking, on its way through the pipeline.
PARTS = "parts"

AND = re.compile(
    r"(?:(?<=[。、,.?!？！\s])|(?<=のと)|(?<=のと、))"
    r"(?:あと|それと|それから|ついでに|もう一つ|もうひとつ|もう1つ|もう一点|もう1点|また|併せて|あわせて"
    r"|おまけに|加えて)"
    r"(?:(?:で|は|に|ですが|なんですが|聞きたい(?:の|こと)(?:が|は|です))*[、,\s]*)"
)
WISH = re.compile(r"(?<=[たほ][いし])(?:い)?(?:です|んです)?(?:の|ん)?(?:と|し)(?:[、,\s]|(?=[^てたき]))")
ASKED = re.compile(r"[?？][\s。]*(?=\S)")
ASKS = re.compile(
    r"[?？]|(?:か|かな|の|たい|たいです|ほしい|欲しい|ください|下さい|教えて|おしえて|知りたいです|頼む"
    r"|お願い(?:します)?"
    r"|て|も|は)[。!！\s]*$"
)
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a message, by its offsets."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether what stands there belongs to this part."""
        return self.start <= start and end <= self.end

    def words(self, message: Message) -> list[Word]:
        """The words of this part."""
        return [word for word in words_in(message) if self.holds(word.start, word.end)]


def parts_of(text: str) -> list[tuple[int, int]]:
    """The two questions of a message as (start, end), or nothing where it is one."""
    for border in (AND, WISH, ASKED):
        for found in border.finditer(text):
            first, second = text[: found.start()], text[found.end() :]
            if _is_enough(first) and _is_enough(second) and ASKS.search(second):
                return [(0, found.start()), (found.end(), len(text))]
    return []


def _is_enough(part: str) -> bool:
    return sum(char.isalnum() for char in part) >= SHORTEST
