import pytest

from perfxl.formula.excel_text import MAX_TEXT, PRINTED_FUNCTIONS
from perfxl.formula.parse import MAX_LENGTH, parse_formula
from perfxl.formula.tree import Call, Literal, Opaque, walk
from perfxl.scheme.find import scheme_folders
from perfxl.writer.template.grid import Formula
from perfxl.writer.template.self_check import FIRST_LINE, draw_self_check
from tests.forms.template import plan_of

SCHEMES = [folder.name for folder in scheme_folders()]
_READABLE = 2_000  # letters


@pytest.mark.parametrize("scheme", SCHEMES)
def test_formulas_keep_to_what_old_programs_have(scheme: str) -> None:
    grid = draw_self_check(plan_of(scheme))
    texts = [cell.content.text for cell in grid.cells.values() if isinstance(cell.content, Formula)]
    assert len(texts) > 200
    assert max(map(len, texts)) < min(_READABLE, MAX_LENGTH)
    for text in texts:
        for node in walk(parse_formula(text)):
            assert not isinstance(node, Opaque), text
            if isinstance(node, Call):
                assert node.name in PRINTED_FUNCTIONS, text
            if isinstance(node, Literal) and isinstance(node.value, str):
                assert len(node.value) <= MAX_TEXT, text


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_typed_and_working_columns_are_not_printed(scheme: str) -> None:
    grid = draw_self_check(plan_of(scheme))
    assert not [spot for spot, cell in grid.cells.items() if cell.is_input]
    assert grid.print_area
    lines = [row for row, column in grid.cells if column == 1 and row >= FIRST_LINE]
    assert grid.print_area.bottom == max(lines)
    assert min(c for (r, c) in grid.cells if c > grid.print_area.right) > grid.print_area.right + 1
