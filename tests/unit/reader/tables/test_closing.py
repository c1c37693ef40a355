"""总分 and 评价等级 in the ways in which people leave them."""

import pytest

from perfxl.model.grade import Grade
from tests.unit.reader.tables.grids import read, read_form, sheet_of

BODY = """
| 一级指标 | 分值 | 二级指标 | 分值 | 得分 |
| 管理 | 100 | 采购 | 100 | 94.5 |
"""


@pytest.mark.parametrize(
    ("row", "stated"),
    [
        ("| 评价等级 | 优 | | | |", [Grade.EXCELLENT]),
        ("| 评价等级 | 良好 | | | |", [Grade.GOOD]),
        ("| 评分等级 | | | | 优秀 |", [Grade.EXCELLENT]),
        ("| 等级 | ☑优 □良 □中 □差 | | | |", [Grade.EXCELLENT]),
        ("| 等级 | □优 √良 □中 □差 | | | |", [Grade.GOOD]),
        ("| 等级 | 优□ 良■ 中□ 差□ | | | |", [Grade.GOOD]),
        ("| 等级 | ☐ 优 | ☒ 良 | ☐ 中 | ☐ 差 |", [Grade.GOOD]),
        ("| 等级 | ☑优 ☑良 □中 □差 | | | |", [Grade.EXCELLENT, Grade.GOOD]),
        ("| 等级 | □优 □良 □中 □差 | | | |", []),
        ("| 等级 | | | | |", []),
        ("| 等级 | 待定 | | | |", []),
    ],
)
def test_grade_is_read__written_or_ticked(row: str, stated: list[Grade]) -> None:
    form = read_form(BODY + row)
    assert form.grade is not None
    assert list(form.grade.stated) == stated


def test_printed_bands_are_read__half_open() -> None:
    form = read_form(
        BODY + "| 评价等级 | ☑优 90分≤得分≤100分；□良 80分≤得分<90分；"
        "□中 60分≤得分<80分；□差 得分<60分 | | | |"
    )
    assert form.grade is not None
    assert [(b.grade.value, int(b.lower)) for b in form.grade.printed_bands] == [
        ("优", 90), ("良", 80), ("中", 60), ("差", 0)
    ]  # fmt: skip
    assert form.grade.stated == (Grade.EXCELLENT,)


def test_printed_bands_with_a_hole__are_not_taken() -> None:
    form = read_form(BODY + "| 评价等级 | 优（90-100）良（80-89）中（60-79）差（0-59） | | | |")
    assert form.grade is not None
    assert form.grade.printed_bands == ()


@pytest.mark.parametrize(
    ("row", "cap", "score", "cell"),
    [
        ("| 总分 | 100 | | | 94.5 |", "100", "94.5", "E3"),
        ("| 总分 | 100 | | 94.5 | |", "100", "94.5", "D3"),
        ("| 总分 | 100 | 94.5 | | |", "100", "94.5", "C3"),
        ("| 总分 | 100 | | | |", "100", None, "E3"),
        ("| 合计 | | | | 0 |", None, "0", "E3"),
        ("| 综合评分 | | | | 九十四 |", None, None, "E3"),
    ],
)
def test_total_is_read__where_it_stands(
    row: str, cap: str | None, score: str | None, cell: str
) -> None:
    total = read_form(BODY + row).total
    assert total is not None
    assert (total.max_score and str(total.max_score.value)) == cap
    assert (str(total.score.value) if total.score.value is not None else None) == score
    assert total.score.place.cell == cell


def test_reviewed_score_behind_the_total__is_not_its_cap() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 分值 | 得分 | 扣分原因 | 复核得分 |
        | 管理 | 采购 | 100 | 97.5 | 晚签 | 89 |
        | 总分 | | | 97.5 | | 89 |
        """
    )
    assert form.total is not None
    assert form.total.max_score is None


def test_named_subtotals__are_no_indicators() -> None:
    form = read_form(
        """
        | 一级指标 | 二级指标 | 分值 | 得分 |
        | 投入 | 预算 | 40 | 40 |
        | 投入小计 | | 40 | 40 |
        | 过程 | 采购 | 60 | 50 |
        | 过程小计 | | 60 | 50 |
        | 合计 | | 100 | 90 |
        """
    )
    assert [leaf.path for leaf in form.leaves()] == [("投入", "预算"), ("过程", "采购")]
    assert [str(group.subtotal.value) for group in form.roots if group.subtotal] == ["40", "50"]


def test_total_and_label_in_one_cell__are_read() -> None:
    form = read_form(BODY + "| 总分：96分 | | | | |")
    assert form.total is not None
    assert (str(form.total.score.value), form.total.score.place.cell) == ("96", "A3")


def test_signatures_below_a_table_without_total__are_no_indicators() -> None:
    form = read_form(BODY + "| 填报人： | 略 | 审核人 | 略 | 20240105 |\n| 注：略 | | | | |")
    assert len(list(form.leaves())) == 1


def test_tables_stacked_without_totals__stay_apart() -> None:
    returned = read(sheet_of(BODY.strip() + "\n" + BODY.strip()))
    assert [len(list(form.leaves())) for form in returned.forms] == [1, 1]
