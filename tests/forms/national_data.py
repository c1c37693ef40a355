"""Indicators of made-up projects, for the wordings in which places print the national form."""

from dataclasses import replace
from decimal import Decimal as D

from tests.forms.figures import Group, Leaf, Node, decimal_of

RATE = "预算执行率"


def _leaf(name: str, cap: str, target: str) -> Leaf:
    return Leaf(name, D(cap), D(cap), target=target, actual=target.strip("≥≤="))


def _group(name: str, *children: Node) -> Group:
    caps = [decimal_of(child.cap) or D(0) for child in children]
    return Group(name, sum(caps, D(0)), children)


def funds(cap: str) -> Group:
    """The score of the funds block: 95 % of the budget were spent."""
    reason = "尾款按合同约定在验收后支付。"
    return _group(RATE, Leaf(RATE, D(cap), D(cap) * D("0.95"), reason=reason))


INDICATORS = (
    _group(
        "产出指标",
        _group("数量指标", _leaf("培训人次", "10", "≥500人次"), _leaf("检查企业数", "10", "≥80家")),
        _group("质量指标", _leaf("隐患整改率", "15", "≥95%")),
        _group("时效指标", _leaf("按期完成天数", "5", "≤60天")),
        _group("成本指标", _leaf("人均培训成本", "10", "≤400元")),
    ),
    _group("效益指标", _group("社会效益指标", _leaf("事故下降率", "30", "≥5%"))),
    _group("满意度指标", _group("服务对象满意度指标", _leaf("参训人员满意度", "10", "≥90%"))),
)
# Without the indicators of cost: 40, 30 and 10 beside an execution rate of 20.
EIGHTY = (
    replace(INDICATORS[0], cap=D(40), children=INDICATORS[0].children[:-1]),
    *INDICATORS[1:],
)
FRAMEWORK = (
    _group(
        "项目决策",
        _group("立项", _leaf("立项规范性", "4", "规范"), _leaf("目标明确性", "6", "明确")),
    ),
    _group(
        "项目管理",
        _group("制度", _leaf("制度健全性", "10", "健全"), _leaf("执行有效性", "15", "有效")),
    ),
    _group(
        "项目产出",
        _group("产出数量", _leaf("修缮面积", "18", "≥500平方米"), _leaf("完工数", "12", "≥3处")),
    ),
    _group(
        "项目效益",
        _group("社会效益", _leaf("受益人数", "20", "≥900人"), _leaf("满意度", "15", "≥90%")),
    ),
)
WEIGHTED = (
    _group("过程指标", _group("资金管理", _leaf(RATE, "10", "≥95%"))),
    *INDICATORS,
)


def labelled(roots: tuple[Group, ...], pattern: str) -> tuple[Group, ...]:
    """First-level groups that print their cap inside their label, by a pattern with {} {}."""
    return tuple(replace(root, label=pattern.format(root.name, root.cap)) for root in roots)
