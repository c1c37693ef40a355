"""What units wrote into the column 单位说明 of our result sheet.

Found by the heads of its tables: other programs renumber rows, drop formats and rename the sheet.
"""

import re
from collections.abc import Iterable, Iterator

from perfxl.model.address import Place, from_a1
from perfxl.model.annotation import (
    ANSWER_HEAD,
    CODE_HEAD,
    FINDINGS_TITLE,
    PLACE_HEAD,
    PROBLEM_HEAD,
    SHEET_LABEL,
    WHOLE_FILE,
)
from perfxl.model.cells import Answer, CellType, Sheet

_TITLE = re.compile(rf"{FINDINGS_TITLE}(?:（(?P<sheet>.+)）)?", re.DOTALL)
_CODE = re.compile(r"[A-Z]{2}\d{3}", re.ASCII)

_Row = dict[int, str]  # texts by column


def answers_in(sheets: Iterable[Sheet]) -> tuple[Answer, ...]:
    """The answers in our result sheets, top to bottom."""
    return tuple(answer for sheet in sheets for answer in _answers(_rows(sheet)))


def _rows(sheet: Sheet) -> list[_Row]:
    """The rows with their texts, blank ones between them included."""
    rows: dict[int, _Row] = {}
    for (row, column), cell in sheet.cells.items():
        text = cell.raw.strip()
        if text and cell.type is not CellType.ERROR:
            rows.setdefault(row, {})[column] = text
    return [rows.get(number, {}) for number in range(1, max(rows, default=0) + 1)]


def _answers(rows: list[_Row]) -> Iterator[Answer]:
    only = home = ""
    columns: dict[str, int] | None = None
    for row in rows:
        only = only or _sheet_told(row)
        heads = {text: column for column, text in row.items()}
        if {PLACE_HEAD, ANSWER_HEAD, CODE_HEAD} <= heads.keys():
            columns = heads
        elif columns and columns[ANSWER_HEAD] in row:
            yield _answer(row, columns, home)
        elif len(row) == 1:  # the title of the next table
            title = _TITLE.fullmatch(next(iter(row.values())))
            home, columns = (title["sheet"] or only) if title else home, None


def _sheet_told(row: _Row) -> str:
    """The name beside 工作表 in the block that says what was checked."""
    at = next((column for column, text in row.items() if text == SHEET_LABEL), None)
    return "" if at is None else next((row[c] for c in sorted(row) if c > at), "")


def _answer(row: _Row, columns: dict[str, int], home: str) -> Answer:
    code = row.get(columns[CODE_HEAD], "")
    return Answer(
        code if _CODE.fullmatch(code) else "",
        _place(row.get(columns[PLACE_HEAD], ""), home),
        row[columns[ANSWER_HEAD]],
        row.get(columns.get(PROBLEM_HEAD, 0), ""),
    )


def _place(text: str, home: str) -> Place:
    """A place as the sheet shows it: H8, 资金表!G33, a sheet's name, 整个文件."""
    if text in ("", WHOLE_FILE):
        return Place("", "")
    sheet, sign, cell = text.rpartition("!")
    try:
        from_a1(cell)
    except ValueError:
        return Place(text, "")
    return Place(sheet if sign else home, cell)
