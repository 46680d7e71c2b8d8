"""Trades, kinds of incident and places of Japan mean what an owner means by them."""

from pathlib import Path

import pytest

from knowledge.collection import Content
from knowledge.mistakes import ContentError
from knowledge.vocabulary import (
    UnknownIndustry,
    incident_kind,
    industry,
    places_called,
    read_vocabulary,
    vocabulary,
)
from knowledge.words import normalise
from tests.knowledge.samples import INCIDENT_KINDS, INDUSTRIES, PLACES, put, put_vocabulary

INDUSTRY_NAMES = [
    "建設業",
    "製造業",
    "電気・ガス・熱供給・水道業",
    "情報通信業",
    "運輸業、郵便業",
    "卸売業",
    "小売業",
    "金融業、保険業",
    "不動産業",
    "物品賃貸業",
    "学術研究、専門・技術サービス業",
    "宿泊業",
    "飲食業",
    "生活関連サービス業、娯楽業",
    "教育、学習支援業",
    "医療、福祉",
    "複合サービス",
    "サービス業",
    "その他",
]
TRADES = {
    "旅館": "宿泊業",
    "民宿": "宿泊業",
    "居酒屋": "飲食業",
    "お弁当屋": "飲食業",
    "板金": "製造業",
    "町工場": "製造業",
    "印刷": "製造業",
    "酒蔵": "製造業",
    "工務店": "建設業",
    "左官": "建設業",
    "税理士": "学術研究、専門・技術サービス業",
    "デザイン事務所": "学術研究、専門・技術サービス業",
    "歯医者": "医療、福祉",
    "デイサービス": "医療、福祉",
    "保育園": "医療、福祉",
    "幼稚園": "教育、学習支援業",
    "学習塾": "教育、学習支援業",
    "床屋": "生活関連サービス業、娯楽業",
    "葬儀社": "生活関連サービス業、娯楽業",
    "駐車場": "不動産業",
    "レンタカー": "物品賃貸業",
    "タクシー": "運輸業、郵便業",
    "酒屋": "小売業",
    "調剤薬局": "小売業",
    "問屋": "卸売業",
    "自動車整備": "サービス業",
    "警備": "サービス業",
    "農協": "複合サービス",
    "農家": "その他",
    "ＬＰガス販売": "電気・ガス・熱供給・水道業",
}


@pytest.fixture(scope="module")
def words() -> dict[str, dict[str, str]]:
    content = Content((), vocabulary())
    return {kind: content.words(kind) for kind in ("industry", "incident_kind", "prefecture", "municipality")}


def test_the_industries_are_the_nineteen_of_the_survey() -> None:
    assert [entry.name for entry in vocabulary().industries] == INDUSTRY_NAMES


def test_every_industry_has_trades_and_a_usual_level_below_three() -> None:
    for entry in vocabulary().industries:
        assert len(entry.trades) >= 15, entry.name
        assert entry.level in (1, 2), entry.name
        assert entry.holds is None or len(entry.holds) <= 20, entry.name
    assert sum(len(entry.trades) for entry in vocabulary().industries) >= 3000


def test_a_restaurant_is_not_told_it_needs_what_a_large_firm_needs() -> None:
    assert (industry("宿泊業").holds, industry("宿泊業").level) == ("宿泊者の個人情報", 2)
    with pytest.raises(UnknownIndustry):
        industry("旅館業")


@pytest.mark.parametrize(("trade", "name"), TRADES.items())
def test_a_trade_belongs_to_its_industry(words: dict[str, dict[str, str]], trade: str, name: str) -> None:
    assert words["industry"][normalise(trade)] == name


@pytest.mark.parametrize("word", ["車", "店", "会社", "教育", "銀行"])
def test_a_word_that_says_no_trade_is_none(words: dict[str, dict[str, str]], word: str) -> None:
    assert word not in words["industry"]


def test_every_kind_of_incident_has_at_least_eight_words() -> None:
    for kind in vocabulary().incident_kinds:
        assert len(kind.words) >= 8, kind.slug
    assert incident_kind("ec-card").label == "通販サイトの改ざんとカード情報の漏えい"


