"""Which of the open subsidies are for security, IT or training, told from made-up ones both ways."""

from typing import Any

import pytest

from knowledge.vocabulary import vocabulary
from ops.jgrants.gathering import KEYWORDS
from ops.jgrants.phrases import NOT_MEANT, said, stands
from ops.jgrants.reading import Detail, read_detail
from ops.jgrants.relevance import MARKS, OTHERS, WANTED, purposes, relevance
from tests.ops.fake_jgrants import answer, scheme

IT, TRAINING, SAFETY = "設備整備・IT導入をしたい", "人材育成を行いたい", "安全・防災対策支援がほしい"
NEW = "新たな事業を行いたい"


def described(title: str, text: str = "", *uses: str, **changes: Any) -> Detail:
    given = {"title": title, "detail": text, "subsidy_catch_phrase": "", "use_purpose": " / ".join(uses)}
    return read_detail(answer(scheme(**(given | changes))))


def chosen(title: str, text: str = "", *uses: str, **changes: Any) -> str | None:
    return relevance(described(title, text, *uses, **changes))


@pytest.mark.parametrize(
    ("title", "text", "uses"),
    [
        ("サイバーセキュリティ対策促進助成金", "", ()),
        ("医療機関情報セキュリティ強化補助金", "", (NEW,)),
        ("保育施設サイバー対策補助金", "", ()),
        ("中小企業デジタル化支援補助金", "<li>情報セキュリティ対策に要する費用</li>", (IT,)),
        ("設備投資補助金", "<p>対象経費</p><li>・セキュリティソフト</li>", (IT,)),
        ("ものづくり補助金", "サイバー攻撃を防ぐための機器の購入費も対象です。", (NEW,)),
    ],
)
def test_security_named_as_an_expense_is_explicit(title: str, text: str, uses: tuple[str, ...]) -> None:
    assert chosen(title, text, *uses) == "explicit"


@pytest.mark.parametrize(
    ("title", "text", "uses"),
    [
        ("中小企業ＤＸ推進補助金", "", ()),
        ("ＩＴツール導入補助金", "", (NEW,)),
        ("テレワーク環境整備助成金", "", ("雇用・職場環境を改善したい",)),
        ("省エネ・デジタル化補助金", "", ("エコ・SDGs活動支援がほしい", IT)),
        ("設備投資補助金", "<li>クラウドサービスの利用料</li>", (IT,)),
        ("DX補助金", "SECURITY ACTION（情報セキュリティの自己宣言）を宣言していることが要件です。", (IT,)),
        ("DX補助金", "<p>情報セキュリティについて</p>", (IT,)),
        ("DX補助金", "応募の書類は情報セキュリティに配慮し、個人情報を適切に扱います。", (IT,)),
        ("DX補助金", "<p>【対象外の経費】</p><p>セキュリティ機器</p><p>【補助率】</p><p>1/2</p>", (IT,)),
        ("BCP策定支援補助金", "", (SAFETY,)),
        ("災害対策補助金", "<li>データのバックアップ費用</li>", (SAFETY,)),
    ],
)
def test_it_without_security_is_indirect(title: str, text: str, uses: tuple[str, ...]) -> None:
    assert chosen(title, text, *uses) == "indirect"


@pytest.mark.parametrize(
    ("title", "text", "uses"),
    [
        ("人材育成支援補助金", "", (TRAINING,)),
        ("中小企業の学び支援助成金", "<li>従業員の研修に要する費用</li>", (TRAINING,)),
        ("リスキリング助成金", "", (TRAINING, IT)),
    ],
)
def test_training_alone_is_unclear(title: str, text: str, uses: tuple[str, ...]) -> None:
    assert chosen(title, text, *uses) == "unclear"


