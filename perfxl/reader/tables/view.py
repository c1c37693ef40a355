"""A sheet as a person sees it: merged areas as one cell, fields as texts and numbers."""

from dataclasses import replace

from perfxl.model.address import Area, Place, from_a1
from perfxl.model.cells import Book, Cell, CellType, Sheet
from perfxl.model.form import Text
from perfxl.model.number import Number, NumberKind, parse_stored, parse_typed

Spot = tuple[int, int]

# A merge of more cells than this is decoration (a whole row or column), not a label.
_LABEL_CELLS = 5_000


class SheetView:
    """Reads one sheet of a book; every value keeps the place it came from."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.sheet = sheet
        self._styles = book.styles
        self._merged: dict[Spot, Area] = {}
        self._numbers: dict[Spot, Number] = {}
        for area in sheet.merges:
            height, width = area.bottom - area.top + 1, area.right - area.left + 1
            if height * width <= _LABEL_CELLS:
                for row in range(area.top, area.bottom + 1):
                    for column in range(area.left, area.right + 1):
                        self._merged[row, column] = area
        rows: dict[int, list[int]] = {}
        for (row, column), cell in sheet.cells.items():
            if (cell.formula is not None or cell.raw.strip()) and self.anchor((row, column)) == (
                row,
                column,
            ):
                rows.setdefault(row, []).append(column)
        self.rows = {row: sorted(rows[row]) for row in sorted(rows)}

    def place(self, spot: Spot) -> Place:
        """The place of a spot."""
        return self.sheet.place(*spot)

    def spot(self, place: Place) -> Spot:
        """The spot of a place on this sheet."""
        return from_a1(place.cell)

    def merge_at(self, spot: Spot) -> Area | None:
        """The merged area that covers a spot, if any."""
        return self._merged.get(spot)

    def anchor(self, spot: Spot) -> Spot:
        """The spot that holds the value shown at `spot`: a merge's top left cell."""
        area = self._merged.get(spot)
        return (area.top, area.left) if area else spot

    def cell(self, spot: Spot) -> Cell | None:
        """The stored cell, looking through merges."""
        return self.sheet.cells.get(self.anchor(spot))

    def text(self, spot: Spot) -> str:
        """What is shown at a spot, stripped; "" for a blank."""
        cell = self.cell(spot)
        return cell.raw.strip() if cell else ""

    def field(self, spot: Spot) -> Text:
        """The text of a spot with its place."""
        return Text(self.text(spot), self.place(self.anchor(spot)))

    def number(self, spot: Spot) -> Number:
        """The number of a spot, or why there is none."""
        anchor = self.anchor(spot)
        number = self._numbers.get(anchor)
        if number is None:
            cell = self.sheet.cells.get(anchor)
            number = _number(cell, self.place(anchor), self._is_date(anchor))
            self._numbers[anchor] = number
        return number

    def cap(self, spot: Spot) -> Number:
        """The number of a spot as points: a weight of 20% is a cap of 20."""
        number = self.number(spot)
        cell = self.sheet.cells.get(self.anchor(spot))
        if number.value is None or cell is None:
            return number
        if number.unit != "%" and not self._is_percent(cell.style):
            return number
        value = number.value.scaleb(2) + 0  # + 0: 20, not 2E+1
        return replace(number, kind=NumberKind.NUMBER, value=value, unit="%")

    def number_format(self, spot: Spot) -> str:
        """How the cell of a spot prints a number; "" where nothing is said."""
        cell = self.cell(spot)
        known = cell is not None and cell.style < len(self._styles)
        code = self._styles[cell.style].number_format if cell and known else ""
        return "" if code == "General" else code

    def _is_percent(self, style: int) -> bool:
        return style < len(self._styles) and "%" in self._styles[style].number_format

    def is_numeric(self, spot: Spot) -> bool:
        """Whether a spot shows a number (typed as text counts)."""
        return self.number(spot).value is not None

    def is_zero(self, spot: Spot) -> bool:
        """Whether a spot holds the number 0, not typed as text: what a link to a blank shows."""
        number = self.number(spot)
        return number.kind is NumberKind.NUMBER and number.value == 0

    def _is_date(self, spot: Spot) -> bool:
        cell = self.sheet.cells.get(spot)
        if cell is None or cell.style >= len(self._styles):
            return False
        return self._styles[cell.style].is_date


def _number(cell: Cell | None, place: Place, is_date: bool) -> Number:
    if cell is None:
        return Number(place, NumberKind.BLANK, None, "")
    raw, formula = cell.raw.strip(), cell.formula
    match cell.type:
        case CellType.NUMBER if is_date:
            return Number(place, NumberKind.DATE, None, raw, formula=formula)
        case CellType.NUMBER:
            value = parse_stored(raw)
            kind = NumberKind.TEXT if value is None else NumberKind.NUMBER
            return Number(place, kind, value, raw, formula=formula)
        case CellType.BOOLEAN:
            return Number(place, NumberKind.BOOLEAN, None, raw, formula=formula)
        case CellType.ERROR:
            return Number(place, NumberKind.ERROR, None, raw, formula=formula)
    if not raw:
        # A formula may well say "" on purpose; without any stored value nothing is known.
        unknown = formula is not None and cell.type is CellType.BLANK
        return Number(place, NumberKind.UNKNOWN if unknown else NumberKind.BLANK, None, "",
                      formula=formula)  # fmt: skip
    typed = parse_typed(raw)
    if typed is None:
        return Number(place, NumberKind.TEXT, None, raw, formula=formula)
    return Number(place, NumberKind.TEXT_NUMBER, typed[0], raw, typed[1], formula)
