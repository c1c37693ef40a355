"""Expressions over the closed set of nodes, drawn by Hypothesis."""

from decimal import Decimal

from hypothesis import strategies as st

from perfxl.formula.excel_text import PRINTED_FUNCTIONS
from perfxl.formula.parse import ERROR_CODES
from perfxl.formula.tree import (
    Binary,
    Call,
    CellError,
    Literal,
    Name,
    Node,
    Reference,
    Unary,
)
from perfxl.model.address import MAX_COLUMN, MAX_ROW, Area

NAMES = {
    "支出数": Reference("基础数据", Area(5, 3, 5, 3)),
    "rate": Reference("it's 1", Area(9, 28, 9, 28)),
    "完成率": Reference(None, Area(4, 6, 40, 6)),
}
OPERATORS = ("+", "-", "*", "/", "^", "&", "=", "<>", "<", ">", "<=", ">=")

numbers = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=Decimal("-1e15"), max_value=Decimal("1e15")
).map(lambda value: Decimal(f"{value:.15g}"))
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20).filter(
    lambda text: text not in ERROR_CODES
)
literals = st.builds(
    Literal,
    st.one_of(numbers, texts, st.booleans(), st.sampled_from(sorted(ERROR_CODES)).map(CellError)),
)
sheets = st.none() | st.sampled_from(["基础数据", "自评表 (2)", "it's", "2024", "A1"])


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """Cells, areas, whole columns and whole rows."""
    top, bottom = sorted(draw(st.tuples(*[st.integers(1, MAX_ROW)] * 2)))
    left, right = sorted(draw(st.tuples(*[st.integers(1, MAX_COLUMN)] * 2)))
    area = draw(
        st.sampled_from(
            [
                Area(top, left, top, left),
                Area(top, left, bottom, right),
                Area(1, left, MAX_ROW, right),
                Area(top, 1, bottom, MAX_COLUMN),
            ]
        )
    )
    return Reference(draw(sheets), area)


def _larger(smaller: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    arguments = st.lists(smaller | st.just(Literal(None)), max_size=4).map(tuple)
    return st.one_of(
        st.builds(Unary, st.sampled_from("+-%"), smaller),
        st.builds(Binary, st.sampled_from(OPERATORS), smaller, smaller),
        st.builds(
            Call,
            st.sampled_from(sorted(PRINTED_FUNCTIONS)),
            arguments.filter(lambda given: given != (Literal(None),)),  # text of no argument
        ),
    )


nodes: st.SearchStrategy[Node] = st.recursive(
    st.one_of(literals, references(), st.sampled_from(sorted(NAMES)).map(Name)),
    _larger,
    max_leaves=25,
)


def as_parsed(node: Node) -> Node:
    """What reading its text makes of an expression: names are cells, a minus stands apart."""
    match node:
        case Literal(Decimal() as value) if value < 0:
            return Unary("-", Literal(-value))
        case Name():
            return NAMES[node.name]
        case Unary():
            return Unary(node.operator, as_parsed(node.operand))
        case Binary():
            return Binary(node.operator, as_parsed(node.left), as_parsed(node.right))
        case Call():
            return Call(node.name, tuple(map(as_parsed, node.arguments)))
    return node
