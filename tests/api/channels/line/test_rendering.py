"""Every answer fits into what LINE takes, whatever it holds."""

import random
from typing import Any

import pytest

from api.channels.line.letters import shortened, units, without
from api.channels.line.rendering import Renderer, signed
from api.channels.line.wording import read_line_wording
from api.tables import Message
from knowledge.settings import ROOT
from ops.rehearsal.line_limits import mistakes
from tests.api.channels.line.phone import quick_replies
from tests.api.fake_rasa import BACKUP

WORDING = read_line_wording(ROOT / "data" / "responses")
HTTPS = Renderer(WORDING, "https://mamori.example")
PAPER = {"title": "対策計画シート", "url": "/api/v1/attachments/abc", "media_type": "application/pdf"}


def line(text: str, role: str = "bot", **more: Any) -> Message:
    empty = {"refs": [], "choices": [], "attachments": [], "topic": "level", "turn_id": 1, "sender": None}
    return Message(id="m_1", conversation_id="c_1", sequence=1, role=role, text=text, **(empty | more))


def rendered(*messages: Message, renderer: Renderer = HTTPS, **how: Any) -> list[dict[str, Any]]:
    objects = renderer.render(messages, **how)
    assert mistakes({"replyToken": "t", "messages": objects}, is_reply=True) == []
    return objects


def choice(label: str, number: int = 1) -> dict[str, str]:
    return {"id": f"ch_{number}", "label": label}


def record(kind: str, number: int, title: str) -> dict[str, Any]:
    return BACKUP | {"id": f"{kind}/no-{number}", "title": title}


def test_a_short_answer_is_one_text_with_its_source_below() -> None:
    (text,) = rendered(line("まずはバックアップです。", refs=[BACKUP | {"id": "level/first"}]))
    assert text == {
        "type": "text",
        "text": "まずはバックアップです。\n"
        "出典：中小企業の情報セキュリティ対策ガイドライン 第4.0版（2026年3月）／確認 11月23日",
    }


def test_a_very_long_answer_is_split_at_sentence_ends_and_nothing_is_lost() -> None:
    sentence = "まず、つながない場所にも写しを置きます😀。"
    objects = rendered(line(sentence * 600))
    texts = [one["text"] for one in objects]
    assert 2 <= len(texts) <= 5
    assert all(units(text) <= 5_000 and text.endswith("。") for text in texts)
    assert "".join(texts) == sentence * 600


def test_many_lines_are_put_together_rather_than_dropped() -> None:
    objects = rendered(*(line(f"{number}番目のお返事です。") for number in range(30)))
    assert len(objects) <= 5
    whole = "".join(one["text"] for one in objects)
    assert all(f"{number}番目のお返事です。" in whole for number in range(30))


def test_what_is_longer_than_line_takes_at_all_says_so() -> None:
    objects = rendered(line("あ" * 40_000))
    assert len(objects) == 5
    assert objects[-1]["text"].endswith(WORDING.cut)


