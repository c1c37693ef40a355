"""Standards and expressions in Chinese, with and without figures."""

from decimal import Decimal

import pytest

from perfxl.formula.coerce import Unknown, Value
from perfxl.formula.dated import Dated, constant
from perfxl.formula.expression import mean, ratio, score_expression, signed_sum
from perfxl.formula.keyed import KeyedValues
from perfxl.formula.missing import missing
from perfxl.formula.parse import parse_formula
from perfxl.formula.sentence import sentence
from perfxl.formula.shapes import Better, Level, Manual, Proportional, Shape, Tier, Tiers
from perfxl.formula.standard_sentence import standard_sentence
from perfxl.formula.tree import CellError, Literal, Name, Node
from perfxl.formula.worked import worked
from tests.unit.formula import figures as f

LEVELS = (
    Level("达成", Decimal("0.8"), Decimal(1)),
    Level("部分达成", Decimal("0.6"), Decimal("0.8")),
    Level("未达成", Decimal(0), Decimal("0.6")),
)


def expression(shape: Shape, cap: int) -> Node:
    node = score_expression(shape, Literal(Decimal(cap)), decimals=2)
    assert node is not None
    return node


@pytest.mark.parametrize(
    ("shape", "cap", "said"),
    [
        (f.RATE, 10, "得分＝10分×部门预算资金支出率，最高10分，保留两位小数"),
        (Proportional("支出率", constant("0.9")), 10,
         "得分＝10分×部门预算资金支出率÷90%，最高10分，保留两位小数"),
        (f.COUNT, None, "得分＝分值×按时完成数÷计划数，不超过分值，保留两位小数"),
        (Proportional("自评", constant(1)), 1, "按政策落实得分计，最高1分，保留两位小数"),
        (f.COST, 5,
         "实际成本不超过预算成本得5分；超过的，得分＝5分×［1－（实际成本－预算成本）÷预算成本］，"
         "最低0分（预算成本为0而实际超过的，不得分），保留两位小数"),
        (f.COST_PLAIN, 5,
         "实际成本不超过10万元得5分；超过的，得分＝5分×10万元÷实际成本，保留两位小数"),
        (Proportional("未完成", constant(0), Better.LOWER), 5,
         "未完成的重点工作不超过0项得5分，超过0项的不得分"),
        (f.SATISFACTION, 6,
         "服务对象满意度不低于95%得6分；不低于90%且低于95%得4分；低于90%得1分"),
        (f.STAFF, 5,
         "在职人员控制率不超过100%得5分；每超过1个百分点扣0.5分，不足1个百分点的按1个百分点扣，"
         "扣完为止"),
        (f.CHANGE, 8,
         "“三公”经费变动率不超过0得8分；每超过1个百分点扣0.8分，不足1个百分点的按比例扣，"
         "扣完为止，保留两位小数"),
        (f.SHORT, 5,
         "预算完成率不低于100%得5分；每低5个百分点扣2分，不足5个百分点的部分不扣，扣完为止"),
        (f.UNDONE, 8, "未完成的重点工作为0得8分；每有1项扣4分，扣完为止"),
        (f.SYSTEMS, 2, "建立内部控制制度；制度得到执行。以上2项每符合一项得1分"),
        (f.PUBLISHED, 2, "预算公开情况：按时公开得1.5分，逾期公开得1分，未公开不得分"),
        (f.OUTPUT, 20, "得分＝20分×产出指标完成率的平均值，单项最高按100%计，保留两位小数"),
        (f.PACE, 4,
         "得分＝3月末执行率÷25%×1分＋6月末执行率÷50%×1分＋2个执行率的平均值×2分，最高4分，"
         "保留两位小数"),
        (f.MISUSE, 2,
         "存在挪用资金的不得分；否则，建立内部控制制度；制度得到执行。以上2项每符合一项得1分"),
        (f.PROCUREMENT, 2,
         "政府采购执行率超过100%的不得分；否则，得分＝2分×政府采购执行率，最高2分，保留两位小数"),
        (f.BOTH, 2,
         "（1）采购执行，满分1分：政府采购执行率超过100%的不得分；否则，得分＝1分×政府采购执行率，"
         "最高1分。（2）制度，满分1分：建立内部控制制度；制度得到执行。以上2项每符合一项得1分。"
         "保留两位小数"),
        (Manual(LEVELS), 10,
         "由评价人评定：“达成”得8至10分；“部分达成”得6至不满8分；“未达成”得0至不满6分"),
        (Manual(LEVELS), None,
         "由评价人评定：“达成”得分值的80%至100%；“部分达成”得分值的60%至不满80%；"
         "“未达成”得分值的0至不满60%"),
        (Manual(), 5, "由评价人对照要求评定，最高5分"),
    ],
)  # fmt: skip
def test_standard_is_worded_by_its_shape__each(shape: Shape, cap: int | None, said: str) -> None:
    score = None if cap is None else Decimal(cap)
    assert standard_sentence(shape, score, f.TERMS) == said


