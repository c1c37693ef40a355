"""Formulas of the workbook followed down to the cells that people typed."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perfxl.engine.ledger.entry import Entry, Footing, Kind, Reason
from perfxl.engine.ledger.replay import settled
from perfxl.engine.ledger.worked import worked
from perfxl.formula.evaluate import Unknown, Value
from perfxl.formula.parse import parse_formula
from perfxl.formula.sentence import sentence
from perfxl.formula.stored import stored_value
from perfxl.formula.tree import (
    Binary,
    Call,
    Name,
    Node,
    Reference,
    Unary,
    walk,
)
from perfxl.model.address import Area, Place, from_a1, to_a1
from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.model.number import parse_typed

_DEEPEST = 6  # formulas upon formulas
_MOST_CELLS = 300  # that one formula may read
_BUDGET = 5_000  # cells of one ledger: formulas upon formulas multiply
_CLOSE = Decimal("1e-9")
_LONGEST_LABEL = 24
_FARTHEST_HEAD = 300  # rows
_FEWEST_HEADS = 3  # texts in a row of heads


class Tracer:
    """Follows formulas through a book whose values are up to date."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._left = _BUDGET

    def trace(self, entry: Entry, open_: frozenset[Place] = frozenset()) -> Entry:
        """The entry with the cells that its own cell's formula reads; as it was without any.

        What does not lead to the value that stands there is not followed: a ledger never claims
        a figure that it cannot give.
        """
        cell = self._cell(entry.place)
        if cell is None or cell.formula is None or len(open_) >= _DEEPEST or entry.place in open_:
            return entry
        assert entry.place
        node = self._with_cells(parse_formula(cell.formula))
        places = list(self._read_by(node, entry.place.sheet))
        self._left -= len(places)
        if not places or len(places) > _MOST_CELLS or self._left < 0:
            return replace(entry, remark=f"公式 ={_cut(cell.formula)}")
        below = open_ | {entry.place}
        children = tuple(self.trace(self._entry(place, entry.place), below) for place in places)
        reason = entry.reason or Reason(_said(node, entry), Footing.FORMULA)
        found = settled(replace(entry, reason=reason, expression=node, children=children))
        if not _is_same(found.computed, entry.stated):
            return replace(entry, remark=f"公式 ={_cut(cell.formula)}")
        return replace(found, worked=worked(found))

    def _entry(self, place: Place, above: Place) -> Entry:
        cell = self._cell(place)
        assert cell is not None
        sheet = self._sheet(place.sheet)
        unit = "%" if sheet and self._is_percent(cell) else ""
        stated = stored_value(cell)
        return Entry(
            Kind.CELL,
            f"{place.sheet}!{place.cell}",
            self._label(place, above) or place.cell,
            place=place,
            stated=None if isinstance(stated, Unknown) else stated,
            raw=cell.raw,
            unit=unit,
        )

    def _read_by(self, node: Node, home: str) -> Iterator[Place]:
        """The cells with something in them that an expression reads, each once."""
        seen: set[Place] = set()
        for part in walk(node):
            if not isinstance(part, Reference):
                continue
            sheet = self._sheet(part.sheet or home)
            for at in _filled(sheet, part.area) if sheet else ():
                place = Place(part.sheet or home, to_a1(*at))
                if place not in seen:
                    seen.add(place)
                    yield place

    def _with_cells(self, node: Node) -> Node:
        """Defined names replaced by the cells they stand for."""
        match node:
            case Name(name):
                text = next((t for n, t in self.book.names.items() if n == name), None)
                found = parse_formula(text.removeprefix("=")) if text else node
                return found if isinstance(found, Reference) else node
            case Unary(sign, operand):
                return Unary(sign, self._with_cells(operand))
            case Binary(sign, left, right):
                return Binary(sign, self._with_cells(left), self._with_cells(right))
            case Call(name, arguments):
                return Call(name, tuple(map(self._with_cells, arguments)))
        return node

    def _sheet(self, name: str) -> Sheet | None:
        folded = name.casefold()
        return next((s for s in self.book.sheets if s.name.casefold() == folded), None)

    def _cell(self, place: Place | None) -> Cell | None:
        sheet = self._sheet(place.sheet) if place and place.cell else None
        return sheet.cells.get(from_a1(place.cell)) if sheet and place else None

    def _is_percent(self, cell: Cell) -> bool:
        styles = self.book.styles
        return cell.style < len(styles) and "%" in styles[cell.style].number_format

    def _label(self, place: Place, above: Place) -> str:
        """What heads the cell: its column where it stands in the row of the sum, else its row."""
        sheet = self._sheet(place.sheet)
        row, column = from_a1(place.cell)
        is_beside = place.sheet == above.sheet and from_a1(above.cell)[0] == row
        if sheet is None:
            return ""
        found = _heading(sheet, row, column), _beside(sheet, row, column)
        label = next(filter(None, found if is_beside else reversed(found)), "")
        return _cut(label, _LONGEST_LABEL)


def _said(node: Node, entry: Entry) -> str:
    """The formula in words, or as it is written where the words would say no more."""
    return f"{entry.label}＝{sentence(node)}"


def _heading(sheet: Sheet, row: int, column: int) -> str:
    """The column's text in the nearest row above that holds nothing but texts."""
    for above in range(row - 1, max(0, row - _FARTHEST_HEAD), -1):
        filled = [c for (r, _), c in sheet.cells.items() if r == above and c.raw.strip()]
        if len(filled) >= _FEWEST_HEADS and all(c.type is CellType.TEXT for c in filled):
            return _text(sheet, above, column)
    return ""


def _beside(sheet: Sheet, row: int, column: int) -> str:
    """The nearest text to the left."""
    return next(filter(None, (_text(sheet, row, at) for at in range(column - 1, 0, -1))), "")


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    text = cell.raw.strip() if cell is not None and cell.type is CellType.TEXT else ""
    return "" if parse_typed(text) else " ".join(text.replace("\n", "").split())


def _filled(sheet: Sheet, area: Area) -> Iterator[tuple[int, int]]:
    inside = (at for at, cell in sheet.cells.items() if area.contains(*at) and cell.raw)
    return iter(sorted(inside))


def _is_same(computed: Value, stated: Value) -> bool:
    if isinstance(computed, Decimal) and isinstance(stated, Decimal):
        return abs(computed - stated) <= _CLOSE * max(abs(stated), Decimal(1))
    return computed is not None and computed == stated


def _cut(text: str, most: int = 120) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
