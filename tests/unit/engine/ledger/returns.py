"""Returns of any scheme, made without a file: inputs in 基础数据, scores in 自评表."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfxl.model.address import Area, Place
from perfxl.model.form import Group, Indicator, Return, SelfEvaluationForm, Text, Total
from perfxl.model.number import Number, NumberKind
from perfxl.rules.base import Subject
from perfxl.scheme.model import Scheme, SchemeGroup

FORM, DATA, RESULTS = "自评表", "基础数据", "绩效指标完成情况"
Given = Decimal | str | None


def number(sheet: str, cell: str, value: Given) -> Number:
    """A cell with a number, an answer, or nothing."""
    place = Place(sheet, cell)
    if value is None:
        return Number(place, NumberKind.BLANK, None, "")
    if isinstance(value, str):
        return Number(place, NumberKind.TEXT, None, value)
    return Number(place, NumberKind.NUMBER, value, f"{value:f}")


class _Rows:
    """Lays a scheme's tree out, one row an indicator."""

    def __init__(self, scores: Mapping[str, Given], own: Mapping[str, tuple[str, str]]) -> None:
        self.row = 2
        self._scores = scores
        self._own_rows = own

    def group(self, wanted: SchemeGroup, level: int) -> Group:
        column = "AC"[level - 1] if level < 3 else "D"
        name = Text(wanted.name, Place(FORM, f"{column}{self.row}"))
        cap = number(FORM, f"B{self.row}", wanted.max_score)
        group = Group(level, wanted.path, name, cap)
        for child in wanted.children:
            if isinstance(child, SchemeGroup):
                group.children.append(self.group(child, level + 1))
            else:
                group.children.append(self.leaf(child.path, child.max_score))
        if wanted.custom is not None:
            group.children += [self._own((*wanted.path, name)) for name in self._own_rows]
        return group

    def _own(self, path: tuple[str, ...]) -> Indicator:
        """A row of the unit's own, with what was promised and what came of it."""
        target, actual = self._own_rows[path[-1]]
        row = self.row
        leaf = self.leaf(path, Decimal(5))
        leaf.target_value = Text(target, Place(FORM, f"I{row}"))
        leaf.actual_value = Text(actual, Place(FORM, f"J{row}"))
        return leaf

    def leaf(self, path: tuple[str, ...], cap: Decimal | None) -> Indicator:
        row = self.row
        self.row += 1
        return Indicator(
            path=path,
            name=Text(path[-1], Place(FORM, f"E{row}")),
            row=row,
            max_score=number(FORM, f"F{row}", Decimal(1) if cap is None else cap),
            score=number(FORM, f"H{row}", self._scores.get(path[-1])),
        )


def subject_of(
    scheme: Scheme,
    *,
    scores: Mapping[str, Given] | None = None,
    inputs: Mapping[str, Given] | None = None,
    rates: Mapping[str, Sequence[Decimal]] | None = None,
    total: Given = None,
    own: Mapping[str, tuple[str, str]] | None = None,
) -> Subject:
    """A return in the scheme's own template: what is not given is blank.

    Args:
        scheme: what it is a return of.
        scores: 得分 by the indicator's name.
        inputs: by key.
        rates: the completion rates of each list, by key.
        total: 总分 as stated.
        own: rows of every group of the unit's own indicators: name, target and actual value.
    """
    rows = _Rows(scores or {}, own or {})
    roots = [rows.group(root, 1) for root in scheme.roots]
    form = SelfEvaluationForm(
        sheet=FORM,
        area=Area(1, 1, rows.row, 10),
        roots=roots,
        has_reason_column=True,
        has_measures_column=True,
        total=Total(
            Text("总分", Place(FORM, f"A{rows.row}")),
            number(FORM, f"F{rows.row}", scheme.total_score),
            number(FORM, f"H{rows.row}", total),
        ),
    )
    given = inputs or {}
    returned = Return(forms=[form], is_template=True)
    for row, asked in enumerate(scheme.inputs, start=3):
        returned.inputs[asked.key] = number(DATA, f"C{row}", given.get(asked.key))
    for column, listed in zip("HJLNP", scheme.lists, strict=False):
        returned.result_lists[listed.key] = tuple(
            number(RESULTS, f"{column}{row}", rate)
            for row, rate in enumerate((rates or {}).get(listed.key, ()), start=4)
        )
    return Subject(returned, (), form, scheme)
