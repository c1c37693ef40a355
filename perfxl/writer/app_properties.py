"""docProps/app.xml: the list of sheet titles that some programs keep there."""

from perfxl.writer.workbook import Workbook
from perfxl.writer.xml_scan import Node, scan


def forget_titles(book: Workbook, names: list[str]) -> None:
    """Take sheets, and what is named after them, out of the list of titles."""
    draft = book.draft
    parts = [r.target for r in book.relations_of("").values() if r.kind == "extended-properties"]
    part = draft.package.find(parts[0]) if parts else None
    if part is None:
        return
    root = scan(draft.read(part), text=True)
    titles, pairs = _vector(root, "TitlesOfParts"), _vector(root, "HeadingPairs")
    if titles is None or pairs is None:
        return
    gone = [index for index, node in enumerate(titles.children) if _is_of(node.text, names)]
    for index in gone:
        draft.remove(part, titles.children[index])
    if gone:
        size = str(len(titles.children) - len(gone))
        draft.set_attribute(part, titles, "size", size)
        _lower_counts(book, part, pairs, gone)


def _lower_counts(book: Workbook, part: str, pairs: Node, gone: list[int]) -> None:
    """Each heading says how many of the titles are its own."""
    first = 0
    for count in pairs.every("i4"):
        if not count.text.strip().isdecimal():
            return
        size = int(count.text)
        less = sum(first <= index < first + size for index in gone)
        if less:
            book.draft.cut(part, count.open_end, count.close, str(size - less))
        first += size


def _vector(root: Node, name: str) -> Node | None:
    holder = root.child(name)
    return holder.child("vector") if holder else None


def _is_of(title: str, names: list[str]) -> bool:
    return any(
        title == name or title.startswith((f"{name}!", "'" + name.replace("'", "''") + "'!"))
        for name in names
    )
