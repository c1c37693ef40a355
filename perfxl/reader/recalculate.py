"""Formula results the file lacks or holds stale, computed again from what the cells hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from perfxl.formula.coerce import shown
from perfxl.formula.evaluate import Unknown, Value, evaluate
from perfxl.formula.parse import parse_formula
from perfxl.formula.stored import stored_value
from perfxl.formula.tree import Call, CellError, Name, Node, Reference, inputs, walk
from perfxl.model.address import Area
from perfxl.model.cells import Book, Cell, CellType, Remark, Sheet
from perfxl.model.number import parse_stored, plain

NOT_COMPUTED = "FL207"
STALE = "FL209"

_Key = tuple[int, int, int]  # sheet index, row, column

_TOLERANCE = Decimal("1e-9")  # relative; absolute for numbers below 1
# Cells looked at in one workbook. A return needs some thousands; whole-column sums repeated in
# every row of a hostile file would need billions. What lies beyond counts as unknown.
_BUDGET = 1_000_000
_NAME_CHAIN = 16  # names that stand for names; people use one
_SUBTOTALS = {"SUBTOTAL", "AGGREGATE"}  # SUBTOTAL passes over cells whose formulas call these


def recalculate(book: Book) -> None:
    """Compute every formula of the book and put right what its file says of their results.

    A formula cell without a cached value gets the computed one; where none can be computed the
    cell stays blank with its formula, and a remark (FL207) names what stands in the way, once
    for each function or construct. A cached value that differs from the computed one is replaced
    and remarked (FL209). A cached value that cannot be checked is trusted.
    """
    formulas = _formulas(book)
    if not formulas:
        return
    values = _Values(book, formulas)
    unknowns: dict[str, list[_Key]] = {}
    for key in values.order():
        computed = values.compute(key)
        cell = _cell(book, key)
        if isinstance(computed, Unknown):
            if cell.type is CellType.BLANK and computed.what:
                unknowns.setdefault(computed.what, []).append(key)
            values.keep(key)
        elif cell.type is CellType.BLANK:
            _put(book, key, computed)
        elif not _agree(stored_value(cell), computed):
            _put(book, key, computed)
            book.remarks.append(_stale(book, key, cell, computed))
    book.remarks.extend(_unknown(book, what, keys) for what, keys in unknowns.items())


@lru_cache(maxsize=8192)  # as many as trees: returns of one template repeat the same texts
def _inputs_of(formula: str) -> tuple[Reference | Name, ...]:
    return inputs(parse_formula(formula))


def _formulas(book: Book) -> dict[_Key, Node]:
    return {
        (index, row, column): parse_formula(cell.formula)
        for index, sheet in enumerate(book.sheets)
        for (row, column), cell in sheet.cells.items()
        if cell.formula is not None
    }


def _cell(book: Book, key: _Key) -> Cell:
    return book.sheets[key[0]].cells[key[1:]]


class _Values:
    """The values of a book's cells: stored ones, and of formulas the computed ones."""

    def __init__(self, book: Book, formulas: dict[_Key, Node]) -> None:
        self._book = book
        self._formulas = formulas
        self._sheets = {sheet.name.casefold(): i for i, sheet in enumerate(book.sheets)}
        self._names = {name.casefold(): text for name, text in book.names.items()}
        self._computed: dict[_Key, Value] = {}
        self._by_sheet: dict[int, list[_Key]] = {}
        for key in formulas:
            self._by_sheet.setdefault(key[0], []).append(key)
        self._lookups = [_Lookup(self, index) for index in range(len(book.sheets))]
        self._budget = _BUDGET

    def compute(self, key: _Key) -> Value:
        """The value of a formula whose precedents have been computed; remembered."""
        if key not in self._computed:
            value = evaluate(self._formulas[key], self._lookups[key[0]])
            self._computed[key] = Decimal(0) if value is None else value
        return self._computed[key]

    def keep(self, key: _Key) -> None:
        """Let others see the cached value of a formula that could not be computed."""
        cell = _cell(self._book, key)
        # Without a reason: only the cell where the trouble begins is remarked.
        self._computed[key] = Unknown() if cell.type is CellType.BLANK else stored_value(cell)

    def at(self, key: _Key) -> Value:
        """The value of any cell, None when it is blank."""
        if key in self._computed:
            return self._computed[key]
        cell = self._book.sheets[key[0]].cells.get(key[1:])
        return None if cell is None else stored_value(cell)

    def sheet_index(self, name: str) -> int | None:
        """The position of a sheet, whatever the case of its name."""
        return self._sheets.get(name.casefold())

    def named(self, name: str) -> Node | None:
        """What a defined name stands for."""
        text = self._names.get(name.casefold())
        return None if text is None else parse_formula(text.removeprefix("="))

    def filled(self, index: int, area: Area) -> Iterable[tuple[int, int, Value]]:
        """The cells in an area that are not blank: row, column and value."""
        sheet = self._book.sheets[index]
        if not self._spend(min(_size(area), len(sheet.cells))):
            return ((area.top, area.left, Unknown("过大的区域")),)
        keys = ((index, *at) for at in _within(area, sheet.cells))
        return [(*key[1:], value) for key in keys if (value := self.at(key)) is not None]

    def listed(self, index: int, area: Area, *, with_hidden: bool) -> Iterable[Value]:
        """The values that SUBTOTAL adds up."""
        sheet = self._book.sheets[index]
        hidden = {row for row in sheet.hidden_rows if area.top <= row <= area.bottom}
        if hidden and with_hidden:  # by hand or by a filter: the file does not tell
            return (Unknown("隐藏行上的SUBTOTAL"),)
        if not self._spend(min(_size(area), len(sheet.cells))):
            return (Unknown("过大的区域"),)
        keys = [(index, *at) for at in _within(area, sheet.cells) if at[0] not in hidden]
        values = (self.at(key) for key in keys if not self._is_subtotal(key))
        return [value for value in values if value is not None]

    def _is_subtotal(self, key: _Key) -> bool:
        node = self._formulas.get(key)
        return node is not None and any(
            isinstance(part, Call) and part.name in _SUBTOTALS for part in walk(node)
        )

    def order(self) -> Iterator[_Key]:
        """The formulas, each after those it reads; one that reads itself becomes unknown."""
        done: set[_Key] = set()
        for first in self._formulas:
            if first in done:
                continue
            path: dict[_Key, Iterator[_Key]] = {first: self._precedents(first)}
            while path:
                key, rest = next(reversed(path.items()))
                following = next((p for p in rest if p not in done), None)
                if following is None:
                    done.add(key)
                    del path[key]
                    yield key
                elif following in path:
                    self._break_cycle(list(path), following)
                else:
                    path[following] = self._precedents(following)

    def _break_cycle(self, path: list[_Key], start: _Key) -> None:
        for key in path[path.index(start) :]:
            self._computed[key] = Unknown("循环引用")

    def _precedents(self, key: _Key) -> Iterator[_Key]:
        formula = _cell(self._book, key).formula
        for reference in self._references(_inputs_of(formula or ""), frozenset()):
            index = key[0] if reference.sheet is None else self.sheet_index(reference.sheet)
            if index is not None:
                yield from self._formulas_in(index, reference.area)

    def _references(
        self, parts: Iterable[Reference | Name], seen: frozenset[str]
    ) -> Iterator[Reference]:
        for part in parts:
            if isinstance(part, Reference):
                yield part
            elif len(seen) < _NAME_CHAIN and part.name not in seen:
                target = self.named(part.name)
                if target is not None:
                    yield from self._references(inputs(target), seen | {part.name})

    def _formulas_in(self, index: int, area: Area) -> Iterator[_Key]:
        candidates = self._by_sheet.get(index, ())
        size = _size(area)
        if size == 1 and candidates:  # most are; the same as below, without its machinery
            key = (index, area.top, area.left)
            if self._spend(1) and key in self._formulas:
                yield key
            return
        if not self._spend(min(size, len(candidates))):
            return
        if size <= len(candidates):
            coordinates = _coordinates(area)
            yield from (key for at in coordinates if (key := (index, *at)) in self._formulas)
        else:
            yield from (key for key in candidates if area.contains(key[1], key[2]))

    def _spend(self, cells: int) -> bool:
        self._budget -= cells
        return self._budget >= 0


