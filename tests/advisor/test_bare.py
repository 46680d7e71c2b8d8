"""Questions that name nothing they are about, and messages that only look like one."""

import pytest

from advisor.bare import Shape, shape_of
from tests.knowing import asked

BARE = {
    Shape.COST: [
        "いくらかかる？",
        "なんぼすんの",
        "ｲｸﾗ?",
        "イクラカカルノ",
        "お高いんでしょ、費用",
        "それ、お金かかりますか😅",
        "コストは",
        "たこうない？",
    ],
    Shape.FREE: ["無料のはない？", "タダのんはあらへんの", "お金かけんでできるのは", "むりょうのやつ"],
    Shape.SUBSIDY: [
        "それって補助金出る？",
        "ほじょきんでる？",
        "助成金もろたりできへんの",
        "費用は一部出ますか",
    ],
    Shape.FOR_US: [
        "うちの規模だと？",
        "うちみたいな小さいとこやと？",
        "弊社の場合はいかがでしょうか",
        "小さい店でも？",
    ],
    Shape.HOW: [
        "どうやるの？",
        "どないしたらええん",
        "やり方は",
        "ﾔﾘｶﾀ",
        "どげんすっと",
        "手順を教えてください",
    ],
    Shape.WHY: ["なんで？", "なぜですか", "なして", "理由は", "それって効果ある？"],
    Shape.WHO: ["誰がやるの？", "自分でできる？", "業者に頼むの？", "だれがやりゃええ"],
    Shape.WHEN: ["いつまで？", "締切は", "何日かかりますか", "まだ間に合う？"],
    Shape.PAPERS: ["必要な書類は？", "何がいる？", "しょるいは"],
    Shape.TARGET: ["それ何人以上が対象？", "うちも使える？", "条件は？", "対象は"],
    Shape.EXAMPLE: ["同じ業種の例は？", "事例ある？", "被害にあった会社は？"],
    Shape.PEERS: ["よその会社はやってるん？", "他社は？", "みんなやってる？"],
    Shape.RISK: ["やらないとどうなる？", "やらんかったら？", "放っといたらどうなるん"],
    Shape.NEED: ["それって必要？", "やらなあかん？", "義務ですか"],
    Shape.CHANGED: ["じゃあさっきのはどう変わる？", "じゃあさっきのは？", "それで変わりますか"],
    Shape.BACK: ["前の話に戻って", "さっきの補助金の話", "補助金の話に戻りたい", "最初の話なんだけど"],
    Shape.AGAIN: ["もう一回言って", "もういっぺん頼む"],
    Shape.OTHERS: ["他には", "ほかにはないん？", "別のやつ", "他のは？"],
    Shape.MORE: ["もっと詳しく", "くわしゅう教えて", "もう少し簡単に"],
}


@pytest.mark.parametrize(
    ("shape", "text"), [(shape, text) for shape, texts in BARE.items() for text in texts]
)
def test_a_question_without_a_subject_is_read(shape: Shape, text: str) -> None:
    assert shape_of(asked("ask_details", text)) is shape


@pytest.mark.parametrize(
    "text",
    [
        "看板の費用は？",
        "個人情報が漏れたら誰に連絡？",
        "メールが届かないのはなんで",
        "うちはどこまでやれば十分ですか",
        "パソコンの調子がおかしいんだけどどうしたらいい",
        "うちは30人です",
        "ありがとう",
        "15人じゃなくて50人",
        "勝手に送金されとった、どうしたらいい",
        "/ask_details",
    ],
)
def test_a_message_that_says_what_it_is_about_is_left_to_its_topic(text: str) -> None:
    assert shape_of(asked("ask_measure", text)) is None


def test_a_record_named_is_a_subject() -> None:
    assert shape_of(asked("ask_measure", "バックアップはいくら", measure="バックアップ")) is None
    assert shape_of(asked("ask_subsidy", "書類は何が要る", procedure="書類は何が要る")) is Shape.PAPERS


@pytest.mark.parametrize("text", ["建設業の場合は？", "飲食店やと？", "旅館では？", "製造業だったらどうなる"])
def test_a_trade_named_alone_asks_for_that_trade(text: str) -> None:
    trade = next(word for word in ("建設業", "飲食店", "旅館", "製造業") if word in text)
    assert shape_of(asked("inform_company", text, industry=trade)) is Shape.FOR_INDUSTRY


def test_ones_own_trade_told_is_no_question() -> None:
    assert shape_of(asked("inform_company", "旅館です", industry="旅館")) is None
