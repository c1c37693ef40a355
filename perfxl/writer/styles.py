"""Appending to styles.xml: what is there keeps its place and its number."""

from perfxl.writer.cell_formats import CellFormat, CellFormats
from perfxl.writer.workbook import MAIN, Workbook
from perfxl.writer.xml_scan import Node, namespace_for, scan

_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
# What Excel itself assumes of a workbook without styles; fills 0 and 1 are reserved.
_BARE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill'
    ' patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>'
)


class Styles:
    """Hands out the numbers of appended fonts, fills, borders, cell formats and dxfs."""

    def __init__(self, book: Workbook) -> None:
        self._draft = book.draft
        self._part = book.related("styles") or _add_bare(book)
        data = self._draft.read(self._part)
        self._root = scan(data, depth=4)
        self._declared = namespace_for(data, self._root)
        self._added: dict[str, dict[str, int]] = {}
        self._formats = CellFormats(self._root)
        self._numbers: dict[str, int] = {}

    def add(self, list_name: str, xml: str) -> int:
        """Append to a list (`fonts`, `cellXfs`, …) unless we just did; returns the number."""
        added = self._added.setdefault(list_name, {})
        if xml not in added:
            node = self._root.child(list_name)
            added[xml] = len(added) + (len(node.children) if node else 0)
        return added[xml]

    def cell_format(self, style: int) -> CellFormat:
        """How the cells of a cell format show what they hold."""
        return self._formats.of(style)

    def number_format(self, code: str) -> int:
        """The number of a number format of ours."""
        if code not in self._numbers:
            self._numbers[code] = self._formats.free_number()
        return self._numbers[code]

    def flush(self) -> None:
        """Put what was added into the draft."""
        for name, items in self._added.items():
            node = self._root.child(name)
            xml = "".join(_declare(item, self._declared) for item in items)
            if node is None:
                whole = f'<{name}{self._declared} count="{len(items)}">{"".join(items)}</{name}>'
                self._insert(name, whole)
            else:
                self._draft.append(self._part, node, xml)
                count = str(len(node.children) + len(items))
                self._draft.set_attribute(self._part, node, "count", count)

    def _insert(self, name: str, xml: str) -> None:
        at = insertion_point(self._root, _ORDER, name)
        self._draft.cut(self._part, at, at, xml)


def insertion_point(root: Node, order: tuple[str, ...], name: str) -> int:
    """Where a child of that name belongs by the schema: behind the last that must precede it."""
    rank = order.index(name)
    at = root.open_end
    for child in root.children:
        if child.name in order and order.index(child.name) <= rank:
            at = child.end
    return at


def _declare(xml: str, declared: str) -> str:
    end = min(index for index in (xml.find(" "), xml.find(">"), xml.find("/")) if index > 0)
    return xml[:end] + declared + xml[end:]


def _add_bare(book: Workbook) -> str:
    part = "xl/styles.xml"  # some readers look nowhere else
    if book.draft.package.find(part):
        part, _ = book.free_part("xl/styles{}.xml")
    book.draft.add(part, _BARE.encode())
    book.add_override(part, _TYPE)
    book.add_relation(book.part, "styles", part)
    return part
