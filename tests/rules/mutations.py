"""One change to a real-shaped return for each rule about tables, and what it must give."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from perfxl.engine.selection import select_rules
from perfxl.pipeline import Options
from tests.forms import generic, guangzhou, national, shenzhen
from tests.forms.figures import ErrorValue, Formula, Leaf, Value
from tests.forms.mutate import Draft, Key

OPTIONS = Options(select_rules())
CITY, DISTRICT = guangzhou.clean(), shenzhen.clean()
NATIONAL = generic.form("national")
FUNDED = national.form("anhui")  # with a block of funds above its indicators
LEAF = "数据质量"  # two points of two, nothing lost


@dataclass(frozen=True, slots=True)
class Mutation:
    """The changed form and the findings it must give: (code, key, field) of the form."""

    draft: Draft
    expect: tuple[tuple[str, Key, str], ...]


def one(code: str, draft: Draft, key: Key = LEAF, field: str = "score") -> Mutation:
    return Mutation(draft, ((code, key, field),))


def with_formulas(draft: Draft, but: str) -> Draft:
    """Every score a formula, but that of one indicator."""
    for path, leaf in draft.leaves():
        if path[-1] != but and isinstance(leaf.score, Decimal):
            draft = draft.with_score(path, Formula(f"{leaf.score}*1", leaf.score, leaf.score))
    return draft


def summed_short(draft: Draft) -> Draft:
    """The total a formula that leaves out the last row, where nothing was earned."""
    path, _ = draft.leaves()[-1]
    nil = draft.with_score(path, Decimal(0)).with_reason(path, "超出预算。").with_right_total()
    nil = nil.with_action(path, "由财务科在六月底前核减。")
    first, before = nil.cell(nil.leaves()[0][0]), nil.cell(nil.leaves()[-2][0])
    total = nil.sum_of_scores()
    return nil.with_total(Formula(f"SUM({first}:{before})", total, total))


def twin_results(*scores: str) -> Draft:
    """Two indicators of the same cap with the same target and result, scored like that."""
    draft = NATIONAL
    for name, score in zip(("培训人次", "检查企业数"), scores, strict=True):
        draft = draft.with_leaf(
            name,
            target="≥100次",
            actual="90次",
            score=Decimal(score),
            reason="停工两周，少办10次。",
        )
    return draft.with_right_total()


def shared(score: str) -> Draft:
    """71 of 80 done, which earns 11.09 of 12.5, scored like that and explained."""
    changed = NATIONAL.with_leaf(
        "检查企业数", actual="71家", score=Decimal(score), reason="停工两周，少查9家。"
    )
    return changed.with_right_total()


def told(result: str) -> Draft:
    """The district form with another text for what was reached in the year."""
    return DISTRICT.with_head("result", result)


def without_satisfaction() -> Draft:
    """The national form with its third group under other names."""
    draft = NATIONAL.with_name("参训人员满意度", "参训人员反馈")
    draft = draft.with_name("服务对象满意度指标", "服务对象反馈指标")
    return draft.with_name("满意度指标", "反馈指标")


def with_funds(**amounts: Value) -> Draft:
    """Other amounts of 年度资金总额 and, of what is spent or planned, of its first part."""
    draft = FUNDED
    for key, amount in amounts.items():
        draft = draft.with_head(f"年度资金总额:{key}", amount)
        if key != "rate":
            draft = draft.with_head(f"其中：当年财政拨款:{key}", amount)
    return draft


def nothing_left_over() -> Draft:
    """An indicator of what is left over, said to be nothing, beside 6 of 120 unspent."""
    renamed = FUNDED.with_name("人均培训成本", "资金结转结余率")
    return renamed.with_leaf("资金结转结余率", target="≤5%", actual="0%")


def explained(score: Value) -> Draft:
    """A changed score whose loss is explained and counted."""
    changed = CITY.with_score(LEAF, score).with_reason(LEAF, "年报有两处数据填错，已说明。")
    return changed.with_action(LEAF, "由财务科在六月底前核对一遍。").with_right_total()


def wider(draft: Draft) -> Draft:
    """One more point in the cap of the first indicator, and in its score."""
    path, leaf = next(iter(draft.leaves()))
    assert isinstance(leaf.cap, Decimal)
    assert isinstance(leaf.score, Decimal)
    more = draft.with_cap(path, leaf.cap + 1).with_score(path, leaf.score)
    return more.with_reason(path, "少完成一项，材料补报。").with_action(path, "六月底前补齐。")


MUTATIONS = {
    "score over its cap": one("AR102", CITY.with_score(LEAF, Decimal("2.01")).with_right_total()),
    "negative score": one("VL101", explained(Decimal("-0.5"))),
    "blank score": one("RQ101", explained(None)),
    "words for a score": one("VL102", explained("两分")),
    "error value": one("VL102", explained(ErrorValue("#REF!"))),
    "date": one("VL102", explained(date(2023, 3, 1))),
    "boolean": one("VL102", explained(True)),
    "number typed as text": one("VL103", CITY.with_score(LEAF, "２.００分")),
    "fixed cap changed": one(
        "ST105",
        CITY.with_cap(LEAF, Decimal("1.5")).with_score(LEAF, Decimal("1.5")).with_right_total(),
        LEAF,
        "cap",
    ),
    "reference cap changed": Mutation(
        DISTRICT.with_cap("预决算信息公开", Decimal(4))
        .with_score("预决算信息公开", Decimal(4))
        .with_cap("财务合规性", Decimal(2))
        .with_score("财务合规性", Decimal(2)),
        (("ST106", "财务合规性", "cap"), ("ST106", "预决算信息公开", "cap")),
    ),
    "indicator renamed": one("ST104", CITY.with_name(LEAF, "资产数据质量"), "资产数据质量", "name"),
    "indicator added": one(
        "ST103",
        CITY.with_added(LEAF, Leaf("资产文化", Decimal(0), Decimal(0), "看氛围。")),
        "资产文化",
        "name",
    ),
    "caps do not add up": one("AR101", wider(generic.form("national")), "total", "cap"),
    "total is not the sum": one(
        "AR104", CITY.with_total(CITY.sum_of_scores() - Decimal("0.5")), "total"
    ),
    "total rounded": one("AR108", CITY.with_total(Decimal("94.5")), "total"),
    "total blank": one("RQ102", CITY.with_total(None), "total"),
    "no grade": one("RQ103", CITY.with_grade(), "grade", "grade"),
    "another grade": one("GR101", CITY.with_grade("良"), "grade", "grade"),
    "two grades": one("GR102", CITY.with_grade("优", "良"), "grade", "grade"),
    "no reason": one("NR101", CITY.with_reason("合同备案时效性", None), "合同备案时效性", "reason"),
    "no action": one("NR102", CITY.with_action("合同备案时效性", ""), "合同备案时效性", "action"),
    "target missed": one(
        "CS103",
        DISTRICT.with_target("预算执行率", target="≥95%", actual="94.5%"),
        "target",
        "预算执行率:actual",
    ),
    "rate fits no basis": one(
        "CS101",
        DISTRICT.with_target("预算执行率", target="≥90%", actual="99%"),
        "target",
        "预算执行率:actual",
    ),
    "task sum": one(
        "CS102",
        DISTRICT.with_task("安全生产工作", 0, Decimal("7564433.51")),
        "task",
        "金额合计:budget_total",
    ),
    "too many decimals": one("VL104", explained(Decimal("1.9999"))),
    "no indicator of satisfaction": one("ST109", without_satisfaction(), "A4", ""),
    "one typed score among formulas": one("AR110", with_formulas(CITY, LEAF)),
    "total's formula too short": one("AR111", summed_short(CITY), "total"),
    "printed bands with holes": one(
        "GR103",
        generic.form("weights").with_grade_raw("☑优90-100分 □良80-89分 □中60-79分 □差0-59分"),
        "grade",
        "grade",
    ),
    "instruction left": one(
        "RQ105",
        CITY.with_reason("合同备案时效性", "（请填写未达标原因）"),
        "合同备案时效性",
        "reason",
    ),
    "no actual value": one(
        "RQ106", DISTRICT.with_target("预算执行率", actual=None), "target", "预算执行率:actual"
    ),
    "full marks, shortfall told": one(
        "NR104", CITY.with_reason(LEAF, "年报晚报，超期3天。"), LEAF, "reason"
    ),
    "other points in the reason": one(
        "NR105",
        CITY.with_reason("采购合同签订时效性", "11个合同按时签订9个，得1.5分。"),
        "采购合同签订时效性",
        "reason",
    ),
    "reason elsewhere": one(
        "NR106", CITY.with_reason("合同备案时效性", "详见附件"), "合同备案时效性", "reason"
    ),
    "placeholder for a reason": one(
        "NR101", CITY.with_reason("合同备案时效性", "同上"), "合同备案时效性", "reason"
    ),
    "budget does not add up": one(
        "CS105", CITY.with_head("总预算", Decimal(39500)), "head", "总预算"
    ),
    "word against number": one(
        "CS106",
        DISTRICT.with_target("有效保障全区安全生产形势总体平稳", actual="100%"),
        "target",
        "有效保障全区安全生产形势总体平稳:actual",
    ),
    "target copied": one(
        "CS107",
        DISTRICT.with_target("区直各部门和群众满意度", actual="≥90%"),
        "target",
        "区直各部门和群众满意度:actual",
    ),
    "far over the target": one(
        "CS108",
        DISTRICT.with_target("人工监测隐患点", actual="70 处"),
        "target",
        "人工监测隐患点:actual",
    ),
    "full marks, target missed": one(
        "CS110", NATIONAL.with_leaf("检查企业数", actual="71家"), "检查企业数"
    ),
    "loss denied in the head": one(
        "CS111", CITY.with_head("unfinished_reason", "无"), "head", "unfinished_reason"
    ),
    "title of another year": one(
        "CS112",
        replace(
            CITY,
            options=replace(CITY.options, top=2, preface=("2021年度部门整体支出绩效自评表",)),
        ),
        "head",
        "title",
    ),
    "title of another unit": one(
        "CS113",
        CITY.with_head("title", "2022年度某市农业农村局部门整体支出绩效自评表"),
        "head",
        "title",
    ),
    "rate fits no budget": one("AR112", with_funds(rate=Decimal("0.98")), national.RATE, "rate"),
    "funds' parts do not add up": one(
        "AR113", FUNDED.with_head("上年结转资金:budget", Decimal(15)), national.RATE, "budget"
    ),
    "funds' total is zero": one(
        "AR113", FUNDED.with_head("年度资金总额:initial", Decimal(0)), national.RATE, "initial"
    ),
    "budget far adjusted": one("CS115", with_funds(initial=Decimal(80)), national.RATE, "budget"),
    "funds overspent": one(
        "CS116",
        with_funds(executed=Decimal(126), rate=Decimal("1.05"))
        .with_score(national.RATE, Decimal(10))
        .with_right_total(),
        national.RATE,
        "executed",
    ),
    "nothing left over": one("CS118", nothing_left_over(), "资金结转结余率", "actual"),
    "same result, other score": one("CS114", twin_results("11", "10"), "检查企业数"),
    "result in another unit": one(
        "CS120",
        DISTRICT.with_target("排查企业数量", actual="每季度平均 16 家次"),
        "target",
        "排查企业数量:actual",
    ),
    "万元 written as 元": one(
        "CS121", told("全年支出4610.04元，各项重点工作按计划推进。"), "head", "result"
    ),
    "list does not add up": one(
        "CS122",
        told("全年支出4610.04万元，其中基本支出1528.44万元、项目支出3081.70万元。"),
        "head",
        "result",
    ),
    "share does not fit": one(
        "CS123", told("全年支出4610.04万元，其中财政拨款4580.26万元，占98.35%。"), "head", "result"
    ),
    "fewer items than announced": one(
        "CS124", told("完成3项重点任务：（1）排查隐患；（2）开展演练。"), "head", "result"
    ),
    "another deduction in the head": one(
        "CS125",
        CITY.with_head("unfinished_reason", "个别合同备案超期，合同备案时效性扣0.6分。"),
        "head",
        "unfinished_reason",
    ),
    "target copied in the score table": one(
        "CS107",
        NATIONAL.with_leaf("培训人次", target="≥100人次", actual="≥100人次"),
        "培训人次",
        "actual",
    ),
    "target in kind in the score table": one(
        "CS106",
        NATIONAL.with_leaf("培训人次", target="≥100人次", actual="较好"),
        "培训人次",
        "actual",
    ),
    "actual blank in the score table": one(
        "RQ106",
        NATIONAL.with_leaf("培训人次", target="≥100人次", actual=None),
        "培训人次",
        "actual",
    ),
    "points of a higher tier": one(
        "SC104",
        DISTRICT.with_target("区直各部门和群众满意度", actual="90%"),
        "公众或服务对象满意度",
    ),
    "more points than the share done": one("SC102", shared("12.34"), "检查企业数"),
    "execution score rounded up": one(
        "SC103",
        national.form("anhui").with_score(national.RATE, Decimal("9.61")).with_right_total(),
        national.RATE,
    ),
}
# Rules on trial: they run only where they are named.
ON_TRIAL = {
    "another budget in the text": one(
        "CS126", told("本年度部门预算4786.31万元，按计划执行。"), "head", "result"
    ),
    "same text twice": one(
        "NR107",
        CITY.with_reason("合同备案时效性", "因供应商确认较慢，办理超过时限。").with_reason(
            "采购合同签订时效性", "因供应商确认较慢，办理超过时限。"
        ),
        "合同备案时效性",
        "reason",
    ),
    "reason beside full marks": one("NR108", CITY.with_reason(LEAF, "无"), LEAF, "reason"),
    "over the target": one(
        "CS109",
        DISTRICT.with_target("人工监测隐患点", actual="60 处"),
        "target",
        "人工监测隐患点:actual",
    ),
}
