"""The workbook's own part: which sheets there are, defined names, the date system."""

from dataclasses import dataclass, field
from typing import NamedTuple

from perfxl.reader.xml_part import Attributes, is_true, parse, relation_id, unescape


class SheetEntry(NamedTuple):
    """A tab as the workbook lists it."""

    name: str
    state: str
    relation: str


@dataclass(slots=True)
class WorkbookPart:
    """What xl/workbook.xml says."""

    entries: list[SheetEntry] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    is_date_1904: bool = False


def read_workbook_part(data: bytes, part: str) -> WorkbookPart:
    """Read the part; names that belong to one sheet only (print areas and such) are left out."""
    workbook = WorkbookPart()
    name = ""
    run: list[str] = []

    def start(element: str, attributes: Attributes) -> None:
        nonlocal name
        if element == "sheet":
            workbook.entries.append(
                SheetEntry(
                    unescape(attributes.get("name", "")),
                    attributes.get("state", "visible"),
                    relation_id(attributes),
                )
            )
        elif element == "definedName":
            name = "" if "localSheetId" in attributes else attributes.get("name", "")
            run.clear()
        elif element == "workbookPr":
            workbook.is_date_1904 = is_true(attributes.get("date1904"))

    def end(element: str) -> None:
        if element == "definedName" and name:
            workbook.names[name] = "".join(run)

    parse(data, part, start, end, run.append, namespaces=True)
    return workbook
