"""What a standard needs of a return: figures of our template, amounts, rates as stated.

An operand knows its cell and how exactly it is known: a rate printed as 90% may be anything that
rounds or cuts to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfxl.formula.evaluate import Value, evaluate
from perfxl.formula.keyed import KeyedValues
from perfxl.formula.terms import RATE, Term, term_of
from perfxl.formula.tree import Name, Node, inputs
from perfxl.model.address import Place
from perfxl.model.form import Indicator, Target
from perfxl.model.number import Number, plain, round_half_up
from perfxl.model.target import parse_target
from perfxl.rules.base import Subject
from perfxl.scheme.model import Measure, Scheme, SchemeInput
from perfxl.scheme.pairing import name_key

PERCENT = RATE
_SHORTEST_SUFFIX = 3  # letters of a name that a row's longer name may end with
# How the block of funds heads the amounts that schemes ask for.
_AMOUNTS = {
    "initial_budget": ("年初预算数", "年初预算"),
    "budget": ("全年预算数", "调整后预算数", "预算数"),
    "executed": ("全年执行数", "预算执行数", "执行数"),
}


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure or an answer that a standard reads.

    `low` and `high` bound what a printed rate may stand for, both equal to `value` where it is
    exact. `is_certain`: an input of our template or an amount, or computed from such. `cells` are
    where it comes from, `raw` how it is said.
    """

    name: str
    value: Value
    raw: str
    cells: tuple[Place, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    is_certain: bool = True

    @property
    def is_exact(self) -> bool:
        """Whether it is the one value and no other."""
        return self.low == self.high

    def said(self, home: str) -> str:
        """The operand with its cells: 满意度90%（目标完成情况!G33）."""
        cells = cells_told(self.cells, home)
        return f"{self.name}{self.raw}（{cells}）" if cells else f"{self.name}{self.raw}"


@dataclass(frozen=True, slots=True)
class Figures:
    """The operands of a subject by the scheme's keys; `of_leaf` also looks at the leaf itself."""

    scheme: Scheme
    subject: Subject
    stated: Mapping[str, tuple[Target, ...]]

    def operand(self, key: str, leaf: Indicator | None = None) -> Operand | None:
        """The operand of a key; None where the return does not give it.

        Args:
            key: of an input or a measure.
            leaf: the indicator, if its own actual value is this measure and no other.
        """
        measure = next((m for m in self.scheme.measures if m.key == key), None)
        if measure is None:
            asked = next((i for i in self.scheme.inputs if i.key == key), None)
            return None if asked is None else self._input(asked)
        return self.computed(measure) or self.stated_measure(measure, leaf)

    def computed(self, measure: Measure) -> Operand | None:
        """A measure as its inputs give it."""
        keys = dict.fromkeys(n.name for n in inputs(measure.expression) if isinstance(n, Name))
        parts = {key: part for key in keys if (part := self.operand(key))}
        if len(parts) < len(keys) or not all(part.is_exact for part in parts.values()):
            return None
        value = value_of(measure.expression, {key: part.value for key, part in parts.items()})
        if not isinstance(value, Decimal):
            return None
        return Operand(
            measure.name,
            value,
            quantity(value, measure.unit),
            tuple(cell for part in parts.values() for cell in part.cells),
            is_certain=all(part.is_certain for part in parts.values()),
        )

    def stated_measure(self, measure: Measure, leaf: Indicator | None = None) -> Operand | None:
        """A measure as the return states it: typed over in our template, or in a row of its own."""
        typed = self.subject.returned.measures.get(measure.key)
        if typed is not None and typed.formula is None and typed.value is not None:
            raw = quantity(typed.value, measure.unit)
            return Operand(measure.name, typed.value, raw, (typed.place,), is_certain=False)
        found = self.rows_stating(measure)
        if not found and leaf is not None and leaf.actual_value is not None:
            own = _stated(leaf.actual_value.value, leaf.actual_value.place, measure)
            found = [own] if own else []
        return found[0] if len({operand.value for operand in found}) == 1 else None

    def rows_stating(self, measure: Measure) -> list[Operand]:
        """The rows of target tables that state a measure as a quantity."""
        return [
            operand
            for target in self.stated.get(measure.key, ())
            if (operand := _stated(target.actual_value.value, target.actual_value.place, measure))
        ]

    def rates(self, key: str) -> list[Operand] | None:
        """The completion rates of a result list; None where our template has no such list."""
        cells = self.subject.returned.result_lists.get(key)
        if cells is None:
            return None
        return [_number("完成率", cell) for cell in cells if cell.value is not None]

    def missing(self, key: str) -> list[str]:
        """What is wanting for a key, by name: of a measure in our template, its inputs."""
        measure = next((m for m in self.scheme.measures if m.key == key), None)
        if measure is None or not self.subject.returned.inputs:
            return [self.name_of(key)]
        below = dict.fromkeys(n.name for n in inputs(measure.expression) if isinstance(n, Name))
        lacking = [one for one in below if self.operand(one) is None]
        return [name for one in lacking for name in self.missing(one)] or [self.name_of(key)]

    def name_of(self, key: str) -> str:
        """What users know a key by."""
        return term_of(key, terms_of(self.scheme)).label

    def _input(self, asked: SchemeInput) -> Operand | None:
        cell = self.subject.returned.inputs.get(asked.key)
        if cell is not None:
            if asked.options:
                answer = cell.raw.strip()
                return Operand(asked.name, answer, f"“{answer}”", (cell.place,)) if answer else None
            return None if cell.value is None else _number(asked.name, cell, asked.unit)
        return self._stated_input(asked) or self._amount(asked)

    def _stated_input(self, asked: SchemeInput) -> Operand | None:
        """A figure that a row of the target tables states: a count or an amount as printed."""
        found = [
            replace(one, low=None, high=None)
            for target in self.stated.get(asked.key, ())
            if (one := _stated(target.actual_value.value, target.actual_value.place, asked))
        ]
        return found[0] if len({operand.value for operand in found}) == 1 else None

    def _amount(self, asked: SchemeInput) -> Operand | None:
        """An amount of the block of funds, by what the block heads it."""
        funds = self.subject.form.fund_block if self.subject.form else None
        names = _names(asked)
        for column, headings in _AMOUNTS.items() if funds else ():
            amount = funds.total.amounts.get(column) if funds else None
            if amount is not None and amount.value is not None and not names.isdisjoint(headings):
                return _number(asked.name, amount)
        return None


def figures_of(subject: Subject) -> Figures | None:
    """The figures of a subject that has a scheme."""
    if subject.scheme is None:
        return None
    stated: dict[str, list[Target]] = {}
    for table in subject.returned.target_tables:
        for target in table.targets:
            key = _key_named(target.path[-1], subject.scheme) if target.path else ""
            if key:
                stated.setdefault(key, []).append(target)
    return Figures(subject.scheme, subject, {key: tuple(rows) for key, rows in stated.items()})


def value_of(expression: Node, values: Mapping[str, Value | Sequence[Value]]) -> Value:
    """What an expression over `Name(key)` gives; None is a blank, a sequence a list."""
    return evaluate(expression, KeyedValues(values))


def terms_of(scheme: Scheme) -> dict[str, Term]:
    """What the scheme's keys are called."""
    terms = {one.key: Term(one.name, one.unit) for one in scheme.inputs}
    terms |= {one.key: Term(one.name, one.unit) for one in scheme.measures}
    return terms | {one.key: Term(one.name, PERCENT) for one in scheme.lists}


def cells_told(cells: Iterable[Place], home: str) -> str:
    """Cells as a finding on the sheet `home` names them: G33、基础数据!C5."""
    return "、".join(
        place.cell if place.sheet == home else f"{place.sheet}!{place.cell}"
        for place in dict.fromkeys(cells)
    )


def quantity(value: Decimal, unit: str) -> str:
    """A value for people: 0.8951 → 89.51%, 12 → 12人."""
    if unit != PERCENT:
        return f"{plain(value)}{unit}"
    return f"{plain(round_half_up(value * 100, 2))}%"


def _number(name: str, cell: Number, unit: str = "") -> Operand:
    value = cell.value
    said = quantity(value, unit) if value is not None and unit == PERCENT else cell.raw.strip()
    return Operand(name, value, said, (cell.place,))


def _stated(text: str, place: Place, measure: SchemeInput | Measure) -> Operand | None:
    """A stated quantity with what its printed places leave open."""
    bound = parse_target(text)
    if bound is None or bound.comparator:
        return None
    value, step, raw = bound.value, Decimal(1).scaleb(-bound.decimals), text.strip()
    if measure.unit == PERCENT:
        if bound.unit not in ("", PERCENT):
            return None
        if not bound.unit and abs(value) <= 2:  # a cell formatted as 0.0% stores a fraction
            step = Decimal(1).scaleb(-max(bound.decimals, 2))
            raw = quantity(value, PERCENT)
        else:
            value, step = value / 100, step / 100
    elif bound.unit and bound.unit != measure.unit:
        return None
    elif not bound.decimals:
        step = Decimal(0)  # a count
    nearly = step * Decimal("0.999999")  # cut off, it may be next to a whole step more
    return Operand(
        measure.name, value, raw, (place,), value - step / 2, value + nearly, is_certain=False
    )


def _key_named(name: str, scheme: Scheme) -> str:
    """The input or measure that a row states: of that name, else a measure whose name it ends with.

    The longest such name wins; "" where there is none or two do alike.
    """
    row = name_key(name)
    figures = (one for one in scheme.inputs if not one.options)
    known_keys: list[SchemeInput | Measure] = [*scheme.measures, *figures]
    fits = [((True, 0), one.key) for one in known_keys if row in _names(one)]
    fits += [
        ((False, len(known)), measure.key)
        for measure in scheme.measures
        for known in _names(measure)
        if len(known) >= _SHORTEST_SUFFIX and row.endswith(known)
    ]
    best = {key for rank, key in fits if rank == max(fits)[0]}
    return best.pop() if len(best) == 1 else ""


def _names(one: SchemeInput | Measure) -> frozenset[str]:
    return frozenset(map(name_key, (one.name, *one.aliases)))
