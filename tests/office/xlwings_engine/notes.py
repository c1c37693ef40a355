"""Excel's Comment: a note on a cell."""

from typing import Any

from perfxl.model.address import Area


class Note:
    """One note."""

    def __init__(self, sheet: Any, uno: Any) -> None:
        self._sheet = sheet
        self._uno = uno

    @property
    def spot(self) -> tuple[int, int]:
        """The cell's row and column from 1."""
        return self._uno.Position.Row + 1, self._uno.Position.Column + 1

    @property
    def Parent(self) -> Any:
        row, column = self.spot
        return self._sheet.Cells.joined([Area(row, column, row, column)])

    @property
    def Visible(self) -> bool:
        return bool(self._uno.getIsVisible())

    @Visible.setter
    def Visible(self, value: bool) -> None:
        self._uno.setIsVisible(value)

    def Text(self, text: str | None = None, start: int = 1, overwrite: bool = True) -> str:
        """The note's text, after another was put in: behind a place, or instead of all."""
        if text is not None:
            before = self._uno.String
            kept = before[: start - 1]
            self._uno.setString(kept + text if overwrite else kept + text + before[start - 1 :])
        return str(self._uno.String)

    def Delete(self) -> None:
        """Remove the note."""
        notes = self._sheet.uno.Annotations
        here = self.spot
        for number in range(notes.Count):
            position = notes.getByIndex(number).Position
            if (position.Row + 1, position.Column + 1) == here:
                notes.removeByIndex(number)
                return


def notes_of(sheet: Any) -> list[Note]:
    """The notes of a sheet."""
    notes = sheet.uno.Annotations
    return [Note(sheet, notes.getByIndex(number)) for number in range(notes.Count)]


def note_at(sheet: Any, row: int, column: int) -> Note | None:
    """The note of a cell."""
    return next((note for note in notes_of(sheet) if note.spot == (row, column)), None)
