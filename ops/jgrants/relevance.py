"""Which of all open subsidies can pay for security, IT or training, and how sure that is."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from knowledge.vocabulary import Purpose, vocabulary
from knowledge.words import normalise
from ops.jgrants.phrases import Said, said, stands, word_pattern
from ops.jgrants.reading import Detail

Relevance = Literal["explicit", "indirect", "unclear"]
About = Literal["security", "it", "continuity", "training"]


class Mark(NamedTuple):
    """A word that speaks for a scheme, what it says the money is for, and why it is trusted."""

    word: str
    about: About
    why: str


class Other(NamedTuple):
    """A word in the title that speaks against; ``wholly`` even where IT stands beside it."""

    word: str
    wholly: bool
    why: str


MARKS = (
    Mark("セキュリティ", "security", "what we advise on"),
    Mark("サイバー", "security", "サイバー攻撃, サイバー対策"),
    Mark("IT導入", "it", "the usual name of such schemes"),
    Mark("IT", "it", "ITツール, IT化, IT機器"),
    Mark("ICT", "it", "what public bodies call IT"),
    Mark("IoT", "it", "machines on the network, with their protection"),
    Mark("DX", "it", "the newer name for the same"),
    Mark("デジタル", "it", "デジタル化, デジタル技術"),
    Mark("情報システム", "it", "the system itself"),
    Mark("情報化", "it", "an older name for the same"),
    Mark("システム導入", "it", "business software"),
    Mark("ソフトウェア", "it", "business or protective software"),
    Mark("クラウド", "it", "cloud services"),
    Mark("テレワーク", "it", "pays for PCs, VPN and their protection"),
    Mark("リモートワーク", "it", "the same in other words"),
    Mark("生成AI", "it", "software with an AI in it"),
    Mark("AI", "it", "software with an AI in it"),
    Mark("RPA", "it", "software that works by itself"),
    Mark("事業継続", "continuity", "backups and plans for bad days"),
    Mark("BCP", "continuity", "the same in letters"),
    Mark("バックアップ", "continuity", "copies of data"),
    Mark("研修", "training", "courses for employees"),
    Mark("人材育成", "training", "courses for employees"),
    Mark("リスキリング", "training", "courses for employees"),
    Mark("資格取得", "training", "courses with an examination"),
    Mark("eラーニング", "training", "courses at the desk"),
)
OTHERS = (
    *(
        Other(word, True, "for farms, forests and fisheries")
        for word in ("農業", "農林", "農村", "営農", "林業", "漁業", "水産", "畜産", "酪農", "家畜", "鳥獣")
    ),
    *(
        Other(word, True, "for sports and culture")
        for word in ("スポーツ", "競技", "文化財", "文化芸術", "芸術", "芸能", "映画")
    ),
    *(
        Other(word, True, "for families, children and schools")
        for word in ("保育", "子育て", "児童", "幼稚園", "少子化", "婚活", "結婚", "学校", "学童", "奨学金")
    ),
    *(Other(word, True, "for people, not for companies") for word in ("空き家", "移住", "住宅", "自治会")),
    *(
        Other(word, False, "for energy")
        for word in ("省エネ", "太陽光", "蓄電池", "脱炭素", "再生可能エネルギー", "電気自動車", "ZEH")
    ),
    *(
        Other(word, False, "for selling abroad or at fairs")
        for word in ("展示会", "見本市", "海外展開", "輸出", "販路開拓")
    ),
    *(Other(word, False, "for research") for word in ("研究開発", "実証実験")),
    Other("防犯カメラ", False, "against burglars"),
)
ONLY_FOR_OTHERS = (
    {"エコ・SDGs活動支援がほしい", "教育・子育て・少子化支援がほしい", "スポーツ・文化支援がほしい"},
    {
        *("農業、林業", "漁業", "鉱業、採石業、砂利採取業"),
        "公務（他に分類されるものを除く）",
    },
)
WANTED: dict[str, About] = {
    "設備整備・IT導入をしたい": "it",
    "人材育成を行いたい": "training",
    "安全・防災対策支援がほしい": "continuity",
}
TOO_LARGE_FOR_US = "901名以上"

AN_EXPENSE = re.compile(r"費|導入|購入|対象|補助|助成|診断|機器|ソフト|サービス|整備|経費|支援")
A_DUTY = re.compile(
    r"宣言|遵守|努め|確保|講じ|個人情報|漏え|本ページ|本サイト|securityaction|要件|加点|必須|すること"
)
A_COUNTERMEASURE = re.compile(r"対策|強化")
LIST_ITEM = 30
BARE = 2
NEVER_PAID_FOR = {"funding"}


def relevance(detail: Detail) -> Relevance | None:
    """explicit: security is named as an expense; indirect: IT or continuity is; unclear: only training.

    None: not for us. A word in title or catch phrase is enough. One in the text counts only as an expense,
    and beside a purpose that fits, for everybody's text speaks of DX and 人材育成.
    """
    words = said(detail)
    if detail.employees == TOO_LARGE_FOR_US:
        return None
    if _about("security", words.headline):
        return "explicit"
    if _for_others(detail):
        return None
    body = [sentence for sentence in words.body if _is_expense(sentence)]
    if any(_about("security", [sentence]) and _is_plainly_paid(sentence) for sentence in body):
        return "explicit"
    named = {about for about in WANTED.values() if _about(about, words.headline)}
    if not named and not _about_other_things(detail.title):
        wanted = {WANTED[purpose] for purpose in detail.purposes if purpose in WANTED}
        named = {about for about in wanted if _about(about, body)}
    if named - {"training"}:
        return "indirect"
    return "unclear" if named else None


def purposes(detail: Detail) -> list[str]:
    """Slugs of ``vocabulary/purpose.yml`` whose words stand in the headline, or as an expense in the text."""
    words = said(detail)
    body = [sentence for sentence in words.body if _is_expense(sentence)]
    payable = (purpose for purpose in vocabulary().purposes if purpose.slug not in NEVER_PAID_FOR)
    return [purpose.slug for purpose in payable if _pays_for(purpose, words, body)]


def _pays_for(purpose: Purpose, words: Said, body: list[str]) -> bool:
    if any(stands(word, words.headline) for word in purpose.words):
        return True
    return any(_stands_as_expense(word, body) for word in purpose.words)


def _stands_as_expense(word: str, body: list[str]) -> bool:
    """研修 or 教育 alone says little in a text; 研修費 does."""
    if len(word) > BARE or word.isascii():
        return stands(word, body)
    paid = re.compile(word_pattern(word).pattern + r"(費|の費用|の?経費|に要する|に係る|の?受講|の?実施)")
    return any(paid.search(sentence) for sentence in body)


def _about(about: About, sentences: Sequence[str]) -> bool:
    return any(stands(mark.word, sentences) for mark in MARKS if mark.about == about)


def _is_expense(sentence: str) -> bool:
    if A_DUTY.search(sentence):
        return False
    return len(sentence) <= LIST_ITEM or bool(AN_EXPENSE.search(sentence))


def _is_plainly_paid(sentence: str) -> bool:
    """A line that is only short may be a link at the foot of the page: 「情報セキュリティについて」."""
    return bool(AN_EXPENSE.search(sentence) or A_COUNTERMEASURE.search(sentence))


def _for_others(detail: Detail) -> bool:
    uses, trades = ONLY_FOR_OTHERS
    only = (set(detail.purposes), uses), (set(detail.industries), trades)
    if any(given and given <= others for given, others in only):
        return True
    title = normalise(detail.title)
    return any(other.wholly and normalise(other.word) in title for other in OTHERS)


def _about_other_things(title: str) -> bool:
    return any(normalise(other.word) in normalise(title) for other in OTHERS)
