import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.model.counting import NotApplicable
from perfxl.model.grade import Grade, GradeBand
from perfxl.scheme.files import LayoutFile
from perfxl.scheme.lint import doubts, lint_scheme
from perfxl.scheme.lint_layout import lint_layout
from perfxl.scheme.load import load_layout, load_scheme_file
from perfxl.scheme.model import ResultList, Scheme, SchemeGroup, SchemeIndicator
from perfxl.scheme.show import describe, scheme_summary, scheme_to_json
from tests.unit.scheme.forms import TEMPLATES, shipped

CITY = shipped("guangzhou-2022")
OTHER = shipped("shenzhen-2023")


def bands(*pairs: tuple[Grade, str]) -> tuple[GradeBand, ...]:
    return tuple(GradeBand(grade, Decimal(lower)) for grade, lower in pairs)


def small(*leaves: SchemeIndicator, cap: str = "10") -> Scheme:
    root = SchemeGroup(("管理",), Decimal(cap), leaves)
    return replace(CITY, roots=(root,), total_score=Decimal(10), bands=CITY.bands[-1:])


def leaf(name: str, cap: str, part: str = "") -> SchemeIndicator:
    return SchemeIndicator(("管理", name), Decimal(cap), part=part)


def test_lint_scheme__sound() -> None:
    assert lint_scheme(small(leaf("质量", "4"), leaf("进度", "6"))) == []


def test_lint_scheme__sums_that_differ_are_told_with_the_difference() -> None:
    assert lint_scheme(small(leaf("质量", "4"), leaf("进度", "5.5"))) == [
        "“管理”分值10，下级合计9.5，差0.5"
    ]
    assert lint_scheme(small(leaf("质量", "12"), cap="12")) == [
        "一级指标分值合计12，总分写的是10，差2"
    ]


def test_lint_scheme__same_name_needs_parts() -> None:
    assert lint_scheme(small(leaf("质量", "4", "甲"), leaf("质量", "6", "乙"))) == []
    assert lint_scheme(small(leaf("质量", "4"), leaf("“质量”", "6"))) == [
        "“管理 › “质量””写了2次；同名的请用 part 区分"
    ]


def test_lint_scheme__cap_with_too_many_decimals() -> None:
    assert lint_scheme(small(leaf("质量", "4.005"), leaf("进度", "5.995"))) == [
        "“管理 › 质量”分值4.005多于2位小数",
        "“管理 › 进度”分值5.995多于2位小数",
    ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (bands((Grade.GOOD, "9"), (Grade.EXCELLENT, "8"), (Grade.POOR, "0")), "从优到差"),
        (bands((Grade.GOOD, "9"), (Grade.GOOD, "8"), (Grade.POOR, "0")), "从优到差"),
        (bands((Grade.EXCELLENT, "9"), (Grade.GOOD, "9"), (Grade.POOR, "0")), "逐级降低"),
        (bands((Grade.EXCELLENT, "9"), (Grade.GOOD, "6")), "0至6分没有等级"),
        (bands((Grade.EXCELLENT, "11"), (Grade.POOR, "0")), "超过总分10"),
        ((), "没有等级划分"),
    ],
)
def test_lint_scheme__bands(wrong: tuple[GradeBand, ...], told: str) -> None:
    scheme = replace(small(leaf("质量", "10")), bands=wrong)
    assert [told in problem for problem in lint_scheme(scheme)] == [True]


def test_lint_scheme__unknown_bands_are_fine_when_said_so() -> None:
    scheme = replace(small(leaf("质量", "10")), bands=(), unknowns=("等级划分未取得",))
    assert lint_scheme(scheme) == []


def test_describe__tells_caps_bands_basis_and_unknowns() -> None:
    text = describe(CITY)
    assert "编号：guangzhou-2022　版本：1" in text
    assert "总分：100分，共26项指标" in text
    assert (
        "等级：优 90分及以上；良 80分及以上、不足90分；中 60分及以上、不足80分；差 不足60分" in text
    )
    assert "      采购意向公开合规性（完整性） 0.5\n" in text
    assert "    采购管理 10\n" in text
    assert "财预〔2013〕53号《预算绩效评价共性指标体系框架》" in text
    assert all(unknown in text for unknown in CITY.unknowns)
    assert "必有栏目：未达标原因、改进措施" in text


