# ruff: noqa: PT009, PT027 (unittest: pytest is not in Rasa's environment)
import asyncio
import unittest

from pipeline import CONTEXT, lesson, read, stored
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.classifier import GinzaIntentClassifier, TooFewIntents
from bot.fallback import UnsureFallback, wordless
from bot.memory import ForgetfulTrackerStore

EXAMPLES = [
    *(
        (text, "ask_measure")
        for text in ["バックアップのやり方", "パスワードの決め方", "VPNの設定", "控えの取り方を教えて"]
    ),
    *(
        (text, "ask_subsidy")
        for text in ["使える補助金は", "助成金を知りたい", "補助金の締切", "お金の支援はありますか"]
    ),
    *((text, "greet") for text in ["こんにちは", "おはようございます", "はじめまして", "こんばんは"]),
]


class Intents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.trained = stored(GinzaIntentClassifier, {}, lesson(EXAMPLES))
        cls.classifier = cls.enterClassContext(cls.trained)

    def ranking(self, text):
        return self.classifier.process([read(text)])[0].get("intent_ranking")

    def test_a_trained_and_reloaded_bot_knows_what_is_asked(self):
        self.assertEqual(self.ranking("ばっくあっぷってどうやるの")[0]["name"], "ask_measure")
        self.assertEqual(self.ranking("補助金ありますか")[0]["name"], "ask_subsidy")

    def test_all_kana_is_understood(self):
        self.assertEqual(self.ranking("つかえるほじょきんは")[0]["name"], "ask_subsidy")

    def test_an_empty_message_gets_a_ranking_and_no_crash(self):
        for text in ["", " ", "\u200b", "😀", "\ud800", "123"]:
            with self.subTest(ascii(text)):
                self.assertEqual(len(self.ranking(text)), 3)

    def test_confidences_sum_to_one_and_fall(self):
        confidences = [each["confidence"] for each in self.ranking("補助金とバックアップ")]
        self.assertAlmostEqual(sum(confidences), 1.0, places=5)
        self.assertEqual(confidences, sorted(confidences, reverse=True))

    def test_the_first_of_the_ranking_is_the_intent(self):
        message = self.classifier.process([read("こんにちは")])[0]
        self.assertEqual(message.get("intent"), message.get("intent_ranking")[0])

    def test_two_intents_are_enough(self):
        with stored(GinzaIntentClassifier, {}, lesson(EXAMPLES[:8])) as classifier:
            message = classifier.process([read("補助金を知りたい")])[0]
            self.assertEqual(message.get("intent")["name"], "ask_subsidy")
            self.assertEqual(len(message.get("intent_ranking")), 2)

    def test_one_intent_is_refused_with_a_reason(self):
        with self.assertRaisesRegex(TooFewIntents, "two intents"):
            GinzaIntentClassifier({}, None, None).train(lesson(EXAMPLES[:4]))

    def test_an_intent_with_a_single_example_still_trains(self):
        data = lesson([*EXAMPLES, ("担当者と話したい", "request_human")])
        with stored(GinzaIntentClassifier, {}, data) as classifier:
            message = classifier.process([read("担当者と話したい")])[0]
            self.assertEqual(message.get("intent")["name"], "request_human")


class Unsure(unittest.TestCase):
    def judge(self, text, confidences):
        message = read(text)
        ranking = [
            {"name": f"intent_{place}", "confidence": value} for place, value in enumerate(confidences)
        ]
        message.set("intent", ranking[0] if ranking else None)
        message.set("intent_ranking", ranking)
        component = UnsureFallback.create({"threshold": 0.4, "lead": 0.1}, None, None, CONTEXT)
        return component.process([message])[0]

    def test_a_sure_guess_is_kept(self):
        self.assertEqual(self.judge("補助金は", [0.8, 0.1]).get("intent")["name"], "intent_0")

    def test_a_weak_guess_asks_back_and_keeps_the_likeliest_ones(self):
        message = self.judge("補助金は", [0.3, 0.1, 0.05])
        self.assertEqual(message.get("intent")["name"], "nlu_fallback")
        self.assertEqual(
            [each["name"] for each in message.get("intent_ranking")], ["intent_0", "intent_1", "intent_2"]
        )

    def test_a_tie_asks_back(self):
        self.assertEqual(self.judge("補助金は", [0.48, 0.45]).get("intent")["name"], "nlu_fallback")

    def test_what_is_half_as_likely_outside_as_anything_else_is_taken_for_outside(self):
        self.assertEqual(self.judge_outside(0.6, 0.3).get("intent")["name"], "ask_outside")
        self.assertEqual(self.judge_outside(0.6, 0.29).get("intent")["name"], "ask_subsidy")

    def test_what_is_hardly_outside_asks_back_however_weak_the_other_guesses_are(self):
        self.assertEqual(self.judge_outside(0.3, 0.2).get("intent")["name"], "ask_outside")
        self.assertEqual(self.judge_outside(0.3, 0.19).get("intent")["name"], "nlu_fallback")

    def test_where_a_talk_goes_on_outside_must_be_likeliest(self):
        talk = {"state": {"last": {"topic": "subsidy", "refs": ["subsidy/jfc-it"]}}}
        self.assertEqual(self.judge_outside(0.6, 0.4, metadata=talk).get("intent")["name"], "ask_subsidy")

    def test_intents_that_are_alike_need_no_lead(self):
        message = read("ありがとう、では失礼します")
        ranking = [{"name": "thank", "confidence": 0.5}, {"name": "say_goodbye", "confidence": 0.49}]
        message.set("intent", ranking[0])
        message.set("intent_ranking", ranking)
        component = UnsureFallback.create({"alike": ["thank", "say_goodbye"]}, None, None, CONTEXT)
        self.assertEqual(component.process([message])[0].get("intent")["name"], "thank")

    def judge_outside(self, first, outside, **beside):
        message = read("看板の補助金")
        for name, value in beside.items():
            message.set(name, value)
        guesses = [("ask_subsidy", first), ("ask_outside", outside)]
        message.set("intent_ranking", [{"name": name, "confidence": sure} for name, sure in guesses])
        message.set("intent", {"name": "ask_subsidy", "confidence": first})
        return UnsureFallback.create({}, None, None, CONTEXT).process([message])[0]

    def test_digits_emoji_and_nothing_ask_back_without_guessing(self):
        for text in ["", "123", "１２", "😀", "？？", "。", "\u200b"]:
            with self.subTest(ascii(text)):
                message = self.judge(text, [0.99, 0.01])
                self.assertEqual(message.get("intent")["name"], "nlu_fallback")
                self.assertEqual(message.get("intent_ranking"), [])

    def test_a_number_of_people_is_not_just_digits(self):
        self.assertFalse(wordless("15人"))

    def test_no_ranking_at_all_asks_back(self):
        self.assertEqual(self.judge("補助金は", []).get("intent")["name"], "nlu_fallback")


class Memory(unittest.TestCase):
    def test_the_bot_keeps_nothing_of_a_conversation(self):
        async def turn():
            store = ForgetfulTrackerStore(Domain.empty())
            tracker = await store.get_or_create_tracker("c1")
            tracker.update(UserUttered("うちのパスワードは"))
            await store.save(tracker)
            return (
                await store.retrieve("c1"),
                list(await store.keys()),
                await store.get_or_create_tracker("c1"),
            )

        kept, keys, next_turn = asyncio.run(turn())
        self.assertIsNone(kept)
        self.assertEqual(keys, [])
        self.assertIsInstance(next_turn, DialogueStateTracker)
        self.assertIsNone(next_turn.latest_message.text)
