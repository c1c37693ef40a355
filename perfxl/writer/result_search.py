"""Finding our result sheet by its marker, whatever its name is by now."""

import re
from dataclasses import dataclass

from perfxl.model.annotation import RESULT_MARK
from perfxl.writer.workbook import SheetEntry, Workbook
from perfxl.writer.xml_scan import Node, scan

_MARK = RESULT_MARK.encode()
_SHARED_CELL = re.compile(
    rb"""<(?:[\w.-]+:)?c\s[^>]*?\bt\s*=\s*["']s["'][^>]*>\s*<(?:[\w.-]+:)?v>\s*(\d+)"""
)
_TAB = re.compile(r";tab=(\d{1,5})")


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """A result sheet of ours and the tab that was active before it, None when not told."""

    sheet: SheetEntry
    former_tab: int | None


def result_sheets(book: Workbook) -> list[ResultSheet]:
    """Our result sheets in tab order.

    A sheet that merely bears the name 校验结果 is somebody else's.
    """
    shared = _marked_strings(book)
    found = []
    for sheet in book.sheets:
        if not sheet.is_worksheet:
            continue
        data = book.draft.read(sheet.part)
        text = _inline_mark(data) or _shared_mark(data, shared)
        if text:
            tab = _TAB.search(text)
            found.append(ResultSheet(sheet, int(tab[1]) if tab else None))
    return found


def node_text(node: Node) -> str:
    """The text of a string item or a note: its `t` elements without phonetic hints."""
    return "".join(leaf.text for leaf in text_leaves(node))


def text_leaves(node: Node) -> list[Node]:
    """The `t` elements that make up a string item or a note."""
    leaves = []
    for child in node.children:
        if child.name == "t":
            leaves.append(child)
        elif child.name == "r":
            leaves.extend(leaf for leaf in child.children if leaf.name == "t")
    return leaves


def _inline_mark(data: bytes) -> str:
    at = data.find(_MARK)
    return data[at : at + 80].decode("utf-8", "ignore") if at >= 0 else ""


def _shared_mark(data: bytes, shared: dict[int, str]) -> str:
    if shared:
        for match in _SHARED_CELL.finditer(data):
            if int(match[1]) in shared:
                return shared[int(match[1])]
    return ""


def _marked_strings(book: Workbook) -> dict[int, str]:
    """The shared strings that carry the marker."""
    part = book.related("sharedStrings")
    if not part or _MARK not in book.draft.read(part):
        return {}
    items = scan(book.draft.read(part), text=True).children
    texts = ((index, node_text(item)) for index, item in enumerate(items))
    return {index: text for index, text in texts if RESULT_MARK in text}
