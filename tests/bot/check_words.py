# ruff: noqa: PT009, PT027 (unittest: pytest is not in Rasa's environment)
import random
import unittest

from pipeline import lesson, read
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.ginza import model, vector, words
from bot.normaliser import AnnotationMoved, JapaneseNormaliser, normalise, words_of
from bot.tokenizer import words_in

# Messages that have crashed GiNZA, spaCy or Rasa somewhere before.
ODD = [
    "",
    " ",
    "\u3000",
    "\u200b\u200d",
    "\ud800",
    "\udfffあ\ud800",
    "2016.9 - 2017.2",
    "ええぞ〜〜〜",
    "あつつ( ̄^ ̄)ゞ",
    "😀",
    "👨‍👩‍👧‍👦🇯🇵",
    "\x00\x07",
    "1",
    "？？？",
    "ｶﾞｷﾞ",
    "㍿①㈱",
    "ﷺ" * 200,
    "あ" * 10_000,
    "مرحبا",
    "{}[]/\\",
]


class Spelling(unittest.TestCase):
    def test_full_width_and_half_width_letters_read_the_same(self):
        for written, meant in {
            "ＵＴＭ": "UTM",
            "１５人": "15人",
            "ﾌｧｲｱｳｫｰﾙ": "ファイアウォール",
            "㈱": "(株)",
        }.items():
            with self.subTest(written):
                self.assertEqual(normalise(written), meant)

    def test_invisible_characters_disappear(self):
        self.assertEqual(normalise("バック\u200bアップ\ufeff\u202e\x07"), "バックアップ")

    def test_spaces_and_line_breaks_become_one_space(self):
        self.assertEqual(normalise(" 飲食\u3000\n６人\t 金沢 "), "飲食 6人 金沢")

    def test_a_very_long_message_is_cut_to_a_thousand_characters(self):
        self.assertEqual(len(normalise("ﷺ" * 5000)), 1000)
        self.assertEqual(len(normalise("あ" * 10_000)), 1000)

    def test_normalising_twice_changes_nothing(self):
        for text in ODD:
            with self.subTest(ascii(text)[:40]):
                self.assertEqual(normalise(normalise(text)), normalise(text))

    def test_a_typed_slash_never_becomes_a_command(self):
        for typed in [
            "／greet",
            " /greet",
            "/greet@0.99{}",
            "//greet",
            "/ greet",
            "\u200b/greet",
            "/こんにちは",
        ]:
            with self.subTest(typed):
                self.assertFalse(words_of(typed).startswith("/"))

    def test_a_pressed_button_reaches_the_bot_unchanged(self):
        payload = '/ask_measure{"measure": "backup"}'
        self.assertEqual(words_of(payload), payload)

    def test_a_message_that_is_no_text_counts_as_empty(self):
        for odd in [None, 5, ["a"]]:
            message = JapaneseNormaliser().process([Message({TEXT: odd})])[0]
            self.assertEqual(message.get(TEXT), "")


class Lessons(unittest.TestCase):
    def test_training_examples_are_normalised_too(self):
        data = lesson([("ＵＴＭって何ですか", "ask_term")])
        self.assertEqual(data.training_examples[0].get(TEXT), "UTMって何ですか")

    def test_an_annotated_example_that_would_change_its_length_is_refused(self):
        entity = {"entity": "measure", "start": 0, "end": 8, "value": "ﾊﾞｯｸｱｯﾌﾟ"}
        example = Message({TEXT: "ﾊﾞｯｸｱｯﾌﾟって何", "intent": "ask_measure", ENTITIES: [entity]})
        with self.assertRaisesRegex(AnnotationMoved, "バックアップ"):
            JapaneseNormaliser().process_training_data(TrainingData([example]))

    def test_an_annotated_example_of_the_same_length_is_kept(self):
        entity = {"entity": "measure", "start": 0, "end": 3, "value": "UTM"}
        example = Message({TEXT: "ＵＴＭって何", "intent": "ask_measure", ENTITIES: [entity]})
        data = JapaneseNormaliser().process_training_data(TrainingData([example]))
        self.assertEqual(data.training_examples[0].get(TEXT), "UTMって何")


class Words(unittest.TestCase):
    def test_spelling_variants_share_one_normalized_form(self):
        for variant, normal in {
            "ウィルス": "ウイルス",
            "セキュリティ": "セキュリティー",
            "りょかん": "旅館",
        }.items():
            with self.subTest(variant):
                self.assertEqual(words(variant)[0].normal, normal)

    def test_the_word_security_has_a_meaning(self):
        self.assertIsNotNone(vector(words("セキュリティ")[0].normal))

    def test_all_kana_input_keeps_its_sound(self):
        self.assertIn("セキュリティ", "".join(word.reading for word in words("くみあいいんにせきゅりてぃを")))

    def test_every_token_lies_where_it_says(self):
        for text in [*ODD, "石川県金沢市の旅館です。社員は１２名、ホテルのWi-Fi が心配😀"]:
            message = read(text)
            with self.subTest(ascii(text)[:40]):
                for token in message.get(TOKENS_NAMES[TEXT]) or []:
                    self.assertEqual(message.get(TEXT)[token.start : token.end], token.text)

    def test_words_survive_the_way_through_rasa(self):
        text = "石川県の旅館です"
        self.assertEqual(words_in(read(text)), words(text))

    def test_a_place_can_be_cut_into_its_parts(self):
        self.assertEqual(words("石川県金沢市")[0].cuts, (0, 2, 3, 5))

    def test_only_what_is_used_of_ginza_is_loaded(self):
        self.assertEqual(model().pipe_names, [])
        self.assertIs(model(), model())

    def test_no_message_crashes_the_tokenizer(self):
        chance = random.Random(20261123)
        alphabet = [
            chr(code) for code in [*range(0x20, 0x7F), *range(0x3041, 0x30FF), *range(0x4E00, 0x4F00)]
        ]
        alphabet += [
            "\ud800",
            "\u200d",
            "\u202e",
            "😀",
            "〜",
            " ̄",
            "ゞ",
            "\u3099",
            "ﾞ",
            "\x00",
            "\u3000",
            "㍿",
            "𠮷",
        ]
        for _ in range(3000):
            text = "".join(chance.choices(alphabet, k=chance.randrange(40)))
            message = read(text)
            for token in message.get(TOKENS_NAMES[TEXT]) or []:
                self.assertEqual(message.get(TEXT)[token.start : token.end], token.text, ascii(text))
            for word in words(text):
                self.assertLessEqual(word.end, len(text), ascii(text))
