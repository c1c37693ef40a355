"""Functions that look at cells one by one: kinds, positions, criteria."""

from collections.abc import Callable
from decimal import Decimal

from perfxl.formula.coerce import (
    ARITHMETIC,
    DIV0,
    REF,
    VALUE,
    ZERO,
    Unknown,
    Value,
    finite,
)
from perfxl.formula.criteria import Criterion, criterion_of, matcher
from perfxl.formula.function import BAD_ARGUMENTS, Arguments, Context, Function, fixed, whole
from perfxl.formula.tree import CellError, Node, Reference
from perfxl.model.address import Area

NOT_AVAILABLE = CellError("#N/A")
_Places = dict[tuple[int, int], Value]


def _kind(is_kind: Callable[[Value], bool]) -> Function:
    """ISNUMBER and the like: an error is a kind too."""

    def function(context: Context, arguments: Arguments) -> Value:
        value = context.value(arguments[0])
        return value if isinstance(value, Unknown) else is_kind(value)

    return fixed(1, 1, function)


def _shape(area: Area) -> tuple[int, int]:
    """Rows and columns."""
    return area.bottom - area.top + 1, area.right - area.left + 1


def _size(area: Area) -> int:
    height, width = _shape(area)
    return height * width


def _filled(context: Context, node: Node) -> list[Value] | Unknown:
    """The cells that are not blank; what is unknown among them makes all unknown."""
    members = list(context.members(node) or ())
    unknown = next((value for value in members if isinstance(value, Unknown)), None)
    return members if unknown is None else unknown


def _placed(context: Context, reference: Reference, area: Area) -> _Places | Unknown:
    """The cells of an area that are not blank, by rows and columns from its corner."""
    places: _Places = {}
    for row, column, value in context.placed(reference.sheet, area):
        if isinstance(value, Unknown):
            return value
        places[row - area.top, column - area.left] = value
    return places


def _count_blank(context: Context, arguments: Arguments) -> Value:
    reference = context.reference(arguments[0])
    if reference is None:
        return BAD_ARGUMENTS
    members = _filled(context, arguments[0])
    if isinstance(members, Unknown):
        return members
    return Decimal(_size(reference.area) - sum(value != "" for value in members))


def _count_if(context: Context, arguments: Arguments) -> Value:
    reference = context.reference(arguments[0])
    if reference is None:
        return BAD_ARGUMENTS
    criterion = criterion_of(context.value(arguments[1]))
    members = _filled(context, arguments[0])
    if isinstance(criterion, Unknown):
        return criterion
    if isinstance(members, Unknown):
        return members
    blanks = _size(reference.area) - len(members) if criterion(None) else 0
    return Decimal(blanks + sum(criterion(value) for value in members))


def _count_ifs(context: Context, arguments: Arguments) -> Value:
    if len(arguments) % 2:
        return BAD_ARGUMENTS
    tests: list[tuple[_Places, Criterion]] = []
    shapes: set[tuple[int, int]] = set()
    for node, wanted in zip(arguments[::2], arguments[1::2], strict=True):
        reference, criterion = context.reference(node), criterion_of(context.value(wanted))
        if reference is None:
            return BAD_ARGUMENTS
        if isinstance(criterion, Unknown):
            return criterion
        places = _placed(context, reference, reference.area)
        if isinstance(places, Unknown):
            return places
        tests.append((places, criterion))
        shapes.add(_shape(reference.area))
    if len(shapes) > 1:
        return VALUE
    filled = {place for places, _ in tests for place in places}
    count = sum(all(met(places.get(place)) for places, met in tests) for place in filled)
    if all(met(None) for _, met in tests):
        height, width = shapes.pop()
        count += height * width - len(filled)
    return Decimal(count)


