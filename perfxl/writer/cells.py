"""New contents for cells of an existing workbook; all else in it stays byte for byte.

A cell keeps its format. A new formula, or one that is gone, makes the list in which some programs
keep the order of calculation wrong: the list is taken out, and programs make it anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfxl.errors import RefusedEdit
from perfxl.model.address import from_a1, to_a1
from perfxl.model.number import plain
from perfxl.writer.draft import Draft
from perfxl.writer.package import Package
from perfxl.writer.workbook import SheetEntry, Workbook
from perfxl.writer.xml_scan import Node, namespace_for, scan
from perfxl.writer.xml_text import attribute, content

Spot = tuple[int, int]
Scalar = Decimal | str | bool | None


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell shall hold: a value, or a formula (without `=`) with its computed value.

    `keeps_formula`: only the value that the cell's own formula came to is new.
    """

    value: Scalar
    formula: str | None = None
    keeps_formula: bool = False
    is_error: bool = False  # `value` is the text of an error such as #DIV/0!


Edits = Mapping[str, Mapping[Spot, Content]]
"""Sheet name → (row, column) → what shall stand there."""


def write_cells(data: bytes, edits: Edits) -> bytes:
    """A copy of a workbook with other cell contents; it is computed anew when it is opened.

    Args:
        data: an xlsx or xlsm.
        edits: by sheet and spot; of a merged area the top left spot.

    Raises:
        RefusedEdit: no such sheet, an array formula or the first cell of a shared one would be
            overwritten, or the file cannot be edited without harm.
    """
    book = Workbook(Draft(Package(data)))
    sheets = {sheet.name: sheet for sheet in book.sheets if sheet.is_worksheet}
    for name, contents in edits.items():
        if name not in sheets:
            raise RefusedEdit(f"工作簿里没有工作表“{name}”")
        _edit_sheet(book, sheets[name], contents)
    if any(not one.keeps_formula for contents in edits.values() for one in contents.values()):
        _forget_order_of_calculation(book)
    _compute_on_opening(book)
    book.flush_relations()
    book.draft.commit()
    return book.draft.package.to_bytes()


def _edit_sheet(book: Workbook, sheet: SheetEntry, contents: Mapping[Spot, Content]) -> None:
    data = book.draft.read(sheet.part)
    root = scan(data, text=True)
    table = root.child("sheetData")
    if table is None:
        raise RefusedEdit(f"工作表“{sheet.name}”没有单元格区域，不能填写")
    tag = _Tags(namespace_for(data, root))
    rows = {_row_number(row): row for row in table.children if row.name == "row"}
    by_row: dict[int, dict[int, Content]] = {}
    for (row, column), one in sorted(contents.items()):
        by_row.setdefault(row, {})[column] = one
    for row, wanted in by_row.items():
        if row in rows:
            _edit_row(book, sheet, rows[row], wanted, tag)
        else:
            cells = "".join(tag.cell((row, c), one) for c, one in wanted.items())
            xml = f'<row{tag.declared} r="{row}">{cells}</row>'
            _insert(book, sheet.part, table, _following(rows, row), xml)


def _edit_row(
    book: Workbook, sheet: SheetEntry, row: Node, wanted: Mapping[int, Content], tag: "_Tags"
) -> None:
    number = _row_number(row)
    cells = {_column(cell): cell for cell in row.children if cell.name == "c"}
    for column, one in wanted.items():
        spot = (number, column)
        if column in cells:
            _replace(book, sheet, cells[column], one, tag.cell(spot, one, cells[column]))
        else:
            before = _following(cells, column)
            _insert(book, sheet.part, row, before, tag.cell(spot, one, declare=True))


def _replace(book: Workbook, sheet: SheetEntry, cell: Node, one: Content, xml: str) -> None:
    formula = cell.child("f")
    if formula is not None and not one.keeps_formula:
        kind = formula.attributes.get("t", "normal")
        if kind == "array" or (kind == "shared" and "ref" in formula.attributes):
            raise RefusedEdit(
                f"{sheet.name}!{cell.attributes['r']} 是数组公式或共享公式的首格，改动会影响别的"
                "单元格，未作任何改动；请在表里把它改成普通公式再试"
            )
    book.draft.cut(sheet.part, cell.start, cell.end, xml)


class _Tags:
    """Writes elements in the sheet's own namespace."""

    def __init__(self, declared: str) -> None:
        self.declared = declared

    def cell(
        self, spot: Spot, one: Content, old: Node | None = None, *, declare: bool = False
    ) -> str:
        """A cell with its format kept; the old formula too, where only its value is new."""
        start = f'<c{self.declared if old is not None or declare else ""} r="{to_a1(*spot)}"'
        if old is not None and "s" in old.attributes:
            start += f' s="{old.attributes["s"]}"'
        kind, body = _value(one)
        formula = f"<f>{content(one.formula)}</f>" if one.formula is not None else ""
        if one.keeps_formula and old is not None:
            formula = self._formula_of(old)
        if formula and kind == "inlineStr":
            kind, body = "str", f"<v>{content(str(one.value))}</v>"
        typed = f' t="{kind}"' if kind else ""
        return f"{start}{typed}>{formula}{body}</c>"

    def _formula_of(self, cell: Node) -> str:
        formula = cell.child("f")
        if formula is None:
            raise RefusedEdit(f"{cell.attributes.get('r')} 没有公式")
        told = "".join(f' {k}="{attribute(v)}"' for k, v in formula.attributes.items())
        return f"<f{told}>{content(formula.text)}</f>"


def _value(one: Content) -> tuple[str, str]:
    """The type attribute and the element of a value."""
    match one.value:
        case None:
            return "", ""
        case bool():
            return "b", f"<v>{int(one.value)}</v>"
        case Decimal():
            return "", f"<v>{plain(one.value)}</v>"
    if one.is_error:
        return "e", f"<v>{content(one.value)}</v>"
    return "inlineStr", f'<is><t xml:space="preserve">{content(one.value)}</t></is>'


def _insert(book: Workbook, part: str, parent: Node, before: Node | None, xml: str) -> None:
    if before is None:
        book.draft.append(part, parent, xml)
    else:
        book.draft.cut(part, before.start, before.start, xml)


def _following(known: Mapping[int, Node], number: int) -> Node | None:
    later = min((other for other in known if other > number), default=None)
    return None if later is None else known[later]


def _row_number(row: Node) -> int:
    number = row.attributes.get("r", "")
    if not number.isdigit():
        raise RefusedEdit("工作表的行没有编号，请用 Excel 或 WPS 打开并另存后再填")
    return int(number)


def _column(cell: Node) -> int:
    try:
        return from_a1(cell.attributes.get("r", ""))[1]
    except ValueError:
        raise RefusedEdit("工作表的单元格没有地址，请用 Excel 或 WPS 打开并另存后再填") from None


def _forget_order_of_calculation(book: Workbook) -> None:
    for relation in book.relations.values():
        if relation.kind == "calcChain":
            book.draft.drop(relation.target)
            book.drop_override(relation.target)
            book.drop_relation(book.part, relation)


def _compute_on_opening(book: Workbook) -> None:
    """Ask the program that opens the book to compute it: our values are right, its own are safe."""
    settings = book.root.child("calcPr")
    if settings is not None:
        book.draft.set_attribute(book.part, settings, "fullCalcOnLoad", "1")
