"""Highlights: a few conditional formats a sheet, known again by the marker in their formula.

No cell's own style is touched, so a highlight comes off without a trace. Nothing of the sheet's
own formats is rewritten either: ours take the numbers below theirs where there is room, which
makes ours win in Excel, and numbers above theirs where there is none. They stand first in the
sheet, which makes them win in LibreOffice, where order in the file decides.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from perfxl.model.address import Area, from_a1, parse_area
from perfxl.model.annotation import FORMAT_MARK
from perfxl.model.page import Mark, MarkKind
from perfxl.model.palette import TONES, Tone
from perfxl.writer.styles import Styles, insertion_point
from perfxl.writer.xml_scan import Node
from perfxl.writer.xml_text import attribute

# A sheet's elements in the order of the schema.
SHEET_ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
# Ranges in one sqref; more go into a further element.
_RANGES = 400


def merged_areas(root: Node) -> list[Area]:
    """The merged ranges of a sheet."""
    node = root.child("mergeCells")
    found = []
    for merge in node.children if node else ():
        try:
            found.append(parse_area(merge.attributes.get("ref", "")))
        except ValueError:
            continue
    return found


def areas_of(marks: Iterable[Mark], merges: Sequence[Area]) -> dict[Area, list[Mark]]:
    """The marks by the area they cover: the cell, or the whole merged range it lies in."""
    cells: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        cells.setdefault(from_a1(mark.place.cell), []).append(mark)
    owners = _owners(sorted(cells), merges)
    areas: dict[Area, list[Mark]] = {}
    for (row, column), found in cells.items():
        area = owners.get((row, column), Area(row, column, row, column))
        areas.setdefault(area, []).extend(found)
    return areas


def strongest(marks: Sequence[Mark]) -> MarkKind:
    """The most pressing kind."""
    kinds = {mark.kind for mark in marks}
    return next(kind for kind in MarkKind if kind in kinds)


def formats(
    root: Node,
    declared: str,
    kinds: Mapping[Area, MarkKind],
    codes: Mapping[Area, str],
    styles: Styles,
) -> str:
    """The conditional formats to insert: one a kind, and one more for each number format.

    Args:
        root: the sheet.
        declared: what an inserted element must declare.
        kinds: what each area is marked as.
        codes: number formats with a word in them, for the areas that have room for it.
        styles: takes the looks.
    """
    groups: dict[tuple[MarkKind, str], list[Area]] = {}
    for area, kind in kinds.items():
        groups.setdefault((kind, codes.get(area, "")), []).append(area)
    ranks = {kind: rank for rank, kind in enumerate(MarkKind)}
    chunks = [
        (kind, _dxf(TONES[kind], code, styles), ranges[at : at + _RANGES])
        for kind, code in sorted(groups, key=lambda group: (ranks[group[0]], group[1]))
        for ranges in [joined(groups[kind, code])]
        for at in range(0, len(ranges), _RANGES)
    ]
    first = _first_priority(root, len(chunks))
    return "".join(
        f'<conditionalFormatting{declared} sqref="{" ".join(area.a1 for area in ranges)}">'
        f'<cfRule type="expression" dxfId="{styles.add("dxfs", dxf)}"'
        f' priority="{first + number}"><formula>LEN("{FORMAT_MARK}{kind.value}")&gt;0</formula>'
        "</cfRule></conditionalFormatting>"
        for number, (kind, dxf, ranges) in enumerate(chunks)
    )


def insert_at(root: Node) -> int:
    """Where our formats go: before the sheet's own."""
    own = root.child("conditionalFormatting")
    return own.start if own else insertion_point(root, SHEET_ORDER, "conditionalFormatting")


def joined(areas: Iterable[Area]) -> list[Area]:
    """The same cells in fewer ranges: neighbours below each other, then beside each other."""
    columns: list[Area] = []
    for area in sorted(areas, key=lambda a: (a.left, a.right, a.top)):
        last = columns[-1] if columns else None
        if last and last[1::2] == area[1::2] and last.bottom + 1 == area.top:
            columns[-1] = last._replace(bottom=area.bottom)
        else:
            columns.append(area)
    blocks: list[Area] = []
    for area in sorted(columns, key=lambda a: (a.top, a.bottom, a.left)):
        last = blocks[-1] if blocks else None
        if last and last[::2] == area[::2] and last.right + 1 == area.left:
            blocks[-1] = last._replace(right=area.right)
        else:
            blocks.append(area)
    return blocks


def _owners(cells: list[tuple[int, int]], merges: Sequence[Area]) -> dict[tuple[int, int], Area]:
    """The merged range of each cell that lies in one; `cells` are sorted."""
    owners = {}
    for merge in merges:
        low = bisect_left(cells, (merge.top, 0))
        high = bisect_right(cells, (merge.bottom, merge.right))
        for cell in cells[low:high]:
            if merge.contains(*cell):
                owners[cell] = merge
    return owners


def _first_priority(root: Node, count: int) -> int:
    """The first of `count` numbers that no rule of the sheet uses (extensions included)."""
    taken = [
        int(rule.attributes["priority"])
        for rule in root.every("cfRule")
        if rule.attributes.get("priority", "").isdecimal()
    ]
    if not taken or min(taken) > count:
        return 1
    return max(taken) + 1


def _dxf(tone: Tone, code: str, styles: Styles) -> str:
    bold = '<b/><i val="0"/>' if tone.is_bold else ""
    shown = ""
    if code:
        number = styles.number_format(code)
        shown = f'<numFmt numFmtId="{number}" formatCode="{attribute(code)}"/>'
    return (
        f'<dxf><font>{bold}<color rgb="FF{tone.font}"/></font>{shown}<fill><patternFill'
        f' patternType="solid"><fgColor rgb="FF{tone.fill}"/><bgColor rgb="FF{tone.fill}"/>'
        "</patternFill></fill></dxf>"
    )
