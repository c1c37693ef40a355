"""What a workbook carries beside its cells: macros, links, objects; and cells gone astray."""

import posixpath
from itertools import pairwise
from urllib.parse import unquote

from perfxl.errors import RefusedFile
from perfxl.model.cells import Book, Remark, Sheet
from perfxl.reader.package import Package
from perfxl.reader.relations import read_relations

_MACROS = ("vbaproject.bin",)
_OBJECT_FOLDERS = ("xl/embeddings/", "xl/activex/")
_CONNECTIONS = ("xl/connections.xml", "xl/querytables/")
_LINK_FOLDER = "xl/externallinks/"
_FAR_ROWS = 1_000  # so many empty rows, or columns, set a cell apart from the table
_FAR_COLUMNS = 100


def remark_surroundings(package: Package, book: Book) -> None:
    """Note what the package carries; nothing of it is ever run or followed."""
    names = sorted(package.names)
    if any(posixpath.basename(name) in _MACROS for name in names):
        book.remarks.append(Remark("FL201", "VBA宏，未运行，也未读取"))
    book.remarks.extend(Remark("FL202", detail) for detail in _links(package, names))
    objects = [name for name in names if name.startswith(_OBJECT_FOLDERS) and _is_content(name)]
    if objects:
        book.remarks.append(Remark("FL203", f"共{len(objects)}个，未打开"))
    for sheet in book.sheets:
        remark_stray(book, sheet)


def _is_content(name: str) -> bool:
    return "/_rels/" not in name and not name.endswith("/")


def _links(package: Package, names: list[str]) -> list[str]:
    details = [
        _describe_link(package, name)
        for name in names
        if name.startswith(_LINK_FOLDER) and _is_content(name)
    ]
    if any(name.startswith(_CONNECTIONS) for name in names):
        details.append("设有外部数据连接")
    return list(dict.fromkeys(details))


def _describe_link(package: Package, name: str) -> str:
    try:
        if b"ddeLink" in package.read(name):
            return "设有DDE链接，打开时可能启动别的程序"
        relations = read_relations(package, name)
    except RefusedFile:
        return "引用了别的文件，引用信息已损坏"
    for relation in relations.values():
        target = unquote(relation.target).replace("\\", "/")
        return f"公式引用了别的文件：{posixpath.basename(target)[:80]}"
    return "公式引用了别的文件"


def remark_stray(book: Book, sheet: Sheet) -> None:
    """Note the first cell that stands far below or to the right of all others."""
    if not sheet.cells:
        return
    row, column = 0, 0
    # Cells were stored row by row, so the last one has the greatest row.
    if next(reversed(sheet.cells))[0] > _FAR_ROWS:
        row = _first_after_gap(sorted({key[0] for key in sheet.cells}), _FAR_ROWS)
    if max(key[1] for key in sheet.cells) > _FAR_COLUMNS:
        column = _first_after_gap(sorted({key[1] for key in sheet.cells}), _FAR_COLUMNS)
    if not (row or column):
        return
    stray = next(key for key in sheet.cells if key[0] == row or key[1] == column)
    place = sheet.place(*stray)
    detail = f"{place.cell}离表格很远，里面有内容，可能是误填"
    book.remarks.append(Remark("FL204", detail, place))


def _first_after_gap(used: list[int], gap: int) -> int:
    """The first number that follows a gap, counted from the second one on; 0 if none."""
    for before, after in pairwise(used):
        if after - before > gap:
            return after
    return 0