def test_all_forty_seven_prefectures_are_there_by_full_and_short_name(
    words: dict[str, dict[str, str]],
) -> None:
    prefectures = vocabulary().places.prefectures
    assert len({entry.name for entry in prefectures}) == 47
    assert set(words["prefecture"].values()) == {entry.name for entry in prefectures}
    for entry in prefectures:
        assert words["prefecture"][entry.short] == entry.name
        assert entry.short == "北海道" or entry.name[:-1] == entry.short


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("金沢市", "石川県金沢市"),
        ("金沢", "石川県金沢市"),
        ("四日市", "三重県四日市市"),
        ("名古屋", "愛知県名古屋市"),
        ("横浜市鶴見区", "神奈川県横浜市鶴見区"),
        ("世田谷区", "東京都世田谷区"),
        ("上郡町", "兵庫県上郡町"),
        ("三宅村", "東京都三宅村"),
        ("津市", "三重県津市"),
        ("東京都港区", "東京都港区"),
        ("博多", "福岡県福岡市博多区"),
        ("由布院", "大分県由布市"),
        ("草津温泉", "群馬県草津町"),
    ],
)
def test_a_place_is_known_with_its_prefecture(
    words: dict[str, dict[str, str]], word: str, meaning: str
) -> None:
    assert words["municipality"][word] == meaning


@pytest.mark.parametrize("word", ["府中市", "伊達市", "北区", "中央区", "港区", "府中", "福島", "草津", "津"])
def test_a_place_that_may_be_elsewhere_is_not_guessed(words: dict[str, dict[str, str]], word: str) -> None:
    assert word not in words["municipality"]


@pytest.mark.parametrize(("word", "name"), [("信州", "長野県"), ("能登", "石川県"), ("淡路島", "兵庫県")])
def test_a_region_in_one_prefecture_means_that_prefecture(
    words: dict[str, dict[str, str]], word: str, name: str
) -> None:
    assert words["prefecture"][word] == name


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("府中市", ["東京都府中市", "広島県府中市"]),
        ("伊達", ["北海道伊達市", "福島県伊達市"]),
        ("草津", ["滋賀県草津市", "群馬県草津町"]),
        ("丹波", ["京都府", "兵庫県"]),
        ("金沢", ["石川県金沢市"]),
        ("うちの店", []),
    ],
)
def test_a_name_of_several_places_names_them_all(word: str, meant: list[str]) -> None:
    assert places_called(word) == meant


def test_another_name_must_mean_a_place_there_is(tmp_path: Path) -> None:
    put_vocabulary(tmp_path)
    put(tmp_path, "place.yml", PLACES | {"also": {"加賀": ["加賀国"]}})
    with pytest.raises(ContentError, match="also: 加賀 must mean places listed here"):
        read_vocabulary(tmp_path)


def test_every_municipality_can_be_named(words: dict[str, dict[str, str]]) -> None:
    municipalities = [
        prefecture.name + name
        for prefecture in vocabulary().places.prefectures
        for name in prefecture.municipalities
    ]
    assert len(municipalities) == len(set(municipalities)) == 1912
    assert set(municipalities) == set(words["municipality"].values())


def test_a_trade_under_two_industries_is_refused(tmp_path: Path) -> None:
    put_vocabulary(tmp_path)
    twice = [*INDUSTRIES, {"name": "飲食業", "holds": None, "level": 2, "trades": ["旅 館"]}]
    put(tmp_path, "industry.yml", {"industries": twice})
    with pytest.raises(ContentError) as caught:
        read_vocabulary(tmp_path)
    assert {(mistake.record, mistake.key) for mistake in caught.value.mistakes} == {
        ("宿泊業", "旅館"),
        ("飲食業", "旅 館"),
    }


def test_a_word_under_two_kinds_of_incident_is_refused(tmp_path: Path) -> None:
    put_vocabulary(tmp_path)
    twice = [*INCIDENT_KINDS, {"slug": "virus", "label": "ウイルス", "words": ["脅迫文"]}]
    put(tmp_path, "incident_kind.yml", {"incident_kinds": twice})
    with pytest.raises(ContentError, match="脅迫文: stands under another entry as well"):
        read_vocabulary(tmp_path)


def test_a_vocabulary_file_that_is_missing_or_misshapen_is_named(tmp_path: Path) -> None:
    put_vocabulary(tmp_path)
    put(tmp_path, "place.yml", {"prefectures": []})
    with pytest.raises(ContentError, match="not_alone: is missing"):
        read_vocabulary(tmp_path)
    (tmp_path / "place.yml").unlink()
    with pytest.raises(ContentError, match="No such file"):
        read_vocabulary(tmp_path)
