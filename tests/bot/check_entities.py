# ruff: noqa: PT009 (unittest: pytest is not in Rasa's environment)
import random
import unittest

from pipeline import found, lesson, read, stored

from bot.employees import headcount
from bot.entities import KnowledgeEntityExtractor
from bot.normaliser import normalise
from bot.numerals import value_of

LOOKUPS = {
    "prefecture": [
        "石川県",
        "石川",
        "大分県",
        "大分",
        "三重県",
        "三重",
        "岐阜",
        "富山",
        "福島",
        "東京都",
        "東京",
        "沖縄",
    ],
    "municipality": ["金沢市", "金沢", "名古屋市", "名古屋", "三浦", "津", "中央", "熱海"],
    "industry": ["宿泊業", "旅館", "宿", "ホテル", "板金", "飲食", "銀行", "病院", "建設"],
    "measure": ["バックアップ", "控え", "ウイルス対策ソフト", "VPN", "Wi-Fi", "パスワード", "二段階認証"],
    "incident_kind": ["ランサムウェア", "ランサム", "不正アクセス"],
    "contact": ["110", "110番", "警察"],
    "statistic": ["宿泊業の会社の割合"],
    "subsidy": ["東京都サイバーセキュリティ対策促進助成金", "バックアップ"],
}
EXAMPLES = [("補助金は", "ask_subsidy"), ("こんにちは", "greet")]

HEADCOUNTS = {
    12: ["12人です", "１２名の旅館です", "十二人の会社", "12人になりました", "12人に増えました", "社員数:12"],
    1: ["ひとりでやってます", "一人でやってます", "ひとり社長です", "一人親方です", "わし一人や", "1人"],
    2: [
        "夫婦ふたり",
        "夫婦ふたりでやってます",
        "パソコン教室を夫婦でやってます",
        "ふたり",
        "2人で営業しています",
        "妻と二人で店をやってます",
    ],
    3: ["職員は3人しかいません", "3人で回してる居酒屋", "私とパート2人"],
    4: ["うちは四人です", "4人家族経営です", "パートさん3人と私"],
    5: ["夫婦2人とパート3人", "5人", "夫婦とパート3人"],
    15: ["従業員15名(うちパート8名)", "従業員15", "15人、お客は30人ぐらい", "正社員5人、パート10人"],
    20: ["二十人でやってます", "従業員は20人くらいです", "社員20人で、パソコンは15台です"],
    23: ["社員15名とパート8名です"],
    50: [
        "15人じゃなくて50人です",
        "あ、15人じゃなくて50人でした",
        "15人ではなく50人",
        "15人から50人になりました",
    ],
    1200: ["1,200名です", "千二百人の会社です", "一二〇〇人の会社"],
}
NO_HEADCOUNT = [
    "十人十色ですね",
    "八百屋です",
    "一人前になりたい",
    "2人目の社員を雇います",
    "3人部屋の宿です",
    "お客が10人来ます",
    "お客様は30人ぐらいです",
    "1000人以上の個人情報が漏れました",
    "会員150社の団体です",
    "会員150人の名簿",
    "10〜20人です",
    "10~20人です",
    "10人から20人くらい",
    "5、6人です",
    "二三人の会社です",
    "十数人です",
    "数十人です",
    "数人でやってます",
    "従業員100人以上です",
    "社員50人もいません",
    "一人で悩んでいます",
    "社員の1人がクリックしました",
    "3人に1人が被害に遭うって本当ですか",
    "1人1台パソコンがあります",
    "一人ひとりに配ります",
    "二段階認証の設定",
    "もう1人に聞いたら違うと言われました",
    "100名様のご予約です",
    "東京に10人、大阪に5人います",
    "被害者は200人です",
    "3名分のアカウント",
]


class Headcounts(unittest.TestCase):
    def test_the_number_of_people_working_there_is_found(self):
        for people, texts in HEADCOUNTS.items():
            for text in texts:
                with self.subTest(text):
                    count = headcount(normalise(text))
                    self.assertEqual(count and count.people, people)

    def test_other_numbers_of_people_are_left_alone(self):
        for text in NO_HEADCOUNT:
            with self.subTest(text):
                self.assertIsNone(headcount(normalise(text)))

    def test_kanji_numerals_count(self):
        numerals = {
            "十": 10,
            "二十": 20,
            "百二十": 120,
            "一二〇": 120,
            "千": 1000,
            "二万五千": 25000,
            "三百五": 305,
        }
        for numeral, value in {**numerals, "1万": 10000, "二三": None, "5,6": None}.items():
            with self.subTest(numeral):
                self.assertEqual(value_of(numeral), value)