def test_describe__assumed_bands_are_marked() -> None:
    assert "请核实" in describe(OTHER)
    assert "请核实" not in describe(CITY)
    assert "必有栏目" not in describe(OTHER)


def test_describe__unknown_bands() -> None:
    assert "等级：未知" in describe(replace(CITY, bands=()))


def test_describe__prints_on_a_gbk_console() -> None:
    for folder in filter(Path.is_dir, TEMPLATES.iterdir()):
        assert describe(shipped(folder.name)).encode("gbk")


def test_scheme_to_json__scores_are_strings_of_decimals() -> None:
    told = json.loads(json.dumps(scheme_to_json(CITY)))
    assert told["total_score"] == "100"
    assert told["bands"][0] == {"grade": "优", "lower": "90"}
    buying = told["indicators"][1]["children"][4]
    assert buying["name"] == "采购管理"
    assert buying["children"][0] == {
        "name": "采购意向公开合规性",
        "max_score": "0.5",
        "aliases": ["采购意向公开完整性"],
        "part": "完整性",
    }


def test_describe__tells_standards_with_how_sure_they_are() -> None:
    lines = describe(CITY).splitlines()
    at = next(n for n, line in enumerate(lines) if "产出指标完成情况 20" in line)
    assert "产出指标完成率的平均值" in lines[at + 1]
    assert "推得，未公布：2022年度市级自评表" in lines[at + 1]
    at = next(n for n, line in enumerate(lines) if "部门预算资金支出率 10" in line)
    assert "（已公布：" in lines[at + 1]
    assert "借用他处：长沙市雨花区" in describe(shipped("hunan-district-2022"))
    assert "按目标完成比例计分，已公布：财预〔2020〕10号" in describe(
        shipped("national-project-2020")
    )


def test_describe__tells_figures_and_what_comes_of_them() -> None:
    text = describe(OTHER)
    assert "\n  核定编制数（含工勤）（人）\n" in text
    assert "另有24个选择题" in text
    assert "\n  固定资产利用率＝实际在用固定资产总额÷所有固定资产总额\n" in text
    assert "\n  产出指标完成率（产出指标下各项）\n" in describe(CITY)
    assert "分值由单位定" in describe(shipped("hunan-district-2022"))


def test_scheme_to_json__standards_inputs_and_own_rows() -> None:
    told = json.loads(json.dumps(scheme_to_json(OTHER)))
    satisfied = told["indicators"][2]["children"][3]["children"][1]["scoring"]
    assert satisfied["is_computed"] is True
    assert satisfied["needs"] == ["satisfaction"]
    assert satisfied["standard"] == "published"
    assert satisfied["sentence"].startswith("满意度不低于95%得6分")
    inputs = {one["key"]: one for one in told["inputs"]}
    assert inputs["misuse"]["options"] == ["有", "无"]
    assert inputs["posts"]["unit"] == "人"
    measures = {one["key"]: one for one in told["measures"]}
    assert measures["staffing_rate"]["needs"] == ["staff", "posts"]
    national = scheme_to_json(shipped("national-project-2020"))
    assert national["kind"] == "project"
    assert national["indicators"][1]["custom"]["by_completion"] is True
    assert scheme_to_json(CITY)["results"][0]["level1"] == "产出指标"


def test_doubts__indicators_of_which_nobody_learns_how_they_are_scored() -> None:
    folder = TEMPLATES / "guangzhou-2022"
    file = load_scheme_file(folder)
    assert doubts(CITY, file) == []
    leaf_file = file.group[1].group[0].indicator[0].model_copy(update={"criteria": ""})
    inner = file.group[1].group[0].model_copy(update={"indicator": [leaf_file]})
    outer = file.group[1].model_copy(update={"group": [inner]})
    silent = file.model_copy(update={"group": [outer]})
    assert doubts(CITY, silent) == [
        "“新增预算项目事前绩效评估”由人评分，没有写评分标准（criteria）；未取得的请写明"
    ]
    assert len(doubts(CITY, silent.model_copy(update={"unknowns": []}))) == 2


