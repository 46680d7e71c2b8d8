# ruff: noqa: PT009 (unittest: pytest is not in Rasa's environment)
import unittest

from pipeline import NORMALISER
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.ordinals import place_in
from bot.picks import Picks, is_near, only_step
from bot.yes_no import NO, YES, answer_in

LISTED = [
    {"label": "バックアップ", "payload": '/ask_measure{"measure": "backup"}'},
    {"label": "OSの更新", "payload": '/ask_measure{"measure": "os-update"}'},
    {"label": "二段階の確認", "payload": '/ask_measure{"measure": "password-mfa"}'},
]
CHOICES = [
    {"label": "もっと詳しく", "payload": "/ask_details"},
    {"label": "使える補助金", "payload": '/ask_subsidy{"measure": "backup"}'},
    {"label": "府中は東京", "payload": '/inform_company{"municipality": "東京都府中市"}'},
    {"label": "人に相談", "payload": "/ask_consult"},
]
PLACES = {
    0: [
        "1",
        "1番",
        "①",
        "一つ目",
        "ひとつめ",
        "最初のやつ",
        "一番上",
        "上のやつ",
        "1番目のを詳しく",
        "①のやり方",
        "一番目でお願いします",
    ],
    1: [
        "2番",
        "②",
        "２つ目",
        "二番目の",
        "2で",
        "にばん",
        "真ん中",
        "まんなかのやつ",
        "それの2個目",
        "2と3",
        "②と③",
        "2番のやつ見せて",
        "二番",
        "２",
        "ほな2番で",
        "2番目の補助金",
        "ふたつめ",
        "②をもう少し詳しく",
    ],
    2: [
        "3",
        "③",
        "三つ目",
        "最後のやつ",
        "一番下",
        "下のほう",
        "最後の",
        "ラスト",
        "みっつめ",
        "一番最後",
        "三番目のやつを教えて",
    ],
}
NO_PLACE = [
    "2人です",
    "3台あります",
    "2年前",
    "1回でいい",
    "二段階認証",
    "2番目に大事なことは",
    "一番大事なのは",
    "上司に聞く",
    "最初からお願いします",
    "12人の旅館",
    "うちは2店舗",
    "1日いくら",
    "2026年",
]

YESES = """
    はい うん ええ せや せやで そやな んだ んだんだ うんだ ほうじゃ ほや そうたい そうばい だら よか
    よかよ じゃっど おk OK オッケー ﾊｲ はーい うんうん はい、お願いします うん、そう んだべ そうだに
    ほだら そうずら そうやき ええで もちろん 頼むわ 了解です 👍 🙆 ○ はい👍 いえす でけた
    できました
"""
NOES = """
    いいえ いえ いや いんや うんにゃ ううん いぃえ いーえ ちゃう ちゃうちゃう ちゃうで いらん
    いらんわ せんでええ せんでよか だめや あかん 違います ちがう ちげえよ できん でけへん でぎね
    無理です まだ まだです やめとく 結構です けっこうです 不要 いらね ｲｲｴ No ノー 👎 🙅 ×
    いえ、結構です んでね そうじゃない
"""


def picked(text: str, listed=(), choices=(), **state: object) -> Message:
    message = NORMALISER.process([Message.build(text)])[0]
    message.set(INTENT, {"name": "nlu_fallback", "confidence": 1.0}, add_to_output=True)
    message.set("metadata", {"offered": {"listed": [*listed], "choices": [*choices]}, "state": state})
    return Picks().process([message])[0]


def meant(message: Message) -> tuple[str, dict[str, str]]:
    entities = message.get(ENTITIES) or []
    return message.get(INTENT)["name"], {entity["entity"]: entity["value"] for entity in entities}


class Places(unittest.TestCase):
    def test_a_place_is_read_however_it_is_said(self):
        for place, texts in PLACES.items():
            for text in texts:
                with self.subTest(text):
                    self.assertEqual(place_in(text, 3), place)

    def test_figures_that_count_something_are_no_place(self):
        for text in NO_PLACE:
            with self.subTest(text):
                self.assertIsNone(place_in(text, 3))


