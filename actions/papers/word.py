"""An empty Word document as it is read in Japan: A4, one Japanese typeface, page numbers, styles to edit by.

python-docx begins with a document of its maker's: Letter paper, western typefaces, a preview picture. What
of that would show, or name another program, is put right here.
"""

from datetime import date, datetime, time
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

LANGUAGE = "ja-JP"
# With Windows since 2018; where it is missing, Word takes a Japanese one that is there.
FONT = "BIZ UDPGothic"
INDIGO = RGBColor(0x26, 0x3A, 0x6B)
GREY = RGBColor(0x55, 0x55, 0x55)
SHADE, EDGE = "EFEFEF", "8A8A8A"
# As Word itself has it, in twentieths of a point.
A4 = Twips(11906), Twips(16838)
MARGIN = Mm(22)
# Name, size and line in points, points before and after. Lines are exact: typefaces differ much in height.
STYLES = [
    ("Normal", 10, 15, 0, 2),
    ("Title", 17, 24, 0, 4),
    ("Heading 1", 13, 18, 12, 2),
    ("Heading 2", 10.5, 15, 5, 1),
    ("List Bullet", 10, 15, 0, 1),
    ("Header", 8.5, 12, 0, 0),
    ("Footer", 8.5, 12, 0, 0),
]
# What the styles used stand on; of the maker's hundred others each would slow down every search for one.
BELOW = {"Default Paragraph Font", "Normal Table", "No List", "Table Grid"}
# Parts that show another maker, and what has to stand behind a shade in a style: Word refuses another order.
FOREIGN = ("/thumbnail", "/extended-properties", "/customXml", "/stylesWithEffects")
AFTER_SHADE = ("w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def empty(title: str, made_on: date, note_style: str) -> Word:
    """The document, with a style of that name for what is to be taken out again."""
    word = Document()
    _clear(word)
    _pages(word)
    _typefaces(word)
    for name, size, line, before, after in STYLES:
        _set(word.styles[name], size, line, before, after)
    _note(word, note_style)
    _bullets(word)
    _properties(word, title, made_on)
    return word


def header(word: Word, text: str) -> None:
    paragraph = word.sections[0].header.paragraphs[0]
    paragraph.text = text
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def page_numbers(word: Word) -> None:
    """「2 / 5」 at the foot of each page."""
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _field(paragraph, "NUMPAGES")


def repeat_on_each_page(row: _Row) -> None:
    """The head of a table that may run over the page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(row: _Row) -> None:
    """Not broken at the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell: _Cell) -> None:
    form = cell._tc.get_or_add_tcPr()
    form.insert_element_before(_made("w:shd", val="clear", color="auto", fill=SHADE), "w:vAlign")


def _clear(word: Word) -> None:
    """Without the maker's styles; Word brings its own when they are asked for."""
    kept = BELOW | {name for name, *_ in STYLES} | {f"{name} Char" for name, *_ in STYLES}
    for style in [style for style in word.styles if style.name not in kept]:
        style.delete()


def _pages(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    section.header_distance = section.footer_distance = Mm(9)


def _typefaces(word: Word) -> None:
    """One for every kind of character, in every style; a theme's would go before it."""
    for fonts in word.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
        language.set(qn("w:eastAsia"), LANGUAGE)
    word.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), LANGUAGE)


def _set(style: ParagraphStyle, size: float, line: float, before: float, after: float) -> None:
    style.font.size = Pt(size)
    style.font.bold = style.name.startswith(("Title", "Heading"))
    style.font.color.rgb = INDIGO if style.font.bold else None
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.space_before, form.space_after = Pt(before), Pt(after)


def _note(word: Word, name: str) -> None:
    """A grey box in small grey letters, told at a glance from what stays."""
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    _set(style, 9, 14, 1, 2)
    style.font.color.rgb = GREY
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(3)
    style.paragraph_format.keep_together = True
    form = style.element.get_or_add_pPr()
    edges = OxmlElement("w:pBdr")
    edges.append(_made("w:left", val="single", sz="18", space="6", color=EDGE))
    form.insert_element_before(edges, "w:shd", *AFTER_SHADE)
    form.insert_element_before(_made("w:shd", val="clear", color="auto", fill=SHADE), *AFTER_SHADE)


def _bullets(word: Word) -> None:
    """A middle dot of the same typeface; the maker's bullet is of a western symbol font."""
    style = word.styles["List Bullet"]
    used = style.element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    numbering = word.part.numbering_part.element
    numbered = numbering.num_having_numId(int(used))
    (look,) = [one for one in numbering if one.get(qn("w:abstractNumId")) == str(numbered.abstractNumId.val)]
    for other in [one for one in numbering if one not in (numbered, look)]:
        numbering.remove(other)
    look.find(f".//{qn('w:lvlText')}").set(qn("w:val"), "・")
    fonts = look.find(f".//{qn('w:rFonts')}")
    for kind in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Mm(5), Mm(-5)


def _properties(word: Word, title: str, made_on: date) -> None:
    core = word.core_properties
    core.title, core.language, core.revision = title, LANGUAGE, 1
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = datetime.combine(made_on, time())
    mode = word.settings.element.find(f".//{qn('w:compatSetting')}[@{qn('w:name')}='compatibilityMode']")
    # that of Word 2013 and later: an older one is opened with a warning in the title bar
    mode.set(qn("w:val"), "15")
    for related in (word.part.package.rels, word.part.rels):
        for key in [key for key, part in related.items() if part.reltype.endswith(FOREIGN)]:
            del related[key]


def _field(paragraph: Paragraph, name: str) -> None:
    field = _made("w:fldSimple", instr=name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _made(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
