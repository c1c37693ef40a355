"""A return as a round sees it: its check, and what it says of itself."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from perfxl.model.annotation import FINDINGS_NAME, LEDGER_NAME
from perfxl.model.cells import Book
from perfxl.pipeline.checking import Checked, check_book
from perfxl.pipeline.options import Options
from perfxl.pipeline.own import contents_of
from perfxl.reader.workbook import read_book
from perfxl.scheme.stamp import Stamp, read_stamp

_TITLE_ROWS = 5
_LONGEST_TITLE = 80  # characters; longer texts are instructions
_OWN = {FINDINGS_NAME, LEDGER_NAME}
_MARKS = ("初报", "复报")


@dataclass(frozen=True, slots=True)
class Returned:
    """The check of a return, its stamp, and what tells it from others.

    Attributes:
        checked: its check.
        stamp: what our own workbooks carry; None where there is none.
        content: a digest of what stands in the cells and of the unit's answers, the same for
            copies that programs saved each in its way; "" where nothing could be read.
        titles: the texts at the heads of its sheets that speak of 初报 or 复报.
        is_own: a ledger, a summary or a list of findings that we made, and no return.
    """

    checked: Checked
    stamp: Stamp | None = None
    content: str = ""
    titles: tuple[str, ...] = ()
    is_own: bool = False


def check_return(
    path: Path, member: str | None, load: Callable[[], bytes] | None, options: Options
) -> Returned:
    """Check a returned workbook and see what it says of itself.

    Args:
        path: the file, or the zip that it lies in.
        member: its path inside the zip, or None.
        load: its bytes, None for those of the file itself; a RefusedFile becomes a finding.
        options: what the check asks for.

    Raises:
        SchemeError: the scheme asked for does not exist or is broken.
    """
    seen: list[Returned] = []

    def read() -> Book:
        book = read_book(path if load is None else load())
        # Before anything is computed: the check fills in what formulas come to.
        seen.append(_look(book))
        return book

    checked = check_book(path, member, read, options)
    return replace(seen[0], checked=checked) if seen else Returned(checked)


def _look(book: Book) -> Returned:
    titles = [
        text
        for sheet in book.sheets
        for (row, _), cell in sheet.cells.items()
        if row <= _TITLE_ROWS and len(text := cell.raw.strip()) <= _LONGEST_TITLE
        if any(mark in text for mark in _MARKS)
    ]
    return Returned(
        Checked(()),
        read_stamp(book.names, book.properties),
        _digest(book),
        tuple(titles),
        not _OWN.isdisjoint(book.names),
    )


def _digest(book: Book) -> str:
    told = [(name, sorted(cells.items())) for name, cells in contents_of(book)]
    whole = repr((told, book.answers))
    return hashlib.sha256(whole.encode(errors="surrogatepass")).hexdigest()
