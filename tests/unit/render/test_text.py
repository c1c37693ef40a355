"""The report for people."""

from dataclasses import replace

import pytest

from perfxl.model.finding import Severity
from perfxl.model.report import Report
from perfxl.render.terminal import display_width
from perfxl.render.text import render_text
from tests.unit.render.reports import (
    CRASHED,
    EXCEEDS,
    FAILED,
    PASSED,
    REPORT,
    UNREADABLE,
    finding,
)


def text_of(*entries: object, width: int = 80, color: bool = False) -> str:
    return render_text(Report("0", "r", entries), color, width)  # type: ignore[arg-type]


def test_last_line_is_the_verdict__several_files() -> None:
    assert render_text(REPORT).splitlines()[-1] == (
        "共3个文件2张表：1张通过，1张有必改，1个无法读取；必改4处，请核实1处，提示1处"
    )


@pytest.mark.parametrize(
    ("entries", "verdict"),
    [
        ((), "没有可校验的文件"),
        ((PASSED,), "共1个文件1张表：1张通过；未发现问题"),
        ((PASSED, replace(PASSED, sheet="表二")), "共1个文件2张表：2张通过；未发现问题"),
        ((UNREADABLE,), "共1个文件：1个无法读取；必改1处"),
    ],
)
def test_verdict__counts_files_and_tables(entries: tuple[object, ...], verdict: str) -> None:
    assert text_of(*entries).splitlines()[-1] == verdict


def test_crash_is_told__not_as_a_finding() -> None:
    lines = render_text(CRASHED).splitlines()

    assert "PX000 规则AR104运行出错：KeyError: 'x'" in lines
    assert lines[-1].endswith("程序自身出错1处，结果不全")


def test_worst_comes_first__then_what_to_do_and_the_code_last() -> None:
    lines = [line.strip() for line in text_of(FAILED).splitlines()]
    at = lines.index("必改")

    assert lines[at + 1].split("  ")[0] == "H8"
    assert lines[at + 3] == "怎么改：请把得分改为不超过3的数，总分会重算  AR102、AR103"
    assert lines.index("必改") < lines.index("请核实") < lines.index("提示")


def test_consequence_is_folded__but_never_a_total_that_differs() -> None:
    text = text_of(FAILED)

    assert "连带：B5 “目标设置”各项得分相加是12分" in text
    assert "    H40  总分95.7，各项得分相加是95.2" in text
    assert "    B5 " not in text


def test_consequence_stands_alone__cause_not_among_the_findings() -> None:
    orphan = replace(FAILED, findings=FAILED.findings[1:2])

    assert "    B5  “目标设置”" in text_of(orphan)


def test_shortfalls_are_aligned__cjk_columns() -> None:
    lines = text_of(FAILED).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("  失分3项，共2.5分"))
    head, *rows = lines[at + 1 : at + 5]

    column = display_width(head[: head.index("原因")])
    assert [display_width(row[: row.index(word)]) for row, word in zip(
        rows, ("未写", "已写", "无此栏"), strict=True)] == [column] * 3  # fmt: skip


def test_head_tells_total_and_grade__when_they_differ() -> None:
    text = text_of(FAILED)

    assert "送审/2024年自评表.xlsx > 自评表" in text
    assert "单位 某某局｜年度 2024｜方案 sample-2024 1（按表头识别）" in text
    assert "表上95.7，各项相加95.2，超出分值的不计则为93.2，满分100" in text
    assert "等级 良，按得分应为优" in text.replace("\n  ", "")


def test_skipped_rules_take_one_sentence__by_reason() -> None:
    text = text_of(FAILED, width=200)

    assert (
        "未核对的规则3条：等级划分未知：表上未印，方案也未给出（GR101）；"
        "本表未印小计（AR105、AR106）" in text
    )


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_fit__any_width(width: int) -> None:
    lines = text_of(FAILED, PASSED, UNREADABLE, width=width).splitlines()[:-1]

    # Closing punctuation may hang over the edge.
    assert [line for line in lines if display_width(line) > width + 2] == []


def test_only_gbk_and_no_control_letters__hostile_cells() -> None:
    nasty = finding("AR102", "H8", "☑\x1b[31m红\u202e🙂\u00a0x\ny\x07é", "✓")
    text = text_of(replace(FAILED, unit="䶮\x1b]0;t\x07局", findings=(nasty,)))

    text.encode("gbk")
    assert "√" in text
    assert not {"\x1b", "\x07", "\u202e", "\r"} & set(text)


def test_colour_only_when_asked__same_words() -> None:
    plain, colored = text_of(FAILED), text_of(FAILED, color=True)

    assert "\x1b" not in plain
    assert "\x1b[1;31m" in colored
    for code in ("0", "1", "2", "31", "1;31", "32", "33", "34"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == plain


def test_zero_is_told__as_a_number() -> None:
    zero = finding("VL101", "H9", "得分是-1", "最低写0", Severity.ERROR, provided="0")

    assert "最低写0" in text_of(replace(FAILED, findings=(EXCEEDS, zero)))
