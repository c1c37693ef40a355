"""Findings written into a returned workbook: highlights, notes and the sheet 校验结果."""

from collections.abc import Sequence

from perfxl.model.address import from_a1
from perfxl.model.page import Mark, Page
from perfxl.writer import journal
from perfxl.writer.clean import remove_annotation
from perfxl.writer.draft import Draft
from perfxl.writer.highlights import areas_of, formats, insert_at, merged_areas, strongest
from perfxl.writer.notes import add_notes, note_text
from perfxl.writer.package import Package
from perfxl.writer.result_sheet import result_sheet
from perfxl.writer.result_styles import ResultStyles
from perfxl.writer.styles import Styles
from perfxl.writer.tabs import activate, active_tab, append_tab, deselect_all, result_name
from perfxl.writer.words import Words
from perfxl.writer.workbook import SheetEntry, Workbook
from perfxl.writer.xml_scan import namespace_for


def annotate(data: bytes, marks: Sequence[Mark], page: Page) -> bytes:
    """An annotated copy of a workbook.

    What may change: the marked sheets and the one that was selected, their relations, comments
    and drawings of notes, the styles, the workbook and its relations, the content types; the
    sheet 校验结果 comes on top. Every other part stays byte for byte. An annotation that the
    file already carries is taken off first.

    Args:
        data: an xlsx or xlsm.
        marks: highlights and notes. One for no cell, or for a sheet that the workbook does not
            have, is left out; the page still tells of it.
        page: the sheet 校验结果.

    Raises:
        RefusedEdit: the file cannot be edited without harm; says why.
    """
    book = Workbook(Draft(Package(data)))
    if remove_annotation(book):
        book = Workbook(Draft(book.draft.package))
    styles = Styles(book)
    words = Words(book, styles)
    by_sheet: dict[str, list[Mark]] = {}
    for mark in marks:
        if _is_address(mark.place.cell):
            by_sheet.setdefault(mark.place.sheet, []).append(mark)
    for sheet in book.sheets:
        if sheet.is_worksheet and sheet.name in by_sheet:
            _mark_sheet(book, sheet, by_sheet[sheet.name], styles, words)
    return _with_result(book, page, styles)


def _mark_sheet(
    book: Workbook, sheet: SheetEntry, marks: list[Mark], styles: Styles, words: Words
) -> None:
    """Highlights on the areas that the marks cover, notes on their top left cells."""
    data = book.draft.read(sheet.part)
    root = book.outline(sheet.part)
    areas = areas_of(marks, merged_areas(root))
    kinds = {area: strongest(found) for area, found in areas.items()}
    codes = words.codes(data, root, kinds)
    at = insert_at(root)
    new = formats(root, namespace_for(data, root), kinds, codes, styles)
    book.draft.cut(sheet.part, at, at, new)
    texts = {
        (area.top, area.left): note_text([mark.note for mark in found])
        for area, found in areas.items()
    }
    add_notes(book, sheet, {cell: text for cell, text in texts.items() if text})


def _with_result(book: Workbook, page: Page, styles: Styles) -> bytes:
    """The package with the result sheet in it, shown first, and the journal inside that sheet."""
    draft = book.draft
    former = active_tab(book)
    part, _ = book.free_part("xl/worksheets/sheet{}.xml")
    before, after = result_sheet(page, ResultStyles(styles), former)
    append_tab(book, result_name(book), part)
    deselect_all(book)
    activate(book, len(book.sheets))
    styles.flush()
    book.flush_relations()
    added = [*draft.added, part]
    record = journal.comment(draft.commit(), added)
    draft.package.put(part, before.encode() + record + after.encode())
    return draft.package.to_bytes()


def _is_address(cell: str) -> bool:
    try:
        from_a1(cell)
    except ValueError:
        return False
    return True
