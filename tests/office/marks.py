"""What an open book holds of our marks, and all else that stands in it."""

from typing import Any

_EXPRESSION = 24  # com.sun.star.sheet.ConditionFormatOperator


def sheets(book: Any) -> tuple[str, ...]:
    return tuple(book.getSheets().getElementNames())


def formats(book: Any) -> set[tuple[str, str, int]]:
    """Sheet, ranges and fill of our conditional formats, by what they mark."""
    found = set()
    styles = book.getStyleFamilies().getByName("CellStyles")
    for name in sheets(book):
        for one in book.getSheets().getByName(name).ConditionalFormats.getConditionalFormats():
            for index in range(one.getCount()):
                entry = one.getByIndex(index)
                if "perfxl:" in getattr(entry, "Formula1", ""):
                    assert entry.Operator == _EXPRESSION, "a mark that is there and does not show"
                    fill = styles.getByName(entry.StyleName).CellBackColor
                    where = one.Range.RangeAddressesAsString.replace(f"{name}.", "")
                    found.add((entry.Formula1, where, fill))
    return found


def own_formats(book: Any) -> set[tuple[int, str]]:
    """Number and ranges of the conditional formats that are not ours."""
    return {
        (one.ID, one.Range.RangeAddressesAsString)
        for name in sheets(book)
        for one in book.getSheets().getByName(name).ConditionalFormats.getConditionalFormats()
        if not any(
            "perfxl:" in getattr(one.getByIndex(index), "Formula1", "")
            for index in range(one.getCount())
        )
    }


def notes(book: Any) -> dict[str, str]:
    """Notes by sheet and cell."""
    return {
        f"{name}!{note.Position.Row}.{note.Position.Column}": note.getString()
        for name in sheets(book)
        for note in book.getSheets().getByName(name).getAnnotations()
    }


def contents(book: Any) -> list[object]:
    """What stands in the cells of every sheet, formulas as formulas."""
    found: list[object] = []
    for name in sheets(book):
        sheet = book.getSheets().getByName(name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.getRangeAddress()
        area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        found.append((name, area.getFormulaArray()))
    return found
