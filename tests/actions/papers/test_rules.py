"""社内の決まりの案: a Word document that opens, reads well and can be made one's own."""

import base64
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from actions.papers import attachment
from actions.papers.rules import LONGEST, written
from advisor import policy
from advisor.exchange import Paper as AdvisorPaper
from advisor.exchange import Phrase
from advisor.papers import Article, Chapter, Reach, Rules
from advisor.state import Check, Company, State
from api.replies import Paper
from knowledge.settings import ROOT
from tests.knowing import TODAY, asked, stocked_library

NOTE = "経営者への注"
HARD = "㈱ ① 﨑 髙"
FONTS = ROOT / "actions" / "papers" / "fonts"
SECONDS = 120
RULES = Rules(
    title=Phrase("rules_paper"),
    name="社内規程・基本方針-2026-11-23",
    heading=Phrase("rules_heading"),
    made_on=date(2026, 11, 23),
    chapters=[
        Chapter(
            "緊急時の連絡表",
            "電話のそばに貼ります。",
            [Article("電話する順番", ["上から順に電話します。", "夜は＿＿＿＿にかけます。"])],
            reaches=[Reach("社長", "最初に知らせる"), Reach("警察", "相談", "#9110", "平日の日中")],
        ),
        Chapter(
            f"{HARD}の決まり",
            "字が正しく出ます。",
            [
                Article(
                    "線引き", ["私用に使いません。"], [Phrase("rules_partly", {"title": "21 私物端末の利用"})]
                )
            ],
            notes=[Phrase("rules_if_needed", {"needed": "私物を使う会社"})],
        ),
    ],
    notes=[Phrase("rules_told", {"told": f"12名の{HARD}さん"}), Phrase("rules_gaps")],
    sources=[Phrase("rules_source_dated", {"title": "IPAの手引き", "published": "2026年3月"})],
)


def opened(rules: Rules) -> Word:
    return Document(BytesIO(written(rules)))


def paragraphs(word: Word, style: str) -> list[str]:
    return [one.text for one in word.paragraphs if one.style and one.style.name == style]


def cells(word: Word) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]


def of_every_kind(tmp_path: Path) -> AdvisorPaper:
    """The longest there is: everything may be needed, nothing was done."""
    points = {f"sd-{number:02d}": 0 for number in range(1, 26)}
    company = Company(trade=f"{HARD}旅館", employees=12, byod=True, telework=True, handles_personal_data=True)
    state = State(company=company, check=Check(points=points, begun_on=TODAY, stage="finished"))
    asking = asked("ask_policy", aspect="draft", state=state)
    (paper,) = policy.explain(asking, stocked_library(tmp_path)).papers
    return paper


def test_chapters_and_articles_are_headings_that_count_through() -> None:
    word = opened(RULES)
    assert paragraphs(word, "Title") == ["情報を守るための社内の決まり（案）"]
    assert paragraphs(word, "Heading 1") == ["1　緊急時の連絡表", f"2　{HARD}の決まり"]
    assert paragraphs(word, "Heading 2") == ["第1条　電話する順番", "連絡表", "第2条　線引き"]
    assert "夜は＿＿＿＿にかけます。" in paragraphs(word, "List Bullet")


def test_one_rule_alone_is_called_by_the_title() -> None:
    word = opened(replace(RULES, chapters=RULES.chapters[:1]))
    assert paragraphs(word, "Heading 1") == []


