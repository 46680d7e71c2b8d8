"""What a description really says: sentence by sentence, without what it rules out or mentions in passing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.words import normalise
from ops.jgrants.reading import Detail

RULED_OUT = re.compile(
    r"対象外|対象[とに]な(らな|りませ)|対象とし(な|ませ)|含(みませ|まな|まれませ)|認められ(ない|ませ)"
)
ASIDE = re.compile(r"[(][^()]*(対象外|除)[^()]*[)]|[^、。・:()]*除[くき]")
SIGN = re.compile(r"^[【■◆◇●○◎▼▽□<〈《\[]")
NUMBER = re.compile(r"^(第\d|[(]?\d{1,2}[.)、])")
OPENS_A_LIST = re.compile(r"(:|経費|費用|もの|事業|】)$")
NOT_MEANT = {
    "デジタル田園都市": "the name of a state grant that pays for anything",
    "デジタルサイネージ": "a sign to advertise on",
    "デジタルアーカイブ": "museums and archives",
    "デジタル商品券": "vouchers for shoppers",
    "デジタル地域通貨": "vouchers for shoppers",
    "デジタルコンテンツ制作": "films and advertisements",
    "セキュリティカメラ": "against burglars",
    "ホームセキュリティ": "against burglars",
    "セキュリティゲート": "against intruders",
    "サイバーエージェント": "the name of a company",
    "サイバーモール": "a shop on the web",
    "研修医": "a young doctor",
    "教育訓練給付": "another scheme, named as an alternative",
}
SHORT_KANA = 3


@dataclass(frozen=True)
class Said:
    """Normalised sentences: ``headline`` is the title and the catch phrase, ``body`` the text."""

    headline: tuple[str, ...]
    body: tuple[str, ...]


def said(detail: Detail) -> Said:
    headline = (normalise(line) for line in (detail.title, *detail.catch_phrase.splitlines()))
    return Said(tuple(map(_meant, headline)), tuple(map(_meant, _covered(detail.text))))


def stands(word: str, sentences: Iterable[str]) -> bool:
    """Whether the word stands in one of them as a word: no IT in KIT, no ナス in ボーナス."""
    pattern = word_pattern(word)
    return any(pattern.search(sentence) for sentence in sentences)


@cache
def word_pattern(word: str) -> re.Pattern[str]:
    plain = normalise(word)
    before = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", plain) else ""
    after = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", plain) else ""
    if len(plain) <= SHORT_KANA and re.fullmatch(r"[ァ-ヶー]+", plain):
        before, after = r"(?<![ァ-ヶー])", r"(?![ァ-ヶー])"
    return re.compile(before + re.escape(plain) + after)


def _meant(sentence: str) -> str:
    for phrase in NOT_MEANT:
        sentence = sentence.replace(normalise(phrase), "")
    return sentence


def _covered(text: str) -> Iterator[str]:
    """Normalised sentences, without those that rule something out and the list under such a heading."""
    heading: str | None = None
    for line in map(normalise, text.splitlines()):
        if heading and not _ends(heading, line):
            continue
        plain = ASIDE.sub("", line)
        ruled_out = RULED_OUT.search(plain)
        heading = line if ruled_out and OPENS_A_LIST.search(line) else None
        yield from (one for one in plain.split("。") if one and not RULED_OUT.search(one))


def _ends(heading: str, line: str) -> bool:
    """Whether the line begins another part; under a heading with a sign, numbers only count its list."""
    return bool(SIGN.match(line) or (NUMBER.match(line) and not SIGN.match(heading)))
