"""Ranges asked as wholes: values in blocks, formats by dividing what is not uniform.

A call into Excel takes as long for a thousand cells as for one. Excel answers Null for a format
that differs within a range; such a range is divided in quarters and each is asked again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from perfxl.model.address import MAX_COLUMN, MAX_ROW, Area, column_letters, parse_area

BLOCK = 20_000  # cells in one call

T = TypeVar("T")
Spot = tuple[int, int]


def used_area(sheet: Any) -> Area:
    """What Excel thinks is in use; formats alone may stretch it to the sheet's end."""
    return area_of(sheet.UsedRange)


def area_of(cells: Any) -> Area:
    """Where a range is; the first of its areas."""
    address = str(cells.Address).replace("$", "").partition(",")[0]
    first, _, last = address.partition(":")
    if first.isdecimal():  # whole rows
        return Area(int(first), 1, int(last), MAX_COLUMN)
    if first.isalpha():  # whole columns
        return parse_area(f"{first}1:{last}{MAX_ROW}")
    return parse_area(address)


def filled_blocks(area: Area, count: Callable[[Area], int]) -> Iterator[Area]:
    """The parts of an area that hold anything, from top to bottom, none larger than a block.

    `count` tells how many cells of an area are not empty.
    """
    rows, columns = area.bottom - area.top + 1, area.right - area.left + 1
    if not count(area):
        return
    if rows * columns <= BLOCK:
        yield area
        return
    if rows > 1:
        middle = area.top + (rows - 1) // 2
        halves = area._replace(bottom=middle), area._replace(top=middle + 1)
    else:
        middle = area.left + (columns - 1) // 2
        halves = area._replace(right=middle), area._replace(left=middle + 1)
    for half in halves:
        yield from filled_blocks(half, count)


def uniform_groups(
    spots: Sequence[Spot], ask: Callable[[Area], T | None]
) -> Iterator[tuple[Sequence[Spot], T | None]]:
    """Cells grouped by what `ask` answers for the rectangle around them.

    `ask` answers None for a rectangle that is not uniform; a single cell is given with None then.
    """
    if not spots:
        return
    area = around(spots)
    answer = ask(area)
    if answer is not None or (area.top == area.bottom and area.left == area.right):
        yield spots, answer
        return
    middle_row = (area.top + area.bottom) // 2
    middle_column = (area.left + area.right) // 2
    quarters: dict[tuple[bool, bool], list[Spot]] = {}
    for row, column in spots:
        quarters.setdefault((row > middle_row, column > middle_column), []).append((row, column))
    for quarter in quarters.values():
        yield from uniform_groups(quarter, ask)


def quarters_of(area: Area) -> Iterator[Area]:
    """The area's four parts; two of a line, none of a single cell."""
    if area.top == area.bottom and area.left == area.right:
        return
    rows = _halves(area.top, area.bottom)
    columns = _halves(area.left, area.right)
    for top, bottom in rows:
        for left, right in columns:
            yield Area(top, left, bottom, right)


def lines_where(first: int, last: int, ask: Callable[[int, int], Any]) -> Iterator[int]:
    """The numbers of a span for which `ask` is true; it answers None for a span that is mixed."""
    answer = ask(first, last)
    if answer is None and first < last:
        for start, end in _halves(first, last):
            yield from lines_where(start, end, ask)
    elif answer:
        yield from range(first, last + 1)


def around(spots: Iterable[Spot]) -> Area:
    """The smallest rectangle that holds the cells."""
    rows, columns = zip(*spots, strict=True)
    return Area(min(rows), min(columns), max(rows), max(columns))


def rows_of(answer: Any, area: Area) -> Sequence[Sequence[Any]]:
    """A block as rows: Excel answers a bare value for a single cell."""
    if area.top == area.bottom and area.left == area.right and not isinstance(answer, tuple):
        return ((answer,),)
    rows: Sequence[Sequence[Any]] = answer
    return rows


def row_range(first: int, last: int) -> str:
    """Whole rows as an address."""
    return f"{first}:{last}"


def column_range(first: int, last: int) -> str:
    """Whole columns as an address."""
    return f"{column_letters(first)}:{column_letters(last)}"


def _halves(first: int, last: int) -> list[tuple[int, int]]:
    if first == last:
        return [(first, last)]
    middle = (first + last) // 2
    return [(first, middle), (middle + 1, last)]