@pytest.mark.parametrize(
    ("title", "text", "uses"),
    [
        ("スマート農業デジタル化補助金", "ICT機器の導入費", (IT,)),
        ("水産業DX補助金", "", (IT,)),
        ("スポーツ団体人材育成補助金", "", (TRAINING,)),
        ("保育所ICT化補助金", "", (IT,)),
        ("空き家改修補助金", "テレワーク用の改修費", (IT,)),
        ("太陽光発電設備補助金", "クラウドで見える化する機器の費用", (IT,)),
        ("展示会出展補助金", "デジタル技術を使う展示の費用", (IT,)),
        ("防犯カメラ設置補助金", "クラウド録画の費用", (SAFETY, IT)),
        ("商店街のにぎわい補助金", "セキュリティカメラとデジタルサイネージの費用", (IT,)),
        ("新商品開発補助金", "DXの時代に挑戦する企業を支援します。", (NEW,)),
        ("新商品開発補助金", "人材育成にもつながります。", (NEW,)),
        ("設備投資補助金", "工作機械の導入費を補助します。", (IT,)),
        ("UNITとKITのAIR補助金", "", (IT,)),
        ("地域交通補助金", "デジタル田園都市国家構想交付金を活用して費用を補助します。", (IT,)),
    ],
)
def test_what_is_for_others_or_for_other_things_is_left_out(
    title: str, text: str, uses: tuple[str, ...]
) -> None:
    assert chosen(title, text, *uses) is None


def test_what_only_farms_or_large_firms_may_have_is_left_out() -> None:
    assert chosen("DX補助金", industry="農業、林業 / 漁業") is None
    assert chosen("サイバーセキュリティ補助金", target_number_of_employees="901名以上") is None
    assert chosen("DX補助金", "", "教育・子育て・少子化支援がほしい") is None
    assert chosen("DX補助金", industry="農業、林業 / 製造業") == "indirect"


def test_the_catch_phrase_counts_like_the_title() -> None:
    assert chosen("はばたけ補助金", subsidy_catch_phrase="<p>デジタル化を応援</p>") == "indirect"


@pytest.mark.parametrize(
    ("title", "text", "slugs"),
    [
        ("デジタル化補助金", "", ["it-system"]),
        ("テレワーク導入補助金", "", ["telework"]),
        ("補助金", "<li>UTM・ファイアウォールの購入費</li>", ["device"]),
        ("補助金", "<li>セキュリティ診断の費用</li>", ["assessment"]),
        ("補助金", "<li>プライバシーマークの取得費用</li>", ["certification"]),
        ("社員研修補助金", "", ["training"]),
        ("補助金", "専門家派遣の費用を補助します。", ["advice"]),
        ("補助金", "研修費とノートパソコンの購入費が対象です。", ["training", "computer"]),
        ("補助金", "研修会でご説明します。ボーナスとドローンの話もします。", []),
        ("補助金", "教育、学習支援業の方も対象です。", []),
        ("補助金", "<li>IT機器（パソコンを除く）の購入費</li>", []),
        ("補助金", "タブレット購入とパソコンは対象外です。", []),
        ("補助金", "<p>補助対象外経費</p><li>パソコン</li><li>タブレット購入</li>", []),
        ("補助金", "<p>【対象外経費】</p><p>(1)パソコン</p><p>【対象経費】</p><p>NAS</p>", ["continuity"]),
        ("補助金", "利子補給のほか、融資の保証料も補助します。", []),
    ],
)
def test_purposes_are_those_whose_words_are_paid_for(title: str, text: str, slugs: list[str]) -> None:
    assert purposes(described(title, text)) == slugs


def test_every_word_has_its_reason_and_stands_once() -> None:
    for table in (MARKS, OTHERS):
        words = [entry.word for entry in table]
        assert len(words) == len(set(words))
        assert all(entry.why for entry in table)
    assert all(NOT_MEANT.values())
    assert {mark.about for mark in MARKS} == {"security", *WANTED.values()}
    assert set(purposes(described("、".join(KEYWORDS)))) <= {one.slug for one in vocabulary().purposes}


@pytest.mark.parametrize(
    ("word", "text", "there"),
    [
        ("IT", "ＩＴ化", True),
        ("IT", "KIT", False),
        ("AI", "生成AIを", True),
        ("AI", "AIR", False),
        ("ナス", "ナス（NAS）", True),
        ("ナス", "ボーナス", False),
        ("ローン", "ドローン", False),
        ("パソコン", "ノートパソコン", True),
        ("eラーニング", "Ｅラーニング", True),
    ],
)
def test_a_word_within_another_is_none(word: str, text: str, there: bool) -> None:
    assert stands(word, said(described(text)).headline) == there
