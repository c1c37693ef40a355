"""What the bureau knows of a unit already, typed into its copy of the form beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass

from perfxl.pipeline.filling import Filling, computed, input_places, put_figures
from perfxl.reader.figures import figure_of
from perfxl.reader.workbook import read_book
from perfxl.scheme.figures import match_figures
from perfxl.scheme.model import Scheme
from perfxl.scheme.vocabulary import fold
from perfxl.writer.cells import Content, Spot, write_cells
from perfxl.writer.template.plan import PARTICULARS

_FIXED = ("单位全称", "评价年度")  # stamped by whoever makes the copy
_LABEL, _ENTRY = 1, 2  # columns of 填报信息


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A copy with items typed in.

    Attributes:
        data: the workbook.
        placed: the items that have a place in it, whether they could be typed there or not.
        remarks: what was assumed of an item, or why it was left out, a sentence each.
    """

    data: bytes
    placed: frozenset[str]
    remarks: tuple[str, ...] = ()


def prefilled(data: bytes, scheme: Scheme, items: Mapping[str, str]) -> Prefilled:
    """A form with items by name (填报人, 总预算（万元）) typed in where units can change them.

    Names are those of 填报信息 and 基础数据; an item of another name has no place.

    Raises:
        RefusedEdit: the form cannot be edited.
    """
    book = read_book(data)
    edits: dict[str, dict[Spot, Content]] = {}
    placed: set[str] = set()
    rows = {
        fold(cell.raw): row
        for sheet in book.sheets
        if sheet.name == PARTICULARS
        for (row, column), cell in sheet.cells.items()
        if column == _LABEL and cell.raw not in _FIXED
    }
    for name, text in items.items():
        if (row := rows.get(fold(name))) is not None:
            edits.setdefault(PARTICULARS, {})[row, _ENTRY] = Content(text)
            placed.add(name)
    figures = {name: figure_of(name, text) for name, text in items.items() if name not in placed}
    places = input_places(book)
    inputs = [one for one in scheme.inputs if one.key in places]
    matched = match_figures(inputs, list(figures.values()))
    placed |= {name for name, figure in figures.items() if figure not in matched.unused}
    filling = Filling()
    put_figures(book, places, matched, filling, edits, overwrite=False)
    remarks = [*filling.unclear, *(f"{one.label}：{one.note}" for one in filling.put if one.note)]
    if edits:
        data = computed(write_cells(data, edits))
    return Prefilled(data, frozenset(placed), tuple(remarks))
