"""Keys of a made-up scheme with their terms and the figures of one return."""

from collections.abc import Sequence
from decimal import Decimal

from perfxl.formula.coerce import Value
from perfxl.formula.dated import constant
from perfxl.formula.shapes import (
    Better,
    Checklist,
    ChecklistItem,
    DeductPerStep,
    MeanCompletion,
    Option,
    Pace,
    Part,
    Partial,
    Proportional,
    Reverse,
    Sum,
    Tier,
    Tiers,
    ZeroIf,
)
from perfxl.formula.terms import Term, Terms

TERMS: Terms = {
    "支出率": Term("部门预算资金支出率", "%"),
    "满意度": Term("服务对象满意度", "%"),
    "控制率": Term("在职人员控制率", "%"),
    "变动率": Term("“三公”经费变动率", "%"),
    "完成率": Term("预算完成率", "%"),
    "采购率": Term("政府采购执行率", "%"),
    "完成数": Term("其中：按时完成数", "个"),
    "计划数": Term("计划数", "个"),
    "成本": Term("实际成本", "万元"),
    "预算": Term("预算成本", "万元"),
    "未完成": Term("未完成的重点工作", "项"),
    "产出": Term("产出指标完成率", "%"),
    "一季": Term("3月末执行率", "%"),
    "二季": Term("6月末执行率", "%"),
    "挪用": Term("存在挪用资金"),
    "制度": Term("建立内部控制制度"),
    "执行": Term("制度得到执行"),
    "公开": Term("预算公开情况"),
    "自评": Term("政策落实得分", "分"),
}
FIGURES: dict[str, Value | Sequence[Value]] = {
    "支出率": Decimal("0.8951"),
    "满意度": Decimal("0.92"),
    "控制率": Decimal("1.034"),
    "变动率": Decimal("-0.05"),
    "完成率": Decimal("0.776"),
    "采购率": Decimal("1.05"),
    "完成数": Decimal(60),
    "计划数": Decimal(80),
    "成本": Decimal(15),
    "预算": Decimal(10),
    "未完成": Decimal(1),
    "产出": (*[Decimal(1)] * 20, Decimal("3.5") / 6, Decimal(904) / 994),
    "一季": Decimal("0.2085"),
    "二季": Decimal("0.3992"),
    "挪用": "否",
    "制度": "是",
    "执行": "否",
    "公开": "逾期公开",
    "自评": Decimal("0.5"),
}

c = constant
YES_NO = (Option("是", c(1)), Option("否", c(0)))
RATE = Proportional("支出率")
COUNT = Proportional("完成数", "计划数")
COST = Proportional("成本", "预算", Better.LOWER)
COST_PLAIN = Proportional("成本", c(10), Better.LOWER, Reverse.PLAIN)
SATISFACTION = Tiers(
    "满意度",
    (
        Tier(c(6), c("0.95"), None),
        Tier(c(4), c("0.9"), c("0.95")),
        Tier(c(1), None, c("0.9")),
    ),
)
STAFF = DeductPerStep("控制率", c(1), c("0.01"), c("0.5"), partial=Partial.STARTED)
CHANGE = DeductPerStep("变动率", c(0), c("0.01"), c("0.8"), partial=Partial.PRO_RATA)
SHORT = DeductPerStep("完成率", c(1), c("0.05"), c(2), is_over=False)
UNDONE = DeductPerStep("未完成", c(0), c(1), c(4))
SYSTEMS = Checklist((ChecklistItem("制度", YES_NO), ChecklistItem("执行", YES_NO)))
PUBLISHED = Checklist(
    (
        ChecklistItem(
            "公开",
            (Option("按时公开", c("1.5")), Option("逾期公开", c(1)), Option("未公开", c(0))),
        ),
    )
)
OUTPUT = MeanCompletion("产出")
PACE = Pace(("一季", "二季"), (c("0.25"), c("0.5")), (c(1), c(1)), c(2))
MISUSE = ZeroIf("挪用", SYSTEMS, equals="是")
PROCUREMENT = ZeroIf("采购率", Proportional("采购率"), over=c(1))
BOTH = Sum((Part("采购执行", c(1), PROCUREMENT), Part("制度", c(1), SYSTEMS)))
