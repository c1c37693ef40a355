"""Excel's Characters: some letters of a cell."""

from typing import Any

from tests.office.xlwings_engine.cell_formats import Font


class Characters:
    """Letters by their place from 1."""

    def __init__(self, text: Any, start: int, length: int) -> None:
        cursor = text.createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(start - 1, False)
        cursor.goRight(length, True)
        self.Font = Font(cursor)
