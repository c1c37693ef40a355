"""Scores by every shape: ours and LibreOffice's, cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from perfxl.formula.coerce import Value
from perfxl.formula.evaluate import evaluate
from perfxl.formula.excel_text import excel_text
from perfxl.formula.expression import score_expression
from perfxl.formula.keyed import KeyedValues
from perfxl.formula.shapes import Shape
from perfxl.formula.tree import CellError, Literal, Node, Reference
from perfxl.model.address import Area
from tests.equivalence.random_shapes import LIST, Inputs, cases
from tests.equivalence.recalculated import agree, recalculated, write_value
from tests.office.session import Office

SHAPES, EACH = 400, 12
LIST_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Case:
    """A score to compute; `row` counts from 1 on both sheets."""

    row: int
    shape: Shape
    node: Node
    inputs: Inputs

    @property
    def value(self) -> Value:
        return evaluate(self.node, KeyedValues(self.inputs))


def _all_cases() -> Iterator[Case]:
    row = 0
    for shape, cap, year, many in cases(seed=4, count=SHAPES, each=EACH):
        node = score_expression(shape, Literal(cap), decimals=2, year=year)
        assert node is not None
        for inputs in many:
            row += 1
            yield Case(row, shape, node, inputs)


def _build(path: Path, all_cases: list[Case]) -> None:
    """Inputs on one sheet, scores as formulas without values on another."""
    book = xlsxwriter.Workbook(path)
    data, scores = book.add_worksheet("基础数据"), book.add_worksheet("得分")
    for case in all_cases:
        names: dict[str, Reference] = {}
        column = 1
        for key, value in case.inputs.items():
            values = value if isinstance(value, tuple) else (value,)
            last = column + len(values) - 1
            names[key] = Reference("基础数据", Area(case.row, column, case.row, last))
            for offset, one in enumerate(values):
                write_value(data, case.row - 1, column - 1 + offset, one)
            column = last + 1
        scores.write_formula(case.row - 1, 0, "=" + excel_text(case.node, names), None, "")
    book.close()


def _differing(all_cases: list[Case], theirs: dict[tuple[int, int], Value]) -> list[Case]:
    return [case for case in all_cases if not agree(case.value, theirs.get((case.row, 1)))]


@pytest.fixture(scope="module")
def all_cases() -> list[Case]:
    return list(_all_cases())


@pytest.fixture(scope="module")
def theirs(
    office: Office, all_cases: list[Case], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[int, int], Value]:
    path = tmp_path_factory.mktemp("equivalence") / "shapes.xlsx"
    _build(path, all_cases)
    return recalculated(path, office)["得分"]


def test_scores_are_equal__every_shape(
    all_cases: list[Case], theirs: dict[tuple[int, int], Value]
) -> None:
    assert len(all_cases) >= 3000
    differing = _differing(all_cases, theirs)
    told = [(c.shape, c.inputs, c.value, theirs.get((c.row, 1))) for c in differing[:3]]
    assert not differing, f"{len(differing)} of {len(all_cases)}: {told}"


def test_cases_reach_what_they_should__kinds_of_result(all_cases: list[Case]) -> None:
    values = [case.value for case in all_cases]
    numbers = [value for value in values if isinstance(value, Decimal)]
    assert len(numbers) > 2000
    assert sum(value == "" for value in values) > 150
    assert sum(isinstance(value, CellError) for value in values) > 10
    assert len({type(case.shape) for case in all_cases}) == 8
    assert any(LIST in case.inputs for case in all_cases)
    assert len(set(numbers)) > 300


def test_a_difference_is_caught__one_score_altered(
    all_cases: list[Case], theirs: dict[tuple[int, int], Value]
) -> None:
    chosen = next(case for case in all_cases if isinstance(case.value, Decimal) and case.value)
    assert isinstance(chosen.value, Decimal)
    altered = replace(chosen, node=Literal(chosen.value + Decimal("0.01")))
    assert _differing([altered], theirs) == [altered]


def test_a_difference_is_caught__wrong_cached_values_are_not_believed(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "stale.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("得分").write_formula(0, 0, "=1+1", None, 3)
    book.close()
    assert recalculated(path, office)["得分"] == {(1, 1): Decimal(2)}
