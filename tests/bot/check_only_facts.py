# ruff: noqa: PT009 (unittest: pytest is not in Rasa's environment)
import unittest

from check_facts import lookup
from pipeline import CONTEXT, read

from bot.entities import KnowledgeEntityExtractor
from bot.only_facts import OnlyFacts, tells_only_facts

STATEMENTS = [
    "下呂の旅館",
    "マンション管理の会社です",
    "奈良の大和郡山で金魚の養殖",
    "はじめまして、八百屋の者です",
    "魚を売っとります",
    "鰻屋の三代目です",
    "名古屋",
    "従業員12人です",
    "文房具の問屋をやっとる",
    "多治見で陶器を",
]
OTHERS = [
    "旅館だと？",
    "建設業は",
    "飲食店の火災保険",
    "布団のクリーニング",
    "札幌 助成金 美容室",
    "温泉旅館の予約、湯布院、大人二名",
    "明日の天気、鹿児島",
    "皮膚科はどこがいい",
    "レンタカー安いとこ",
    "自工会",
    "保育園で使える補助金ある？",
    "うち、やられたかも",
    "こんにちは",
    "",
]


class Statements(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.extractor = KnowledgeEntityExtractor(None, None, lookup())

    def understood(self, text, intent):
        message = read(text)
        message.set("entities", self.extractor.entities(message))
        message.set("intent", {"name": intent, "confidence": 0.5})
        message.set("intent_ranking", [{"name": intent, "confidence": 0.5}])
        OnlyFacts.create({}, None, None, CONTEXT).process([message])
        return message

    def test_a_statement_of_facts_is_taken_for_one(self):
        for text in STATEMENTS:
            with self.subTest(text):
                message = self.understood(text, "ask_outside")
                self.assertEqual(message.get("intent")["name"], "inform_company")
                self.assertEqual(
                    [each["name"] for each in message.get("intent_ranking")],
                    ["inform_company", "ask_outside"],
                )

    def test_a_question_stays_what_it_is(self):
        for text in OTHERS:
            with self.subTest(text):
                self.assertEqual(self.understood(text, "ask_outside").get("intent")["name"], "ask_outside")

    def test_a_live_incident_is_never_taken_for_news_of_the_company(self):
        message = self.understood("工場です", "report_incident")
        self.assertTrue(tells_only_facts(message))
        self.assertEqual(message.get("intent")["name"], "report_incident")