@dataclass(frozen=True, slots=True)
class _Lookup:
    """The book as seen from one sheet; satisfies `formula.evaluate.Lookup`."""

    values: _Values
    home: int

    def _index(self, sheet: str | None) -> int | None:
        return self.home if sheet is None else self.values.sheet_index(sheet)

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        index = self._index(sheet)
        return _no_sheet(sheet) if index is None else self.values.at((index, row, column))

    def area(self, sheet: str | None, area: Area) -> Iterable[Value]:
        index = self._index(sheet)
        if index is None:
            return (_no_sheet(sheet),)
        return [value for _, _, value in self.values.filled(index, area)]

    def placed(self, sheet: str | None, area: Area) -> Iterable[tuple[int, int, Value]]:
        index = self._index(sheet)
        if index is None:
            return ((area.top, area.left, _no_sheet(sheet)),)
        return self.values.filled(index, area)

    def listed(self, sheet: str | None, area: Area, *, with_hidden: bool) -> Iterable[Value]:
        index = self._index(sheet)
        if index is None:
            return (_no_sheet(sheet),)
        return self.values.listed(index, area, with_hidden=with_hidden)

    def named(self, name: str) -> Node | None:
        node = self.values.named(name)
        # A name for itself would be looked up for ever.
        return None if isinstance(node, Name) else node


