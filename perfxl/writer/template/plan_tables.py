"""Where the tables of a layout stand: one below the other on each sheet, in shared columns."""

from collections.abc import Iterator, Sequence

from perfxl.errors import SchemeError
from perfxl.formula.tree import Reference
from perfxl.model.address import Area
from perfxl.scheme.files import LayoutFile, SheetFile
from perfxl.scheme.model import Scheme
from perfxl.writer.template.places import HeadPlace, PartRows, ResultBlock, TablePlace

_TASK_ROWS = 12
_BLOCK_ROWS = 12
_GAP = 1  # empty rows between two tables


def plan_tables(scheme: Scheme, layout: LayoutFile, score_rows: int) -> tuple[TablePlace, ...]:
    """Every table of the layout, in its order.

    Args:
        scheme: the scheme.
        layout: its layout.
        score_rows: the rows of the score table below its headings, closing rows included.

    Raises:
        SchemeError: a table has more columns than the score table that it shares a sheet with.
    """
    below: dict[str, int] = {}
    tables: list[TablePlace] = []
    for file in layout.sheet:
        widths = sheet_widths(layout, file.name)
        if len(file.column) > len(widths):
            raise SchemeError(f"{scheme.id} 的 layout.toml：“{file.title}”的栏数多于同页的评分表")
        top = below.get(file.name, 0) + 1
        table = _place(scheme, file, widths, top, score_rows)
        tables.append(table)
        below[file.name] = table.bottom + _GAP
    return tuple(tables)


def sheet_widths(layout: LayoutFile, name: str) -> list[float]:
    """The column widths of a sheet: the score table's, else those of its widest table."""
    files = [file for file in layout.sheet if file.name == name]
    files.sort(key=lambda file: (file.kind != "score", -len(file.column)))
    return [column.width for column in files[0].column]


def plan_results(scheme: Scheme, table: TablePlace) -> Iterator[ResultBlock]:
    """The blocks of a table of targets."""
    span = table.span("completion_rate")
    lists = {one.level1: one for one in scheme.lists}
    row = table.first
    for level1, parts in _blocks(scheme, table.file):
        places = []
        for level2, count in parts:
            places.append(PartRows(level2, row, row + count - 1))
            row += count
        first, last = places[0].first, places[-1].last
        rates = Reference(table.file.name, Area(first, span[0], last, span[0])) if span else None
        yield ResultBlock(table, level1, lists.get(level1), tuple(places), rates)


def _place(
    scheme: Scheme, file: SheetFile, widths: Sequence[float], top: int, score_rows: int
) -> TablePlace:
    spans = _spans([column.width for column in file.column], widths)
    heading = top + 1 + len(file.head)
    first = heading + 1 + max(len(column.above) for column in file.column)
    total = None
    match file.kind:
        case "score":
            bottom = last = first + score_rows - 1
        case "tasks":
            last = first + (file.rows or _TASK_ROWS) - 1
            total = last + 1 if file.total_label else None
            bottom = total or last
        case _:
            rows = sum(count for _, parts in _blocks(scheme, file) for _, count in parts)
            bottom = last = first + rows - 1
    if file.kind != "score":
        bottom += (2 if file.foot else 0) + len(file.notes)
    head = tuple(_head(file, top + 1, spans))
    return TablePlace(file, top, head, (heading, first - 1), spans, first, last, total, bottom)


def _head(file: SheetFile, top: int, spans: tuple[tuple[int, int], ...]) -> Iterator[HeadPlace]:
    """Cells from left to right as in a web page's table, deeper ones reaching down."""
    covered = [0] * len(spans)  # the last row that a cell above covers, by column
    for row, line in enumerate(file.head, start=top):
        for cell in line.cells:
            left = next(i for i, deep in enumerate(covered) if deep < row)
            right = left + cell.cols - 1
            bottom = row + cell.rows - 1
            covered[left : right + 1] = [bottom] * cell.cols
            yield HeadPlace(Area(row, spans[left][0], bottom, spans[right][1]), cell)


def _blocks(scheme: Scheme, file: SheetFile) -> list[tuple[str, list[tuple[str, int]]]]:
    """First-level headings, each with its second-level ones and their rows."""
    if file.block:
        return [(b.level1, [(part.level2, part.rows) for part in b.parts]) for b in file.block]
    names = [one.level1 for one in scheme.lists] or [""]
    return [(name, [("", _BLOCK_ROWS)]) for name in names]


def _spans(own: Sequence[float], sheet: Sequence[float]) -> tuple[tuple[int, int], ...]:
    """For each own column the sheet's columns nearest to its share of the width, one at least."""
    whole, scale = sum(sheet), sum(sheet) / sum(own)
    edges = [0.0]
    for width in sheet:
        edges.append(edges[-1] + width)
    spans: list[tuple[int, int]] = []
    left, reached = 0, 0.0
    for index, width in enumerate(own):
        reached += width * scale
        after = len(own) - index - 1
        options = range(left + 1, len(sheet) - after + 1)
        goal = whole if not after else reached
        right = min(options, key=lambda at: abs(edges[at] - goal))
        spans.append((left + 1, right))
        left = right
    return tuple(spans)