def test_standard_is_that_of_the_year__parameter_that_changed() -> None:
    target = Dated(((2022, Decimal("0.9")), (2024, Decimal("0.95"))))
    said = [
        standard_sentence(Proportional("支出率", target), Decimal(5), f.TERMS, year=year)
        for year in (2023, 2024)
    ]
    assert "÷90%" in said[0]
    assert "÷95%" in said[1]


def test_tiers_with_all_kinds_of_ends__each_in_its_words() -> None:
    c = constant
    shape = Tiers(
        "变动率",
        (
            Tier(c(3), c(0), c(0), has_upper=True),
            Tier(c(2), c(0), c("0.1"), has_lower=False, has_upper=True),
            Tier(c(0), c("0.3"), None, has_lower=False),
        ),
    )
    said = standard_sentence(shape, Decimal(3), f.TERMS)
    assert said == "“三公”经费变动率为0得3分；超过0且不超过10%得2分；超过30%不得分"


@pytest.mark.parametrize(
    ("shape", "cap", "said"),
    [
        (f.RATE, 10, "10×部门预算资金支出率，最高10分，保留两位小数"),
        (f.COUNT, 5, "5×（按时完成数÷计划数，最高为1），保留两位小数"),
        (f.COST, 5,
         "5×（实际成本不超过预算成本为1，超过的为1－（实际成本－预算成本）÷预算成本），"
         "最低0分，保留两位小数"),
        (f.SATISFACTION, 6,
         "服务对象满意度不低于95%得6分；不低于90%且低于95%得4分；否则得1分"),
        (f.STAFF, 5,
         "5－（（在职人员控制率－100%）÷1%，进位取整，最低0）×0.5，最低0分，保留两位小数"),
        (f.SYSTEMS, 2,
         "以下各项相加：（1）建立内部控制制度为“是”得1分；否则不得分；"
         "（2）制度得到执行为“是”得1分；否则不得分"),
        (f.PROCUREMENT, 2, "政府采购执行率超过100%不得分；否则，按2×政府采购执行率计分，最高2分"),
    ],
)  # fmt: skip
def test_tree_alone_is_said__score(shape: Shape, cap: int, said: str) -> None:
    assert sentence(expression(shape, cap), f.TERMS) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SUM(F3:F9)", "F3:F9合计"),
        ("F3/基础数据!C5*10", "F3÷基础数据!C5×10"),
        ("ROUND(MIN(10,F3*10),2)", "F3×10，最高10分，保留两位小数"),
        ('IF(H9>=90,"优",IF(H9>=80,"良","差"))', "H9不低于90为“优”；H9不低于80为“良”；否则为“差”"),
        ("(A1+B1)*C1", "（A1＋B1）×C1"),
        ("A1-(B1-C1)", "A1－（B1－C1）"),
        ("IF(A1>1,B1,C1)", "（A1超过1时取B1，否则取C1）"),
        ("ABS(A1)", "A1的绝对值"),
        ("XLOOKUP(A1,B1)", "函数XLOOKUP（A1，B1）"),
        ("{1,2}", "数组常量"),
    ],
)
def test_formula_of_a_cell_is_said__any(text: str, said: str) -> None:
    assert sentence(parse_formula(text)) == said


def test_measure_is_said__without_its_guards() -> None:
    a, b = Name("完成数"), Name("计划数")
    rate = ratio(signed_sum([(1, a), (-1, b)]), b, [a, b])
    assert sentence(rate, f.TERMS) == "（按时完成数－计划数）÷计划数"
    quarters = mean([Name("一季"), Name("二季")])
    assert sentence(quarters, f.TERMS) == "3月末执行率、6月末执行率的平均值"


