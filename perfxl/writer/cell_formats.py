"""How the cells of a workbook show what they hold: number format, letter size, direction."""

from dataclasses import dataclass

from perfxl.writer.xml_scan import Node

# The built-in number formats that the same code means everywhere; dates and money vary.
_BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 49: "@"}
_FIRST_OWN = 164  # numbers below are built in, or shifted by the country
_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class CellFormat:
    """The number format ("" when not known), letters in points, and what takes room."""

    code: str = "General"
    size: float = _SIZE
    indent: int = 0
    is_rotated: bool = False


class CellFormats:
    """The cell formats that styles.xml lists; `root` is read at least four levels deep."""

    def __init__(self, root: Node) -> None:
        self._codes = {
            number: node.attributes.get("formatCode", "") for number, node in _number_formats(root)
        }
        self._sizes = [_size(font) for font in _children(root, "fonts")]
        self._formats = _children(root, "cellXfs")
        self._free = max((number for number, _ in _number_formats(root)), default=0)

    def of(self, style: int) -> CellFormat:
        """The format that a cell's `s` means."""
        if style >= len(self._formats):
            return CellFormat()
        node = self._formats[style]
        font = whole(node.attributes.get("fontId", "0"))
        number = whole(node.attributes.get("numFmtId", "0"))
        alignment = node.child("alignment")
        placing = alignment.attributes if alignment else {}
        return CellFormat(
            code=self._codes.get(number, _BUILT_IN.get(number, "")),
            size=self._sizes[font] if font < len(self._sizes) else _SIZE,
            indent=whole(placing.get("indent", "0")),
            is_rotated=placing.get("textRotation", "0") != "0",
        )

    def free_number(self) -> int:
        """A number for a further number format, a new one each time.

        Programs keep all number formats in one list, those of highlights among them.
        """
        self._free = max(self._free + 1, _FIRST_OWN)
        return self._free


def whole(text: str) -> int:
    """The number that an attribute tells, 0 when it tells none."""
    return int(text) if text.isdecimal() else 0


def _number_formats(root: Node) -> list[tuple[int, Node]]:
    """Those of cells last, so that they win where a highlight's has the same number."""
    found = [node for dxf in _children(root, "dxfs") for node in dxf.children]
    nodes = [node for node in found if node.name == "numFmt"] + _children(root, "numFmts")
    return [(whole(node.attributes.get("numFmtId", "")), node) for node in nodes]


def _children(root: Node, name: str) -> list[Node]:
    node = root.child(name)
    return node.children if node else []


def _size(font: Node) -> float:
    node = font.child("sz")
    try:
        return float(node.attributes.get("val", "")) if node else _SIZE
    except ValueError:
        return _SIZE
