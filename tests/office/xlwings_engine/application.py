"""Excel's Application."""

from typing import Any

from tests.office.xlwings_engine.bridge import open_documents

_AUTOMATIC, _MANUAL = -4105, -4135


class Application:
    """One LibreOffice as Excel."""

    def __init__(self, desktop: Any, window: int) -> None:
        self._desktop = desktop
        self.Hwnd = window
        self.ScreenUpdating = True
        self.EnableEvents = True
        self.DisplayAlerts = True
        self.WorksheetFunction = Functions()
        self.followed: list[str] = []  # files that were to be opened

    @property
    def Calculation(self) -> int:
        documents = open_documents(self._desktop)
        is_automatic = all(document.isAutomaticCalculationEnabled() for document in documents)
        return _AUTOMATIC if is_automatic else _MANUAL

    @Calculation.setter
    def Calculation(self, value: int) -> None:
        for document in open_documents(self._desktop):
            document.enableAutomaticCalculation(value == _AUTOMATIC)
            if value == _AUTOMATIC:
                document.calculate()

    def Union(self, *ranges: Any) -> Any:
        """One range of several."""
        first = ranges[0]
        return first.joined([area for one in ranges for area in one.areas])


class Functions:
    """Functions of worksheets."""

    _FILLED = 1 | 2 | 4 | 16  # numbers, dates, texts, formulas

    def CountA(self, cells: Any) -> float:
        """How many cells are not empty."""
        found = cells.uno.queryContentCells(self._FILLED).RangeAddresses
        return float(
            sum((a.EndRow - a.StartRow + 1) * (a.EndColumn - a.StartColumn + 1) for a in found)
        )
