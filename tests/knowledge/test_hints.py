"""How something is asked for, and the place and trade in it, are understood beside its subject."""

import pytest

from knowledge.collection import Content
from knowledge.hints import Meanings, kinds_meant
from knowledge.vocabulary import VOCABULARY_KINDS


@pytest.fixture(scope="module")
def meanings(real_content: Content) -> Meanings:
    return Meanings({kind: real_content.words(kind) for kind in VOCABULARY_KINDS})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("使える補助金は", "subsidy"),
        ("よその被害の話を聞きたい", "incident"),
        ("相談先の電話番号", "contact"),
        ("何割の会社がやっているの", "statistic"),
        ("どこまでやればいい", "level"),
        ("誓約書の見本", "template"),
        ("国の手引き", "guideline"),
        ("今はやっている手口", "trend"),
        ("申請の手順", "procedure"),
        ("第３問が分からない", "question"),
        ("聞き取りの内容", "interview"),
        ("おすすめと値段", "product"),
        ("VPNって何ですか", "term"),
    ],
)
def test_the_way_of_asking_tells_the_kind(text: str, kind: str) -> None:
    assert kind in kinds_meant(text)


@pytest.mark.parametrize("text", ["バックアップの取り直し", "って何時から", "銀行を名乗るメールが来た"])
def test_a_plain_subject_tells_no_kind(text: str) -> None:
    assert kinds_meant(text) == []


def test_a_town_means_its_prefecture_too_and_a_trade_its_industry(meanings: Meanings) -> None:
    found = meanings.of("松江の民宿")
    assert found == ["=industry:宿泊業", "=municipality:島根県松江市", "=prefecture:島根県"]


def test_the_longest_word_is_meant(meanings: Meanings) -> None:
    assert "=municipality:東京都府中市" not in meanings.of("広島県府中市の工場")


def test_of_nothing_nothing_is_meant(meanings: Meanings) -> None:
    assert meanings.of("") == []