@pytest.mark.parametrize(
    ("shape", "cap", "said"),
    [
        (f.RATE, 10, "10 × 89.51% = 8.951，保留两位小数为8.95"),
        (f.COUNT, 5, "5 × (60 ÷ 80) = 3.75"),
        (f.COST, 5, "5 × (1 - (15 - 10) ÷ 10) = 2.5"),
        (f.COST_PLAIN, 5, "5 × (10 ÷ 15) ≈ 3.333333，保留两位小数为3.33"),
        (f.SATISFACTION, 6, "服务对象满意度92%，不低于90%且低于95%，得4分"),
        (f.STAFF, 5, "(103.4% - 100%) ÷ 1% = 3.4，进位取整为4，5 - 4 × 0.5 = 3"),
        (f.CHANGE, 8, "-5% ÷ 1% = -5，按0计，8 - 0 × 0.8 = 8"),
        (f.SHORT, 5, "(100% - 77.6%) ÷ 5% = 4.48，舍去小数为4，5 - 4 × 2 = -3，按0分计"),
        (f.UNDONE, 8, "8 - 1 × 4 = 4"),
        (f.SYSTEMS, 2, "建立内部控制制度为“是”得1分，制度得到执行为“否”不得分，1 + 0 = 1"),
        (f.PUBLISHED, 2, "预算公开情况为“逾期公开”，得1分"),
        (f.OUTPUT, 20,
         "产出指标完成率共22项，平均为97.6945%，20 × 97.6945% ≈ 19.5389，保留两位小数为19.54"),
        (f.PACE, 4,
         "20.85% ÷ 25% + 39.92% ÷ 50% + (20.85% + 39.92%) ÷ 2 × 2 = 2.2401，保留两位小数为2.24"),
        (f.PROCUREMENT, 2, "政府采购执行率105%，超过100%，不得分"),
        (f.BOTH, 2,
         "政府采购执行率105%，超过100%不得分，建立内部控制制度为“是”得1分，"
         "制度得到执行为“否”不得分，0 + 1 + 0 = 1"),
    ],
)  # fmt: skip
def test_figures_are_put_in__score(shape: Shape, cap: int, said: str) -> None:
    assert worked(expression(shape, cap), f.TERMS, KeyedValues(f.FIGURES)) == said


@pytest.mark.parametrize(
    ("shape", "key", "value", "said"),
    [
        (f.RATE, "支出率", Decimal("1.2"), "10 × 120% = 12，超过最高分，按10分计"),
        (f.RATE, "支出率", None, "未计算：缺部门预算资金支出率"),
        (f.RATE, "支出率", "无", "未计算：缺部门预算资金支出率"),
        (f.RATE, "支出率", Unknown("函数VLOOKUP"), "算不出：函数VLOOKUP"),
        (f.COUNT, "完成数", Decimal(90), "按时完成数90不低于计划数80，10 × 1 = 10"),
        (f.COST, "成本", Decimal(25), "10 × (1 - (25 - 10) ÷ 10) = -5，按0分计"),
        (f.SATISFACTION, "满意度", Decimal("0.5"), "服务对象满意度50%，得1分"),
        (f.SYSTEMS, "制度", CellError("#N/A"), "算不出：出现#N/A"),
        (f.OUTPUT, "产出", (Decimal(1), None, Decimal("0.5")), "10 × ((100% + 50%) ÷ 2) = 7.5"),
    ],
)
def test_figures_are_put_in__at_the_limits(shape: Shape, key: str, value: Value, said: str) -> None:
    lookup = KeyedValues({**f.FIGURES, key: value})
    assert worked(expression(shape, 10), f.TERMS, lookup) == said


def test_rate_is_worked_out__as_percent() -> None:
    rate = ratio(Name("完成数"), Name("计划数"), [Name("完成数"), Name("计划数")])
    assert worked(rate, f.TERMS, KeyedValues(f.FIGURES), unit="%") == "60 ÷ 80 = 75%"
    zero = KeyedValues({**f.FIGURES, "计划数": Decimal(0)})
    assert worked(rate, f.TERMS, zero, unit="%") == "未计算：分母为0，或数值不在任何一档"


def test_missing__keys_without_a_value_in_reading_order() -> None:
    node = expression(f.PACE, 6)
    assert missing(node, KeyedValues({"一季": None, "二季": ""})) == ("一季", "二季")
    assert missing(node, KeyedValues({"一季": Decimal(0), "二季": "无"})) == ("二季",)
    assert missing(node, KeyedValues({})) == ("一季", "二季")
    assert missing(expression(f.OUTPUT, 6), KeyedValues({"产出": (None, "")})) == ("产出",)
    assert missing(expression(f.PUBLISHED, 2), KeyedValues({"公开": "未公开"})) == ()


def test_missing__measure_is_answered_for_by_its_inputs() -> None:
    a, b = Name("完成数"), Name("计划数")
    measures = {"支出率": ratio(a, b, [a, b])}
    lookup = KeyedValues({"完成数": Decimal(1), "计划数": None, "支出率": ""})
    assert missing(expression(f.RATE, 10), lookup, measures) == ("计划数",)
    no_rate = KeyedValues({"完成数": Decimal(1), "计划数": Decimal(0), "支出率": ""})
    assert missing(expression(f.RATE, 10), no_rate, measures) == ("支出率",)
