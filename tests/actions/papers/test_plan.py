"""計画を1枚の紙に: one A4 page that an owner prints, whatever stands on it."""

import base64
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import process_time

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import wording
from actions.papers import attachment
from actions.papers.glyphs import covered, shown
from actions.papers.plan import fonts, written
from api.replies import Paper
from knowledge.documents import KINDS
from knowledge.library import Library
from tests.actions.papers.plans import crowded, for_everyone, inn, said
from tests.knowing import stocked_library

MARKUP = '#panic("x") $x^2$ *太字* _斜め_ \\ "引用" @ref <label> [囲み] // 注 ``` ~ = {code} --- #pagebreak()'
LARGEST = 200_000
# Of a processor; the endpoint of the actions has four for a whole answer.
SECONDS = 3.0


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return stocked_library(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture(scope="module")
def poppler() -> Callable[..., str]:
    """Debian's readers of PDF, by their name: what they print about a file."""
    if shutil.which("pdftotext") is None:
        reason = "Debian's poppler-utils is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)

    def read(program: str, pdf: bytes, *options: str, to: str = "-") -> str:
        called = [program, *options, "-", *([to] if to else [])]
        return subprocess.run(called, input=pdf, capture_output=True, check=True).stdout.decode()

    return read


@pytest.fixture(scope="module")
def info(poppler: Callable[..., str]) -> Callable[[bytes], dict[str, str]]:
    def read(pdf: bytes) -> dict[str, str]:
        lines = poppler("pdfinfo", pdf, to="").splitlines()
        return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}

    return read


@pytest.fixture(scope="module")
def text(poppler: Callable[..., str]) -> Callable[[bytes], str]:
    """The page's words as they can be copied, without the breaks that the layout puts between them."""
    return lambda pdf: _joined(poppler("pdftotext", pdf, "-raw"))


def _joined(words: str) -> str:
    return re.sub(r"\s+", "", words)


def _is_one_page(about: dict[str, str]) -> bool:
    return about["Pages"] == "1" and about["Page size"].endswith("(A4)")


def test_the_page_says_all_there_is_to_the_plan(library: Library, text: Callable[[bytes], str]) -> None:
    plan = inn(library)
    on_paper = text(written(plan))
    tasks = [task for stretch in plan.stretches for task in stretch.tasks]
    expected: list[object] = [
        *(plan.title, plan.heading, "2026年11月23日", "標準の段", plan.why, plan.band, "58点", "100点満点"),
        *(f"{part.name}" for part in plan.parts),
        *(f"{part.points}／{part.most}点" for part in plan.parts),
        *(f"{gap.number}.{gap.title}（{gap.mark}）" for gap in plan.gaps),
        *("今週11月30日（月）まで", "今月12月23日（水）まで", "この半年2027年5月23日（日）まで"),
        *(words for task in tasks for words in (f"□{task.title}", task.step, task.takes, task.found)),
        *(words for aid in plan.aids for words in (aid.title, aid.pays, aid.deadline)),
        *(
            words
            for desk in plan.desks
            for words in (desk.title, desk.purpose, desk.phone, desk.hours)
            if words
        ),
        *("必ず公式ページで確かめてください", "www.ppc.go.jp", "it-shien.smrj.go.jp", "ほか3件"),
        *(*plan.sources, *plan.cautions, "決めた日", "お名前"),
    ]
    for words in expected:
        assert _joined(wording.filled({"it": words})["it"]) in on_paper  # type: ignore[dict-item]


def test_without_a_self_check_the_page_says_that_it_is_still_to_do(
    library: Library, text: Callable[[bytes], str], info: Callable[[bytes], dict[str, str]]
) -> None:
    pdf = written(for_everyone(library))
    assert _is_one_page(info(pdf))
    on_paper = text(pdf)
    assert "まだ済んでいません" in on_paper
    assert "点満点" not in on_paper
    assert "まだ足りないところ" not in on_paper
    assert "支援" not in on_paper
    assert "None" not in on_paper


@pytest.mark.parametrize("count", [1, 5, 40])
@pytest.mark.parametrize(
    "words",
    [
        "情報漏えいの対策を進める。" * 60,
        "W" * 900,
        "行\n" * 300,
        "ｶﾌﾞｼｷｶﾞｲｼｬ" * 80,
        "〜－～" * 200,
        "① " * 400,
        "",
    ],
)
def test_however_much_there_is_it_stays_one_page_in_time(
    library: Library, info: Callable[[bytes], dict[str, str]], words: str, count: int
) -> None:
    plan = crowded(inn(library), words, count)
    started = process_time()
    pdf = written(plan)
    assert process_time() - started < SECONDS
    assert _is_one_page(info(pdf))


def test_nothing_stands_outside_the_page(library: Library, poppler: Callable[..., str]) -> None:
    endless = replace(inn(library), heading=said("W" * 150))
    for plan in (inn(library), for_everyone(library), crowded(inn(library), "長" * 300, 5), endless):
        boxes = re.findall(
            r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"',
            poppler("pdftotext", written(plan), "-bbox"),
        )
        assert len(boxes) > 50
        left, top, right, bottom = (list(map(float, side)) for side in zip(*boxes, strict=True))
        assert min(left) > 28
        assert min(top) > 20
        assert max(right) < 567
        assert max(bottom) < 822


