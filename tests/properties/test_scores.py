"""No figures, however odd, make a score raise or leave [0, cap]."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfxl.formula.coerce import Value
from perfxl.formula.dated import constant
from perfxl.formula.evaluate import evaluate
from perfxl.formula.excel_text import excel_text
from perfxl.formula.expression import score_expression
from perfxl.formula.keyed import KeyedValues
from perfxl.formula.missing import missing
from perfxl.formula.parse import parse_formula
from perfxl.formula.sentence import sentence
from perfxl.formula.shapes import (
    Better,
    DeductPerStep,
    MeanCompletion,
    Pace,
    Partial,
    Proportional,
    Reverse,
    Shape,
    operands,
)
from perfxl.formula.standard_sentence import standard_sentence
from perfxl.formula.terms import Term, Terms
from perfxl.formula.tree import CellError, Literal, Node, Reference
from perfxl.formula.worked import worked
from perfxl.model.address import Area
from tests.equivalence.random_shapes import (
    ANSWERS,
    KEYS,
    LIST,
    NUMBERS,
    OPTIONS,
    random_cap,
    random_shape,
)

TERMS: Terms = {
    "n1": Term("支出率", "%"),
    "n2": Term("未完成数", "项"),
    "n3": Term("成本", "万元"),
    "l1": Term("完成率", "%"),
}
NAMES = {
    key: Reference("基础数据", Area(5 + row, 3, 5 + row, 8 if key == LIST else 3))
    for row, key in enumerate(KEYS)
}
odd: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=4),
    st.sampled_from(["是", "否", "部分", "", "0.5", "95%", "2024-1-1", "1,000"]),
    st.sampled_from([CellError("#DIV/0!"), CellError("#N/A")]),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15),
    st.sampled_from([Decimal(text) for text in ("1E+300", "-1E+300", "1E-300", "0", "-0", "1")]),
)
usual = st.decimals(min_value=-3, max_value=12, places=3)
numbers = st.one_of(usual, usual, usual, odd)
answers = st.one_of(*[st.sampled_from(OPTIONS)] * 3, odd)
values = st.fixed_dictionaries(
    {
        **dict.fromkeys(NUMBERS, numbers),
        **dict.fromkeys(ANSWERS, answers),
        LIST: st.lists(numbers, max_size=6).map(tuple),
    }
)
shapes = st.integers(0, 10**6).map(
    lambda seed: ((rng := Random(seed)), (cap := random_cap(rng)), random_shape(rng, cap))[1:]
)


def _score(shape: Shape, cap: Decimal) -> Node:
    node = score_expression(shape, Literal(cap), decimals=2, year=2023)
    assert node is not None
    return node


@settings(max_examples=400)
@given(shapes, values)
def test_score_is_within_the_cap__any_figures(
    drawn: tuple[Decimal, Shape], figures: dict[str, Value | tuple[Value, ...]]
) -> None:
    cap, shape = drawn
    value = evaluate(_score(shape, cap), KeyedValues(figures))
    if isinstance(value, Decimal):
        assert 0 <= value <= cap
        assert value == round(value, 2)
    elif isinstance(value, CellError):
        assert _has_error(figures, shape)
    else:
        assert value == ""


def _has_error(figures: dict[str, Value | tuple[Value, ...]], shape: Shape) -> bool:
    """An error among what the shape reads, or a number that Excel itself cannot hold."""
    for key in operands(shape):
        given_ = figures[key]
        for value in given_ if isinstance(given_, tuple) else (given_,):
            if isinstance(value, CellError):
                return True
            if isinstance(value, Decimal) and abs(value) > 10**290:
                return True
    return False


@given(shapes, values)
def test_no_visitor_raises__any_figures(
    drawn: tuple[Decimal, Shape], figures: dict[str, Value | tuple[Value, ...]]
) -> None:
    cap, shape = drawn
    node, lookup = _score(shape, cap), KeyedValues(figures)
    said = [
        sentence(node, TERMS),
        standard_sentence(shape, cap, TERMS, year=2023),
        standard_sentence(shape, None, TERMS),
        worked(node, TERMS, lookup),
    ]
    assert all(said)
    assert set(missing(node, lookup)) <= set(operands(shape))


@given(shapes)
def test_text_computes_the_same__parsed_again(drawn: tuple[Decimal, Shape]) -> None:
    cap, shape = drawn
    text = excel_text(_score(shape, cap), NAMES)
    assert excel_text(parse_formula(text)) == text


@given(shapes)
def test_score_is_blank_and_all_is_missing__no_figures(drawn: tuple[Decimal, Shape]) -> None:
    cap, shape = drawn
    node, lookup = _score(shape, cap), KeyedValues(dict.fromkeys(KEYS))
    assert evaluate(node, lookup) == ""
    assert set(missing(node, lookup)) == set(operands(shape))


RISING: list[tuple[Shape, str]] = [
    (Proportional("n1", constant("0.9")), "n1"),
    (Proportional("n1", "n2"), "n1"),
    (DeductPerStep("n1", constant(1), constant("0.05"), constant(2), is_over=False), "n1"),
    (MeanCompletion(LIST), LIST),
    (Pace(("n1", "n2"), (constant("0.5"), constant(1)), (constant(1),) * 2, constant(2)), "n1"),
]
FALLING: list[tuple[Shape, str]] = [
    *[
        (Proportional("n1", target, Better.LOWER, reverse), "n1")
        for reverse in Reverse
        for target in (constant(10), constant(0), "n2")
    ],
    *[
        (DeductPerStep("n1", constant("0.1"), constant("0.01"), constant("0.3"), True, part), "n1")
        for part in Partial
    ],
]
near_zero = st.decimals(min_value=-20, max_value=20, places=4)


@pytest.mark.parametrize(("shape", "key"), RISING + FALLING)
@given(one=near_zero, other=near_zero, second=near_zero)
def test_score_moves_one_way__shape_that_does(
    shape: Shape, key: str, one: Decimal, other: Decimal, second: Decimal
) -> None:
    node = _score(shape, Decimal(10))

    def at(figure: Decimal) -> Decimal:
        value = evaluate(node, KeyedValues({"n2": second, LIST: second, key: figure}))
        assert isinstance(value, Decimal)
        assert 0 <= value <= 10
        return value

    lower, higher = at(min(one, other)), at(max(one, other))
    assert lower <= higher if (shape, key) in RISING else lower >= higher
