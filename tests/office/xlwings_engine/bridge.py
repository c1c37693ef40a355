"""The bridge to a LibreOffice that listens on a pipe, and its kinds of values."""

from typing import Any

from tests.office.session import connect, import_uno


def open_documents(desktop: Any) -> list[Any]:
    """The spreadsheets that are open, in the order in which they were opened."""
    found = []
    walk = desktop.Components.createEnumeration()
    while walk.hasMoreElements():
        document = walk.nextElement()
        if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            found.append(document)
    return found


def desktop_on(pipe: str) -> Any:
    """The desktop of a LibreOffice that somebody else started."""
    return connect(pipe)


def struct(name: str, **values: object) -> Any:
    """A structure of the bridge."""
    made = import_uno().createUnoStruct(name)
    for key, value in values.items():
        setattr(made, key, value)
    return made


def enum(kind: str, value: str) -> Any:
    """A value of one of the bridge's enumerations."""
    return import_uno().Enum(kind, value)


def system_path(url: str) -> str:
    """The path that a document's URL means."""
    return str(import_uno().fileUrlToSystemPath(url))


def is_mixed(holder: Any, name: str) -> bool:
    """Whether a property differs among the cells of a range."""
    return str(holder.getPropertyState(name).value) == "AMBIGUOUS_VALUE"


def turned(color: int) -> int:
    """Red and blue exchanged: Excel's colours begin with blue, the bridge's with red."""
    return (color & 0xFF) << 16 | color & 0xFF00 | color >> 16 & 0xFF
