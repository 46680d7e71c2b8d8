"""Passwords, card numbers and マイナンバー never reach the records; ordinary questions lose nothing."""

import time
import unicodedata
from itertools import combinations

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.jp import in_

from api.conversations.password_patterns import KEYWORD
from api.conversations.secrets_typed import Cleaned, SecretKind, without_secrets
from api.responses import read_wording
from knowledge.settings import ROOT
from tests.utterances.test_corpus import evaluation_lines, training_lines

PASSWORD, CARD, MY_NUMBER = SecretKind.PASSWORD, SecretKind.CARD, SecretKind.MY_NUMBER
SAMPLES = yaml.safe_load((ROOT / "tests" / "api" / "secrets_typed.yml").read_text(encoding="utf-8"))
TYPED = [(kind, words, gone) for kind in SecretKind for words, *gone in SAMPLES[kind.value]]
WARNING = read_wording(ROOT / "data" / "responses").secret_typed
EVERY_SELECTION = [chosen for size in (1, 2, 3) for chosen in combinations(SecretKind, size)]

# How people group and write digits.
SEPARATORS = [" ", "-", "ー", "－", "‐", "–", ".", "\n", "　", "、", " - "]
NEIGHBOURS = st.text("あいうえおアイウ会社の番号が漏れた相談です。、！？「」\n ", max_size=12)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(("kind", "words", "secrets"), TYPED, ids=[repr(words) for _, words, _ in TYPED])
def test_a_secret_that_was_typed_is_gone(kind: SecretKind, words: str, secrets: list[str]) -> None:
    cleaned = without_secrets(words)
    assert kind in cleaned.kinds
    assert [secret for secret in secrets if secret in cleaned.text] == []
    assert without_secrets(cleaned.text) == Cleaned(cleaned.text)


@pytest.mark.parametrize("words", SAMPLES["ordinary"])
def test_an_ordinary_question_is_kept_as_it_was_typed(words: str) -> None:
    assert without_secrets(words) == Cleaned(words)


def test_no_sentence_owners_are_known_to_say_loses_anything() -> None:
    said = [line.text for line in (*training_lines(), *evaluation_lines())]
    assert len(said) > 5_000
    assert [words for words in said if without_secrets(words) != Cleaned(words)] == []


def test_no_answer_and_no_record_reads_like_a_secret() -> None:
    files = [
        *(ROOT / "data" / "responses").glob("*.yml"),
        *(ROOT / "knowledge" / "content").rglob("*.yml"),
    ]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if without_secrets(line) != Cleaned(line)] == []


def test_the_rest_of_the_message_stays_readable() -> None:
    typed = (
        "偽サイトにＩＤ：taroとパスワード：Sakura0301、カード4242-4242-4242-4242を入れました。どうすれば？"
    )
    cleaned = without_secrets(typed)
    assert cleaned.text == ("偽サイトにID:taroとパスワード:〔***〕、カード〔***〕を入れました。どうすれば?")


def test_kinds_are_told_once_in_the_order_they_were_typed() -> None:
    typed = "パスワードはsakura1234、マイナンバーは621498320257、カードは4242424242424242、PWはneko222"
    assert without_secrets(typed).kinds == (PASSWORD, MY_NUMBER, CARD)


def test_two_numbers_after_another_both_go() -> None:
    cleaned = without_secrets("4242424242424242\n5555555555554444\n621498320257")
    assert not any(c.isdigit() for c in cleaned.text)
    assert cleaned.kinds == (CARD, MY_NUMBER)


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    start, length = draw(
        st.sampled_from([("4", 16), ("51", 16), ("2221", 16), ("3528", 16), ("6011", 16), ("62", 16)])
        | st.sampled_from([("34", 15), ("37", 15), ("36", 14), ("305", 14), ("62", 19), ("4", 19)])
    )
    body = start + draw(
        st.text("0123456789", min_size=length - len(start) - 1, max_size=length - len(start) - 1)
    )
    return body + luhn.calc_check_digit(body)


@st.composite
def my_numbers(draw: st.DrawFn) -> str:
    body = draw(st.text("0123456789", min_size=11, max_size=11))
    return body + in_.calc_check_digit(body)


def grouped(number: str, size: int, separator: str) -> str:
    return separator.join(number[i : i + size] for i in range(0, len(number), size))


