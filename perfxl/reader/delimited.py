"""Text files of rows and columns: CSV, and the tabbed text that Excel saves."""

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from pathlib import Path

from perfxl.errors import UsageError

SUFFIXES = (".csv", ".txt")
_ENCODINGS = ("utf-8-sig", "gb18030")
_BIGGEST = 64_000_000  # bytes
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as Excel counts it, and its texts by column from 1, blanks left out."""

    number: int
    texts: dict[int, str]


def read_delimited(path: Path) -> tuple[Row, ...]:
    """The rows of a text file that are not blank, in UTF-8, GBK or UTF-16 with its mark.

    Raises:
        UsageError: it cannot be read, is too large, or is no table; says what to do.
    """
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows: list[Row] = []
    try:
        for number, cells in enumerate(reader, start=1):
            found = {c: kept for c, cell in enumerate(cells, start=1) if (kept := cell.strip())}
            if found:
                rows.append(Row(number, found))
    except csv.Error as problem:
        raise UsageError(f"{path} 不是规整的 CSV（第{reader.line_num}行）") from problem
    return tuple(rows)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _BIGGEST:
            raise UsageError(f"{path}：文件太大，不像是手工整理的表")
        data = path.read_bytes()
    except OSError as problem:
        raise UsageError(f"{path}：无法读取（{problem.strerror}）") from problem
    is_wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))  # 「Unicode 文本」 of Excel
    for encoding in ("utf-16",) if is_wide else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UsageError(f"{path} 的编码看不懂，请另存为 UTF-8 或 GBK 的 CSV")


def _separator(text: str) -> str:
    """What parts the cells of most lines; commas may stand inside of amounts."""
    lines = [_QUOTED.sub("", line) for line in text.splitlines() if line.strip()]
    for mark in ("\t", ",", ";"):
        if sum(mark in line for line in lines) * 2 > len(lines):
            return mark
    return ","
