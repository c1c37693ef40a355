"""Taking our annotation off again."""

from perfxl.model.annotation import FORMAT_MARK, NOTE_MARK, RESULT_SHEET
from perfxl.writer import journal
from perfxl.writer.clean_marks import strip_formats, strip_notes
from perfxl.writer.draft import Draft
from perfxl.writer.drop_sheet import drop_sheets
from perfxl.writer.package import Package
from perfxl.writer.result_search import ResultSheet, result_sheets
from perfxl.writer.workbook import SheetEntry, Workbook

_FORMAT_BYTES = FORMAT_MARK.encode()
_NOTE_BYTES = NOTE_MARK.encode()


def clean(data: bytes) -> bytes:
    """The workbook without our highlights, notes and result sheet.

    Where only we touched the file every part is as it was before, byte for byte. Where another
    program saved it since, what carries our markers goes and nothing else is changed. Without
    anything of ours the same bytes come back.

    Raises:
        RefusedEdit: the file cannot be edited without harm; says why.
    """
    book = Workbook(Draft(Package(data)))
    return book.draft.package.to_bytes() if remove_annotation(book) else data


def is_annotated(data: bytes) -> bool:
    """Whether a workbook carries anything of ours."""
    book = Workbook(Draft(Package(data)))
    return bool(result_sheets(book)) or any(_has_marks(book, sheet) for sheet in book.sheets)


def remove_annotation(book: Workbook) -> bool:
    """Take our annotation out of a workbook's package; whether there was any.

    The workbook is not to be used afterwards when there was.
    """
    package = book.draft.package
    found = False
    while True:  # a copy of a copy may carry more than one
        results = result_sheets(book)
        if not any(journal.undo(package, result.sheet.part) for result in reversed(results)):
            return _remove_by_markers(book, results) or found
        found = True
        book = Workbook(Draft(package))


def _remove_by_markers(book: Workbook, results: list[ResultSheet]) -> bool:
    ours = {result.sheet.index for result in results}
    marked = [sheet for sheet in book.sheets if sheet.index not in ours and _has_marks(book, sheet)]
    if marked and not results:
        # Somebody cleared the marker; with our marks about, the name says enough.
        results = [
            ResultSheet(sheet, None)
            for sheet in book.sheets
            if sheet.name == RESULT_SHEET and sheet.is_worksheet
        ]
    if not marked and not results:
        return False
    for sheet in marked:
        strip_formats(book, sheet)
        strip_notes(book, sheet)
    if results:
        drop_sheets(book, results)
    book.draft.commit()
    return True


def _has_marks(book: Workbook, sheet: SheetEntry) -> bool:
    """Whether the bytes of a sheet or of its notes hold a marker."""
    if not sheet.is_worksheet:
        return False
    draft = book.draft
    if _FORMAT_BYTES in draft.read(sheet.part):
        return True
    for relation in book.relations_of(sheet.part).values():
        part = draft.package.find(relation.target) if relation.kind == "comments" else None
        if part and _NOTE_BYTES in draft.read(part):
            return True
    return False