@settings(deadline=None)
@given(
    card_numbers(), st.integers(1, 8) | st.just(19), st.sampled_from(SEPARATORS), st.booleans(), NEIGHBOURS
)
def test_no_card_number_survives_in_any_grouping_or_width(
    number: str, size: int, separator: str, wide: bool, around: str
) -> None:
    typed = around + grouped(number, size, separator) + around
    cleaned = without_secrets(typed.translate(WIDE) if wide else typed)
    assert CARD in cleaned.kinds
    assert not any(c.isdigit() for c in cleaned.text)


USUAL_SIZES = st.sampled_from([1, 4, 6, 12])
USUAL_SEPARATORS = st.sampled_from([" ", "-", "ー", "－", "‐", "\n"])


@settings(deadline=None)
@given(my_numbers(), USUAL_SIZES, USUAL_SEPARATORS, st.booleans(), NEIGHBOURS)
def test_no_individual_number_survives_in_any_usual_grouping_or_width(
    number: str, size: int, separator: str, wide: bool, around: str
) -> None:
    typed = around + grouped(number, size, separator) + around
    cleaned = without_secrets(typed.translate(WIDE) if wide else typed)
    assert cleaned.kinds
    assert not any(c.isdigit() for c in cleaned.text)


NAMED = [
    "パスワードは{}です",
    "ＰＷ：{}",
    "ﾊﾟｽﾜｰﾄﾞ {} を入れた",
    "pass={}",
    "IDはtaro、パスは{}！",
    "パスワード\n{}",
]


@settings(deadline=None)
@given(st.from_regex(r"[a-z]{3,10}[0-9]{2,6}[!@#$%&]?", fullmatch=True), st.sampled_from(NAMED))
def test_no_plain_password_survives_behind_its_name(password: str, sentence: str) -> None:
    assume(
        without_secrets(f"パスワードは「{password}」です").kinds
    )  # office365 and its like are no passwords
    assert password.rstrip("!") not in without_secrets(sentence.format(password)).text


@settings(deadline=None)
@given(
    st.text(max_size=300) | st.text("パスワードはをがPWpass:=「」〔*〕0123456789abc. -\nです", max_size=80)
)
@example("パスワードはabc〔***〕")
@example("パスワード〔***〕1234")
@example("[パスワード] sakura1234")
def test_a_cleaned_message_stays_as_it_is(words: str) -> None:
    cleaned = without_secrets(words)
    assert without_secrets(cleaned.text) == Cleaned(cleaned.text)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_words_without_figures_and_keywords_are_not_touched(words: str) -> None:
    plain = unicodedata.normalize("NFKC", words)
    assume(not any(c.isdigit() for c in plain) and not KEYWORD.search(plain) and "://" not in plain)
    assert without_secrets(words) == Cleaned(words)


ENDLESS = [
    "1 ",
    "0-1-",
    "1.1.1.",
    "pw ",
    "pw=",
    "pw!!",
    "パスワードは",
    "パスワードはえーっと",
    "パスワード(",
    "パスワードは「",
    "a@b.c ",
    "a.b@c.d:",
    "://a:",
    "ID/pw a ",
    "-----BEGIN PRIVATE KEY-----",
    "eyJaaaaaaaaaaa.",
    "カード番号1",
    "セキュリティコード",
    "マイナンバー ",
    "key=a1b2c3 ",
    "pass1234567890と",
    "﷽",
    "⑽",
]


@pytest.mark.parametrize("piece", ENDLESS)
def test_a_long_odd_message_does_not_hold_up_the_others(piece: str) -> None:
    typed = (piece * 2_000)[:2_000]
    started = time.perf_counter()
    without_secrets(typed)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("kinds", EVERY_SELECTION)
def test_the_warning_is_short_calm_and_names_what_was_taken_out(kinds: tuple[SecretKind, ...]) -> None:
    said = WARNING.about(kinds)
    assert len(said) <= 120
    assert not set("!！?？{}") & set(said)
    for kind in SecretKind:
        assert (WARNING.names[kind] in said) == (kind in kinds)


def test_the_warning_itself_is_kept_as_it_is() -> None:
    for kinds in EVERY_SELECTION:
        said = WARNING.about(kinds)
        assert without_secrets(said) == Cleaned(said)
