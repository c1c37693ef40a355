"""What is printed as Excel text reads back as the same expression."""

import re

import pytest
from hypothesis import given, settings

from perfxl.formula.excel_text import excel_text
from perfxl.formula.parse import parse_formula
from perfxl.formula.tree import Node
from tests.properties.trees import NAMES, as_parsed, nodes

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


@settings(max_examples=400)
@given(nodes)
def test_parsing_undoes_printing__any_expression(node: Node) -> None:
    assert parse_formula(excel_text(node, NAMES)) == as_parsed(node)


@settings(max_examples=200)
@given(nodes)
def test_no_pair_of_parentheses_is_idle__any_expression(node: Node) -> None:
    text = excel_text(node, NAMES)
    whole = parse_formula(text)
    for opening in _groups(text):
        closing = _closing(text, opening)
        without = text[:opening] + text[opening + 1 : closing] + text[closing + 1 :]
        assert parse_formula(without) != whole


def _groups(text: str) -> list[int]:
    """Where parentheses open that are not a function's, outside quotes."""
    blanked = re.sub(r'"[^"]*"|\'[^\']*\'', lambda match: "x" * len(match[0]), text)
    return [match.start() for match in re.finditer(r"(?<![A-Z])\(", blanked)]


def _closing(text: str, opening: int) -> int:
    blanked = re.sub(r'"[^"]*"|\'[^\']*\'', lambda match: "x" * len(match[0]), text)
    depth = 0
    for position in range(opening, len(blanked)):
        depth += {"(": 1, ")": -1}.get(blanked[position], 0)
        if depth == 0:
            return position
    raise AssertionError(text)