class Entities(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.extractor = cls.enterClassContext(stored(KnowledgeEntityExtractor, {}, lesson(EXAMPLES, LOOKUPS)))

    def check(self, expected):
        for text, entities in expected.items():
            with self.subTest(text):
                self.assertEqual(found(self.extractor, text), entities)

    def test_trade_place_and_size_are_found_in_one_sentence(self):
        self.check(
            {
                "石川県金沢市の旅館です。１２名です": {
                    ("prefecture", "石川県"),
                    ("municipality", "金沢市"),
                    ("industry", "旅館"),
                    ("employees", "12"),
                },
                "飲食　６人　金沢": {("industry", "飲食"), ("employees", "6"), ("municipality", "金沢")},
            }
        )

    def test_spelling_width_and_case_do_not_matter(self):
        self.check(
            {
                "ＶＰＮの設定": {("measure", "vpn")},
                "vpnの設定": {("measure", "vpn")},
                "ウィルス対策ソフトは要る？": {("measure", "ウイルス対策ソフト")},
                "ウイルス 対策 ソフト": {("measure", "ウイルス対策ソフト")},
                "ﾗﾝｻﾑｳｪｱ": {("incident_kind", "ランサムウェア")},
            }
        )

    def test_words_written_in_kana_are_found(self):
        self.check(
            {
                "ばっくあっぷのやりかた": {("measure", "バックアップ"), ("subsidy", "バックアップ")},
                "いしかわけんのりょかんです": {("prefecture", "石川県"), ("industry", "旅館")},
            }
        )

    def test_the_longest_word_wins(self):
        self.check(
            {
                "ランサムウェアの事例": {("incident_kind", "ランサムウェア")},
                "東京都サイバーセキュリティ対策促進助成金": {
                    ("subsidy", "東京都サイバーセキュリティ対策促進助成金")
                },
            }
        )

    def test_one_word_may_mean_two_things(self):
        self.check({"バックアップ": {("measure", "バックアップ"), ("subsidy", "バックアップ")}})

    def test_words_are_not_found_inside_other_words(self):
        self.check({"新宿に行きます": set(), "中央の棚": set(), "控え室": set()})

    def test_a_place_name_in_another_sense_is_no_place(self):
        self.check(
            {
                text: set()
                for text in [
                    "大分良くなりました",
                    "大分前から",
                    "三重に保存しています",
                    "三重チェック",
                    "石川さんに聞きました",
                    "石川と申します",
                    "福島様からの電話",
                    "東京電力の請求",
                    "三浦が辞めました",
                ]
            }
        )

    def test_the_same_name_as_a_place_is_found(self):
        self.check(
            {
                "大分です": {("prefecture", "大分")},
                "石川の旅館です": {("prefecture", "石川"), ("industry", "旅館")},
                "三重に営業所があります": {("prefecture", "三重")},
                "うちは沖縄": {("prefecture", "沖縄")},
                "三浦で旅館をやっています": {("municipality", "三浦"), ("industry", "旅館")},
                "福島": {("prefecture", "福島")},
                "熱海です": {("municipality", "熱海")},
            }
        )

    def test_the_head_office_counts_and_not_the_branches(self):
        self.check({"本社は名古屋で、三重と岐阜にも営業所があります": {("municipality", "名古屋")}})

    def test_what_is_taken_back_does_not_count(self):
        self.check(
            {
                "石川県じゃなくて富山です": {("prefecture", "富山")},
                "15人じゃなくて50人です": {("employees", "50")},
                "旅館ではなく板金です": {("industry", "板金")},
            }
        )

    def test_where_it_happened_is_not_the_trade(self):
        self.check(
            {
                "ホテルのWi-Fiは危ない？": {("measure", "wi-fi")},
                "銀行を名乗るメールが来た": set(),
                "病院に行きました": set(),
                "病院が攻撃された話": {("industry", "病院")},
            }
        )

    def test_a_telephone_number_is_no_headcount_and_a_headcount_no_telephone_number(self):
        self.check(
            {
                "従業員110人の会社です": {("employees", "110")},
                "110に電話すればいい？": {("contact", "110")},
                "110番すればいい？": {("contact", "110番")},
            }
        )

    def test_a_question_about_a_trade_still_names_the_trade(self):
        self.check({"宿泊業の会社の割合": {("statistic", "宿泊業の会社の割合"), ("industry", "宿泊業")}})

    def test_entities_lie_where_they_say(self):
        text = normalise("石川県 金沢市の旅館、社員15名とパート8名、ウィルス対策ソフト")
        spans = {
            each["entity"]: text[each["start"] : each["end"]] for each in self.extractor.entities(read(text))
        }
        self.assertEqual(spans["employees"], "15名とパート8名")
        self.assertEqual(spans["measure"], "ウィルス対策ソフト")
        self.assertEqual(spans["municipality"], "金沢市")

    def test_no_message_crashes_the_extractor(self):
        chance = random.Random(20261123)
        pieces = [word for table in LOOKUPS.values() for word in table]
        pieces += [
            "人",
            "名",
            "じゃなくて",
            "一",
            "十",
            "万",
            "2",
            "0",
            "、",
            "の",
            "です",
            "さん",
            " ",
            "😀",
            "\ud800",
            "〜",
            "社員",
        ]
        for _ in range(2000):
            text = "".join(chance.choices(pieces, k=chance.randrange(12)))
            message = read(text)
            for each in self.extractor.entities(message):
                self.assertLess(each["start"], each["end"], ascii(text))
                self.assertLessEqual(each["end"], len(message.get("text")), ascii(text))

    def test_without_lookup_tables_people_are_still_counted(self):
        with stored(KnowledgeEntityExtractor, {}, lesson(EXAMPLES)) as extractor:
            self.assertEqual(found(extractor, "金沢の旅館、12人です"), {("employees", "12")})
