"""加分项 and 扣分项: known by their names, read as they stand whatever is blank in them."""

import pytest

from perfxl.model.form import AdjustmentKind
from tests.unit.reader.tables.grids import outline, read_form

BONUS, DEDUCTION, EITHER = AdjustmentKind.BONUS, AdjustmentKind.DEDUCTION, AdjustmentKind.EITHER
TABLE = """
| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 得分 | 扣分原因 |
| 管理 | 100 | 采购 | 100 | 合同 | 100 | 95 | 晚签 |
{}
| 总分 | 100 | | | | | 95 | |
"""


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ("| 加分项 | | 获奖 | | 市级表彰 | | | |", [BONUS]),
        ("| 扣分项 | | 通报 | | 被批评 | | -2 | |", [DEDUCTION]),
        ("| 加分项（5分） | 5 | | | | | 1 | |", [BONUS]),
        ("| 二、减分项 | | 通报 | | 被批评 | | 1 | |", [DEDUCTION]),
        ("| 加减分项 | | 加分项 | | 获奖 | | 1 | |\n| | | 扣分项 | | 通报 | | 1 | |",
         [BONUS, DEDUCTION]),
        ("| 加减分 | | 其他 | | 事项 | | 1 | |", [EITHER]),
        ("| 加分项 | | 获奖 | | 市级表彰 | | | |\n| | | | | 省级表彰 | | | |", [BONUS, BONUS]),
        ("| | | 其他 | | 加分项：获奖 | | 1 | |", [BONUS]),
        ("| 其他 | | 其他 | | 扣分情况说明 | | 1 | |", [None]),
        ("| 加分项 | | 获奖 | | 表彰 | | | |\n| 其他 | 0 | 其他 | 0 | 事项 | 0 | 0 | |",
         [BONUS, None]),
    ],
)  # fmt: skip
def test_rows_beyond_full_marks__are_marked_by_their_names(
    rows: str, kinds: list[AdjustmentKind | None]
) -> None:
    form = read_form(TABLE.format(rows))
    assert [leaf.adjustment for leaf in form.leaves()] == [None, *kinds]


def test_bonus_without_cap_and_score__is_not_read_as_a_shifted_row() -> None:
    form = read_form(TABLE.format("| 加分项 | | 获奖 | | 市级表彰 | | | |"))
    assert outline(form)[1] == "加分项/获奖/市级表彰 None None @G3"
    assert form.decisions == []


def test_bonus_between_two_totals__belongs_to_the_table() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 分值 | 得分 |
        | 管理 | 采购 | 100 | 95 |
        | 合计 | | 100 | 95 |
        | 加分项 | 获奖 | | 1 |
        | 总分 | | 100 | 96 |
        """
    )
    assert outline(form) == ["管理/采购 100 95 @D2", "加分项/获奖 None 1 @D4"]
    assert form.total is not None
    assert (form.total.label.value, form.total.score.place.cell) == ("总分", "D5")


def test_bonus_after_the_last_total__stays_outside() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 分值 | 得分 |
        | 管理 | 采购 | 100 | 95 |
        | 总分 | | 100 | 95 |
        | 加分项 | 获奖 | | 1 |
        """
    )
    assert len(list(form.leaves())) == 1


def test_row_of_zeros__is_no_indicator() -> None:
    """Links to blank cells show 0 in every column."""
    form = read_form(TABLE.format("| 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"))
    assert outline(form) == ["管理/采购/合同 100 95 @G2"]


def test_label_that_is_the_number_0__opens_no_group() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 | 扣分原因 |
        | 管理 | 采购 | 合同 | 60 | 60 | |
        | 0 | 0 | 意向 | 30 | 30 | |
        | 0 | | | 10 | 10 | |
        | 总分 | | | 100 | 100 | |
        """
    )
    assert [group.path for group in form.groups()] == [("管理",), ("管理", "采购")]
    assert [leaf.path[-1] for leaf in form.leaves()] == ["合同", "意向", "意向"]
