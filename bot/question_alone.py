"""The question of a message without what only tells of the company, and without what is not meant.

「使える補助金あるけ？ 群馬の板金工場、18人」 asks the same as 「使える補助金あるけ？」, and the facts say
nothing of what is asked; nor does what an owner puts aside (補助金じゃなくて). The classifier looks at both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.sentences import Part

OF_THE_COMPANY = frozenset({"industry", "employees", "prefecture", "municipality"})
# 補助金じゃなくて: what is meant comes behind it.
NOT_THIS = re.compile(
    r"(?:じゃ|では|や|じゃあ)(?:なく|のう|無く)(?:て|って)?[、,\s]*|(?:じゃ|では)なしに[、,\s]*"
)
BORDER = re.compile(
    NOT_THIS.pattern
    + r"|[。、,.?？！!]\s*|\s+|(?:です|ます|した)(?:が|けど|けども)[、,]?|けど[、,]?|んですけども?[、,]?"
)
# What is said around a trade, a place or a number of people and adds nothing.
AROUND = re.compile(
    r"うち|ウチ|当院|当社|弊社|当店|私|わし|我が社|会社|経営|営業|営んで|営む|やって|しております|している|しとります|ちなみに"
    r"|えーと|えー|あの|小さな|小さい|個人|在住|職員|社員|従業員|スタッフ|ですが|でして|です|ます|おり|いる|ほど|くらい|だけ|から"
    r"|けど|して|した|する|もの|者|じゃ|や|数|人|名|店|市|県|し|の|で|が|は|を|に|と|も"
)
UNSAID = re.compile(r"[\W_]")
# Characters left in a sentence that only tells of the company; in what must be left of the message.
AT_MOST, AT_LEAST = 2, 4


def question_alone(text: str, entities: Iterable[dict[str, Any]]) -> list[Part]:
    """The clauses that ask something; none where no clause is left out, or nothing would be left."""
    facts = [
        Part(entity["start"], entity["end"]) for entity in entities if entity["entity"] in OF_THE_COMPANY
    ]
    meant = max((found.end() for found in NOT_THIS.finditer(text)), default=0)
    clauses = list(_clauses(text)) if facts or meant else []
    kept = [clause for clause in clauses if clause.start >= meant and not _only_tells(text, clause, facts)]
    is_enough = len(UNSAID.sub("", "".join(text[part.start : part.end] for part in kept))) >= AT_LEAST
    return kept if is_enough and len(kept) < len(clauses) else []


def _clauses(text: str) -> Iterator[Part]:
    start = 0
    for end in (*(border.end() for border in BORDER.finditer(text)), len(text)):
        if end > start:
            yield Part(start, end)
        start = end


def _only_tells(text: str, clause: Part, facts: list[Part]) -> bool:
    """Whether little more than facts stands in the clause."""
    told = [fact for fact in facts if clause.holds(fact.start, fact.end)]
    rest = "".join(
        text[place]
        for place in range(clause.start, clause.end)
        if not any(fact.holds(place, place + 1) for fact in told)
    )
    return bool(told) and len(AROUND.sub("", UNSAID.sub("", rest))) <= AT_MOST
