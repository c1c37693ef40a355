"""Tables of figures: exports of the accounts or the budget system, as CSV or Excel."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl.errors import RefusedFile, UsageError
from perfxl.model.address import column_letters
from perfxl.model.cells import CellType
from perfxl.model.figure import Figure
from perfxl.model.number import parse_stored, parse_typed, plain
from perfxl.reader.workbook import read_book
from perfxl.scheme.vocabulary import fold

if TYPE_CHECKING:
    import pandas as pd

_SEPARATORS = (",", "\t", ";")
_ENCODINGS = ("utf-8-sig", "gb18030")
_EXCEL = {".xlsx", ".xlsm", ".xls", ".et"}
_MOST_COLUMNS = 100
_UNIT = re.compile(r"[(（:：](?:单位[:：])?(万元|元|%)[)）]?\Z")
_UNIT_NOTE = re.compile(r"单位[:：]\s*(?:人民币)?(万元|元|%)")
_UNIT_HEADS = {"单位", "计量单位", "度量单位"}


def read_figures(path: Path) -> tuple[Figure, ...]:
    """Every figure of a file, sheet by sheet, row by row.

    A figure's row is named by the first text of its row, its column by the nearest text above.

    Raises:
        UsageError: neither CSV nor Excel, or it cannot be read; says what to do.
    """
    kind = path.suffix.lower()
    if kind in _EXCEL:
        return tuple(_from_workbook(path))
    if kind in (".csv", ".txt"):
        return tuple(_figures(_csv_frame(path), path.name, ""))
    raise UsageError(f"{path}：数据文件应为 .csv、.xlsx 或 .xls")


def _from_workbook(path: Path) -> Iterator[Figure]:
    import pandas as pd

    try:
        book = read_book(path)
    except RefusedFile as refusal:
        raise UsageError(f"{path} 打不开：{refusal.detail}") from refusal
    for sheet in book.sheets:
        if sheet.state != "visible" or not sheet.cells:
            continue
        shown = {at: _shown(c.type, c.raw) for at, c in sheet.cells.items() if c.raw.strip()}
        height = max((row for row, _ in shown), default=0)
        width = min(max((column for _, column in shown), default=0), _MOST_COLUMNS)
        frame = pd.DataFrame("", index=range(1, height + 1), columns=range(1, width + 1))
        for (row, column), text in shown.items():
            if column <= width:
                frame.at[row, column] = text
        yield from _figures(frame, path.name, sheet.name)


def _shown(kind: CellType, raw: str) -> str:
    """The text of a cell, numbers at the 15 digits that Excel keeps."""
    number = parse_stored(raw) if kind is CellType.NUMBER else None
    return raw.strip() if number is None else plain(number)


def _csv_frame(path: Path) -> "pd.DataFrame":
    import pandas as pd

    data = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            frame = pd.read_csv(
                StringIO(text), header=None, names=range(1, _MOST_COLUMNS + 1), dtype=str,
                sep=max(_SEPARATORS, key=text.count), engine="python", keep_default_na=False,
                skip_blank_lines=False,
            )  # fmt: skip
        except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            raise UsageError(f"{path} 不是规整的 CSV：{error}") from error
        frame.index = range(1, len(frame) + 1)
        return frame.fillna("").map(str.strip)
    raise UsageError(f"{path} 的编码看不懂，请另存为 UTF-8 或 GBK 的 CSV")


def _figures(frame: "pd.DataFrame", file: str, sheet: str) -> Iterator[Figure]:
    """The figures of a grid of texts."""
    note = _note(frame)
    heads: dict[int, str] = {}
    for number, cells in frame.iterrows():
        texts = {int(column): str(text) for column, text in cells.items() if text}
        numbers = {column for column, text in texts.items() if parse_typed(text) is not None}
        words = {column: text for column, text in texts.items() if column not in numbers}
        if not words:
            continue
        first = min(words)
        values = {c for c in texts if c > first and (c in numbers or _is_answer(c, heads))}
        if not numbers and len(words) > 1 and not values:
            heads = words
            continue
        own_unit = next(
            (words[c] for c, head in heads.items() if _is_unit_head(head, c, words)), ""
        )
        many = sum(1 for c in texts if c in values and c in numbers) > 1
        for column in sorted(values):
            head = heads.get(column, "")
            typed = parse_typed(texts[column])
            value, suffix = typed if typed is not None else (texts[column], "")
            unit = suffix or _unit_of(head) or own_unit or _unit_of(words[first]) or note
            place = _place(sheet, int(str(number)), column)
            yield Figure(
                _without_unit(words[first]),
                _without_unit(head) if head or many else "",
                value,
                unit,
                file,
                place,
            )


def _is_answer(column: int, heads: dict[int, str]) -> bool:
    """Whether a text stands where a value is expected: 是, 否, 合规."""
    return fold(heads.get(column, "")) in {"数值", "值", "填报值", "结果", "答案", "内容"}


def _is_unit_head(head: str, column: int, words: dict[int, str]) -> bool:
    return fold(head) in _UNIT_HEADS and column in words


def _unit_of(text: str) -> str:
    found = _UNIT.search(text.strip())
    return found[1] if found else ""


def _without_unit(text: str) -> str:
    return _UNIT.sub("", text.strip()).strip() if text else text


def _note(frame: "pd.DataFrame") -> str:
    """The unit that a line over the table gives for all of it."""
    for text in frame.head(10).to_numpy().ravel():
        found = _UNIT_NOTE.search(str(text))
        if found:
            return found[1]
    return ""


def _place(sheet: str, row: int, column: int) -> str:
    letters = column_letters(column)
    return f"{sheet}!{letters}{row}" if sheet else f"第{row}行{letters}列"
