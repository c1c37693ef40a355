"""The figures that standards read: measures, their inputs, lists of results, down to the cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from perfxl.engine.ledger.cells import Tracer
from perfxl.engine.ledger.entry import Entry, Footing, Kind, Reason
from perfxl.engine.ledger.replay import settled
from perfxl.engine.ledger.worked import worked
from perfxl.formula.sentence import sentence
from perfxl.formula.terms import Term
from perfxl.formula.tree import Name, Node, inputs
from perfxl.model.address import Place, from_a1
from perfxl.model.form import Indicator, Return
from perfxl.model.number import Number
from perfxl.rules.operands import Figures, Operand
from perfxl.scheme.model import Measure, ResultList, SchemeInput

RATE = "%"


@dataclass(frozen=True, slots=True)
class Operands:
    """Entries for the keys of a scheme, out of one return.

    `own` is the indicator whose standard is worked out, if its own actual value may be the
    measure that it needs.
    """

    figures: Figures
    tracer: Tracer | None = None

    def entries(self, keys: Sequence[str], own: Indicator | None) -> tuple[Entry, ...]:
        """An entry for each key, in order, each once."""
        return tuple(self.entry(key, own) for key in dict.fromkeys(keys))

    def entry(self, key: str, own: Indicator | None = None) -> Entry:
        """The entry of an input, a measure or a list; with `missing` where the return lacks it."""
        scheme = self.figures.scheme
        for measure in scheme.measures:
            if measure.key == key:
                return self._measure(measure, own)
        for asked in scheme.inputs:
            if asked.key == key:
                return self._input(asked)
        for listed in scheme.lists:
            if listed.key == key:
                return self._list(listed)
        return Entry(Kind.INPUT, key, key, missing=(key,))

    def _measure(self, measure: Measure, own: Indicator | None) -> Entry:
        stated = self._returned.measures.get(measure.key)
        entry = Entry(
            Kind.MEASURE,
            measure.key,
            measure.name,
            unit=measure.unit,
            place=stated.place if stated else None,
            stated=stated.value if stated else None,
            raw=stated.raw if stated else "",
        )
        keys = _keys(measure.expression)
        below = self.entries(keys, None)
        computed = self._computed(entry, measure, below)
        if computed.computed is not None:
            return computed
        operand = self.figures.stated_measure(measure, own)
        if operand is not None:
            return self._stated(entry, operand)
        if self._returned.is_template or any(child.value is not None for child in below):
            return computed
        return replace(entry, missing=(measure.name,))

    def _computed(self, entry: Entry, measure: Measure, below: tuple[Entry, ...]) -> Entry:
        terms = {child.key: Term(child.label, child.unit) for child in below}
        said = Reason(f"{measure.name}＝{sentence(measure.expression, terms)}", Footing.FORMULA)
        entry = replace(entry, reason=said, expression=measure.expression, children=below)
        entry = with_missing(settled(entry), "分母为0，算不出")
        return replace(entry, worked=worked(entry))

    def _stated(self, entry: Entry, operand: Operand) -> Entry:
        """A measure that the form states and nothing below it gives: a leaf."""
        place = operand.cells[0] if operand.cells else None
        said = replace(
            entry, place=place, stated=operand.value, raw=operand.raw, remark="表上填的数，按此计算"
        )
        return self.tracer.trace(said) if self.tracer else said

    def _input(self, asked: SchemeInput) -> Entry:
        cell = self._returned.inputs.get(asked.key)
        operand = self.figures.operand(asked.key)
        entry = Entry(Kind.INPUT, asked.key, asked.name, unit=asked.unit)
        if operand is None:
            where = f"（{_place(cell.place)}）" if cell else ""
            place = cell.place if cell else None
            raw = cell.raw if cell else ""
            return replace(entry, place=place, raw=raw, missing=(f"{asked.name}{where}",))
        place = operand.cells[0] if operand.cells else None
        entry = replace(entry, place=place, stated=operand.value, raw=operand.raw)
        return self.tracer.trace(entry) if self.tracer else entry

    def _list(self, listed: ResultList) -> Entry:
        cells = self._returned.result_lists.get(listed.key)
        entry = Entry(Kind.LIST, listed.key, listed.name, unit=RATE)
        if cells is None:
            return replace(entry, missing=(listed.name,))
        names = row_names(self._returned)
        children = tuple(self._rate(n, cell, names) for n, cell in enumerate(cells, start=1))
        missing = () if children else (listed.name,)
        return replace(entry, children=children, missing=missing)

    def _rate(self, number: int, cell: Number, names: Mapping[tuple[str, int], str]) -> Entry:
        row = from_a1(cell.place.cell)[0]
        entry = Entry(
            Kind.CELL,
            f"r{number}",
            names.get((cell.place.sheet, row)) or f"第{number}项",
            unit=RATE,
            place=cell.place,
            stated=cell.value,
            raw=cell.raw,
        )
        return self.tracer.trace(entry) if self.tracer else entry

    @property
    def _returned(self) -> Return:
        return self.figures.subject.returned


def with_missing(entry: Entry, otherwise: str) -> Entry:
    """The entry with what its children lack; `otherwise` in the way where nothing does."""
    if entry.computed is not None:
        return entry
    lacking = [one for child in entry.children if child.value is None for one in child.missing]
    empty = [c for c in entry.children if c.kind is Kind.LIST and not c.children]
    lacking += [one for child in empty for one in child.missing]
    known = next((child.obstacle for child in entry.children if child.obstacle), otherwise)
    return replace(entry, missing=tuple(dict.fromkeys(lacking)), obstacle="" if lacking else known)


def row_names(returned: Return) -> dict[tuple[str, int], str]:
    """What the rows of results are called, by sheet and row."""
    return {
        (target.actual_value.place.sheet, from_a1(target.actual_value.place.cell)[0]): (
            target.path[-1] if target.path else ""
        )
        for table in returned.target_tables
        for target in table.targets
    }


def _keys(expression: Node) -> list[str]:
    return [node.name for node in inputs(expression) if isinstance(node, Name)]


def _place(place: Place) -> str:
    return f"{place.sheet}!{place.cell}"
