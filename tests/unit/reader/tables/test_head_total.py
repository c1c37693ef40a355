"""A total above the table; what else stands there must not be taken for one."""

import pytest

from tests.unit.reader.tables.grids import read, read_form, sheet_of

BODY = """| 一级指标 | 二级指标 | 分值 | 得分 |
| 管理 | 采购 | 100 | 94.5 |
"""


@pytest.mark.parametrize(
    ("row", "score", "cell", "cap"),
    [
        ("| 自评总分 | | 94.5 | |", "94.5", "C1", None),
        ("| 自评总分：94.5分 | | | |", "94.5", "A1", None),
        ("| 自评得分：94.5 | | | |", "94.5", "A1", None),
        ("| 总分：94.5，等级：优 | | | |", "94.5", "A1", None),
        ("| 总分 | 100 | 94.5 | |", "94.5", "C1", "100"),
        ("| 单位：某局 | 总分 | 94.5 | |", "94.5", "C1", None),
        ("| 总得分 | 九十四 | | |", None, "", None),
        ("| 自评总分 | | | |", None, "B1", None),
        ("| 合计 | | 94.5 | |", None, "", None),
        ("| 自评得分 | | 94.5 | |", None, "", None),
        ("| 总分：见附件 | | | |", None, "", None),
    ],
)
def test_total_above_the_heading__is_read(
    row: str, score: str | None, cell: str, cap: str | None
) -> None:
    total = read_form(f"{row}\n{BODY}").total
    if not cell:
        assert total is None
        return
    assert total is not None
    assert total.score.place.cell == cell
    assert (str(total.score.value) if total.score.value is not None else None) == score
    assert (str(total.max_score.value) if total.max_score else None) == cap


def test_total_below__wins_over_one_above() -> None:
    form = read_form(f"| 自评总分 | 90 | | |\n{BODY}| 总分 | | 100 | 94.5 |")
    assert form.total is not None
    assert form.total.score.place.cell == "D4"
    assert form.decisions == []


def test_total_above__is_told_and_brings_its_grade() -> None:
    form = read_form(f"| 自评总分 | 94.5 | 自评等级 | 优 |\n{BODY}")
    assert [(d.what, d.place.cell) for d in form.decisions] == [("total-above", "B1")]
    assert form.grade is not None
    assert [grade.value for grade in form.grade.stated] == ["优"]


def test_total_of_the_form_above__is_not_that_of_the_next() -> None:
    first, second = read(sheet_of(f"{BODY}| 总分 | | 100 | 94.5 |\n\n{BODY}")).forms
    assert first.total is not None
    assert second.total is None
