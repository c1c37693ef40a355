"""The data sheet of a summary: the round as texts in cells, so that summaries can be added up.

A line a unit: a JSON text, packed so that a large round stays within what can be read again, and
in letters that no office program changes, cut into cells. The first line carries a digest: what
somebody changed by hand is noticed.
"""

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from perfxl import __version__
from perfxl.batch.model import Collection, Received, UnitOutcome
from perfxl.errors import UsageError
from perfxl.model.cells import Book, Sheet

if TYPE_CHECKING:
    from pydantic import TypeAdapter

DATA_SHEET = "汇总数据"
SUMMARY_NAME = "_perfxl_summary"  # a defined name, by which a summary is known
_FORMAT = "perfxl:summary:1"
_NOTICE = "本页供上级汇总使用，请不要修改或删除"
_CHUNK = 32_000  # letters a cell; Excel holds 32,767
_MOST = 16 * 1024 * 1024  # bytes of one line unpacked
_UNIT, _STRANGER, _HEAD = "unit", "stranger", "round"

Row = list[str]


def data_rows(collection: Collection) -> list[Row]:
    """The rows of the sheet; `collection` without contacts, see `slim`."""
    head = replace(collection, outcomes=(), strangers=())
    lines = [(_HEAD, _text(Collection, head))]
    lines += [(_UNIT, _text(UnitOutcome, outcome)) for outcome in collection.outcomes]
    lines += [(_STRANGER, _text(Received, each)) for each in collection.strangers]
    rows = [[kind, *_cut(text)] for kind, text in lines]
    return [[_FORMAT, _digest(text for _, text in lines), _NOTICE, __version__], *rows]


def version_of(book: Book) -> str:
    """The version of the program that wrote a summary; "" where it does not say."""
    sheet = next((sheet for sheet in book.sheets if sheet.name == DATA_SHEET), None)
    cell = sheet.cells.get((1, 4)) if sheet else None
    return cell.raw if cell else ""


def read_data(book: Book, name: str) -> Collection:
    """The round that a summary holds.

    Args:
        book: the summary as read.
        name: the file, for messages.

    Raises:
        UsageError: it is no summary of ours, or its data were changed.
    """
    lines = list(_lines(_sheet(book, name), name))
    try:
        found = [(kind, _value(text)) for kind, text in lines]
        head = _adapter(Collection).validate_python(_only(found, _HEAD), strict=False)
        outcomes = [_adapter(UnitOutcome).validate_python(v) for k, v in found if k == _UNIT]
        strangers = [_adapter(Received).validate_python(v) for k, v in found if k == _STRANGER]
    except (ValueError, TypeError, RecursionError):
        raise UsageError(f"{name} 的“{DATA_SHEET}”页读不懂，可能由另一版本生成") from None
    collection: Collection = replace(head, outcomes=tuple(outcomes), strangers=tuple(strangers))
    return collection


def _sheet(book: Book, name: str) -> Sheet:
    sheet = next((sheet for sheet in book.sheets if sheet.name == DATA_SHEET), None)
    first = sheet.cells.get((1, 1)) if sheet else None
    if sheet is None or first is None or first.raw != _FORMAT:
        raise UsageError(f"{name} 不是本工具生成的汇总表，或缺少“{DATA_SHEET}”页")
    return sheet


def _lines(sheet: Sheet, name: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each line; raises UsageError where the digest does not fit."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for (row, column), cell in sheet.cells.items():
        rows.setdefault(row, []).append((column, cell.raw))
    lines = []
    for row in sorted(rows):
        texts = [raw for _, raw in sorted(rows[row])]
        if row > 1:
            lines.append((texts[0], "".join(texts[1:])))
    stated = sheet.cells.get((1, 2))
    if stated is None or stated.raw != _digest(text for _, text in lines):
        raise UsageError(f"{name} 的“{DATA_SHEET}”页被改动过，不能用来汇总，请用原来的汇总表")
    yield from lines


def _only(found: Sequence[tuple[str, Any]], kind: str) -> Any:
    values = [value for each, value in found if each == kind]
    if len(values) != 1:
        raise ValueError(kind)
    return values[0]


@cache
def _adapter(kind: type) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _text(kind: type, value: object) -> str:
    plain = _adapter(kind).dump_python(value, mode="json")
    # Escaped, for a name of a file may hold letters that are none.
    data = json.dumps(plain, separators=(",", ":")).encode("ascii")
    return base64.b64encode(zlib.compress(data)).decode("ascii")


def _value(text: str) -> Any:
    """What a line holds; raises ValueError for what is none of ours."""
    try:
        packed = base64.b64decode(text, validate=True)
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(packed, _MOST)
    except (binascii.Error, zlib.error):
        raise ValueError(text[:20]) from None
    if not unpacker.eof:
        raise ValueError("too long")
    return json.loads(data)


def _cut(text: str) -> Iterator[str]:
    for at in range(0, len(text), _CHUNK):
        yield text[at : at + _CHUNK]


def _digest(texts: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