def test_a_long_label_is_cut_between_characters() -> None:
    label = "葛󠄀飾区の👨‍👩‍👧御社で使える補助金をもっと詳しく見る"
    (text,) = rendered(line("お答え", choices=[choice(label)]))
    (action,) = quick_replies(text)
    assert action["label"].endswith("…")
    assert units(action["label"]) <= 20
    assert action["label"].startswith("葛󠄀飾区の👨‍👩‍👧御")
    assert action["displayText"] == label


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("もっと詳しく", 20, "もっと詳しく"),
        ("𠮷野家の𠮷", 5, "𠮷野家…"),
        ("👍🏽👍🏽👍🏽", 9, "👍🏽👍🏽…"),
        ("🇯🇵🇯🇵🇯🇵", 6, "🇯🇵…"),
        ("か\u3099か\u3099か\u3099", 4, "か\u3099…"),
        ("改行\nと　空白", 20, "改行 と 空白"),
    ],
)
def test_a_text_is_shortened_without_breaking_a_character(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short
    assert units(short) <= limit


def test_choices_stand_under_the_last_object_and_never_more_than_thirteen() -> None:
    objects = rendered(
        line("一つめ", choices=[choice(f"選択肢{n}", n) for n in range(9)]),
        line("二つめ", choices=[choice(f"ほかの{n}", 10 + n) for n in range(9)]),
    )
    assert [bool(quick_replies(one)) for one in objects] == [False, True]
    assert len(quick_replies(objects[-1])) == 13


def test_choices_of_an_answer_held_back_are_not_offered_again() -> None:
    objects = rendered(
        line("先週のお返事", choices=[choice("古い")], turn_id=1),
        line("今日のお返事", choices=[choice("新しい", 2)], turn_id=2),
    )
    assert [action["label"] for action in quick_replies(objects[-1])] == ["新しい"]


def test_an_answer_about_privacy_offers_to_delete_everything() -> None:
    (text,) = rendered(
        line("覚えているのは次のことです。", topic="privacy", choices=[choice("覚えた内容を見る")])
    )
    assert quick_replies(text)[-1] == {
        "type": "postback",
        "label": "記録を消す",
        "displayText": "記録を消す",
        "data": "forget",
    }


def test_deleting_everything_is_asked_once_more() -> None:
    (asked,) = rendered(line(WORDING.forget, "system"), route={"asks": "forget"})
    assert asked["template"]["type"] == "confirm"
    assert [one["label"] for one in asked["template"]["actions"]] == ["はい", "いいえ"]
    assert [one["data"] for one in asked["template"]["actions"]] == ["forget-yes", "forget-no"]


@pytest.mark.parametrize(
    ("topic", "kind", "word"),
    [
        ("measure", "measure", "対策"),
        ("incident_case", "incident", "事例"),
        ("subsidy", "subsidy", "補助金・支援"),
    ],
)
def test_records_become_cards_beside_the_whole_text(topic: str, kind: str, word: str) -> None:
    refs = [record(kind, n, f"記録{n}") for n in range(1, 4)]
    text, cards = rendered(
        line("①記録1\n②記録2\n③記録3", topic=topic, refs=refs, choices=[choice("①のやり方")])
    )
    assert text["text"].startswith("①記録1\n②記録2\n③記録3\n出典：")
    bubbles = cards["contents"]["contents"]
    told = [[part["text"] for part in bubble["body"]["contents"]] for bubble in bubbles]
    assert told[0] == [word, "記録1", BACKUP["source_title"], "2026年3月公表", "11月23日確認"]
    actions = [bubble["footer"]["contents"][0]["action"] for bubble in bubbles]
    assert (actions[0]["type"], actions[0]["data"]) == ("postback", "ch_1")
    assert (actions[1]["type"], actions[1]["uri"]) == ("uri", BACKUP["source_url"])
    assert cards["altText"] == "①記録1 ②記録2 ③記録3"
    assert [a["label"] for a in quick_replies(cards)] == ["①のやり方"]


def test_a_choice_that_names_the_record_is_the_button_of_its_card() -> None:
    refs = [record("measure", 1, "バックアップ"), record("measure", 2, "更新")]
    _, cards = rendered(
        line("二つあります。", topic="measure", refs=refs, choices=[choice("「更新」のやり方")])
    )
    actions = [one["footer"]["contents"][0]["action"] for one in cards["contents"]["contents"]]
    assert [one["type"] for one in actions] == ["uri", "postback"]


def test_one_record_is_one_card_and_twenty_are_twelve() -> None:
    one = rendered(line("一つ", topic="measure", refs=[record("measure", 1, "一")]))[-1]
    assert one["contents"]["type"] == "bubble"
    many = rendered(line("沢山", topic="measure", refs=[record("measure", n, f"{n}") for n in range(20)]))[-1]
    assert len(many["contents"]["contents"]) == 12


def test_a_record_the_answer_only_stands_on_has_no_card() -> None:
    refs = [record("subsidy", 1, "県の補助金"), record("measure", 2, "更新"), record("term", 3, "言葉")]
    *_, card = rendered(line("一つあります。", topic="subsidy", refs=refs))
    assert card["contents"]["type"] == "bubble"
    assert len(rendered(line("段のお話です。", topic="level", refs=refs))) == 1


def test_a_record_without_page_or_date_still_has_its_card() -> None:
    bare = {"id": "incident/x", "title": "ある旅館", "source_title": None, "source_url": None}
    *_, card = rendered(line("事例です。", topic="incident_case", refs=[bare]))
    assert "footer" not in card["contents"]
    strange = bare | {"source_url": "javascript:alert(1)", "source_date": "2026"}
    *_, card = rendered(line("事例です。", topic="incident_case", refs=[strange]))
    assert "footer" not in card["contents"]


def test_an_address_with_japanese_letters_is_written_as_line_wants_it() -> None:
    ref = record("subsidy", 1, "県の補助金") | {"source_url": "https://例え.jp/補助金?年=2026#上"}
    *_, card = rendered(line("一つあります。", topic="subsidy", refs=[ref]))
    assert card["contents"]["footer"]["contents"][0]["action"]["uri"].isascii()


def test_papers_are_buttons_where_a_phone_can_open_them() -> None:
    _, card = rendered(line("計画です。", attachments=[PAPER]))
    title, button = card["contents"]["body"]["contents"]
    assert title["text"] == "対策計画シート"
    address = "https://mamori.example/api/v1/attachments/abc?openExternalBrowser=1"
    assert button["action"] == {"type": "uri", "label": "開く", "uri": address}


def test_papers_are_told_in_words_where_it_cannot() -> None:
    plain = Renderer(WORDING, "http://mamori.test:8000/")
    (text,) = rendered(line("計画です。", attachments=[PAPER]), renderer=plain)
    assert text["text"] == "計画です。\n対策計画シート\nhttp://mamori.test:8000/api/v1/attachments/abc"
    (text,) = rendered(line("計画です。", attachments=[PAPER]), renderer=Renderer(WORDING, ""))
    assert text["text"].endswith("書類「対策計画シート」は、ホームページの相談画面でお受け取りいただけます。")


def test_a_person_is_seen_to_be_a_person() -> None:
    (text,) = rendered(line("担当の山田です。", "staff", sender="山田"), association="金沢旅館組合")
    assert text["sender"] == {"name": "金沢旅館組合 山田"}
    assert text["text"] == "担当の山田です。"


@pytest.mark.parametrize(
    ("association", "person", "name"),
    [
        ("石川県中小企業情報セキュリティ協議会連合会", "佐藤花子", "石川県中小企業情報セキュリテ… 佐藤花子"),
        ("", "山田", "山田"),
        ("組合", "", "組合"),
        ("LINE組合", "Line 太郎", "組合 太郎"),
        ("Pauline組", "太郎", "Pauline組 太郎"),
        ("組合", "とてもとても長い名前の担当者のかたですよろしく", "とてもとても長い名前の担当者のかたです…"),
    ],
)
def test_the_name_above_a_message_fits(association: str, person: str, name: str) -> None:
    assert signed(association, person) == name
    assert units(name) <= 20


def test_a_notice_stands_back_beside_an_answer_and_speaks_plainly_alone() -> None:
    notice = line("パスワードは保存していません。", "system")
    both = rendered(notice, line("お答えです。"))
    assert both[0]["text"] == "（お知らせ）パスワードは保存していません。"
    assert rendered(notice)[0]["text"] == "パスワードは保存していません。"


def test_a_name_in_a_text_is_found_as_line_counts() -> None:
    assert without("😀@まもり 補助金は？", 2, 4) == "😀 補助金は？"


def test_whatever_an_answer_holds_line_takes_it() -> None:
    chance = random.Random(20261129)
    for _ in range(300):
        messages = [_any(chance) for _ in range(chance.randint(1, 8))]
        objects = HTTPS.render(messages, {}, "組合" * chance.randint(0, 20))
        assert 1 <= len(objects) <= 5
        assert mistakes({"replyToken": "t", "messages": objects}, is_reply=True) == []


def _any(chance: random.Random) -> Message:
    def words(most: int) -> str:
        signs = "あ漢字𠮷😀ー。、\n1０,http://x.jp/a?b "
        return "字" + "".join(chance.choice(signs) for _ in range(chance.randint(0, most)))

    role = chance.choice(["bot", "bot", "bot", "staff", "system"])
    return line(
        words(chance.choice([10, 300, 6_000])),
        role,
        topic=chance.choice(["measure", "incident_case", "subsidy", "privacy", "level"]),
        sender=words(30) if role == "staff" else None,
        refs=[
            record(chance.choice(["measure", "term"]), n, words(400)) for n in range(chance.randint(0, 15))
        ],
        choices=[choice(words(40), n) for n in range(chance.randint(0, 6))],
        attachments=[PAPER | {"title": words(80)}] * chance.randint(0, 3),
        turn_id=chance.choice([1, 2]),
    )


def test_a_source_tells_its_date_once() -> None:
    dated = BACKUP | {
        "id": "incident/x",
        "source_title": "ある新聞の記事（2024年4月）",
        "source_date": "2024-04",
    }
    (text,) = rendered(line("事例です。", topic="level", refs=[dated]))
    assert text["text"] == "事例です。\n出典：ある新聞の記事（2024年4月）／確認 11月23日"
