"""Excel's Workbook with its sheets, names and properties."""

import itertools
from pathlib import PurePath
from typing import Any

from tests.office.xlwings_engine.bridge import struct, system_path
from tests.office.xlwings_engine.collections import Collection
from tests.office.xlwings_engine.formula_text import FormulaText
from tests.office.xlwings_engine.worksheet import Worksheet


class Workbook:
    """An open document as Excel's workbook."""

    def __init__(self, application: Any, document: Any) -> None:
        self.Application = application
        self.document = document
        self.MultiUserEditing = False
        self.Charts = Collection([])

    @property
    def FullName(self) -> str:
        url = self.document.URL
        return system_path(url) if url else self.Name

    @property
    def Name(self) -> str:
        url = self.document.URL
        return PurePath(system_path(url)).name if url else str(self.document.Title)

    @property
    def Path(self) -> str:
        url = self.document.URL
        return str(PurePath(system_path(url)).parent) if url else ""

    @property
    def ReadOnly(self) -> bool:
        return bool(self.document.isReadonly())

    @property
    def ProtectStructure(self) -> bool:
        return bool(self.document.isProtected())

    @property
    def Date1904(self) -> bool:
        return int(self.document.NullDate.Year) == 1904

    @property
    def HasVBProject(self) -> bool:
        return bool(self.document.BasicLibraries.VBACompatibilityMode)

    @property
    def Worksheets(self) -> "Sheets":
        return Sheets(self)

    Sheets = Worksheets

    @property
    def ActiveSheet(self) -> Worksheet:
        return Worksheet(self, self.document.CurrentController.ActiveSheet)

    @property
    def Names(self) -> Collection:
        names = self.document.NamedRanges
        return Collection([Name(self.document, names.getByName(n)) for n in names.ElementNames])

    @property
    def CustomDocumentProperties(self) -> Collection:
        properties = self.document.DocumentProperties.UserDefinedProperties
        names = [one.Name for one in properties.PropertySetInfo.Properties]
        # The program adds the version of whatever wrote the file.
        own = [name for name in names if name != "AppVersion"]
        return Collection([Property(name, properties.getPropertyValue(name)) for name in own])

    def FollowHyperlink(self, address: str) -> None:
        """Open a file; here it is only noted."""
        self.Application.followed.append(address)

    def LinkSources(self, _kind: int) -> tuple[str, ...] | None:
        """The files that formulas draw upon."""
        names = self.document.ExternalDocLinks.ElementNames
        return tuple(system_path(n) if n.startswith("file:") else n for n in names) or None


class Sheets:
    """The worksheets in tab order."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._sheets = book.document.Sheets

    @property
    def Count(self) -> int:
        return int(self._sheets.Count)

    def Item(self, key: int | str) -> Worksheet:
        """A sheet by its name, or by its number from 1."""
        if isinstance(key, str):
            return Worksheet(self._book, self._sheets.getByName(key))
        return Worksheet(self._book, self._sheets.getByIndex(key - 1))

    def Add(self, *, After: Worksheet) -> Worksheet:
        """A new sheet behind another, active at once."""
        free = (f"Sheet{number}" for number in itertools.count(1))
        name = next(n for n in free if not self._sheets.hasByName(n))
        self._sheets.insertNewByName(name, After.Index)
        made = self.Item(name)
        made.Activate()
        return made


class Name:
    """A defined name."""

    def __init__(self, document: Any, name: Any) -> None:
        self.Name = str(name.Name)
        origin = struct("com.sun.star.table.CellAddress", Sheet=0, Column=0, Row=0)
        self.RefersTo = f"={FormulaText(document).of_name(str(name.Content), origin)}"


class Property:
    """A custom property."""

    def __init__(self, name: str, value: object) -> None:
        self.Name = name
        self.Value = value
