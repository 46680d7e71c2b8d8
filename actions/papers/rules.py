"""In-house rules as a Word document: a draft that the owner edits, decides on and hands out."""

import re
from io import BytesIO

from docx.document import Document as Word
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Length, Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from actions import wording
from actions.papers import word as paper
from advisor.exchange import Phrase, Value
from advisor.papers import Article, Chapter, Reach, Rules
from advisor.reading import checked

# What XML cannot hold, and line breaks that an owner's word may bring along.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")
# No line of a draft is nearly so long; an owner's word may be.
LONGEST = 300
COVER = (Mm(46), Mm(120))
REACHES = (Mm(52), Mm(46), Mm(68))
ROW = Mm(7)
APART = Pt(8)


def written(rules: Rules) -> bytes:
    """The file, as Word 2013 and later, LibreOffice and others open it."""
    heading = _said(rules.heading)
    word = paper.empty(heading, rules.made_on, note_style=_said(Phrase("rules_note")))
    day = Phrase("rules_day", {"year": rules.made_on.year, "day": checked(rules.made_on)})
    paper.header(word, _said(Phrase("rules_header", {"day": day})))
    paper.page_numbers(word)
    word.add_paragraph(heading, style="Title")
    _notes(word, [Phrase("rules_draft"), *rules.notes])
    word.add_paragraph(_said(Phrase("rules_made_on", {"day": day}))).paragraph_format.space_before = APART
    _cover(word)
    _chapters(word, rules.chapters)
    word.add_paragraph()
    _notes(word, [Phrase("rules_sources"), *rules.sources])
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _said(value: Value) -> str:
    """Words as any reader of the file can show them."""
    text = UNPRINTABLE.sub(" ", wording.filled({"text": value})["text"]).strip()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _notes(word: Word, notes: list[Phrase]) -> None:
    """For the owner, who takes them out: nothing but they is of their style."""
    for note in notes:
        _note(word, note)


def _note(word: Word, note: Phrase) -> Paragraph:
    return word.add_paragraph(_said(note), style=_said(Phrase("rules_note")))


def _cover(word: Word) -> None:
    """What the owner fills in before anything else."""
    labels = [
        Phrase("rules_company"),
        Phrase("rules_head"),
        Phrase("rules_responsible"),
        Phrase("rules_from"),
    ]
    table = _table(word, [[_said(label), ""] for label in labels], COVER)
    for row in table.rows:
        paper.shade(row.cells[0])


def _chapters(word: Word, chapters: list[Chapter]) -> None:
    """Articles are counted through; one chapter alone is called by the title of the paper."""
    number = 0
    for place, chapter in enumerate(chapters, start=1):
        if len(chapters) > 1:
            numbered = Phrase("rules_chapter", {"number": place, "title": chapter.title})
            word.add_heading(_said(numbered), level=1)
        purpose = word.add_paragraph(_said(chapter.purpose)).paragraph_format
        purpose.keep_with_next = True
        purpose.space_before = None if len(chapters) > 1 else APART
        for note in chapter.notes:
            _note(word, note).paragraph_format.keep_with_next = True
        for article in chapter.articles:
            number += 1
            _article(word, number, article)
        if chapter.reaches:
            _reaches(word, chapter.reaches)


def _article(word: Word, number: int, article: Article) -> None:
    word.add_heading(_said(Phrase("rules_article", {"number": number, "heading": article.heading})), level=2)
    lines = [word.add_paragraph(_said(line), style="List Bullet") for line in article.lines]
    # no article is parted by the end of a page
    for paragraph in [*lines, *(_note(word, note) for note in article.notes)][:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _reaches(word: Word, reaches: list[Reach]) -> None:
    """The list of whom to call, to be hung up beside the telephone."""
    word.add_heading(_said(Phrase("rules_reaches")), level=2)
    head = [_said(label) for label in (Phrase("rules_who"), Phrase("rules_about"), Phrase("rules_at"))]
    table = _table(word, [head, *(_reach(reach) for reach in reaches)], REACHES)
    paper.repeat_on_each_page(table.rows[0])
    for cell in table.rows[0].cells:
        paper.shade(cell)
    # on one page, as far as it goes on one
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _reach(reach: Reach) -> list[str]:
    timed = Phrase("rules_at_hours", {"at": reach.at, "hours": reach.hours})
    return [_said(reach.who), _said(reach.about), _said(timed if reach.hours else reach.at)]


def _table(word: Word, lines: list[list[str]], widths: tuple[Length, ...]) -> Table:
    """Word takes the widths of the cells, LibreOffice those of the columns."""
    table: Table = word.add_table(len(lines), len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, line in zip(table.rows, lines, strict=True):
        row.height = ROW
        paper.keep_whole(row)
        for cell, text, width in zip(row.cells, line, widths, strict=True):
            cell.text, cell.width = text, width
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    return table