def test_doubts__list_that_no_standard_reads() -> None:
    file = load_scheme_file(TEMPLATES / "guangzhou-2022")
    unread = replace(CITY, lists=(*CITY.lists, ResultList("more", "更多", "满意度指标")))
    assert doubts(unread, file) == ["[[results]] more 没有哪个标准用到"]


def changed_layout(**change: object) -> LayoutFile:
    layout = load_layout(TEMPLATES / "guangzhou-2022")
    sheets = [
        sheet.model_copy(update=change) if sheet.kind == "score" else sheet
        for sheet in layout.sheet
    ]
    return layout.model_copy(update={"sheet": sheets})


def test_lint_layout__sound() -> None:
    assert lint_layout(CITY, changed_layout()) == []


def test_lint_layout__columns() -> None:
    column = changed_layout().sheet[1].column
    assert lint_layout(CITY, changed_layout(column=column[:8])) == [
        "“自评表”没有方案必有的未达标原因栏（shortfall_reason）",
        "“自评表”没有方案必有的改进措施栏（improvement_measures）",
    ]
    assert "“自评表”没有得分栏（score）" in lint_layout(CITY, changed_layout(column=column[:7]))
    assert lint_layout(CITY, changed_layout(kind="tasks"))[0].endswith("现有0张")


def test_lint_layout__head_and_blocks() -> None:
    bare = replace(CITY, inputs=CITY.inputs[1:])
    assert lint_layout(bare, changed_layout()) == [
        "“部门整体支出绩效自评表”的 head 引用的 budget_total 不是方案的 [[input]] 或 [[measure]]"
    ]
    layout = load_layout(TEMPLATES / "guangzhou-2022")
    targets = layout.sheet[0].model_copy(update={"block": layout.sheet[0].block[:1]})
    short = layout.model_copy(update={"sheet": [targets, layout.sheet[1]]})
    assert lint_layout(CITY, short) == [
        "[[results]] outcome_rates 要有一个 level1 为“效益指标”的 block，现有0个"
    ]
    kept = [column for column in layout.sheet[0].column if column.role != "completion_rate"]
    targets = layout.sheet[0].model_copy(update={"column": kept})
    short = layout.model_copy(update={"sheet": [targets, layout.sheet[1]]})
    assert lint_layout(CITY, short)[0].endswith(
        "没有完成率栏（completion_rate），output_rates 无处取数"
    )


def test_scheme_summary__counts_indicators() -> None:
    assert scheme_summary(OTHER)["indicators"] == 21
    assert scheme_summary(OTHER)["caps"] == "reference"


def test_lint_scheme__rows_that_need_not_apply_need_a_way_to_count_them() -> None:
    exempt = replace(leaf("质量", "4"), may_be_not_applicable=True)
    other = leaf("进度", "6")
    assert lint_scheme(small(exempt, other)) == [
        "“质量”可以不适用，没有写 not_applicable（不适用的怎么计分）"
    ]
    within = replace(small(exempt, other), not_applicable=NotApplicable.WITHIN_LEVEL2)
    assert lint_scheme(within) == []
    alone = replace(
        small(replace(exempt, max_score=Decimal(10))), not_applicable=within.not_applicable
    )
    assert lint_scheme(alone) == ["“管理”各项都可以不适用，都不适用时没有其余各项可以折算"]
    left_open = replace(exempt, max_score=None)
    full = replace(small(left_open, other), not_applicable=NotApplicable.FULL)
    assert lint_scheme(full) == ["“质量”的分值由单位定，不能再设为可以不适用"]


def test_doubts__a_way_to_count_what_nothing_exempts() -> None:
    file = load_scheme_file(TEMPLATES / "guangzhou-2022")
    told = doubts(replace(CITY, not_applicable=NotApplicable.FULL), file)
    assert any("没有指标写 may_be_not_applicable" in line for line in told)
    assert not any("may_be_not_applicable" in line for line in doubts(CITY, file))


def test_describe__says_which_rows_need_not_apply() -> None:
    exempt = replace(leaf("质量", "4"), may_be_not_applicable=True)
    scheme = replace(small(exempt, leaf("进度", "6")), not_applicable=NotApplicable.FULL)
    assert "质量 4（可以不适用）" in describe(scheme)
    (root,) = scheme_to_json(scheme)["indicators"]
    assert [child.get("may_be_not_applicable") for child in root["children"]] == [True, None]
