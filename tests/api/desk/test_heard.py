"""Which words are for the desk itself, and which are a question like any other."""

import pytest

from api.desk.heard import asks_how_long, names_a_way, plain, wants_advisor, wants_person


@pytest.mark.parametrize(
    "words",
    [
        "自動応答に戻る",
        "自動応答に戻して",
        "自動に戻してください",
        "ボットに戻る",
        "ＡＩに戻りたいです",
        "チャットボットに切り替えて",
        "ロボットに戻って",
        "まもりに戻して",
        "ボットでいいです",
        "取り次ぎはもういいです",
        "取次をキャンセルしてください",
        "担当者はもう大丈夫です",
        "人はもういらない",
    ],
)
def test_who_wants_the_advisor_back_is_heard(words: str) -> None:
    assert wants_advisor(plain(words))


@pytest.mark.parametrize(
    "words",
    [
        "更新は自動で大丈夫ですか",
        "更新を自動に切り替えたい",
        "自動更新に変えました",
        "AIで大丈夫ですか？",
        "AIを使う前の決まり",
        "ボットに感染したかもしれません",
        "自動応答に戻さないで",
        "担当者を決めたい",
        "元に戻してください",
        "バックアップから戻せますか",
        "戻る",
        "人はどこまで信用していいですか",
    ],
)
def test_a_question_stays_one(words: str) -> None:
    assert not wants_advisor(plain(words))


@pytest.mark.parametrize(
    ("words", "is_way"),
    [
        ("山田です。090-1234-5678 に夕方", True),
        ("０３（１２３４）５６７８です", True),
        ("yamada@example.jp までお願いします", True),
        ("+81 90 1234 5678", True),
        ("明日の10時にお願いします", False),
        ("12人の旅館です", False),
        ("#9110 に電話しました", False),
        ("2026-11-30 までに", False),
    ],
)
def test_where_somebody_can_be_called_is_recognised(words: str, is_way: bool) -> None:
    assert names_a_way(words) is is_way


@pytest.mark.parametrize(
    ("payload", "wants"),
    [
        ("/request_human", True),
        ("人に代わって", True),
        ("担当者と話したい", True),
        ("人間を出して", True),
        ("/ask_consult", False),
        ("社員に教えるには", False),
        ("12人の旅館です", False),
    ],
)
def test_a_plain_wish_for_a_person_needs_no_engine(payload: str, wants: bool) -> None:
    assert wants_person(payload) is wants


@pytest.mark.parametrize(
    "words",
    [
        "まだですか",
        "まだ？",
        "返事はまだですか",
        "いつになりますか",
        "担当者はいつ来ますか",
        "あとどれくらいかかりますか",
        "返事が来ない",
        "早くして！！",
        "急いでください",
    ],
)
def test_who_waits_and_asks_how_long_is_heard(words: str) -> None:
    assert asks_how_long(plain(words))


@pytest.mark.parametrize(
    "words",
    [
        "まだバックアップしていません",
        "いつまでに申請すればいいですか",
        "いつからランサムウェアが流行っていますか",
        "早く補助金を申請したい",
        "バックアップはどのくらいかかりますか",
        "どのくらいかかりますか",
    ],
)
def test_a_question_about_something_else_is_for_the_advisor(words: str) -> None:
    assert not asks_how_long(plain(words))
