"""What a line of 自检 is made of, and the texts of formulas that its tests are written with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from perfxl.formula.excel_text import excel_text, reference_text
from perfxl.formula.tree import Binary, Call, Node, Reference, Unary
from perfxl.model.address import Area, column_letters

FALSE = "FALSE"
LONGEST_NAME = 20  # letters of a unit's own name that a line shows


class Weight(Enum):
    """What a fault means, as rules weigh it: the form is incomplete, or somebody should look."""

    MUST = "必改"
    VERIFY = "请核实"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that may be wrong.

    Attributes:
        label: what users know it by, as a formula's expression.
        cell: where to look; all cells of a check are on one sheet.
        test: the expression that is true where it is wrong; an error in it counts as wrong.
    """

    label: str
    cell: Reference
    test: str


@dataclass(frozen=True, slots=True)
class Check:
    """A line of 自检: what is held, how grave it is, what is said of its first fault."""

    what: str
    weight: Weight
    said: str
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class Scratch:
    """Columns beside the print area of 自检 for what its lines are worked out from."""

    sheet: str
    top: int
    left: int
    columns: list[list[str]] = field(default_factory=list)

    def column(self, formulas: Sequence[str]) -> Reference:
        """Put formulas into a new column; the area they fill."""
        self.columns.append(list(formulas))
        at = self.left + len(self.columns) - 1
        return Reference(self.sheet, Area(self.top, at, self.top + len(formulas) - 1, at))


def cells_of(column: Reference) -> list[Reference]:
    """The cells of a column, from the top."""
    area = column.area
    return [
        Reference(column.sheet, Area(row, area.left, row, area.left))
        for row in range(area.top, area.bottom + 1)
    ]


def check(what: str, weight: Weight, said: str, faults: Iterable[Fault]) -> list[Check]:
    """The line as a list, empty where there is nothing that could be wrong."""
    found = tuple(faults)
    return [Check(what, weight, said, found)] if found else []


def ref(reference: Reference) -> str:
    """A reference with its sheet, as formulas of other sheets write it."""
    return reference_text(reference)


def mark(fault: Fault) -> tuple[str, str]:
    """What names the fault's cell, H16“资产盘点情况”: a live expression and one that cannot fail.

    The live one follows the cell when rows are added above.
    """
    column = column_letters(fault.cell.area.left)
    name = f'"“"&{fault.label}&"”"'
    return (
        f'"{column}"&ROW({ref(fault.cell)})&{name}',
        f'"{column}{fault.cell.area.top}"&{name}',
    )


def named(name: Reference) -> str:
    """What a row that units name is called: its name, or its number while it has none."""
    cell = ref(name)
    return f'IF(ISTEXT({cell}),LEFT({cell},{LONGEST_NAME}),"第{name.area.top}行")'


def trimmed(cell: str) -> str:
    """A cell's text without spaces at its ends."""
    return f'TRIM(SUBSTITUTE({cell},"\u3000"," "))'


def is_blank(cell: str) -> str:
    """True of a cell without anything to see; an error is something."""
    return f'IF(ISERROR({cell}),FALSE,{trimmed(cell)}="")'


def quoted(text: str) -> str:
    """A text as a formula's constant."""
    return '"' + text.replace('"', '""') + '"'


def is_among(text: str, words: Iterable[str]) -> str:
    """True of a text that is one of some words."""
    return f'ISNUMBER(FIND("|"&{text}&"|",{quoted("|" + "|".join(words) + "|")}))'


def both(*tests: str) -> str:
    """All of some tests; the later ones are looked at only while the earlier ones hold."""
    *others, last = tests
    for test in reversed(others):
        last = f"IF({test},{last},FALSE)"
    return last


def numbers(*cells: str) -> str:
    """True when all of some cells hold numbers."""
    return f"COUNT({','.join(cells)})={len(cells)}"


def differ(one: str, other: str, *, least: str = "0") -> str:
    """True of two numbers further apart than `least`, noise of binary fractions aside."""
    return f"ROUND(ABS({one}-{other}),6)>{least}"


def outside_text(node: Node, sheet: str, names: Mapping[str, Reference]) -> str:
    """An expression of one sheet as formulas of other sheets write it."""
    return excel_text(_on_sheet(node, sheet), names)


def _on_sheet(node: Node, sheet: str) -> Node:
    match node:
        case Reference(sheet=None):
            return Reference(sheet, node.area)
        case Unary():
            return Unary(node.operator, _on_sheet(node.operand, sheet))
        case Binary():
            return Binary(node.operator, _on_sheet(node.left, sheet), _on_sheet(node.right, sheet))
        case Call():
            return Call(node.name, tuple(_on_sheet(one, sheet) for one in node.arguments))
    return node
