"""What holds for all knowledge, whoever wrote it: sources, names of small firms, promises."""

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from knowledge.collection import Content
from knowledge.documents import Incident, Record
from knowledge.vocabulary import vocabulary
from knowledge.words import normalise

PLACEHOLDER = re.compile(r"^[A-ZＡ-Ｚ](社|法人|協会|事務所|事業者|高等学校|振興会)")
LEGAL_FORM = re.compile(
    r"(株式|有限|合同|合資)会社|(一般|公益)?(社団|財団)法人|(社会)?医療法人|社会福祉法人|学校法人|税理士法人|特定非営利活動法人"
)
SELF_DECLARED = re.compile(r"SECURITY\s*ACTION|[一二]つ星", re.IGNORECASE)
CALLED_CERTIFIED = re.compile(r"認定(?!(証|書)?(では|で|じゃ)(は)?(な|あ))|取得済み|を取得")


def _texts(value: object) -> Iterator[str]:
    """Every text in a record except addresses."""
    if isinstance(value, BaseModel):
        for _, inner in value:
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def _names(organisation: str) -> set[str]:
    """The firm's own name without legal form, and any other firm named beside it in brackets."""
    if PLACEHOLDER.match(organisation):
        return set()
    main, *beside = re.split(r"[（）()／:：]", organisation)
    firms = [main, *(part for part in beside if LEGAL_FORM.search(part))]
    return {name for firm in firms if len(name := normalise(LEGAL_FORM.sub("", firm))) > 1}


def _spoken(case: Incident) -> str:
    """All that may be read out of a case."""
    silent = {"organisation", "slug", "measures"}
    return normalise(" ".join(text for key, value in case if key not in silent for text in _texts(value)))


def test_every_record_stands_on_a_source_that_was_checked_on_a_day(real_content: Content) -> None:
    assert real_content.records
    for record in real_content.records:
        assert record.sources, record.id
        assert all(source.checked_on.year >= 2026 for source in record.sources), record.id


def test_small_private_companies_are_never_named(real_content: Content) -> None:
    cases = [record for record in real_content.records if isinstance(record, Incident) and not record.named]
    told = [(case.id, name) for case in cases for name in _names(case.organisation) if name in _spoken(case)]
    assert told == []


def test_a_case_is_only_called_near_to_trades_of_its_own_industry(real_content: Content) -> None:
    cases = [record for record in real_content.records if isinstance(record, Incident)]
    trades = {each.name: set(each.trades) for each in vocabulary().industries}
    strange = [(c.id, word) for c in cases for word in c.near_trades if word not in trades[c.industry]]
    assert any(case.near_trades for case in cases)
    assert strange == []


def test_nobody_is_said_to_have_a_star_that_does_not_exist_yet(real_content: Content) -> None:
    assert _saying(real_content, re.compile(r"★\s*3\s*(を)?取得済")) == []


def test_a_self_declaration_is_never_called_a_certification(real_content: Content) -> None:
    told = [
        (record.id, sentence)
        for record in real_content.records
        for text in _texts(record)
        for sentence in text.split("。")
        if SELF_DECLARED.search(sentence) and CALLED_CERTIFIED.search(sentence)
    ]
    assert told == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("SECURITY ACTION二つ星の認定を受けた会社", True),
        ("二つ星を取得する", True),
        ("security action 一つ星は取得済み", True),
        ("SECURITY ACTIONは自己宣言で、認定ではありません", False),
        ("SECURITY ACTIONの二つ星を宣言する", False),
    ],
)
def test_what_counts_as_calling_it_a_certification(sentence: str, wrong: bool) -> None:
    assert bool(SELF_DECLARED.search(sentence) and CALLED_CERTIFIED.search(sentence)) is wrong


@pytest.mark.parametrize(
    ("organisation", "names"),
    [
        ("株式会社見本旅館", {"見本旅館"}),
        ("ＡＢＣ商事有限会社（被害側）", {"abc商事"}),
        ("医療法人見本会 見本クリニック", {"見本会見本クリニック"}),
        ("国内の販売会社（提供元: 見本システム株式会社）", {"国内の販売会社", "見本システム"}),
        ("A社（長崎県佐世保市）", set()),
    ],
)
def test_what_counts_as_a_firms_name(organisation: str, names: set[str]) -> None:
    assert _names(organisation) == names


def _saying(content: Content, words: re.Pattern[str]) -> list[str]:
    def says(record: Record) -> bool:
        return any(words.search(text) for text in _texts(record))

    return [record.id for record in content.records if says(record)]
