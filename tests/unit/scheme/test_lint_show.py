import json
from dataclasses import replace
from decimal import Decimal

import pytest

from perfxl.model.grade import Grade, GradeBand
from perfxl.scheme.lint import lint_scheme
from perfxl.scheme.model import Scheme, SchemeGroup, SchemeIndicator
from perfxl.scheme.show import describe, scheme_summary, scheme_to_json
from tests.unit.scheme.forms import shipped

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
    for scheme in (CITY, OTHER):
        assert describe(scheme).encode("gbk")


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


def test_scheme_summary__counts_indicators() -> None:
    assert scheme_summary(OTHER)["indicators"] == 21
    assert scheme_summary(OTHER)["caps"] == "reference"
