from perfxl.scheme.find import scheme_folders
from perfxl.writer.template.grid import Grid, Look
from perfxl.writer.template.pages import Edges, break_rows, rows_that_fit
from perfxl.writer.template.sheets import draw_layout_sheets
from tests.forms.template import plan_of


def _grid(rows: int, height: float = 40) -> Grid:
    grid = Grid("表", widths=dict.fromkeys(range(1, 6), 20.0))
    for row in range(1, rows + 1):
        grid.set_height(row, height)
    return grid


def test_pages_end_at_the_last_group_that_fits() -> None:
    # 484 points of room: 12 rows on the first page, 11 and a heading on the others.
    assert break_rows(_grid(30), Edges([5, 10, 14, 20, 26], []), (1, 1), 30, 5) == [10, 20]


def test_page_ends_early__a_first_level_group_ends_near_its_end() -> None:
    assert break_rows(_grid(16), Edges([10, 11], [10]), (1, 1), 16, 5) == [10]
    assert break_rows(_grid(16), Edges([7, 11], [7]), (1, 1), 16, 5) == [11]


def test_page_ends_in_a_group__group_taller_than_a_page() -> None:
    assert break_rows(_grid(20), Edges([20], []), (1, 1), 20, 5) == [12]


def test_no_break__all_on_one_page() -> None:
    assert break_rows(_grid(12), Edges([3, 6], [6]), (1, 1), 12, 5) == []


def test_pages_take_no_more_room_than_needed__a_first_level_group_is_short() -> None:
    # The first group alone on a page would make three pages of two.
    assert break_rows(_grid(22), Edges([2, 8, 12, 16], [2]), (1, 1), 22, 5) == [12]


def test_rows_that_fit__below_the_repeated_ones() -> None:
    assert rows_that_fit(_grid(1), (1, 1), 40, 5) == 11


def test_labels_over_several_pages_stand_at_their_top() -> None:
    plan = plan_of("nanchang-xihu-2022")
    (grid,) = draw_layout_sheets(plan)
    merged = {area.top: area for area in grid.merges if area.left == 1}
    lifted = {
        group.group.name: grid.cells[group.first, 1].look is Look.LABEL_TOP
        for group in plan.score.groups
        if group.level == 1 and group.first in merged
    }
    cut = {
        group.group.name: any(group.first <= row < group.last for row in grid.breaks)
        for group in plan.score.groups
        if group.level == 1 and group.first in merged
    }
    assert lifted == cut
    assert True in cut.values()
    assert False in cut.values()


def test_sheets_break_between_groups_only() -> None:
    for folder in scheme_folders():
        plan = plan_of(folder.name)
        for grid in draw_layout_sheets(plan):
            if grid.name != plan.score.sheet:
                continue
            whole = [(x.first, x.last) for x in plan.score.groups if x.level == 2]
            whole += [(x.first, x.last) for x in plan.score.parts]
            cut = [x for x in whole for row in grid.breaks if x[0] <= row < x[1]]
            assert not cut
