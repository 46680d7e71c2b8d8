"""What the owners of a soak say: the same in every run, so that every answer is known beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass

COMPANIES = (
    "石川県で12人の旅館をやっています",
    "従業員45人の金属加工の工場です",
    "社員8人の建設会社です。富山県です",
    "うちは20人の歯科医院です",
)
TALK = (
    "どこまでやれば十分ですか",
    "もっと詳しく教えてください",
    "使える補助金はありますか",
    "自社診断を6問だけで受けたいです",
    "いいえ、何も起きていません",
    "はい、できています",
    "一部だけ、やっています",
    "いいえ、やっていません",
    "わかりません",
    "はい、できています",
    "一部だけ、やっています",
    "バックアップはどうすればいいですか",
    "いくらかかりますか",
    "同じ業種で被害にあった会社の話はありますか",
    "ほかの例もありますか",
    "二段階認証って必要ですか",
    "どこに相談すればいいですか",
    "うちの会社について、何を覚えていますか",
    "ありがとうございました",
)
EACH = 1 + len(TALK)


@dataclass(frozen=True)
class Event:
    """One message of one owner; ``number`` counts an owner's messages from 0."""

    owner: int
    number: int
    text: str


def script(kind: int, length: int = EACH) -> list[str]:
    return [COMPANIES[kind % len(COMPANIES)], *TALK][:length]


def events(owners: int, total: int) -> Sequence[Event]:
    """So many messages of so many owners, everybody's in order, two of each in a row."""
    length = min(EACH, -(-total // owners))
    found: list[Event] = []
    for first in range(0, length, 2):
        for owner in range(owners):
            words = script(owner, length)[first : first + 2]
            found += [Event(owner, first + n, text) for n, text in enumerate(words)]
    return found[:total]
