"""Files of our own making: which ones they are, and what they were made of."""

import re
from pathlib import Path

from perfxl.errors import RefusedFile
from perfxl.model.annotation import FINDINGS_NAME
from perfxl.model.cells import Book
from perfxl.reader.workbook import read_book

_OUR_SUFFIX = re.compile(r"(\.(annotated|clean|findings)(-\d+)?)+$")


def is_findings_workbook(path: Path) -> bool:
    """Whether a file named like a workbook of findings of ours is one."""
    if ".findings" not in path.stem:
        return False
    try:
        return FINDINGS_NAME in read_book(path).names
    except RefusedFile:
        return False


def unchanged_original(path: Path) -> Path | None:
    """The file beside a copy of ours that holds the very same, or None.

    A copy in which something was changed or answered since is a return in its own right.
    """
    original = original_of(path)
    if original == path or not original.is_file():
        return None
    try:
        copy = read_book(path)
        is_same = not copy.answers and contents_of(copy) == contents_of(read_book(original))
    except RefusedFile:
        return None
    return original if is_same else None


def contents_of(book: Book) -> list[tuple[str, dict[tuple[int, int], tuple[str, str | None]]]]:
    """What stands in the cells, sheet by sheet, whatever it looks like."""
    return [
        (
            sheet.name,
            {at: (c.raw, c.formula) for at, c in sheet.cells.items() if c.raw or c.formula},
        )
        for sheet in book.sheets
    ]


def original_of(path: Path) -> Path:
    """The name that a file had before any of our suffixes."""
    return path.with_name(_OUR_SUFFIX.sub("", path.stem) + path.suffix)


def write_beside_original(path: Path, suffix: str, data: bytes) -> Path:
    """Write `a.<suffix>.xlsx` beside `a.xlsx`, whatever of ours the name already says."""
    from perfxl.writer.output import write_beside

    return write_beside(original_of(path), suffix, data)
