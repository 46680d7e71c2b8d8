"""Whom to tell of an incident, within what time and on what condition, a phone's page at a time.

Nothing is cut: what doesn't fit goes on the next page. The conditions are the playbook's, word for word.
"""

import re

from advisor.exchange import Phrase, Value
from knowledge.documents import Playbook
from knowledge.documents.response import Notice

# What a page has room for beside its first and last lines, in characters.
ROOM = 262
CLAUSE = re.compile(r"[: ]+(?=[①-⑳])|(?<=。)(?=.)")


def pages(playbook: Playbook) -> list[tuple[Notice, ...]]:
    """The notices in the playbook's order; those with a condition begin a page."""
    found: list[list[Notice]] = []
    for notice in playbook.notify:
        begins = notice.why is not None and bool(found) and found[-1][-1].why is None
        if found and not begins and _size([*found[-1], notice]) <= ROOM:
            found[-1].append(notice)
        else:
            found.append([notice])
    return [tuple(page) for page in found]


def lines(notices: tuple[Notice, ...]) -> list[Phrase]:
    return [_line(notice) for notice in notices]


def condition(why: str) -> str:
    """「次のどれかなら…: ①… ②…」 with a line for each."""
    return CLAUSE.sub("\n", why)


def _line(notice: Notice) -> Phrase:
    values: dict[str, Value] = {"who": notice.who, "within": notice.within}
    if notice.why is None:
        return Phrase("notice", values)
    return Phrase("notice_duty", values | {"why": condition(notice.why)})


def _size(notices: list[Notice]) -> int:
    return sum(len(n.who) + len(n.within) + (len(condition(n.why)) + 1 if n.why else 0) + 3 for n in notices)