def _chosen(context: Context, arguments: Arguments) -> list[Decimal] | CellError | Unknown:
    """The numbers of the third argument beside what matches in the first."""
    tested = context.reference(arguments[0])
    summed = tested if len(arguments) == 2 else context.reference(arguments[2])
    if tested is None or summed is None:
        return BAD_ARGUMENTS
    criterion = criterion_of(context.value(arguments[1]))
    if isinstance(criterion, Unknown):
        return criterion
    # The area to add up is as large as the tested one, whatever it says.
    height, width = _shape(tested.area)
    top, left = summed.area.top, summed.area.left
    given = _placed(context, tested, tested.area)
    cells = _placed(context, summed, Area(top, left, top + height - 1, left + width - 1))
    if isinstance(given, Unknown):
        return given
    if isinstance(cells, Unknown):
        return cells
    chosen = [cells[place] for place in sorted(cells) if criterion(given.get(place))]
    error = next((cell for cell in chosen if isinstance(cell, CellError)), None)
    return error or [cell for cell in chosen if isinstance(cell, Decimal)]


def _sum_if(context: Context, arguments: Arguments) -> Value:
    numbers = _chosen(context, arguments)
    return finite(_total(numbers)) if isinstance(numbers, list) else numbers


def _average_if(context: Context, arguments: Arguments) -> Value:
    numbers = _chosen(context, arguments)
    if not isinstance(numbers, list):
        return numbers
    if not numbers:
        return DIV0
    return ARITHMETIC.divide(_total(numbers), Decimal(len(numbers)))


def _total(numbers: list[Decimal]) -> Decimal:
    total = ZERO
    for number in numbers:
        total = ARITHMETIC.add(total, number)
    return total


def _row(context: Context, arguments: Arguments) -> Value:
    reference = context.reference(arguments[0])
    return BAD_ARGUMENTS if reference is None else Decimal(reference.area.top)


def _rows(context: Context, arguments: Arguments) -> Value:
    reference = context.reference(arguments[0])
    if reference is None:
        return BAD_ARGUMENTS
    return Decimal(reference.area.bottom - reference.area.top + 1)


def _index(context: Context, arguments: Arguments) -> Value:
    """INDEX: one cell of an area, which a single number counts along a row or a column."""
    reference = context.reference(arguments[0])
    if reference is None:
        return BAD_ARGUMENTS
    row = whole(context, arguments[1])
    column = whole(context, arguments[2]) if len(arguments) > 2 else 1
    if not isinstance(row, int):
        return row
    if not isinstance(column, int):
        return column
    area = reference.area
    if len(arguments) == 2 and area.top == area.bottom:
        row, column = 1, row
    if row < 0 or column < 0:
        return VALUE
    if row > area.bottom - area.top + 1 or column > area.right - area.left + 1:
        return REF
    if not row or not column:
        return Unknown("函数INDEX（整行或整列）")
    return context.cell(reference.sheet, area.top + row - 1, area.left + column - 1)


def _match(context: Context, arguments: Arguments) -> Value:
    """MATCH of the same value; the nearest one is left alone."""
    reference = context.reference(arguments[1])
    mode = whole(context, arguments[2]) if len(arguments) > 2 else 1
    if reference is None:
        return BAD_ARGUMENTS
    if mode != 0:
        return Unknown("函数MATCH（近似查找）") if isinstance(mode, int) else mode
    sought = context.value(arguments[0])
    if isinstance(sought, Unknown | CellError):
        return sought
    area = reference.area
    if area.top != area.bottom and area.left != area.right:
        return NOT_AVAILABLE
    places = _placed(context, reference, area)
    if isinstance(places, Unknown):
        return places
    is_sought = matcher(sought)
    found = min((place for place, cell in places.items() if is_sought(cell)), default=None)
    return NOT_AVAILABLE if found is None else Decimal(sum(found) + 1)


CELL_FUNCTIONS: dict[str, Function] = {
    "ISNUMBER": _kind(lambda value: isinstance(value, Decimal)),
    "ISTEXT": _kind(lambda value: isinstance(value, str)),
    "ISBLANK": _kind(lambda value: value is None),
    "ISERROR": _kind(lambda value: isinstance(value, CellError)),
    "COUNTBLANK": fixed(1, 1, _count_blank),
    "COUNTIF": fixed(2, 2, _count_if),
    "COUNTIFS": fixed(2, 254, _count_ifs),
    "SUMIF": fixed(2, 3, _sum_if),
    "AVERAGEIF": fixed(2, 3, _average_if),
    "ROW": fixed(1, 1, _row),
    "ROWS": fixed(1, 1, _rows),
    "INDEX": fixed(2, 3, _index),
    "MATCH": fixed(2, 3, _match),
}
"""By upper-case name."""
