"""Indicator trees of other places: the national reference framework and what was made of it.

The names are those of the framework; weights are free in every place, these are made up.
"""

from decimal import Decimal as D

from tests.forms.figures import Group, Leaf


def _leaf(name: str, cap: str, target: str | None = None) -> Leaf:
    actual = target.strip("≥≤") if target else None
    return Leaf(
        name, D(cap), D(cap), f"反映{name}。", "按完成情况评分。", target=target, actual=actual
    )


def _group(name: str, *children: Group | Leaf) -> Group:
    caps = [child.cap for child in children if isinstance(child.cap, D)]
    return Group(name, sum(caps, D(0)), children)


FRAMEWORK = (
    _group(
        "投入",
        _group("目标设定", _leaf("绩效目标合理性", "4"), _leaf("绩效指标明确性", "4")),
        _group("预算配置", _leaf("在职人员控制率", "4"), _leaf("“三公经费”变动率", "4")),
    ),
    _group(
        "过程",
        _group(
            "预算执行",
            _leaf("预算完成率", "5"),
            _leaf("支付进度率", "4"),
            _leaf("结转结余率", "3"),
            _leaf("政府采购执行率", "3"),
        ),
        _group("预算管理", _leaf("管理制度健全性", "4"), _leaf("资金使用合规性", "5")),
        _group("资产管理", _leaf("管理制度健全性", "3"), _leaf("固定资产利用率", "3")),
    ),
    _group(
        "产出",
        _group(
            "职责履行",
            _leaf("实际完成率", "8"),
            _leaf("完成及时率", "7"),
            _leaf("质量达标率", "8"),
            _leaf("重点工作办结率", "7"),
        ),
    ),
    _group(
        "效果",
        _group(
            "履职效益",
            _leaf("社会效益", "8"),
            _leaf("生态效益", "6"),
            _leaf("社会公众或服务对象满意度", "10"),
        ),
    ),
)

PROJECT = (
    _group(
        "产出指标",
        _group(
            "数量指标", _leaf("培训人次", "12.5", "≥500人次"), _leaf("检查企业数", "12.5", "≥80家")
        ),
        _group("质量指标", _leaf("隐患整改率", "15", "≥95%")),
        _group("时效指标", _leaf("按期完成率", "10", "100%")),
        _group("成本指标", _leaf("单位培训成本", "10", "≤400元/人")),
    ),
    _group(
        "效益指标",
        _group("社会效益指标", _leaf("事故起数下降率", "15", "≥5%")),
        _group("可持续影响指标", _leaf("长效机制", "15", "基本建立")),
    ),
    _group("满意度指标", _group("服务对象满意度指标", _leaf("参训人员满意度", "10", "≥90%"))),
)

TWO_LEVELS = (
    _group(
        "预算管理",
        _leaf("预算编制完整性", "8"),
        _leaf("预算调整率", "7"),
        _leaf("支出进度", "10"),
    ),
    _group("资金使用", _leaf("资金使用合规性", "10"), _leaf("“三公”经费控制率", "5")),
    _group(
        "履职成效",
        _leaf("重点任务完成率", "25"),
        _leaf("工作质量", "15"),
        _leaf("社会满意度", "20"),
    ),
)

# What came of a target where marks are lost: nine tenths at least, and no more is scored.
SHORT_ACTUAL = {
    "培训人次": "455人次",
    "检查企业数": "72家",
    "隐患整改率": "90%",
    "按期完成率": "90%",
    "单位培训成本": "430元/人",
    "事故起数下降率": "3%",
    "长效机制": "部分建立",
    "参训人员满意度": "86%",
}
