"""An expression as the text of an Excel formula, for Excel 2010, WPS and LibreOffice alike."""

from collections.abc import Mapping
from decimal import Decimal

from perfxl.errors import SchemeError
from perfxl.formula.coerce import number_text
from perfxl.formula.parse import MAX_LENGTH
from perfxl.formula.tree import (
    Binary,
    Call,
    CellError,
    Literal,
    Name,
    Node,
    Opaque,
    Reference,
    Unary,
)
from perfxl.model.address import MAX_COLUMN, MAX_ROW, Area, column_letters

PRINTED_FUNCTIONS = frozenset((
    "ABS", "AND", "AVERAGE", "AVERAGEIF", "CHOOSE", "CONCATENATE", "COUNT", "COUNTA", "COUNTBLANK",
    "COUNTIF", "COUNTIFS", "EXACT", "FALSE", "FIND", "HYPERLINK", "IF", "IFERROR", "INDEX", "INT",
    "ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT", "LARGE", "LEFT", "LEN", "MATCH", "MAX", "MID",
    "MIN", "MOD", "NOT", "OR", "REPT", "RIGHT", "ROUND", "ROUNDDOWN", "ROUNDUP", "ROW", "ROWS",
    "SEARCH", "SMALL", "SUBSTITUTE", "SUBTOTAL", "SUM", "SUMIF", "SUMPRODUCT", "TEXT", "TRIM",
    "TRUE", "VALUE",
))  # fmt: skip
"""What a formula of ours may call; Excel 2010 and WPS have all of them."""

MAX_TEXT = 255  # letters of a text constant within a formula
MAX_NESTING = 64  # functions within functions
MAX_ARGUMENTS = 255
_NONE: Mapping[str, Reference] = {}

_BINARY = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3} | {
    "*": 4,
    "/": 4,
    "^": 5,
}
_SIGN, _PERCENT, _ATOM = 6, 7, 8


def excel_text(node: Node, names: Mapping[str, Reference] = _NONE) -> str:
    """The formula's text without its leading `=`, with no more parentheses than the tree needs.

    Args:
        node: the expression.
        names: the cells that stand for each `Name`.

    Returns:
        The text; references are absolute ($D$5), sheet names quoted.

    Raises:
        SchemeError: a name without a cell, a function outside `PRINTED_FUNCTIONS`, something that
            has no text, or a formula beyond Excel's limits.
    """
    text, _ = _Printer(names).printed(node, 0)
    if len(text) > MAX_LENGTH:
        raise SchemeError(f"公式有{len(text)}个字符，超过Excel的上限{MAX_LENGTH}个")
    return text


class _Printer:
    def __init__(self, names: Mapping[str, Reference]) -> None:
        self._names = names
        self._nesting = 0

    def printed(self, node: Node, least: int) -> tuple[str, int]:
        """Text and precedence; in parentheses where it binds less than `least`."""
        text, precedence = self._bare(node)
        return (text, precedence) if precedence >= least else (f"({text})", _ATOM)

    def _bare(self, node: Node) -> tuple[str, int]:
        match node:
            case Literal():
                return _literal(node)
            case Reference():
                return reference_text(node), _ATOM
            case Name():
                if node.name not in self._names:
                    raise SchemeError(f"公式用到的“{node.name}”没有对应的单元格")
                return reference_text(self._names[node.name]), _ATOM
            case Unary():
                return self._unary(node)
            case Binary():
                own = _BINARY[node.operator]
                left, _ = self.printed(node.left, own)
                right, _ = self.printed(node.right, own + 1)
                return f"{left}{node.operator}{right}", own
            case Call():
                return self._call(node), _ATOM
            case Opaque():
                raise SchemeError(f"{node.what}不能写成公式")

    def _unary(self, node: Unary) -> tuple[str, int]:
        if node.operator == "%":
            operand, _ = self.printed(node.operand, _PERCENT)
            return f"{operand}%", _PERCENT
        operand, _ = self.printed(node.operand, _SIGN)
        return f"{node.operator}{operand}", _SIGN

    def _call(self, node: Call) -> str:
        if node.name not in PRINTED_FUNCTIONS:
            raise SchemeError(f"函数{node.name}不能用：Excel 2010和WPS不一定都有")
        if self._nesting >= MAX_NESTING:
            raise SchemeError(f"函数套了{MAX_NESTING}层以上，超过Excel的上限")
        if len(node.arguments) > MAX_ARGUMENTS:
            raise SchemeError(f"函数{node.name}有{len(node.arguments)}个参数，超过Excel的上限")
        self._nesting += 1
        arguments = [self._argument(argument) for argument in node.arguments]
        self._nesting -= 1
        return f"{node.name}({','.join(arguments)})"

    def _argument(self, node: Node) -> str:
        if node == Literal(None):
            return ""
        return self.printed(node, 0)[0]


def reference_text(reference: Reference) -> str:
    """A reference with its sheet, if any: '基础数据'!$C$5."""
    area = _area_text(reference.area)
    return area if reference.sheet is None else f"{quoted_sheet(reference.sheet)}!{area}"


def quoted_sheet(name: str) -> str:
    """A sheet's name as formulas spell it, always in quotes."""
    doubled = name.replace("'", "''")
    return f"'{doubled}'"


def _area_text(area: Area) -> str:
    left, right = column_letters(area.left), column_letters(area.right)
    if (area.top, area.bottom) == (1, MAX_ROW):
        return f"${left}:${right}"
    if (area.left, area.right) == (1, MAX_COLUMN):
        return f"${area.top}:${area.bottom}"
    first, last = f"${left}${area.top}", f"${right}${area.bottom}"
    return first if first == last else f"{first}:{last}"


def _literal(node: Literal) -> tuple[str, int]:
    match node.value:
        case bool():
            return ("TRUE" if node.value else "FALSE"), _ATOM
        case Decimal():
            if not node.value.is_finite():
                raise SchemeError("公式里的数不能是无穷大或非数")
            return number_text(node.value), _SIGN if node.value < 0 else _ATOM
        case CellError():
            return node.value.code, _ATOM
        case None:
            raise SchemeError("公式里空着的只能是函数的参数")
    if len(node.value) > MAX_TEXT:
        raise SchemeError(f"公式里的一段文字超过{MAX_TEXT}个字符")
    doubled = node.value.replace('"', '""')
    return f'"{doubled}"', _ATOM
