"""Excel's Worksheet."""

import re
from typing import Any

from perfxl.model.address import Area, parse_area
from tests.office.xlwings_engine.bridge import turned
from tests.office.xlwings_engine.collections import Collection
from tests.office.xlwings_engine.notes import notes_of
from tests.office.xlwings_engine.ranges import LAST_COLUMN, LAST_ROW, Range

_VISIBLE, _HIDDEN = -1, 0
_ROWS = re.compile(r"(\d+):(\d+)")
_COLUMNS = re.compile(r"([A-Z]+):([A-Z]+)")
_CHART = "12dcae26-281f-416f-a234-c3086127382e"


class Worksheet:
    """One sheet of an open document."""

    def __init__(self, book: Any, uno: Any) -> None:
        self.book = book
        self.uno = uno
        self.Protection = Protection()
        self.Tab = Tab(uno)
        self.Hyperlinks = Hyperlinks(self)

    @property
    def Name(self) -> str:
        return str(self.uno.Name)

    @Name.setter
    def Name(self, value: str) -> None:
        self.uno.Name = value

    @property
    def Index(self) -> int:
        return int(self.uno.RangeAddress.Sheet) + 1

    @property
    def Visible(self) -> int:
        return _VISIBLE if self.uno.IsVisible else _HIDDEN

    @property
    def UsedRange(self) -> Range:
        cursor = self.uno.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        a = cursor.RangeAddress
        return Range(self, [Area(a.StartRow + 1, a.StartColumn + 1, a.EndRow + 1, a.EndColumn + 1)])

    @property
    def Cells(self) -> Range:
        return Range(self, [Area(1, 1, LAST_ROW, LAST_COLUMN)])

    def Range(self, address: str) -> Range:
        """Cells by their address; several areas with commas between."""
        return Range(self, [_area(one) for one in address.split(",")])

    @property
    def Comments(self) -> Collection:
        return Collection(notes_of(self))

    def OLEObjects(self) -> Collection:
        """Objects of other programs on the sheet; charts are none."""
        page = self.uno.DrawPage
        shapes = [page.getByIndex(number) for number in range(page.Count)]
        return Collection(
            [
                shape
                for shape in shapes
                if shape.ShapeType == "com.sun.star.drawing.OLE2Shape"
                and shape.CLSID.lower() != _CHART
            ]
        )

    @property
    def ProtectContents(self) -> bool:
        return bool(self.uno.isProtected())

    ProtectDrawingObjects = ProtectScenarios = ProtectContents
    ProtectionMode = False

    def Protect(self, password: str, *_allowed: bool) -> None:
        """Lock the sheet."""
        self.uno.protect(password)

    def Unprotect(self, password: str) -> None:
        """Unlock the sheet; a wrong password is an error."""
        self.uno.unprotect(password)

    def Activate(self) -> None:
        """Show the sheet."""
        self.book.document.CurrentController.setActiveSheet(self.uno)

    def Delete(self) -> None:
        """Remove the sheet."""
        self.book.document.Sheets.removeByName(self.uno.Name)


class Protection:
    """What a locked sheet still allows; the bridge does not tell, so nothing."""

    def __getattr__(self, name: str) -> bool:
        if name.startswith("Allow"):
            return False
        raise AttributeError(name)


class Tab:
    """A sheet's tab."""

    def __init__(self, uno: Any) -> None:
        self._uno = uno

    @property
    def Color(self) -> int:
        return turned(int(self._uno.TabColor))

    @Color.setter
    def Color(self, value: int) -> None:
        self._uno.TabColor = turned(value)


class Hyperlinks:
    """Links on cells, which here are fields in their texts."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet

    def Add(self, anchor: Range, _address: str, target: str, _tip: str) -> None:
        """A link to a place of the same document; the cell keeps its text."""
        cell = anchor.first
        text = cell.String
        document = self._sheet.book.document
        field = document.createInstance("com.sun.star.text.TextField.URL")
        sheet, _, place = target.rpartition("!")
        name = sheet.strip("'").replace("''", "'")
        field.URL, field.Representation = f"#{name}.{place}", text
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)


def _area(address: str) -> Area:
    rows, columns = _ROWS.fullmatch(address), _COLUMNS.fullmatch(address)
    if rows:
        return Area(int(rows[1]), 1, int(rows[2]), LAST_COLUMN)
    if columns:
        return parse_area(f"{columns[1]}1:{columns[2]}{LAST_ROW}")
    return parse_area(address)
