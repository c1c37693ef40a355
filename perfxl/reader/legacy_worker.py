"""Reads one .xls in a process of its own: bytes on stdin, one JSON object on stdout.

Run by `perfxl.reader.legacy` only. xlrd was not written for hostile files: they make it loop,
swallow memory or raise anything at all, so it runs where that harms nobody.
"""

import io
import json
import sys
from collections.abc import Iterator
from typing import Any

MEMORY_BYTES = 512 * 1024 * 1024
OUTPUT_BYTES = 128 * 1024 * 1024
CPU_SECONDS = 20
MAX_CELLS = 1_000_000
_OLDEST = 50  # xlrd's number for Excel 5.0
_UNICODE = 80  # and for Excel 97, the first whose texts need no code page
_NO_WORKBOOK = "find workbook"  # in xlrd's words: a compound file of another program
_EXTERNAL, _DDE = 2, 4  # kinds of a link's source
_SOLID = 1
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
_STRING_CONSTANT, _CELLS = 1, -1  # kinds of what a name stands for
_OUR_NAMES = "_perfxl_"

Object = dict[str, Any]


class Refusal(Exception):
    """Why the workbook is not read; `code` "" leaves it to the caller to say what it is."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def main() -> None:
    """Answer with the workbook, or with the code and the words of a refusal."""
    _limit()
    answer, sys.stdout = sys.stdout.buffer, io.StringIO()  # nothing that xlrd prints gets out
    try:
        said = json.dumps(_read(sys.stdin.buffer.read()))
    except Refusal as refusal:
        said = json.dumps({"refused": [refusal.code, refusal.detail]})
    except MemoryError:
        said = json.dumps({"refused": ["FL110", "读取所需的内存超过上限"]})
    answer.write(said.encode())
    answer.flush()


def _limit() -> None:
    """Bound memory, time and output where the platform can."""
    try:
        import resource
    except ImportError:
        return
    for kind, wanted in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (limit, limit))


def _read(data: bytes) -> Object:
    try:
        book = _open(data)
        return _book(book)
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # xlrd lets a dozen unrelated kinds through
        raise _refusal_for(error) from None


def _refusal_for(error: Exception) -> Refusal:
    words = str(error)
    if "encrypted" in words:
        return Refusal("FL102", "设了打开密码，或工作簿结构用密码保护")
    if _NO_WORKBOOK in words:
        return Refusal("", "没有工作簿")
    if isinstance(error, RecursionError):
        return Refusal("FL103", "结构嵌套过深")
    return Refusal("FL103", "旧格式文件的内部结构不完整")


def _open(data: bytes) -> Any:
    import xlrd

    options: Object = {
        "file_contents": data,
        "formatting_info": True,
        "ragged_rows": True,
        "logfile": io.StringIO(),
    }
    book = xlrd.open_workbook(**options)
    if book.biff_version < _OLDEST:
        raise Refusal("FL113", "Excel 4.0或更早的格式")
    if book.biff_version < _UNICODE and book.codepage is None:
        # Nothing says how its texts are coded; what is returned to a Chinese bureau is Chinese.
        book = xlrd.open_workbook(**options, encoding_override="gb18030")
    return book


def _book(book: Any) -> Object:
    sheets = book.sheets()
    if sum(len(row) for sheet in sheets for row in sheet._cell_types) > 4 * MAX_CELLS:
        raise Refusal("FL110", f"超过上限{MAX_CELLS}个")
    kinds = getattr(book, "_supbook_types", ())
    return {
        "is_date_1904": bool(book.datemode),
        "names": dict(_names(book)),
        "styles": [_style(book, xf) for xf in book.xf_list],
        "sheets": [_sheet(sheet) for sheet in sheets],
        "unread": sum(1 for index in getattr(book, "_all_sheets_map", ()) if index < 0),
        "has_links": _EXTERNAL in kinds,
        "has_dde": _DDE in kinds,
    }


def _names(book: Any) -> Iterator[tuple[str, str]]:
    """Workbook-level names that stand for a text, and those that our templates give to cells."""
    for name in book.name_obj_list:
        result = name.result
        if name.scope != -1 or result is None:
            continue
        if result.kind == _STRING_CONSTANT:
            text = str(result.value).replace('"', '""')
            yield name.name, f'"{text}"'
        elif result.kind == _CELLS and name.name.startswith(_OUR_NAMES):
            yield name.name, str(result.text)


def _style(book: Any, xf: Any) -> Object:
    font = book.font_list[xf.font_index] if xf.font_index < len(book.font_list) else None
    fill = xf.background
    number_format = book.format_map.get(xf.format_key)
    return {
        "key": xf.format_key,
        "format": number_format.format_str if number_format else "General",
        "font_color": _color(book, font.colour_index) if font else None,
        "fill_color": (
            _color(book, fill.pattern_colour_index) if fill.fill_pattern == _SOLID else None
        ),
        "size": font.height / 20 if font and font.height else None,
        "is_bold": bool(font and font.weight > 500),
        "is_locked": bool(xf.protection.cell_locked),
    }


def _color(book: Any, index: int) -> str | None:
    rgb = book.colour_map.get(index)
    return "{:02X}{:02X}{:02X}".format(*rgb) if rgb else None


def _sheet(sheet: Any) -> Object:
    return {
        "name": sheet.name,
        "visibility": sheet.visibility,
        "cells": list(_cells(sheet)),
        "merges": [[top, left, bottom, right] for top, bottom, left, right in sheet.merged_cells],
        "hidden_rows": [row for row, info in sheet.rowinfo_map.items() if info.hidden],
        "hidden_columns": [col for col, info in sheet.colinfo_map.items() if info.hidden],
        "widths": [[col, info.width / 256] for col, info in sheet.colinfo_map.items()],
        "notes": [[row, col, n.text] for (row, col), n in sheet.cell_note_map.items() if n.text],
    }


def _cells(sheet: Any) -> Iterator[list[object]]:
    """Row, column, type, raw text and style of every cell that holds something, by rows."""
    left = MAX_CELLS
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            cell = _value(kind, sheet.cell_value(row, column))
            if cell is None:
                continue
            left -= 1
            if left < 0:
                raise Refusal("FL110", f"“{sheet.name}”超过上限{MAX_CELLS}个")
            yield [row, column, *cell, sheet.cell_xf_index(row, column)]


def _value(kind: int, value: Any) -> tuple[str, str] | None:
    if kind in (_NUMBER, _DATE):
        return "number", _digits(value)
    if kind == _TEXT:
        return ("text", value) if value else None
    if kind == _BOOLEAN:
        return "boolean", "TRUE" if value else "FALSE"
    if kind == _ERROR:
        from xlrd import error_text_from_code

        return "error", error_text_from_code.get(value, "#VALUE!")
    return None


def _digits(value: float) -> str:
    """The shortest digits that mean this number; a whole one without its .0."""
    whole = int(value) if abs(value) < 1e15 else None
    return str(whole) if whole is not None and whole == value else repr(value)


if __name__ == "__main__":
    main()
