"""A return that carries our annotation is read without it."""

from perfxl.model.annotation import NOTE_MARK, RESULT_MARK, RESULT_SHEET, strip_our_note
from perfxl.model.cells import Book, Remark, Sheet
from perfxl.reader.answers import answers_in

_FORMAT_TRACES = (b'"perfxl:', b"&quot;perfxl:")
_MARK_ROWS = 3  # the mark stands in the first row, unless rows were put above it


def has_our_formats(data: bytes) -> bool:
    """Whether a worksheet's part mentions the marker of our conditional formats."""
    return any(trace in data for trace in _FORMAT_TRACES)


def take_out_annotation(book: Book, *, has_formats: bool) -> None:
    """Drop our sheet and our notes, keep the answers in them, and note that they were there.

    A sheet is ours by its mark. One that merely has our sheet's name is ours only where other
    traces remain (someone cleared its first row); a unit may have named a sheet so itself.
    """
    has_notes = _strip_notes(book)
    ours = [sheet for sheet in book.sheets if _has_mark(sheet)]
    if not ours and (has_formats or has_notes):
        ours = [sheet for sheet in book.sheets if sheet.name == RESULT_SHEET]
    if not (ours or has_formats or has_notes):
        return
    book.answers = answers_in(ours)
    names = {sheet.name for sheet in ours}
    book.sheets = [sheet for sheet in book.sheets if sheet.name not in names]
    book.remarks = [remark for remark in book.remarks if remark.place.sheet not in names]
    book.is_annotated = True
    book.remarks.append(Remark("FL206", "已按标注前的内容读取"))


def _strip_notes(book: Book) -> bool:
    found = False
    for sheet in book.sheets:
        for cell, text in list(sheet.comments.items()):
            if NOTE_MARK not in text:
                continue
            found = True
            kept = strip_our_note(text)
            if kept.strip():
                sheet.comments[cell] = kept
            else:
                del sheet.comments[cell]
    return found


def _has_mark(sheet: Sheet) -> bool:
    for (row, _), cell in sheet.cells.items():
        if row > _MARK_ROWS:
            return False
        if RESULT_MARK in cell.raw:
            return True
    return False