def test_a_word_without_an_end_is_broken_and_copied_whole(
    library: Library, text: Callable[[bytes], str]
) -> None:
    assert "W" * 150 in text(written(replace(inn(library), heading=said("W" * 150))))


def test_what_found_no_room_is_counted(library: Library, text: Callable[[bytes], str]) -> None:
    plan = inn(library)
    many = [replace(plan.gaps[0], number=100 + number) for number in range(40)]
    on_paper = text(written(replace(plan, gaps=many, more_gaps=3)))
    told = sum(f"{gap.number}.{gap.title}" in on_paper for gap in many)
    assert 0 < told < 40
    assert f"ほか{40 - told + 3}件" in on_paper


def test_no_word_is_ever_taken_for_markup(
    library: Library, text: Callable[[bytes], str], info: Callable[[bytes], dict[str, str]]
) -> None:
    pdf = written(crowded(inn(library), MARKUP, 1))
    assert _is_one_page(info(pdf))
    assert text(pdf).count(_joined(MARKUP)) > 10
    assert info(pdf)["Title"] == "計画" + MARKUP


@pytest.mark.parametrize(
    "name", ["㈱﨑山商店", "有限会社髙橋①②", "ﾘﾈﾝｻﾌﾟﾗｲ㈲", "〜－～―…・", "凜鷗俱剝𠮟㊞№℡Ⅳⅳ", "ガギパ"]
)
def test_names_as_owners_write_them_can_be_read_and_copied(
    library: Library, text: Callable[[bytes], str], name: str
) -> None:
    assert shown(name) == name
    on_paper = text(written(replace(inn(library), heading=said(name))))
    assert unicodedata.normalize("NFC", name) in unicodedata.normalize("NFC", on_paper)


@pytest.mark.parametrize(
    ("written_by_owner", "on_paper"),
    [
        ("旅館🏨まもり✨👨‍👩‍👧", "旅館まもり"),
        ("𠮷田屋", "吉田屋"),
        ("丄丄商店", "〓〓商店"),
        ("\ue000商店", "〓商店"),
        ("葛\U000e0100城", "葛城"),
        ("一\t二\u2003三", "一 二 三"),
    ],
)
def test_what_the_font_lacks_becomes_no_empty_box(written_by_owner: str, on_paper: str) -> None:
    assert shown(written_by_owner) == on_paper


def test_what_is_no_letter_at_all_is_left_out() -> None:
    assert shown("a\u202eb\u200bc\x00d\ud800e\r\nf") == "abcde \nf"


def test_both_weights_have_a_glyph_for_all_that_is_printed() -> None:
    assert covered("Regular") == covered("Bold")
    letters = "".join(map(chr, sorted(covered("Regular"))))
    for weight in ("regular", "bold"):
        assert _set(letters, weight).startswith(b"%PDF")
        with pytest.raises(typst.TypstError, match="🏨"):
            _set("🏨", weight)


def _set(words: str, weight: str) -> bytes:
    source = (
        '#set document(title: "字")\n'
        '#set text(font: "BIZ UDPGothic", fallback: false, weight: sys.inputs.weight)\n'
        "#for letter in sys.inputs.words.clusters() { letter + [ ] }"
    )
    return typst.compile(
        source.encode(),
        font_paths=fonts(),
        sys_inputs={"words": words, "weight": weight},
        pdf_standards="ua-1",
    )


def test_every_record_can_be_printed_as_it_is(library: Library) -> None:
    for kind in KINDS.values():
        for record in library.every(kind):
            for words in _told(record.model_dump(exclude={"aliases"})):
                assert shown(words) == words, (record.id, words)


def _told(value: object) -> list[str]:
    if isinstance(value, dict):
        return [words for one in value.values() for words in _told(one)]
    if isinstance(value, list):
        return [words for one in value for words in _told(one)]
    return [value] if isinstance(value, str) else []


def test_it_is_titled_in_japanese_and_can_be_read_aloud(
    library: Library, info: Callable[[bytes], dict[str, str]]
) -> None:
    pdf = written(inn(library))
    about = info(pdf)
    assert about["Title"] == "情報セキュリティ対策の計画"
    assert about["Tagged"] == "yes"
    assert b"/Lang(ja-JP)" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_it_is_small_and_made_in_time(library: Library) -> None:
    plan = inn(library)
    written(plan)
    started = process_time()
    pdf = written(replace(plan, heading=said("金沢市・13名の旅館さんへ")))
    assert process_time() - started < SECONDS
    assert len(pdf) < LARGEST


def test_the_same_plan_is_the_same_file_from_every_thread(library: Library) -> None:
    plans = [replace(inn(library), heading=said(f"{count}名の旅館さんへ")) for count in range(4)]
    alone = [written(plan) for plan in plans]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(written, plans * 3)) == alone * 3


def test_the_gateway_takes_it_as_it_is(library: Library) -> None:
    paper = Paper.model_validate(attachment(inn(library)))
    assert (paper.filename, paper.media_type) == ("taisaku-keikaku-20261123.pdf", "application/pdf")
    assert base64.b64decode(paper.content).startswith(b"%PDF-1.7")


WORDS = st.text(max_size=300)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=1, max_size=9), count=st.integers(0, 12))
def test_any_words_at_all_make_one_page(
    library: Library, info: Callable[[bytes], dict[str, str]], words: list[str], count: int
) -> None:
    assert _is_one_page(info(written(crowded(inn(library), words, count))))
