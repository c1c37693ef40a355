"""Formulas as Excel writes them, and back."""

from typing import Any

_OWN, _EXCEL = 0, 3  # AddressConvention: the program's, and that of Excel's files


class FormulaText:
    """Turns formulas of one document."""

    def __init__(self, document: Any) -> None:
        self._parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        self._parser.CompileEnglish = True

    def of_cell(self, cell: Any) -> str:
        """A cell's formula without its sign."""
        self._parser.FormulaConvention = _EXCEL
        return str(self._parser.printFormula(cell.getTokens(), cell.CellAddress))

    def put(self, cell: Any, text: str) -> None:
        """A formula without its sign into a cell."""
        self._parser.FormulaConvention = _EXCEL
        cell.setTokens(self._parser.parseFormula(text, cell.CellAddress))

    def of_name(self, content: str, origin: Any) -> str:
        """What a name stands for."""
        self._parser.FormulaConvention = _OWN
        tokens = self._parser.parseFormula(content, origin)
        self._parser.FormulaConvention = _EXCEL
        return str(self._parser.printFormula(tokens, origin))
