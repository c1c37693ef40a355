"""What a few cells of a sheet hold, without reading all the others."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import unescape

from perfxl.model.address import from_a1
from perfxl.writer.cell_formats import whole
from perfxl.writer.result_search import node_text
from perfxl.writer.workbook import Workbook
from perfxl.writer.xml_scan import Node, scan

_ROW = re.compile(rb"""<(?:[\w.-]+:)?row\s[^>]*?\br\s*=\s*["'](\d+)["'][^>]*>""")
_ROW_END = re.compile(rb"</(?:[\w.-]+:)?row\s*>")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c\s([^>]*?)(/?)>")
_CELL_END = re.compile(rb"</(?:[\w.-]+:)?c\s*>")
_ATTRIBUTE = re.compile(rb"""\b(r|s|t)\s*=\s*["']([^"']*)["']""")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^>]*)?>([^<]*)<")
_INLINE = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^>]*)?>([^<]*)<")

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell holds, its text as stored, and the number of its cell format."""

    text: str
    is_text: bool
    style: int


class CellValues:
    """Looks cells up; the shared strings are read when first met."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._shared: list[str] | None = None

    def find(self, data: bytes, root: Node, cells: Iterable[Cell]) -> dict[Cell, Value]:
        """Those of the cells that hold a number or a text."""
        sheet_data = root.child("sheetData")
        if sheet_data is None or b"<!" in data:  # a comment could hide a tag
            return {}
        wanted: dict[int, set[Cell]] = {}
        for cell in cells:
            wanted.setdefault(cell[0], set()).add(cell)
        found: dict[Cell, Value] = {}
        for row in _ROW.finditer(data, sheet_data.open_end, sheet_data.close):
            if int(row[1]) in wanted and not row[0].endswith(b"/>"):
                end = _ROW_END.search(data, row.end())
                region = data[row.end() : end.start()] if end else b""
                found |= self._in_row(region, wanted[int(row[1])])
        return found

    def _in_row(self, row: bytes, wanted: set[Cell]) -> dict[Cell, Value]:
        found = {}
        for match in _CELL.finditer(row):
            attributes = {k.decode(): v.decode() for k, v in _ATTRIBUTE.findall(match[1])}
            cell = _address(attributes.get("r", ""))
            end = _CELL_END.search(row, match.end())
            if cell in wanted and end and not match[2]:
                value = self._value(attributes, row[match.end() : end.start()])
                if value:
                    found[cell] = value
        return found

    def _value(self, attributes: dict[str, str], content: bytes) -> Value | None:
        kind, style = attributes.get("t", "n"), whole(attributes.get("s", "0"))
        if kind == "inlineStr":
            text = "".join(_text(part) for part in _INLINE.findall(content))
            return Value(text, True, style) if text else None
        stored = _VALUE.search(content)
        if not stored or not stored[1] or kind not in ("n", "s", "str"):
            return None
        text = _text(stored[1])
        if kind == "s":
            text = self._shared_text(text)
        return Value(text, kind != "n", style) if text else None

    def _shared_text(self, index: str) -> str:
        if self._shared is None:
            part = self._book.related("sharedStrings")
            items = scan(self._book.draft.read(part), text=True).children if part else []
            self._shared = [node_text(item) for item in items]
        number = whole(index)
        return self._shared[number] if number < len(self._shared) else ""


def _address(text: str) -> Cell:
    try:
        return from_a1(text)
    except ValueError:
        return (0, 0)


def _text(data: bytes) -> str:
    return unescape(data.decode("utf-8", "replace"))