def _no_sheet(name: str | None) -> Unknown:
    return Unknown(f"不存在的工作表“{name}”")


def _size(area: Area) -> int:
    return (area.bottom - area.top + 1) * (area.right - area.left + 1)


def _coordinates(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _within(area: Area, cells: dict[tuple[int, int], Cell]) -> Iterator[tuple[int, int]]:
    if _size(area) <= len(cells):
        return (at for at in _coordinates(area) if at in cells)
    return (at for at in cells if area.contains(*at))


def _agree(stored: Value, computed: Value) -> bool:
    if isinstance(stored, Unknown):  # a number that is none; the reader of numbers will say so
        return True
    if isinstance(stored, CellError) and isinstance(computed, CellError):
        return True  # programs differ in which error they show
    if isinstance(stored, Decimal) and isinstance(computed, Decimal):
        size = max(abs(stored), abs(computed), Decimal(1))
        return abs(stored - computed) <= _TOLERANCE * size
    return type(stored) is type(computed) and stored == computed


def _put(book: Book, key: _Key, value: Value) -> None:
    sheet: Sheet = book.sheets[key[0]]
    kind, raw = _spelled(value)
    sheet.cells[key[1:]] = replace(sheet.cells[key[1:]], type=kind, raw=raw)


def _spelled(value: Value) -> tuple[CellType, str]:
    """A value as a file would store it."""
    match value:
        case bool():
            return CellType.BOOLEAN, "TRUE" if value else "FALSE"
        case Decimal():
            number = shown(value)
            return CellType.NUMBER, plain(number) if abs(number.adjusted()) < 20 else str(
                number.normalize()
            )
        case CellError():
            return CellType.ERROR, value.code
        case str():
            return CellType.TEXT, value
    return CellType.BLANK, ""


def _said(kind: CellType, raw: str) -> str:
    if kind is CellType.TEXT:
        return f"“{raw}”"
    number = parse_stored(raw) if kind is CellType.NUMBER else None
    return raw if number is None else plain(number)


def _stale(book: Book, key: _Key, cell: Cell, computed: Value) -> Remark:
    stored, right = _said(cell.type, cell.raw), _said(*_spelled(computed))
    place = book.sheets[key[0]].place(*key[1:])
    return Remark(STALE, f"存的是{stored}，按公式应为{right}", place)


def _unknown(book: Book, what: str, keys: list[_Key]) -> Remark:
    first = min(keys)
    count = f"，共{len(keys)}格" if len(keys) > 1 else ""
    place = book.sheets[first[0]].place(*first[1:])
    return Remark(NOT_COMPUTED, f"含{what}{count}", place)
