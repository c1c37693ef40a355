"""The VML shapes that show notes.

VML as Excel writes it need not be well-formed XML (its text boxes hold a bare `<br>`), so it is
edited by its tags and never parsed.
"""

import re
from dataclasses import dataclass

from perfxl.errors import RefusedEdit
from perfxl.writer.draft import Draft
from perfxl.writer.note_box import Grid, anchor, box_height
from perfxl.writer.package import Package

_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:225pt;height:{height}pt;z-index:{order};visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ID = re.compile(rb"_x0000_s(\d{1,9})\b")
_ID_MAP = re.compile(rb'<(?:[\w.-]+:)?idmap\b[^>]*?\bdata\s*=\s*(["\'])([\d,\s]*)\1')
_TYPE = re.compile(rb"""<(?:[\w.-]+:)?shapetype\b[^>]*\bid\s*=\s*["']_x0000_t202["']""")
_END = re.compile(rb"</xml\s*>\s*\Z")
_ONE_SHAPE = re.compile(rb"<((?:[\w.-]+:)?shape)\s(?:(?!</\1>).)*</\1\s*>", re.DOTALL)
_ROW = re.compile(rb"<(?:[\w.-]+:)?Row>\s*(\d+)\s*</")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column>\s*(\d+)\s*</")
_NOTE = re.compile(rb"""\bObjectType\s*=\s*["']Note["']""")
# The prefixes in our shapes and what they stand for; a drawing may have bound others.
_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_OUR_PREFIX = re.compile(r"(</?|\s)([vox]):")
_PER_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Box:
    """A note to be shown beside its cell."""

    row: int
    column: int
    text: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class NoteShape:
    """A note's shape in a drawing; the cell counts from 1."""

    cell: tuple[int, int]
    start: int
    end: int


def new_drawing(package: Package, boxes: list[Box]) -> bytes:
    """A drawing with the boxes, its ids in a block that no other drawing uses."""
    drawings = [name for name in package.names() if name.lower().endswith(".vml")]
    used = [block for name in drawings for block in _blocks(package.read(name))]
    block = max(used, default=0) + 1
    shapes = _shapes(boxes, block * _PER_BLOCK)
    blocks = range(block, (block * _PER_BLOCK + len(boxes)) // _PER_BLOCK + 1)
    head = _HEAD.format(block=",".join(map(str, blocks)))
    return f"{head}{_SHAPE_TYPE}{shapes}</xml>".encode()


def add_shapes(draft: Draft, part: str, boxes: list[Box]) -> None:
    """Add boxes to a drawing that may hold buttons and other notes."""
    data = draft.read(part)
    end = _END.search(data)
    prefixes = _prefixes(data)
    if not end or "v" not in prefixes:
        raise RefusedEdit("批注图形的写法少见，请用 Excel 或 WPS 打开并另存后再标注")
    blocks = _blocks(data) or [1]
    used = [int(number) for number in _ID.findall(data)]
    last = max([blocks[0] * _PER_BLOCK, *used])
    needed = sorted({*blocks, *(number // _PER_BLOCK for number in (last + 1, last + len(boxes)))})
    id_map = _ID_MAP.search(data)
    if id_map and needed != sorted(blocks):
        draft.cut(part, *id_map.span(2), ",".join(map(str, needed)))
    shape_type = "" if _TYPE.search(data) else _SHAPE_TYPE
    new = _respelled(shape_type + _shapes(boxes, last), prefixes)
    draft.cut(part, end.start(), end.start(), new)


def _prefixes(data: bytes) -> dict[str, str]:
    """Our prefixes and those that the drawing's first tag binds in their stead."""
    head = re.search(rb"<[^?!][^>]*>", data)
    found = {}
    for ours, name in _NAMESPACES.items():
        declared = rb"\sxmlns:([\w.-]+)\s*=\s*[\"']%b[\"']" % re.escape(name.encode())
        bound = re.search(declared, head[0]) if head else None
        if bound:
            found[ours] = bound[1].decode()
    return found


def _respelled(xml: str, prefixes: dict[str, str]) -> str:
    """Our shapes in the drawing's own prefixes; one that it lacks is declared on each of them."""
    missing = "".join(
        f' xmlns:{ours}="{name}"' for ours, name in _NAMESPACES.items() if ours not in prefixes
    )
    declared = re.sub(r"(<v:shape(?:type)?\b)", rf"\1{missing}", xml)
    return _OUR_PREFIX.sub(lambda m: f"{m[1]}{prefixes.get(m[2], m[2])}:", declared)


def note_shapes(data: bytes) -> list[NoteShape]:
    """The shapes of notes in a drawing, by the cell that they belong to."""
    found = []
    for match in _ONE_SHAPE.finditer(data):
        row, column = _ROW.search(match[0]), _COLUMN.search(match[0])
        if row and column and _NOTE.search(match[0]):
            cell = (int(row[1]) + 1, int(column[1]) + 1)
            found.append(NoteShape(cell, match.start(), match.end()))
    return found


def shape_count(data: bytes) -> int:
    """Shapes of any sort in a drawing."""
    return len(re.findall(rb"<(?:[\w.-]+:)?(?:shape|rect|group|line|oval|roundrect|image)\s", data))


def _blocks(data: bytes) -> list[int]:
    id_map = _ID_MAP.search(data)
    return [int(block) for block in id_map[2].split(b",") if block.strip()] if id_map else []


def _shapes(boxes: list[Box], last: int) -> str:
    return "".join(
        _SHAPE.format(
            id=last + number,
            order=number,
            height=box_height(box.text) * 3 // 4,
            anchor=anchor(box.grid, box.row, box.column, box.text),
            row=box.row - 1,
            column=box.column - 1,
        )
        for number, box in enumerate(boxes, 1)
    )
