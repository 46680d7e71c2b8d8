# ruff: noqa: PT009 (unittest: pytest is not in Rasa's environment)
import unittest

from bot.question_alone import question_alone

ASKED = {
    ("使える補助金あるけ? 群馬の板金工場、18人", "群馬", "板金工場", "18人"): "使える補助金あるけ? ",
    ("うちは旅館です。どこまでやればいい?", "旅館"): "どこまでやればいい?",
    (
        "社員20人の清掃会社ですが、スマホをまとめて管理したい",
        "20人",
        "清掃会社",
    ): "スマホをまとめて管理したい",
    ("補助金じゃなくて、安く済ませる方法を知りたい",): "安く済ませる方法を知りたい",
    ("統計ではなく実際の話を聞きたい",): "実際の話を聞きたい",
}
WHOLE = [
    ("飲食 6人 金沢", "飲食", "6人", "金沢"),
    ("石川県で使える補助金は", "石川県"),
    ("歯医者の事例ある?", "歯医者"),
    ("どこまでやれば十分ですか",),
    ("15人じゃなくて", "15人"),
    ("",),
]


def asked(text, *facts):
    entities = [
        {"entity": "industry", "start": text.index(fact), "end": text.index(fact) + len(fact)}
        for fact in facts
    ]
    return "".join(text[part.start : part.end] for part in question_alone(text, entities))


class QuestionAlone(unittest.TestCase):
    def test_sentences_that_only_tell_of_the_company_are_left_out(self):
        for (text, *facts), question in ASKED.items():
            with self.subTest(text):
                self.assertEqual(asked(text, *facts), question)

    def test_a_message_that_is_one_question_or_no_question_stays_whole(self):
        for text, *facts in WHOLE:
            with self.subTest(text):
                self.assertEqual(asked(text, *facts), "")
