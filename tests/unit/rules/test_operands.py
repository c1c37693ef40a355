"""Where the figures of a standard are found, and how exactly they are known."""

from decimal import Decimal

import pytest

from perfxl.model.cells import Book
from perfxl.reader.tables import read_return
from perfxl.rules.base import Subject
from perfxl.rules.operands import Figures, figures_of
from perfxl.scheme.model import Scheme
from perfxl.scheme.vocabulary import load_vocabulary
from tests.rules.scored_schemes import OWN_ROWS, RATES
from tests.unit.reader.tables.grids import sheet_of

HEAD = "| 一级指标 | 二级指标 | 三级指标 | 目标值 | 实际完成值 |\n"


def figures(rows: str, scheme: Scheme = RATES) -> Figures:
    """The figures of a return whose target table has these rows."""
    returned = read_return(Book([sheet_of(HEAD + rows)]), load_vocabulary())
    found = figures_of(Subject(returned, scheme=scheme))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("said", "value", "low", "high"),
    [
        ("90%", "0.9", "0.895", "0.91"),
        ("94.5%", "0.945", "0.9445", "0.946"),
        ("0.945", "0.945", "0.9445", "0.946"),
        ("90", "0.9", "0.895", "0.91"),
        ("100%", "1", "0.995", "1.01"),
        ("0%", "0", "-0.005", "0.01"),
    ],
)
def test_stated_rate__may_be_what_rounds_or_cuts_to_it(
    said: str, value: str, low: str, high: str
) -> None:
    found = figures(f"| 满意度 | 满意度 | 群众满意度 | ≥90% | {said} |").operand("satisfaction")
    assert found is not None
    assert (found.value, found.low) == (Decimal(value), Decimal(low))
    assert found.high is not None
    assert Decimal(value) < found.high < Decimal(high)
    assert not found.is_certain
    assert found.cells == (("自评表", "E2"),)


@pytest.mark.parametrize("said", ["满意", "≥90%", "90人", "", "90%以上", "85%至90%"])
def test_what_is_no_rate__is_no_operand(said: str) -> None:
    rows = f"| 满意度 | 满意度 | 群众满意度 | ≥90% | {said} |"
    assert figures(rows).operand("satisfaction") is None


def test_rows_that_disagree__are_no_operand() -> None:
    rows = "| 满意度 | 满意度 | 群众满意度 | ≥90% | 91% |\n| | | 职工满意度 | ≥90% | {} |"
    assert figures(rows.format("95%")).operand("satisfaction") is None
    assert figures(rows.format("91%")).operand("satisfaction") is not None


def test_row_of_another_rate__is_left_alone() -> None:
    rows = "| 成本 | 经费 | 公用经费控制率 | ≤100% | 91% |"
    assert figures(rows).operand("three_public_rate") is None
    assert figures(rows.replace("公用经费", "“三公”经费")).operand("three_public_rate")


def test_inputs_stated_in_rows__give_the_measure_before_a_stated_rate() -> None:
    rows = (
        "| 成本 | 经费 | “三公”经费支出 | ≤5万元 | 0.42万元 |\n"
        "| | | “三公”经费预算 | 5万元 | 5万元 |\n"
        "| | | “三公”经费控制率 | ≤100% | 91.6% |"
    )
    found = figures(rows).operand("three_public_rate")
    assert found is not None
    assert found.value == Decimal("0.084")
    assert [place.cell for place in found.cells] == ["E2", "E3"]
    assert not found.is_certain


def test_amounts_of_the_funds_block__are_certain() -> None:
    table = """
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | 100 | 80 | 69 | 10 | 86% | 8.63 |
| 一级指标 | 三级指标 | 分值 | 目标值 | 实际完成值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标 | 检查企业数 | 20 | ≥80家 | 80家 | 20 | |
"""
    returned = read_return(Book([sheet_of(table)]), load_vocabulary())
    found = figures_of(Subject(returned, form=returned.forms[0], scheme=OWN_ROWS))
    assert found is not None
    rate = found.operand("executed")
    assert rate is not None
    assert (rate.value, rate.is_certain) == (Decimal("0.8625"), True)
    assert rate.said("自评表") == "预算执行率86.25%（E2、D2）"
    assert rate.said("另一张") == "预算执行率86.25%（自评表!E2、自评表!D2）"
