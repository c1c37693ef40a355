from perfxl.writer.template.grid import Grid
from perfxl.writer.template.pages import break_rows


def _grid(rows: int, height: float = 40) -> Grid:
    grid = Grid("表", widths=dict.fromkeys(range(1, 6), 20.0))
    for row in range(1, rows + 1):
        grid.set_height(row, height)
    return grid


def test_pages_end_at_the_last_group_that_fits() -> None:
    # 484 points of room: 12 rows on the first page, 11 and a heading on the others.
    assert break_rows(_grid(30), [5, 10, 14, 20, 26], [], (1, 1), 30, 5) == [10, 20]


def test_page_ends_early__a_first_level_group_ends_and_half_of_it_is_used() -> None:
    assert break_rows(_grid(16), [7, 11], [7], (1, 1), 16, 5) == [7]


def test_page_ends_in_a_group__group_taller_than_a_page() -> None:
    assert break_rows(_grid(20), [20], [], (1, 1), 20, 5) == [12]


def test_no_break__all_on_one_page() -> None:
    assert break_rows(_grid(12), [3, 6], [6], (1, 1), 12, 5) == []
