"""What goes back to a unit: its return annotated, or the list that stands in for that."""

from collections.abc import Sequence

from perfxl.errors import RefusedEdit, RefusedFile
from perfxl.model.report import Entry
from perfxl.reader.workbook import read_book


def annotated_copy(data: bytes, entries: Sequence[Entry]) -> tuple[bytes, bool]:
    """A return with its findings marked in it; what the unit answered stays beside them.

    Args:
        data: the return.
        entries: its check.

    Returns:
        The copy and True; a workbook that lists the findings and False where the return cannot be
        edited without harm.
    """
    from perfxl.render.page import marks, result_page
    from perfxl.writer.annotate import annotate

    try:
        answers = read_book(data).answers
        page = result_page(entries, answers=answers)
        return annotate(data, [mark for entry in entries for mark in marks(entry)], page), True
    except RefusedFile as refusal:
        why = refusal.detail
    except RefusedEdit as refusal:
        why = str(refusal)
    from perfxl.render.xlsx import findings_workbook

    return findings_workbook(result_page(entries, refusal=why)), False
