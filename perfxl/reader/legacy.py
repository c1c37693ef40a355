"""Workbooks of the old binary format (.xls, and .et that is the same inside).

A worker reads them with xlrd, in limits; see `perfxl.reader.legacy_worker`. What it gives are
values, formats, merges and notes; formulas it does not give, and the reading says so.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import perfxl
from perfxl.errors import RefusedFile
from perfxl.model.address import Area
from perfxl.model.cells import Book, Cell, CellType, Remark, Sheet, Style
from perfxl.reader.annotation import take_out_annotation
from perfxl.reader.kinds import kind_of_compound
from perfxl.reader.legacy_worker import OUTPUT_BYTES
from perfxl.reader.sheet_xml import MAX_MERGES
from perfxl.reader.styles import CHINESE_DATES, is_date_format
from perfxl.reader.surroundings import remark_stray

SECONDS = 10
_STATES = ("visible", "hidden", "veryHidden")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_OBJECT = re.compile(rb"M\0B\0D\0(?:[0-9A-Fa-f]\0){8}")  # the storage of an embedded object
# What XML cannot hold cannot go into a report either.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Object = dict[str, Any]


def read_legacy(data: bytes) -> Book:
    """Read the bytes of an .xls; our own annotation, if there is one, is taken out.

    Raises:
        RefusedFile: damaged (FL103), encrypted (FL102), too large (FL110), too old (FL113), too
            slow (FL115), or a compound file that holds no workbook (FL101).
    """
    said = _ask_worker(data)
    if "refused" in said:
        code, detail = said["refused"]
        kind = kind_of_compound(data) if not code else None
        raise RefusedFile(kind.code if kind else code, kind.detail if kind else detail)
    book = Book(sha256=hashlib.sha256(data).hexdigest(), is_date_1904=said["is_date_1904"])
    book.names = said["names"]
    book.styles = [_style(one) for one in said["styles"]] or [Style()]
    _add_sheets(book, said["sheets"])
    book.remarks.append(Remark("FL210", "看不到公式，只按存下的值核对"))
    take_out_annotation(book, has_formats=False)
    _remark_surroundings(book, said, data)
    if not book.sheets:
        raise RefusedFile("FL111", "没有一张可读的工作表")
    return book


def _ask_worker(data: bytes) -> Object:
    """What the worker answers; its death, its silence and its slowness are refusals."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(data)
        given.seek(0)
        try:
            # -P: the current folder may hold anything, a json.py too.
            done = subprocess.run(
                [sys.executable, "-P", "-m", "perfxl.reader.legacy_worker"],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=SECONDS,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except subprocess.TimeoutExpired:
            raise RefusedFile("FL115", f"超过{SECONDS}秒没有读完，已停止") from None
        size = answer.seek(0, os.SEEK_END)
        answer.seek(0)
        text = answer.read() if size < OUTPUT_BYTES else b""
    if size >= OUTPUT_BYTES:
        raise RefusedFile("FL110", "内容过多")
    try:
        said: Object = json.loads(text)
    except ValueError:
        detail = f"读取旧格式的进程中途停止（{done.returncode}）"
        raise RefusedFile("FL103", detail) from None
    return said


def _environment() -> dict[str, str]:
    """The worker finds perfxl where this process found it."""
    home = str(Path(perfxl.__file__).resolve().parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}


def _style(said: Object) -> Style:
    return Style(
        number_format=said["format"],
        is_date=said["key"] in CHINESE_DATES or is_date_format(said["format"]),
        font_color=said["font_color"],
        fill_color=said["fill_color"],
        font_size=said["size"],
        is_bold=said["is_bold"],
        is_locked=said["is_locked"],
    )


def _add_sheets(book: Book, said: list[Object]) -> None:
    names: set[str] = set()
    for one in said:
        name = _clean(one["name"])
        if name.casefold() in names:
            raise RefusedFile("FL112", f"两张工作表都叫“{name}”", sheet=name)
        names.add(name.casefold())
        book.sheets.append(_sheet(name, one, len(book.styles)))


def _sheet(name: str, said: Object, style_count: int) -> Sheet:
    if len(said["merges"]) > MAX_MERGES:
        raise RefusedFile("FL110", f"合并区域超过上限{MAX_MERGES}处", sheet=name)
    state = said["visibility"]
    sheet = Sheet(name, _STATES[state] if state in range(len(_STATES)) else "visible")
    for row, column, kind, raw, style in said["cells"]:
        key = (row + 1, column + 1)
        known = style if isinstance(style, int) and 0 <= style < style_count else 0
        sheet.cells[key] = Cell(*key, CellType(kind), _clean(raw), style=known)
    # xlrd counts from 0 and stops before the end: its end is our last.
    sheet.merges = [
        Area(top + 1, left + 1, bottom, right)
        for top, left, bottom, right in said["merges"]
        if bottom > top and right > left
    ]
    sheet.hidden_rows = {row + 1 for row in said["hidden_rows"]}
    sheet.hidden_columns = {column + 1 for column in said["hidden_columns"]}
    sheet.widths = {column + 1: width for column, width in said["widths"]}
    sheet.comments = {(row + 1, col + 1): _clean(text) for row, col, text in said["notes"]}
    return sheet


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def _remark_surroundings(book: Book, said: Object, data: bytes) -> None:
    """Note what the file carries beside its cells; nothing of it is run or followed."""
    if _MACROS in data:
        book.remarks.append(Remark("FL201", "VBA宏，未运行，也未读取"))
    if said["has_links"]:
        book.remarks.append(Remark("FL202", "公式引用了别的文件"))
    if said["has_dde"]:
        book.remarks.append(Remark("FL202", "设有DDE链接，打开时可能启动别的程序"))
    objects = len(set(_OBJECT.findall(data)))
    if objects:
        book.remarks.append(Remark("FL203", f"共{objects}个，未打开"))
    if said["unread"]:
        book.remarks.append(Remark("FL205", f"有{said['unread']}页是图表页或宏表，未读"))
    for sheet in book.sheets:
        remark_stray(book, sheet)
