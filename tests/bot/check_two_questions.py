# ruff: noqa: PT009 (unittest: pytest is not in Rasa's environment)
import unittest

from pipeline import read

from bot.sentences import PARTS, Part, parts_of
from bot.two_questions import TwoQuestions

TWO = {
    "セルフチェックしたいのと、結果が悪かったら相談先も知りたいです": (
        "セルフチェックしたい",
        "結果が悪かったら相談先も知りたいです",
    ),
    "バックアップのやり方教えて。それと補助金ある?": ("バックアップのやり方教えて。", "補助金ある?"),
    "診断もしたいし、補助金も知りたい": ("診断もしたい", "補助金も知りたい"),
    "UTMって何? うちに補助金出る?": ("UTMって何", "うちに補助金出る?"),
    "ランサムの事例が見たい。ついでに相談先も": ("ランサムの事例が見たい。", "相談先も"),
}
ONE = [
    "取引先から言われた。補助金ある?",
    "うちは旅館です。どこまでやればいい?",
    "どこまでやればいいのか知りたいです",
    "買いたいと思っている",
    "何をしたらいいか分からないし、金もない",
    "えっと?",
    "それと?",
    "",
]


def ranked(name, confidence=0.9):
    return [{"name": name, "confidence": confidence}]


def understood(text, first, second):
    """The message as two_questions leaves it, when its parts were ranked so."""
    component = TwoQuestions({"intents": ["ask_measure", "ask_subsidy", "report_incident"]})
    message = read(text)
    rankings = (first, second)
    parts = [Part(*span) for span in parts_of(text)]
    message.set(PARTS, list(zip(parts, rankings, strict=True)))
    message.set("intent", {"name": "nlu_fallback", "confidence": 0.6})
    message.set(
        "entities",
        [
            {"entity": "measure", "start": 0, "end": 6, "value": "バックアップ"},
            {"entity": "industry", "start": 0, "end": 2, "value": "旅館"},
        ],
    )
    return component.process([message])[0]


class Parts(unittest.TestCase):
    def test_two_questions_are_told_apart(self):
        for text, parts in TWO.items():
            with self.subTest(text):
                self.assertEqual(tuple(text[start:end] for start, end in parts_of(text)), parts)

    def test_a_story_that_leads_to_a_question_is_one(self):
        for text in ONE:
            with self.subTest(text):
                self.assertEqual(parts_of(text), [])


class TwoQuestionsInOneMessage(unittest.TestCase):
    TEXT = "バックアップのやり方教えて。それと補助金ある?"

    def test_each_has_its_own_words_and_what_is_said_of_the_company(self):
        first, second = understood(self.TEXT, ranked("ask_measure"), ranked("ask_subsidy")).get("questions")
        self.assertEqual((first["text"], second["text"]), TWO[self.TEXT])
        self.assertEqual([each["entity"] for each in first["entities"]], ["measure", "industry"])
        self.assertEqual([each["entity"] for each in second["entities"]], ["industry"])

    def test_the_urgent_one_comes_first(self):
        message = understood(self.TEXT, ranked("ask_subsidy"), ranked("report_incident"))
        self.assertEqual(message.get("intent")["name"], "report_incident")
        names = [each["intent"]["name"] for each in message.get("questions")]
        self.assertEqual(names, ["report_incident", "ask_subsidy"])

    def test_an_unsure_part_leaves_the_message_whole(self):
        message = understood(self.TEXT, ranked("ask_measure"), ranked("ask_subsidy", 0.5))
        self.assertIsNone(message.get("questions"))

    def test_the_same_asked_twice_is_one_question(self):
        self.assertIsNone(
            understood(self.TEXT, ranked("ask_measure"), ranked("ask_measure")).get("questions")
        )

    def test_thanks_beside_a_question_are_no_second_one(self):
        self.assertIsNone(understood(self.TEXT, ranked("ask_measure"), ranked("thank")).get("questions"))