class Picking(unittest.TestCase):
    def test_what_the_text_numbered_comes_before_the_choices(self):
        self.assertEqual(meant(picked("2番", LISTED, CHOICES)), ("ask_measure", {"measure": "os-update"}))

    def test_without_a_list_the_choices_are_counted(self):
        self.assertEqual(meant(picked("2番", [], CHOICES)), ("ask_subsidy", {"measure": "backup"}))
        self.assertEqual(meant(picked("一番上", [], CHOICES)), ("ask_details", {}))

    def test_a_choices_own_words_choose_it(self):
        for text in (
            "使える補助金",
            "使える補助金を見たい",
            "使える補助金お願いします",
            "使える補助金。",
        ):
            with self.subTest(text):
                self.assertEqual(meant(picked(text, LISTED, CHOICES))[0], "ask_subsidy")
        self.assertEqual(
            meant(picked("府中は東京です", [], CHOICES)),
            ("inform_company", {"municipality": "東京都府中市"}),
        )

    def test_one_slip_of_the_finger_is_forgiven(self):
        self.assertEqual(meant(picked("使える補助菌", [], CHOICES))[0], "ask_subsidy")
        self.assertEqual(meant(picked("もっと詳しいく", [], CHOICES))[0], "ask_details")
        self.assertFalse(is_near("できない", "できた"))
        self.assertFalse(is_near("2のやり方", "1のやり方"))

    def test_a_pick_is_handed_on_as_a_pressed_button(self):
        self.assertEqual(picked("真ん中のやつ", LISTED).get("picked"), "/ask_measure")
        self.assertEqual(picked("もっと詳しく", LISTED, CHOICES).get("picked"), "/ask_details")
        self.assertIsNone(picked("はい", LISTED, CHOICES).get("picked"))
        self.assertIsNone(picked("5番", LISTED, CHOICES).get("picked"))

    def test_what_was_not_offered_is_offered_again(self):
        for text in ("5番", "⑤", "9番目のやつ"):
            with self.subTest(text):
                self.assertEqual(meant(picked(text, LISTED)), ("ask_details", {"aspect": "unoffered"}))

    def test_with_nothing_offered_a_number_is_left_alone(self):
        self.assertEqual(meant(picked("2番"))[0], "nlu_fallback")

    def test_a_bare_figure_may_be_the_headcount_that_was_asked_for(self):
        self.assertEqual(meant(picked("3", LISTED, awaiting="level"))[0], "nlu_fallback")
        self.assertEqual(meant(picked("3番", LISTED, awaiting="level"))[0], "ask_measure")
        self.assertEqual(meant(picked("2", LISTED, awaiting="subsidy"))[0], "ask_measure")
        unclear = {"fact": "municipality", "among": ["東京都府中市", "広島県府中市"]}
        self.assertEqual(
            meant(picked("3", [], CHOICES, awaiting="level", unclear=unclear))[0], "inform_company"
        )

    def test_the_steps_of_a_live_incident_are_no_choices(self):
        done = [
            {"label": "できた", "payload": "/affirm"},
            {"label": "できない", "payload": "/deny"},
            {"label": "人に代わって", "payload": "/request_human"},
        ]
        live = {"playbook": "playbook/ransomware", "told": 2}
        self.assertEqual(meant(picked("②", [], done, emergency=live))[0], "nlu_fallback")
        self.assertEqual(meant(picked("できない", [], done, emergency=live))[0], "deny")
        yes = picked("うーん", [], done, emergency=live)
        self.assertEqual((meant(yes)[0], yes.get("picked")), ("affirm", None))
        self.assertEqual(meant(picked("人に代わって", [], done, emergency=live))[0], "request_human")

    def test_a_payload_that_is_typed_is_no_choice(self):
        typed = 'ask_measure{"measure": "backup"}'
        self.assertEqual(meant(picked(typed, LISTED, CHOICES))[0], "nlu_fallback")

    def test_a_pressed_button_is_left_to_rasa(self):
        self.assertEqual(meant(picked("/ask_details", LISTED, CHOICES))[0], "nlu_fallback")

    def test_a_message_without_metadata_is_left_alone(self):
        message = Message.build("2番")
        self.assertIsNone(Picks().process([message])[0].get(INTENT))


class YesAndNo(unittest.TestCase):
    def test_yes_in_every_dialect(self):
        for text in YESES.split():
            with self.subTest(text):
                self.assertEqual(answer_in(text), YES)

    def test_no_in_every_dialect(self):
        for text in NOES.split():
            with self.subTest(text):
                self.assertEqual(answer_in(text), NO)

    def test_more_than_a_yes_or_no_is_left_to_the_classifier(self):
        for text in (
            "はい、ありがとう",
            "ないんですか",
            "うんざり",
            "よかったら教えて",
            "いやな予感",
            "バックアップはない",
            "？",
            "",
        ):
            with self.subTest(text):
                self.assertIsNone(answer_in(text))

    def test_yes_takes_the_one_step_that_was_offered(self):
        one = [CHOICES[1], CHOICES[3]]
        self.assertEqual(only_step(one), CHOICES[1])
        self.assertEqual(meant(picked("せや", [], one)), ("ask_subsidy", {"measure": "backup"}))
        self.assertEqual(meant(picked("はい", [], CHOICES))[0], YES)

    def test_yes_answers_a_question_about_the_company_first(self):
        self.assertEqual(meant(picked("はい", [], [CHOICES[1]], awaiting="level"))[0], YES)


if __name__ == "__main__":
    unittest.main()
