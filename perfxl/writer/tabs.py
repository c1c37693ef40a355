"""The row of tabs: a sheet more, which one is shown, which ones are selected."""

from perfxl.model.annotation import RESULT_SHEET
from perfxl.writer.styles import insertion_point
from perfxl.writer.workbook import Workbook, relation_attribute
from perfxl.writer.xml_scan import namespace_for
from perfxl.writer.xml_text import attribute

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ORDER = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
)


def result_name(book: Workbook) -> str:
    """校验结果, or 校验结果(2) and so on where the workbook has a sheet of that name itself."""
    taken = {sheet.name.casefold() for sheet in book.sheets}
    name, number = RESULT_SHEET, 1
    while name.casefold() in taken:
        number += 1
        name = f"{RESULT_SHEET}({number})"
    return name


def append_tab(book: Workbook, name: str, part: str) -> None:
    """List a new sheet last."""
    data = book.draft.read(book.part)
    ids = [sheet.node.attributes.get("sheetId", "") for sheet in book.sheets]
    sheet_id = max((int(text) for text in ids if text.isdecimal()), default=0) + 1
    link = relation_attribute(data, book.root, book.add_relation(book.part, "worksheet", part))
    declared = namespace_for(data, book.root)
    xml = f'<sheet{declared} name="{attribute(name)}" sheetId="{sheet_id}" {link}/>'
    book.draft.append(book.part, book.sheets_node, xml)
    book.add_override(part, _TYPE)


def active_tab(book: Workbook) -> int:
    """The index of the tab that is shown."""
    views = book.root.every("workbookView")
    text = views[0].attributes.get("activeTab", "0") if views else "0"
    return int(text) if text.isdecimal() else 0


def activate(book: Workbook, index: int) -> None:
    """Show a tab when the workbook opens."""
    draft = book.draft
    views = book.root.every("workbookView")
    for view in views:
        draft.set_attribute(book.part, view, "activeTab", str(index))
    if views:
        return
    declared = namespace_for(draft.read(book.part), book.root)
    holder = book.root.child("bookViews")
    if holder:
        xml = f'<workbookView{declared} activeTab="{index}"/>'
        draft.append(book.part, holder, xml)
    else:
        at = insertion_point(book.root, _ORDER, "bookViews")
        xml = f'<bookViews{declared}><workbookView activeTab="{index}"/></bookViews>'
        draft.cut(book.part, at, at, xml)


def deselect_all(book: Workbook) -> None:
    """Take every tab out of the selection, so that typing goes into one sheet only."""
    for sheet in book.sheets:
        if sheet.part and b"tabSelected" in book.draft.read(sheet.part):
            for view in book.outline(sheet.part).every("sheetView"):
                if "tabSelected" in view.attributes:
                    book.draft.set_attribute(sheet.part, view, "tabSelected", None)
