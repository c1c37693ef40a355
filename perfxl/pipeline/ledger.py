"""The ledgers of a workbook: where its scores come from."""

from pathlib import Path

from perfxl.engine.ledger.build import build_ledger
from perfxl.engine.ledger.grades import grade_ledger
from perfxl.engine.ledger.record import TracedFile, TracedTable
from perfxl.model.cells import Book
from perfxl.model.report import SchemeRef
from perfxl.pipeline.matching import scheme_for
from perfxl.pipeline.options import Options
from perfxl.reader.recalculate import recalculate
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.rules.base import Subject
from perfxl.scheme.find import scheme_vocabulary


def trace_file(
    path: Path, scheme_id: str | None = None, schemes_folder: Path | None = None
) -> TracedFile:
    """Where the scores of a workbook come from.

    Args:
        path: the workbook.
        scheme_id: the scheme to go by; found out for each table when None.
        schemes_folder: where to look for schemes first.

    Raises:
        RefusedFile: the gate refuses the file.
        SchemeError: the scheme asked for does not exist or is broken.
    """
    return trace_book(path, read_book(path), scheme_id, schemes_folder)


def trace_book(
    path: Path, book: Book, scheme_id: str | None = None, schemes_folder: Path | None = None
) -> TracedFile:
    """The same of a workbook that was read already; `path` is only named, the book is recalculated.

    Raises:
        SchemeError: the scheme asked for does not exist or is broken.
    """
    recalculate(book)
    returned = read_return(book, scheme_vocabulary(schemes_folder))
    tables = []
    for form in returned.forms:
        match = scheme_for(book, form, Options((), scheme_id, schemes_folder))
        subject = Subject(returned, tuple(book.remarks), form, match.scheme if match else None)
        ref = SchemeRef(match.scheme.id, match.scheme.version, match.how) if match else None
        total = build_ledger(subject, book)
        tables.append(TracedTable(form.sheet, ref, total, grade_ledger(subject, total)))
    return TracedFile(
        str(path),
        book.sha256,
        returned.unit.value if returned.unit else "",
        returned.year.value if returned.year else "",
        tuple(tables),
    )
