"""The template of a 退回单: a Word page with fields, which a bureau may put into its own words.

`notice.docx` beside this module is `notice_template()`; a test keeps the two equal.
"""

import io
from typing import TYPE_CHECKING

from perfxl.document.package import repacked

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_BODY, _HEADING, _TITLE = "仿宋", "黑体", "方正小标宋简体"
_LATIN = "Times New Roman"
_BODY_SIZE, _TABLE_SIZE, _TITLE_SIZE, _SMALL = 14.0, 10.5, 22.0, 10.5
_LINE = 26.0  # points from line to line
_AIR = 3.0  # points above and below the text of a cell
_MARGIN = 2.6  # cm
_HEAD_FILL = "F2F2F2"
_GAP = 8.0  # points between text and table
# cm, together the width between the margins; a place is a sheet of six letters and a cell.
_COLUMNS = (("序号", 1.2), ("位置", 3.4), ("问题", 6.8), ("怎么改", 4.4))
_CELLS = ("{{ row.number }}", "{{ row.place }}", "{{ row.problem }}", "{{ row.fix }}")
_SEVERITY, _PROBLEM = "【{{ row.severity }}】", 2  # in bold before the text of that column


def notice_template() -> bytes:
    """The template as it is shipped: A4, 仿宋, fields for docxtpl; always the same bytes."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = docx.Document()
    _set_up(document)
    title = _add(document, "{{ title }}", size=_TITLE_SIZE, font=_TITLE, indent=False)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = None
    title.paragraph_format.space_after = Cm(0.6)
    _add(document, "{{ addressee }}：", indent=False)
    _add(document, "{{ opening }}").paragraph_format.space_after = Pt(_GAP)
    _add(document, "{%p if rows %}", indent=False)
    _add_table(document)
    _add(document, "{%p endif %}", indent=False)
    _add(document, "{%p if more %}", indent=False)
    _add(document, "{{ more }}")
    _add(document, "{%p endif %}", indent=False)
    _add(document, "{{ request }}").paragraph_format.space_before = Pt(_GAP)
    _add(document, "{%p if contact %}", indent=False)
    _add(document, "{{ contact }}")
    _add(document, "{%p endif %}", indent=False)
    _add(document, "{%p for line in signature %}", indent=False)
    signed = _add(document, "{{ line }}", indent=False)
    signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    signed.paragraph_format.right_indent = Cm(1)
    signed.paragraph_format.keep_with_next = True
    _add(document, "{%p endfor %}", indent=False)
    _add(document, "{%p if basis %}", indent=False)
    _add(document, "依据：{{ basis }}", size=_SMALL, indent=False)
    _add(document, "{%p endif %}", indent=False)
    return _saved(document)


def _set_up(document: "Document") -> None:
    """A4, even margins, one style for everything, no leftovers of the library's own template."""
    from docx.shared import Cm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(_MARGIN)
    normal = document.styles["Normal"]
    normal.font.size = Pt(_BODY_SIZE)
    _set_fonts(normal.element.get_or_add_rPr(), _BODY)
    _set_language(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "退回单", "", ""


def _add(
    document: "Document", text: str, *, size: float = 0, font: str = "", indent: bool = True
) -> "Paragraph":
    """A paragraph of body text; the first line is set in by two characters."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)
    if font:
        _set_fonts(run._element.get_or_add_rPr(), font)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(_LINE)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY_SIZE)
    return paragraph


def _add_table(document: "Document") -> None:
    """Heads that repeat on every page, and a row for each finding, never split between pages."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table = document.add_table(rows=4, cols=len(_COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER  # else it stands out by the padding of a cell
    for column, (head, width) in enumerate(_COLUMNS):
        table.columns[column].width = Cm(width)
        for row in table.rows:
            row.cells[column].width = Cm(width)
        _fill(table.cell(0, column), head, font=_HEADING, centred=True)
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _HEAD_FILL)
        table.cell(0, column)._tc.get_or_add_tcPr().append(shade)
        strong = _SEVERITY if column == _PROBLEM else ""
        _fill(table.cell(2, column), _CELLS[column], strong=strong, centred=column < 2)
    _fill(table.cell(1, 0), "{%tr for row in rows %}")
    _fill(table.cell(3, 0), "{%tr endfor %}")
    for number, mark in ((0, "w:tblHeader"), (0, "w:cantSplit"), (2, "w:cantSplit")):
        table.rows[number]._tr.get_or_add_trPr().append(OxmlElement(mark))


def _fill(
    cell: "_Cell", text: str, *, strong: str = "", font: str = _BODY, centred: bool = False
) -> None:
    """A cell's text, behind a `strong` part where there is one."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(_AIR)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in filter(None, (strong, text)):
        run = paragraph.add_run(part)
        run.bold = True if part == strong else None
        run.font.size = Pt(_TABLE_SIZE)
        _set_fonts(run._element.get_or_add_rPr(), font)


def _set_language(document: "Document") -> None:
    """Simplified Chinese: no mark begins a line, and marks stand where they do in China."""
    from docx.oxml.ns import qn

    (language,) = document.styles.element.iter(qn("w:lang"))
    language.set(qn("w:eastAsia"), "zh-CN")


def _set_fonts(properties: object, font: str) -> None:
    """Chinese in one font, digits and letters in another; Word keeps the two apart."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind, face in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{kind}"), face)
    fonts.set(qn("w:hint"), "eastAsia")  # quotes and dashes, which both have, are the Chinese ones


def _saved(document: "Document") -> bytes:
    import datetime

    moment = datetime.datetime(2000, 1, 1)  # of no meaning, but always the same
    document.core_properties.created = document.core_properties.modified = moment
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())
