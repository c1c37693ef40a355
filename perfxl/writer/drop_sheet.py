"""Taking our result sheet out of a workbook, and every mention of it."""

import re

from perfxl.writer.app_properties import forget_titles
from perfxl.writer.result_search import ResultSheet
from perfxl.writer.workbook import SheetEntry, Workbook, relations, rels_part
from perfxl.writer.xml_scan import Node


def drop_sheets(book: Workbook, results: list[ResultSheet]) -> None:
    """Remove the sheets; tabs, names and indexes of the others are put right."""
    gone = {result.sheet.index for result in results}
    if len(gone) == len(book.sheets):
        return  # a workbook must keep a sheet
    for result in results:
        _drop_part(book, result.sheet)
    _fix_names(book, [result.sheet for result in results], gone)
    _fix_views(book, results, gone)
    forget_titles(book, [result.sheet.name for result in results])


def _drop_part(book: Workbook, sheet: SheetEntry) -> None:
    """The sheet's tab, relation, part and whatever only it refers to."""
    draft = book.draft
    draft.remove(book.part, sheet.node)
    for relation in book.relations.values():
        if draft.package.find(relation.target) == sheet.part:
            book.drop_relation(book.part, relation)
    for part in [*_exclusive(book, sheet), rels_part(sheet.part), sheet.part]:
        book.drop_override(part)
        draft.drop(part)


def _exclusive(book: Workbook, sheet: SheetEntry) -> list[str]:
    """Parts that the sheet refers to and no other part does."""
    package = book.draft.package
    own = {
        part
        for relation in relations(package, sheet.part).values()
        if not relation.is_external and (part := package.find(relation.target))
    }
    if not own:
        return []
    for name in package.names():
        folder, _, file = name.rpartition("/_rels/")
        source = f"{folder}/{file.removesuffix('.rels')}"
        if file.endswith(".rels") and source.lower() != sheet.part.lower():
            others = relations(package, source).values()
            own -= {package.find(relation.target) for relation in others}
    return sorted(own)


def _fix_names(book: Workbook, sheets: list[SheetEntry], gone: set[int]) -> None:
    holder = book.root.child("definedNames")
    if holder is None:
        return
    draft = book.draft
    removed = [node for node in holder.children if _is_of(node, sheets, gone)]
    if len(removed) == len(holder.children):
        draft.remove(book.part, holder)
        return
    for node in removed:
        draft.remove(book.part, node)
    for node in holder.children:
        local = node.attributes.get("localSheetId", "")
        if node not in removed and local.isdecimal() and _shifted(int(local), gone) != int(local):
            shifted = str(_shifted(int(local), gone))
            draft.set_attribute(book.part, node, "localSheetId", shifted)


def _is_of(node: Node, sheets: list[SheetEntry], gone: set[int]) -> bool:
    """Whether a defined name belongs to a removed sheet or points at it."""
    local = node.attributes.get("localSheetId", "")
    if local.isdecimal() and int(local) in gone:
        return True
    return any(_mentions(node.text, sheet.name) for sheet in sheets)


def _fix_views(book: Workbook, results: list[ResultSheet], gone: set[int]) -> None:
    """Show the tab that was shown, or the one before us when that was ours."""
    for view in book.root.every("workbookView"):
        active = _number(view, "activeTab")
        if active in gone:
            active = _former(book, results, gone)
            _select(book, active)
        _set(book, view, "activeTab", _shifted(active, gone))
        _set(book, view, "firstSheet", _shifted(_number(view, "firstSheet"), gone))


def _set(book: Workbook, view: Node, name: str, value: int) -> None:
    if value != _number(view, name):
        book.draft.set_attribute(book.part, view, name, str(value))


def _former(book: Workbook, results: list[ResultSheet], gone: set[int]) -> int:
    """The tab to fall back to: the one noted when we came, else the first that can be shown."""
    shown = [s.index for s in book.sheets if s.is_visible and s.index not in gone]
    noted = [result.former_tab for result in results if result.former_tab in shown]
    return noted[0] if noted and noted[0] is not None else (shown[0] if shown else 0)


def _select(book: Workbook, index: int) -> None:
    sheet = book.sheets[index]
    if not sheet.is_worksheet:
        return
    for view in book.outline(sheet.part).every("sheetView")[:1]:
        if view.attributes.get("tabSelected") not in ("1", "true"):
            book.draft.set_attribute(sheet.part, view, "tabSelected", "1")


def _mentions(formula: str, sheet: str) -> bool:
    """Whether a reference names the sheet."""
    quoted = "'" + sheet.replace("'", "''") + "'"
    plain = re.search(rf"(?<![\w.'\]]){re.escape(sheet)}!", formula)
    return f"{quoted}!" in formula or plain is not None


def _shifted(index: int, gone: set[int]) -> int:
    return index - sum(other < index for other in gone)


def _number(view: Node, name: str) -> int:
    text = view.attributes.get(name, "0")
    return int(text) if text.isdecimal() else 0
