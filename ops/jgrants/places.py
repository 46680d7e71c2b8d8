"""Where and for whom a scheme is: the API's areas, trades and sizes in our own terms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.documents.subsidy import Region
from knowledge.vocabulary import vocabulary

NATION = "全国"
AREAS = {
    "北海道地方": "北海道",
    "東北地方": "青森県 岩手県 宮城県 秋田県 山形県 福島県",
    "関東・甲信越地方": "茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 山梨県 長野県",
    "東海・北陸地方": "富山県 石川県 福井県 岐阜県 静岡県 愛知県 三重県",
    "近畿地方": "滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県",
    "中国地方": "鳥取県 島根県 岡山県 広島県 山口県",
    "四国地方": "徳島県 香川県 愛媛県 高知県",
    "九州・沖縄地方": "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県",
}
TRADES = {
    "農業、林業": ["その他"],
    "漁業": ["その他"],
    "鉱業、採石業、砂利採取業": ["その他"],
    "卸売業、小売業": ["卸売業", "小売業"],
    "不動産業、物品賃貸業": ["不動産業", "物品賃貸業"],
    "宿泊業、飲食サービス業": ["宿泊業", "飲食業"],
    "複合サービス事業": ["複合サービス"],
    "サービス業（他に分類されないもの）": ["サービス業"],
    "公務（他に分類されるものを除く）": ["その他"],
    "分類不能の産業": ["その他"],
}
SIZES = {"5名以下": 5, "20名以下": 20, "50名以下": 50, "100名以下": 100, "300名以下": 300, "900名以下": 900}


@dataclass(frozen=True)
class Place:
    """``partly``: only some of its towns, which a region can't say."""

    region: Region
    partly: bool = False


def place(areas: Iterable[str], title: str, detail: str) -> Place | None:
    """Where it is for; None when nothing tells, for then it must not be offered to the whole nation.

    A town is looked for in the title, then in ``detail``, among those of the one prefecture.
    """
    named = list(areas)
    if NATION in named:
        return Place(Region(level="national", prefecture=None, municipality=None))
    prefectures = _prefectures(named) or _prefectures_in(title)
    if len(prefectures) == 1:
        return _within(prefectures[0], title, detail)
    if len(prefectures) == len(vocabulary().places.prefectures):
        return Place(Region(level="national", prefecture=None, municipality=None))
    if not prefectures:
        return None
    return Place(Region(level="region", prefecture=None, municipality=None, prefectures=prefectures))


def industries(names: Iterable[str]) -> list[str]:
    """The survey's names for the API's; empty when all are meant, or none is given."""
    every = [entry.name for entry in vocabulary().industries]
    meant = {ours for name in names for ours in TRADES.get(name, [name])}
    return [] if meant.issuperset(every) else [name for name in every if name in meant]


def max_employees(size: str) -> int | None:
    return SIZES.get(size)


def _prefectures(areas: list[str]) -> list[str]:
    """In the order of the list of 47; what is neither a region nor one of them (海外) is passed over."""
    named = {name for area in areas for name in AREAS.get(area, area).split()}
    return [one.name for one in vocabulary().places.prefectures if one.name in named]


def _prefectures_in(title: str) -> list[str]:
    """As they stand there one after the other: 東京都府中市 doesn't name 京都府."""
    every = "|".join(one.name for one in vocabulary().places.prefectures)
    return list(dict.fromkeys(re.findall(every, title)))


def _within(prefecture: str, title: str, detail: str) -> Place:
    """The one town it is for, or the prefecture; 「福井市を除く」 names a town that it is not for."""
    towns = _towns(prefecture, title) or _towns(prefecture, detail)
    if len(towns) == 1 and (towns[0] in title or "除" not in detail):
        return Place(Region(level="municipality", prefecture=prefecture, municipality=towns[0]))
    return Place(Region(level="prefecture", prefecture=prefecture, municipality=None), partly=bool(towns))


def _towns(prefecture: str, text: str) -> list[str]:
    """The municipalities whose full names stand there; 札幌市 within 札幌市北区 is not one of them."""
    known = next(one.municipalities for one in vocabulary().places.prefectures if one.name == prefecture)
    found: list[str] = []
    for name in sorted(known, key=len, reverse=True):
        if name in text:
            found.append(name)
            text = text.replace(name, "／")
    return found