def test_it_is_called_a_draft_on_every_page_and_says_who_decides() -> None:
    word = opened(RULES)
    assert word.sections[0].header.paragraphs[0].text == "案（2026年11月23日）"
    assert "これは案です。経営者が内容を決めてから使ってください。" in paragraphs(word, NOTE)
    fields = [field.get(qn("w:instr")) for field in word.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_owner_fills_in_company_head_person_and_day() -> None:
    cover, reaches = cells(opened(RULES))
    assert cover == [["会社名", ""], ["代表者名", ""], ["責任者／代わりの人", ""], ["始める日（施行日）", ""]]
    assert reaches[0] == ["だれに", "どんなとき", "電話・連絡先"]
    assert reaches[1:] == [["社長", "最初に知らせる", ""], ["警察", "相談", "#9110　平日の日中"]]


def test_taking_out_all_of_one_style_leaves_the_rules_alone() -> None:
    word = opened(RULES)
    notes = paragraphs(word, NOTE)
    assert [note for note in notes if "経営者" in note or "診断" in note or "IPA" in note]
    left = [one.text for one in word.paragraphs if one.style and one.style.name != NOTE]
    assert not [text for text in left if re.search("診断|うかがった|消して|もとにした", text)]


def test_it_is_a4_in_japanese_and_in_one_typeface() -> None:
    word = opened(RULES)
    section = word.sections[0]
    assert (section.page_width, section.page_height) == (Twips(11906), Twips(16838))
    assert section.left_margin is not None
    assert Mm(15) < section.left_margin < Mm(30)
    fonts = list(word.styles.element.iter(qn("w:rFonts")))
    assert fonts
    for font in fonts:
        assert font.get(qn("w:eastAsia")) == font.get(qn("w:ascii")) == "BIZ UDPGothic"
        assert not [name for name in font.attrib if name.endswith("Theme")]
    languages = [one.get(qn("w:eastAsia")) for one in word.styles.element.iter(qn("w:lang"))]
    assert {*languages} == {"ja-JP"}


# The order that the format prescribes (ECMA-376, CT_TcPr and CT_PPr), as far as it is used here.
ORDER = {
    "tcPr": ["tcW", "shd", "vAlign"],
    "pPr": [
        "pStyle",
        "keepNext",
        "keepLines",
        "numPr",
        "pBdr",
        "shd",
        "spacing",
        "ind",
        "contextualSpacing",
        "jc",
    ],
}


@pytest.mark.parametrize("form", ORDER)
def test_what_word_reads_stands_in_the_order_it_wants(form: str) -> None:
    word = opened(RULES)
    note = word.styles[NOTE].element
    found = [*word.element.body.iter(qn(f"w:{form}")), *note.iter(qn(f"w:{form}"))]
    assert found
    for one in found:
        names = [child.tag.split("}")[1] for child in one]
        assert names == [name for name in ORDER[form] if name in names]


def test_nothing_in_it_names_another_program_or_person() -> None:
    core = opened(RULES).core_properties
    assert core.title == "情報を守るための社内の決まり（案）"
    assert (core.author, core.last_modified_by, core.comments, core.language) == ("", "", "", "ja-JP")
    with ZipFile(BytesIO(written(RULES))) as parts:
        assert not [name for name in parts.namelist() if "thumbnail" in name or "app.xml" in name]
        assert not [name for name in parts.namelist() if b"python-docx" in parts.read(name)]


def test_the_same_rules_are_the_same_document() -> None:
    def parts() -> dict[str, bytes]:
        with ZipFile(BytesIO(written(RULES))) as file:
            return {name: file.read(name) for name in file.namelist()}

    assert parts() == parts()


@pytest.mark.parametrize(
    "trade",
    [
        "旅\x00館\x0b\x1f",
        "旅館\ud800",
        "</w:t><w:br/>&amp;旅館",
        "旅館\n\r\n旅館\t",
        "旅" * 100_000,
        "{title}",
    ],
    ids=["control", "surrogate", "markup", "breaks", "long", "gap"],
)
def test_no_word_of_an_owner_breaks_it(trade: str) -> None:
    word = opened(replace(RULES, notes=[Phrase("rules_told", {"told": trade})]))
    (told,) = [note for note in paragraphs(word, NOTE) if note.startswith("うかがった内容")]
    assert len(told) <= LONGEST
    assert "旅" in told or trade in told
    assert [one.text for one in word.paragraphs if one.text.startswith("第2条")]


def test_the_gateway_takes_the_longest_there_is(tmp_path: Path) -> None:
    paper = Paper.model_validate(attachment(of_every_kind(tmp_path)))
    assert paper.filename == "社内規程・基本方針-2026-11-23.docx"
    assert len(base64.b64decode(paper.content)) < 100_000


def needed(program: str) -> str:
    """The program; CI must have it, elsewhere the test is skipped."""
    found = shutil.which(program)
    if found is None:
        reason = f"{program} is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return found


def environment(tmp_path: Path) -> dict[str, str]:
    """With the typeface that the project brings along, whatever is installed."""
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{FONTS}</dir><cachedir>{tmp_path / 'fonts'}</cachedir>"
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include></fontconfig>'
    )
    return {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(tmp_path)}


def in_libreoffice(file: bytes, tmp_path: Path) -> Path:
    """The document as LibreOffice prints it."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    (tmp_path / "rules.docx").write_bytes(file)
    convert = [needed("soffice"), profile, "--headless", "--convert-to", "pdf", "rules.docx"]
    run(convert, tmp_path)
    return tmp_path / "rules.pdf"


def run(command: list[str], tmp_path: Path) -> str:
    return subprocess.run(
        command,
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    ).stdout


def test_libreoffice_opens_the_longest_and_prints_every_letter(tmp_path: Path) -> None:
    needed("pdftotext")
    paper = attachment(of_every_kind(tmp_path))
    pdf = in_libreoffice(base64.b64decode(paper["content"]), tmp_path)
    printed = re.sub(r"\s", "", run(["pdftotext", str(pdf), "-"], tmp_path))
    wanted = (
        f"12名の{HARD}旅館さん",
        "これは案です。経営者が内容を決めてから使ってください。",
        "だれがいつ見たかの記録（アクセスログ）は、1年を目安に残します。",
        "私用のLINE、メール、クラウドには、仕事の情報を送りません。",
        "送る前に、もう1人が番号を見て確かめます。",
        "退職する人のIDとメールは、その日のうちに止めます。",
        "#9110",
        "診断の「21私物端末の利用」は、まだしていないとの答えでした。",
    )
    assert [text for text in wanted if text.replace(" ", "") not in printed] == []
    fonts = run(["pdffonts", str(pdf)], tmp_path)
    assert "BIZUDPGothic" in fonts
    assert "Noto" not in fonts
    # with a note for every question of the self-check; they are taken out again
    assert pages(pdf, tmp_path) <= 7


def test_of_an_unknown_company_it_is_six_pages_at_most(tmp_path: Path) -> None:
    needed("pdfinfo")
    asking = asked("ask_policy", "/ask_policy", aspect="draft")
    (paper,) = policy.explain(asking, stocked_library(tmp_path)).papers
    pdf = in_libreoffice(base64.b64decode(attachment(paper)["content"]), tmp_path)
    assert pages(pdf, tmp_path) <= 6


def pages(pdf: Path, tmp_path: Path) -> int:
    told = run(["pdfinfo", str(pdf)], tmp_path)
    return int(told.split("Pages:")[1].split()[0])
