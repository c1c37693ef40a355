"""Removing our highlights and notes from a sheet that another program has saved."""

from xml.sax.saxutils import escape

from perfxl.model.address import from_a1
from perfxl.model.annotation import NOTE_MARK, is_our_format
from perfxl.writer.draft import Draft
from perfxl.writer.note_shapes import note_shapes, shape_count
from perfxl.writer.result_search import node_text, text_leaves
from perfxl.writer.workbook import Relation, SheetEntry, Workbook
from perfxl.writer.xml_scan import Node, scan, scan_sheet


def strip_formats(book: Workbook, sheet: SheetEntry) -> None:
    """Remove the conditional formats whose formula carries our marker."""
    draft = book.draft
    for holder in scan_sheet(draft.read(sheet.part), text=True).children:
        if holder.name != "conditionalFormatting":
            continue
        rules = [child for child in holder.children if child.name == "cfRule"]
        ours = [rule for rule in rules if _is_ours(rule)]
        if ours and len(ours) == len(rules):
            draft.remove(sheet.part, holder)
        else:
            for rule in ours:
                draft.remove(sheet.part, rule)


def strip_notes(book: Workbook, sheet: SheetEntry) -> None:
    """Remove our notes with their boxes, and our tail from notes of others."""
    draft = book.draft
    rels = book.relations_of(sheet.part)
    for relation in rels.values():
        part = draft.package.find(relation.target) if relation.kind == "comments" else None
        if not part:
            continue
        comments = scan(draft.read(part), text=True).every("comment")
        gone = [comment for comment in comments if _strip(draft, part, comment)]
        if gone and len(gone) == len(comments):
            _drop_part(book, sheet, relation, part)
        else:
            for comment in gone:
                draft.remove(part, comment)
        _strip_boxes(book, sheet, rels, {_cell(comment) for comment in gone})


def _is_ours(rule: Node) -> bool:
    return any(is_our_format(child.text) for child in rule.children if child.name == "formula")


def _strip(draft: Draft, part: str, comment: Node) -> bool:
    """Whether a note is all ours; where it is not, cut our tail off it."""
    text = comment.child("text")
    head, mark, _ = node_text(text).partition(NOTE_MARK) if text else ("", "", "")
    if not mark or text is None:
        return False
    if not head.strip():
        return True
    kept = len(head.removesuffix("\n").removesuffix("\r"))
    runs = {leaf.start: run for run in text.children if run.name == "r" for leaf in run.children}
    for leaf in text_leaves(text):
        stays, kept = leaf.text[:kept], max(0, kept - len(leaf.text))
        if stays == leaf.text:
            continue
        if stays or leaf.start not in runs:
            draft.cut(part, leaf.open_end, leaf.close, escape(stays))
        else:
            draft.remove(part, runs[leaf.start])
    return False


def _strip_boxes(
    book: Workbook,
    sheet: SheetEntry,
    rels: dict[str, Relation],
    cells: set[tuple[int, int]],
) -> None:
    """Remove the boxes of removed notes, and the drawing itself when nothing else is in it."""
    draft = book.draft
    root = book.outline(sheet.part)
    legacy = root.child("legacyDrawing")
    ids = [v for k, v in legacy.attributes.items() if k.endswith(" id")] if legacy else []
    relation = rels.get(ids[0]) if ids else None
    part = draft.package.find(relation.target) if relation else None
    if not (legacy and relation and part and cells):
        return
    data = draft.read(part)
    shapes = [shape for shape in note_shapes(data) if shape.cell in cells]
    if len(shapes) == shape_count(data):
        draft.remove(sheet.part, legacy)
        _drop_part(book, sheet, relation, part)
        return
    for shape in shapes:
        draft.cut(part, shape.start, shape.end)


def _drop_part(book: Workbook, sheet: SheetEntry, relation: Relation, part: str) -> None:
    """Take a part out with its relation and content type."""
    book.drop_relation(sheet.part, relation)
    book.drop_override(part)
    book.draft.drop(part)


def _cell(comment: Node) -> tuple[int, int]:
    try:
        return from_a1(comment.attributes.get("ref", ""))
    except ValueError:
        return (0, 0)
