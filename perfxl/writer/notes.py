"""Notes: legacy comments, which Excel, WPS and LibreOffice all show; an own note stays above."""

from perfxl.model.address import from_a1, to_a1
from perfxl.model.annotation import NOTE_AUTHOR, NOTE_MARK
from perfxl.writer.draft import Draft
from perfxl.writer.highlights import SHEET_ORDER
from perfxl.writer.note_box import grid_of
from perfxl.writer.note_shapes import Box, add_shapes, new_drawing
from perfxl.writer.styles import insertion_point
from perfxl.writer.workbook import (
    MAIN,
    Relation,
    SheetEntry,
    Workbook,
    relation_attribute,
)
from perfxl.writer.xml_scan import Node, namespace_for, scan
from perfxl.writer.xml_text import attribute, content

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def note_text(parts: list[str]) -> str:
    """One note out of several, beginning with our mark."""
    bodies = dict.fromkeys(part.replace(NOTE_MARK, "").strip() for part in parts)
    joined = "\n".join(body for body in bodies if body)
    return NOTE_MARK + joined if joined else ""


def add_notes(book: Workbook, sheet: SheetEntry, notes: dict[tuple[int, int], str]) -> None:
    """Put notes on cells of a sheet; a cell with a threaded comment gets none.

    A threaded comment needs its legacy twin word for word, so there is no room for ours.
    """
    rels = book.relations_of(sheet.part)
    threaded = _threaded_cells(book.draft, rels)
    wanted = {cell: text for cell, text in sorted(notes.items()) if cell not in threaded}
    if not wanted:
        return
    part = _related(book, rels, "comments")
    fresh = _extend(book.draft, part, wanted) if part else wanted
    if not part:
        _create(book, sheet, wanted)
    if fresh:
        _add_boxes(book, sheet, rels, fresh)


def _threaded_cells(draft: Draft, rels: dict[str, Relation]) -> set[tuple[int, int]]:
    cells = set()
    for relation in rels.values():
        part = draft.package.find(relation.target)
        if relation.kind == "threadedComment" and part:
            for node in scan(draft.read(part)).every("threadedComment"):
                cells.add(_cell(node))
    return cells


def _related(book: Workbook, rels: dict[str, Relation], kind: str) -> str | None:
    targets = [r.target for r in rels.values() if r.kind == kind and not r.is_external]
    return book.draft.package.find(targets[0]) if targets else None


def _extend(
    draft: Draft, part: str, notes: dict[tuple[int, int], str]
) -> dict[tuple[int, int], str]:
    """Add to an existing comments part; returns the notes whose cells had none."""
    data = draft.read(part)
    root = scan(data)
    declared = namespace_for(data, root)
    existing = {_cell(node): node for node in root.every("comment")}
    fresh = {cell: text for cell, text in notes.items() if cell not in existing}
    for cell in notes.keys() & existing.keys():
        _append_run(draft, part, existing[cell], declared, "\n" + notes[cell])
    authors, listed = root.child("authors"), root.child("commentList")
    if fresh and authors and listed:
        number = len(authors.children)
        xml = f"<author{declared}>{attribute(NOTE_AUTHOR)}</author>"
        draft.append(part, authors, xml)
        for cell, text in fresh.items():
            draft.append(part, listed, _comment(cell, text, number, declared))
    return fresh


def _append_run(draft: Draft, part: str, comment: Node, declared: str, text: str) -> None:
    """Our text behind what the note says; a plain `<t>` becomes a run so that another may follow.

    Phonetic hints, where there are any, must stay last.
    """
    node = comment.child("text")
    if node is None:
        return
    run = _run(text, declared)
    plain = node.child("t")
    if plain:
        draft.cut(part, plain.start, plain.start, f"<r{declared}>")
        draft.cut(part, plain.end, plain.end, "</r>" + run)
        return
    last = node.child("rPh") or node.child("phoneticPr")
    if last:
        draft.cut(part, last.start, last.start, run)
    else:
        draft.append(part, node, run)


def _create(book: Workbook, sheet: SheetEntry, notes: dict[tuple[int, int], str]) -> None:
    part, _ = book.free_part("xl/comments{}.xml")
    xml = "".join(_comment(cell, text, 0, "") for cell, text in notes.items())
    whole = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{MAIN}"><authors><author>{attribute(NOTE_AUTHOR)}</author></authors>'
        f"<commentList>{xml}</commentList></comments>"
    )
    book.draft.add(part, whole.encode())
    book.add_override(part, _COMMENTS_TYPE)
    book.add_relation(sheet.part, "comments", part)


def _add_boxes(
    book: Workbook,
    sheet: SheetEntry,
    rels: dict[str, Relation],
    notes: dict[tuple[int, int], str],
) -> None:
    """The boxes that show the notes, in the sheet's VML drawing or in a new one."""
    draft = book.draft
    data = draft.read(sheet.part)
    root = book.outline(sheet.part)
    grid = grid_of(data, root)
    boxes = [Box(row, column, text, grid) for (row, column), text in notes.items()]
    drawing = _legacy_drawing(book, root, rels)
    if drawing:
        add_shapes(draft, drawing, boxes)
        return
    part, _ = book.free_part("xl/drawings/vmlDrawing{}.vml")
    draft.add(part, new_drawing(draft.package, boxes))
    book.add_default("vml", _VML_TYPE)
    new_id = book.add_relation(sheet.part, "vmlDrawing", part)
    at = insertion_point(root, SHEET_ORDER, "legacyDrawing")
    declared = namespace_for(data, root)
    link = relation_attribute(data, root, new_id)
    draft.cut(sheet.part, at, at, f"<legacyDrawing{declared} {link}/>")


def _legacy_drawing(book: Workbook, root: Node, rels: dict[str, Relation]) -> str | None:
    node = root.child("legacyDrawing")
    if node is None:
        return None
    ids = [value for key, value in node.attributes.items() if key.endswith(" id")]
    relation = rels.get(ids[0]) if ids else None
    return book.draft.package.find(relation.target) if relation else None


def _comment(cell: tuple[int, int], text: str, author: int, declared: str) -> str:
    return (
        f'<comment{declared} ref="{to_a1(*cell)}" authorId="{author}"><text>'
        f"{_run(text, '')}</text></comment>"
    )


def _run(text: str, declared: str) -> str:
    return (
        f'<r{declared}><rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/>'
        f'<charset val="134"/></rPr><t xml:space="preserve">{content(text)}</t></r>'
    )


def _cell(node: Node) -> tuple[int, int]:
    try:
        return from_a1(node.attributes.get("ref", ""))
    except ValueError:
        return (0, 0)
