"""Excel's FormatConditions: conditional formats, which here apply named styles."""

import itertools
from typing import Any

from tests.office.xlwings_engine.cell_formats import Font, Interior, format_key

_BY_FORMULA = 2
_OTHER = 1
_CONDITION, _EXPRESSION = 0, 24
_STYLES = "CellStyles"


class FormatConditions:
    """The conditional formats of a sheet, whichever range they are asked of."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells
        self._formats = cells.sheet.uno.ConditionalFormats

    def _rules(self) -> "list[FormatCondition]":
        return [
            FormatCondition(self._cells.document, self._formats, held, number)
            for held in self._formats.getConditionalFormats()
            for number in range(held.getCount())
        ]

    @property
    def Count(self) -> int:
        return len(self._rules())

    def Item(self, number: int) -> "FormatCondition":
        """A format by its number from 1."""
        return self._rules()[number - 1]

    def Add(self, kind: int, _operator: int, formula: str) -> "FormatCondition":
        """A format for the range; its formula begins with its sign."""
        assert kind == _BY_FORMULA
        many = self._cells.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        uno = self._cells.uno
        addresses = getattr(uno, "RangeAddresses", None) or (uno.RangeAddress,)
        many.addRangeAddresses(addresses, False)
        number = self._formats.createByRange(many)
        held = next(one for one in self._formats.getConditionalFormats() if number == one.ID)
        held.createEntry(_CONDITION, 0)
        entry = held.getByIndex(0)
        entry.Operator = _EXPRESSION
        entry.Formula1 = formula.removeprefix("=")
        entry.StyleName = _new_style(self._cells.document)
        return FormatCondition(self._cells.document, self._formats, held, 0)


class FormatCondition:
    """One conditional format."""

    StopIfTrue = True

    def __init__(self, document: Any, formats: Any, held: Any, number: int) -> None:
        self._document = document
        self._formats = formats
        self.held = held
        self._number = number
        self._entry = held.getByIndex(number)

    @property
    def Type(self) -> int:
        if self._entry.getType() != _CONDITION:
            return _OTHER
        return _BY_FORMULA if self._entry.Operator == _EXPRESSION else _OTHER

    @property
    def Formula1(self) -> str:
        return f"={self._entry.Formula1}"

    @property
    def style(self) -> "_Style":
        """The named style that the format applies."""
        styles = self._document.StyleFamilies.getByName(_STYLES)
        return _Style(self._document, styles.getByName(self._entry.StyleName))

    @property
    def Font(self) -> Font:
        return Font(self.style)

    @property
    def Interior(self) -> Interior:
        return Interior(self.style)

    def _number_format(self, code: str) -> None:
        self.style.NumberFormat = format_key(self._document, code)

    NumberFormat = property(None, _number_format)

    def SetFirstPriority(self) -> None:
        """Here the order of the formats cannot be changed, and none covers another."""

    def Delete(self) -> None:
        """Remove the format."""
        if self.held.getCount() == 1:
            self._formats.removeByID(self.held.ID)
        else:
            self.held.removeByIndex(self._number)


class _Style:
    """A named style; the program lets none be changed while any sheet is locked."""

    def __init__(self, document: Any, style: Any) -> None:
        self.__dict__.update(document=document, style=style)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.style, name)

    def __setattr__(self, name: str, value: Any) -> None:
        sheets = self.document.Sheets
        locked = [one for one in map(sheets.getByIndex, range(sheets.Count)) if one.isProtected()]
        for sheet in locked:
            sheet.unprotect("")
        setattr(self.style, name, value)
        for sheet in locked:
            sheet.protect("")


def _new_style(document: Any) -> str:
    styles = document.StyleFamilies.getByName(_STYLES)
    names = (f"Condition{number}" for number in itertools.count(1))
    name = next(name for name in names if not styles.hasByName(name))
    styles.insertByName(name, document.createInstance("com.sun.star.style.CellStyle"))
    return name
