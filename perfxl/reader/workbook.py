"""A workbook's grid, from a file or from its bytes.

Expat over the zip's parts; the old binary format by a worker.
"""

import hashlib
from pathlib import Path

from perfxl.errors import RefusedFile
from perfxl.model.cells import Book, Remark, Sheet
from perfxl.reader.annotation import has_our_formats, take_out_annotation
from perfxl.reader.budget import full_budget
from perfxl.reader.comments import read_comments
from perfxl.reader.gate import admit, fetch
from perfxl.reader.kinds import is_legacy
from perfxl.reader.legacy import read_legacy
from perfxl.reader.package import Package
from perfxl.reader.properties import read_properties
from perfxl.reader.relations import Relation, first_of_kind, read_relations
from perfxl.reader.sheet_xml import read_sheet
from perfxl.reader.strings import read_strings
from perfxl.reader.styles import read_styles
from perfxl.reader.surroundings import remark_surroundings
from perfxl.reader.theme import read_theme
from perfxl.reader.workbook_xml import SheetEntry, read_workbook_part

_STATES = ("visible", "hidden", "veryHidden")
_OTHER_SHEETS = {
    "chartsheet": ("FL205", "图表页，没有单元格，未读"),
    "dialogsheet": ("FL205", "对话框页，未读"),
    "xlMacrosheet": ("FL201", "宏表，未读取，也未运行"),
    "xlIntlMacrosheet": ("FL201", "宏表，未读取，也未运行"),
}


def read_book(source: Path | bytes) -> Book:
    """Read an .xlsx, .xlsm or .xls; our own annotation, if there is one, is taken out.

    Raises:
        RefusedFile: with the FL1xx code and the part, sheet or cell concerned.
    """
    data = fetch(source)
    try:
        return read_legacy(data) if is_legacy(data) else _read_package(data)
    except RefusedFile as refusal:
        refusal.sha256 = hashlib.sha256(data).hexdigest()
        raise


def _read_package(data: bytes) -> Book:
    package = admit(data)
    book = Book(sha256=hashlib.sha256(data).hexdigest())
    root = read_relations(package, "")
    part = first_of_kind(root, "officeDocument") or "xl/workbook.xml"
    workbook = read_workbook_part(package.read(part), part)
    book.names, book.is_date_1904 = workbook.names, workbook.is_date_1904
    relations = read_relations(package, part)
    _read_properties(package, root, book)
    _read_styles(package, relations, book)
    sheets = _list_sheets(workbook.entries, relations, book)
    strings = _read_strings(package, relations)
    has_formats = _read_sheets(package, sheets, strings, book)
    take_out_annotation(book, has_formats=has_formats)
    remark_surroundings(package, book)
    if not book.sheets:
        raise RefusedFile("FL111", "没有一张可读的工作表")
    return book


def _read_properties(package: Package, root: dict[str, Relation], book: Book) -> None:
    part = first_of_kind(root, "custom-properties", "customProperties")
    if part and package.has(part):
        book.properties = read_properties(package.read(part), part)


def _read_styles(package: Package, relations: dict[str, Relation], book: Book) -> None:
    part = first_of_kind(relations, "styles")
    if part and package.has(part):
        data, theme = package.read(part), first_of_kind(relations, "theme")
        # The theme is looked up only where a colour of it is used.
        if b"theme=" in data and theme and package.has(theme):
            colors = read_theme(package.read(theme), theme)
            book.styles = read_styles(data, part, colors)
        else:
            book.styles = read_styles(data, part)


def _read_strings(package: Package, relations: dict[str, Relation]) -> list[str]:
    part = first_of_kind(relations, "sharedStrings")
    return read_strings(package.read(part), part) if part else []


def _list_sheets(
    entries: list[SheetEntry], relations: dict[str, Relation], book: Book
) -> list[Sheet]:
    sheets: list[Sheet] = []
    names: set[str] = set()
    parts: set[str] = set()
    for entry in entries:
        if entry.name.casefold() in names:
            raise RefusedFile("FL112", f"两张工作表都叫“{entry.name}”", sheet=entry.name)
        names.add(entry.name.casefold())
        relation = relations.get(entry.relation)
        if relation is None or relation.is_external:
            detail = f"工作表“{entry.name}”没有内容部件"
            raise RefusedFile("FL111", detail, sheet=entry.name)
        if relation.kind != "worksheet":
            code, detail = _OTHER_SHEETS.get(relation.kind, ("FL205", "不是工作表，未读"))
            book.remarks.append(Remark(code, f"“{entry.name}”是{detail}"))
            continue
        if relation.target.lower() in parts:
            detail = f"工作表“{entry.name}”与另一张共用内容"
            raise RefusedFile("FL112", detail, sheet=entry.name)
        parts.add(relation.target.lower())
        state = entry.state if entry.state in _STATES else "visible"
        sheets.append(Sheet(entry.name, state, part=relation.target))
    return sheets


def _read_sheets(package: Package, sheets: list[Sheet], strings: list[str], book: Book) -> bool:
    """Fill the sheets into the book; whether conditional formats of ours were seen."""
    has_formats = False
    budget = full_budget()
    for sheet in sheets:
        data = package.read(sheet.part)
        has_formats = has_our_formats(data) or has_formats
        book.remarks.extend(read_sheet(data, sheet, strings, len(book.styles), budget))
        part = first_of_kind(read_relations(package, sheet.part), "comments")
        if part and package.has(part):
            sheet.comments = read_comments(package.read(part), part)
        book.sheets.append(sheet)
    return has_formats
