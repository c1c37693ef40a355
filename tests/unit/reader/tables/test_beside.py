"""What stands beside the score table: targets, tasks, unit and year."""

import pytest

from tests.unit.reader.tables.grids import read, sheet_of

TARGETS = """
| 一级指标 | 二级指标 | 三级指标 | 预期指标值 | | 实际完成指标值 |
| 产出 | 数量 | 检查家次 | ≥10家 | | 12家 |
| | 成本 | 预算执行率 | ≥95% | 94.5% | |
| | | 无目标的 | | | 完成 |
"""
TASKS = """
| 任务名称 | 主要内容 | 预算数（万元） | | 执行数（万元） | |
| | | 总额 | 其中：财政拨款 | 总额 | 其中：财政拨款 |
| 运转 | 略 | 10.5 | 10 | 10 | 9.5 |
| 人员 | 略 | 20 | 20 | 18 | 18 |
| 金额合计 | | 30.5 | 30 | 28 | 27.5 |
| 备注 | 无关 | 7 | | | |
"""


def test_targets_are_read__an_actual_value_beside_its_column_too() -> None:
    (table,) = read(sheet_of(TARGETS, at="B4")).target_tables
    rows = [(t.path, t.target_value.value, t.actual_value.value) for t in table.targets]
    assert rows == [
        (("产出", "数量", "检查家次"), "≥10家", "12家"),
        (("产出", "成本", "预算执行率"), "≥95%", "94.5%"),
        (("产出", "成本", "无目标的"), "", "完成"),
    ]
    assert table.targets[1].actual_value.place.cell == "F6"


def test_target_row_moved_left__is_read_from_its_end() -> None:
    sheet = sheet_of(TARGETS, at="B4")
    for column in range(1, 8):
        sheet.cells.pop((6, column), None)
    row = sheet_of("| 成本 | 预算执行率 | ≥95% | 94.5% |", at="A6")
    sheet.cells.update(row.cells)
    (table,) = read(sheet).target_tables
    assert (table.targets[1].path[-1], table.targets[1].actual_value.place.cell) == (
        "预算执行率",
        "D6",
    )


def test_tasks_are_read__with_their_total_and_unit() -> None:
    (table,) = read(sheet_of(TASKS, at="C2")).task_tables
    assert table.columns == (
        "budget_total",
        "budget_fiscal",
        "executed_total",
        "executed_fiscal",
    )
    assert [task.name.value for task in table.tasks] == ["运转", "人员"]
    assert table.total is not None
    assert str(table.total.amounts["executed_fiscal"].value) == "27.5"
    assert table.unit == "万元"
    assert table.area.a1 == "C2:H6"


@pytest.mark.parametrize(
    ("head", "unit", "year"),
    [
        ("| 2024年度某市水务局部门整体支出绩效自评表 |", "某市水务局", "2024"),
        ("| 部门名称 | 某区民政局 | 单位数 | 4 |\n| 预算年度 | 2023 |", "某区民政局", "2023"),
        ("| 填报单位：某县教育局 | |", "某县教育局", None),
        ("| 填报单位（盖章）：某县档案馆      单位：万元 | |", "某县档案馆", None),
        ("| 附件1 |", None, None),
    ],
)
def test_unit_and_year_are_read__beside_a_label_or_in_the_title(
    head: str, unit: str | None, year: str | None
) -> None:
    returned = read(sheet_of(head))
    assert (returned.unit and returned.unit.value) == unit
    assert (returned.year and returned.year.value) == year


def test_target_rows_without_first_level__go_by_the_second() -> None:
    returned = read(
        sheet_of(
            """
            | 一级指标 | 二级指标 | 三级指标 | 目标值 | 实际完成值 |
            | 产出指标 | 数量指标 | 培训 | 10场 | 10场 |
            | | 社会效益指标 | 事故 | 0起 | 0起 |
            | | 其他指标 | 调研 | 2次 | 2次 |
            | 产出与效益 | 质量指标 | 合格率 | 100% | 100% |
            | | 生态效益指标 | 绿化 | 2亩 | 2亩 |
            | 产出指标 | 经济效益指标 | 产值 | 2亿 | 2亿 |
            """
        )
    )
    (table,) = returned.target_tables
    assert [target.path[0] for target in table.targets] == [
        "产出指标", "效益指标", "效益指标", "产出与效益", "产出与效益", "产出指标",
    ]  # fmt: skip


@pytest.mark.parametrize(("written", "unit"), [("某局", "某局"), ("", None)])
def test_next_label_is_no_unit__where_the_field_was_left_blank(
    written: str, unit: str | None
) -> None:
    table = (
        f"| 部门名称 | {written} | | 单位数 | 3 |\n| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |"
    )
    found = read(sheet_of(table, merges=("B1:C1",))).unit
    assert (found.value if found else None) == unit
