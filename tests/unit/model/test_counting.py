"""How rows beyond full marks, and rows that do not apply, are added up."""

from decimal import Decimal

import pytest

from perfxl.engine.readings import counting_decisions
from perfxl.model.counting import Counting, NotApplicable, count, is_not_applicable
from perfxl.model.form import SelfEvaluationForm
from tests.rules.small_schemes import SMALL_FULL
from tests.unit.reader.tables.grids import read_form

FULL, LEVEL2, RESCALE = NotApplicable
TABLE = """
| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 得分 |
| 产出 | 100 | 数量 | 40 | 培训 | 30 | 27 |
| | | | | 检查 | 10 | {score} |
| | | 质量 | 60 | 合格率 | 60 | 48 |
{more}
| 总分 | 100 | | | | | {total} |
"""


def form(score: str, total: str, more: str = "") -> SelfEvaluationForm:
    return read_form(
        TABLE.replace("{more}\n", more and more + "\n").format(score=score, total=total)
    )


def counted(score: str, total: str, more: str = "") -> Counting:
    return count(form(score, total, more), 2)


@pytest.mark.parametrize("word", ["不适用", "—", "/", "不涉及"])
@pytest.mark.parametrize(
    ("total", "mode", "computed"),
    [
        ("85", FULL, "85"),
        ("84", LEVEL2, "84"),
        ("83.33", RESCALE, "83.33"),
    ],
)
def test_row_that_does_not_apply__counts_as_the_total_shows(
    word: str, total: str, mode: NotApplicable, computed: str
) -> None:
    found = counted(word, total)
    assert found.modes == (mode,)
    assert found.total == Decimal(computed)


def test_row_that_does_not_apply__is_unknown_where_nothing_fits() -> None:
    for total in ("75", "84.5", ""):  # 75 is the sum without it
        found = counted("不适用", total)
        assert (found.total, found.modes, found.is_known) == (None, (), False)


def test_row_that_does_not_apply__goes_by_what_its_group_leaves_it() -> None:
    """The cap says so too: 40 of the group less 30 are the 10 that it had."""
    table = TABLE.replace("{more}\n", "").replace("| 检查 | 10 |", "| 检查 | / |")
    found = count(read_form(table.format(score="", total="84")), 2)
    assert (found.modes, found.total) == ((LEVEL2,), Decimal(84))


def test_row_that_does_not_apply__several_ways_may_fit() -> None:
    table = TABLE.replace("{more}\n", "").replace("| 27 |", "| 30 |").replace("| 48 |", "| 60 |")
    found = count(read_form(table.format(score="不适用", total="100")), 2)
    assert found.modes == (FULL, LEVEL2, RESCALE)


def test_mode_of_the_scheme__holds_whatever_the_total_says() -> None:
    found = count(form("不适用", "84"), 2, mode=FULL)
    assert (found.total, found.modes, found.fits) == (Decimal(85), (FULL,), False)


def test_score_beside_an_inapplicable_cap__is_a_score() -> None:
    table = TABLE.replace("{more}\n", "").replace("| 检查 | 10 |", "| 检查 | 不适用 |")
    leaves = list(read_form(table.format(score="0", total="75")).leaves())
    assert [is_not_applicable(leaf) for leaf in leaves] == [False, False, False]


@pytest.mark.parametrize(
    ("more", "total", "computed", "takes_away", "is_held"),
    [
        ("| 扣分项 | | 通报 | | 批评 | | -2 |", "83", "83", True, False),
        ("| 扣分项 | | 通报 | | 批评 | | 2 |", "83", "83", True, False),
        ("| 扣分项 | 5 | 通报 | 5 | 批评 | 5 | 2 |", "87", "87", False, False),
        ("| 扣分项 | | 通报 | | 批评 | | 2 |", "80", "83", True, False),
        ("| 加分项 | | 获奖 | | 表彰 | | 2.005 |", "87.01", "87.01", True, False),
        ("| 加分项 | | 获奖 | | 表彰 | | 无 |", "85", "85", True, False),
        ("| 加分项 | 3 | 获奖 | | 表彰 | | 4 |", "88", "88", True, True),
        ("| 加分项 | | 获奖 | | 表彰 | 3 | 4 |", "88", "88", True, True),
        ("| 加分项 | | 获奖 | | 表彰 | | 20 |", "100", "100", True, True),
        ("| 加减分 | | 其他 | | 事项 | | -1 |", "84", "84", True, False),
    ],
)
def test_rows_beyond_full_marks__count_as_the_total_shows(
    more: str, total: str, computed: str, takes_away: bool, is_held: bool
) -> None:
    found = counted("10", total, more)
    assert found.total == Decimal(computed)
    assert (found.takes_away, found.is_held) == (takes_away, is_held)
    assert found.fits is (total == computed)


def test_words_for_a_bonus__leave_the_sum_unknown() -> None:
    assert not counted("10", "85", "| 加分项 | | 获奖 | | 表彰 | | 加一分 |").is_known


def test_ordinary_form__is_added_as_ever() -> None:
    found = counted("9.996", "85")
    assert (found.total, found.exact, found.fits) == (Decimal("85.00"), Decimal("84.996"), True)
    assert found.bounds is None


@pytest.mark.parametrize(
    ("score", "total", "more", "said"),
    [
        ("10", "83", "| 扣分项 | | 通报 | | 批评 | | 2 |", ["deduction-sign G5 从总分里减去"]),
        ("10", "87", "| 扣分项 | | 通报 | | 批评 | | 2 |", ["deduction-sign G5 加进总分"]),
        ("10", "80", "| 扣分项 | | 通报 | | 批评 | | 2 |", ["deduction-sign G5 暂按减去"]),
        ("10", "83", "| 扣分项 | | 通报 | | 批评 | | -2 |", []),
        ("10", "88", "| 加分项 | 3 | 获奖 | | 表彰 | | 4 |", ["adjustment-limit G5 按限额"]),
        ("不适用", "84", "", ["not-applicable G3 按所属二级指标"]),
        ("不适用", "75", "", []),
        ("10", "85", "", []),
    ],
)
def test_decisions__say_how_it_was_added(
    score: str, total: str, more: str, said: list[str]
) -> None:
    found = counting_decisions(form(score, total, more), None)
    assert [f"{d.what} {d.place.cell}" for d in found] == [line.rpartition(" ")[0] for line in said]
    for decision, line in zip(found, said, strict=True):
        assert line.rpartition(" ")[2] in decision.message


def test_decision__names_the_scheme_where_it_rules() -> None:
    (said,) = counting_decisions(form("不适用", "70"), SMALL_FULL)
    assert said.message == "“检查”不适用：按满分计（方案如此规定）"
