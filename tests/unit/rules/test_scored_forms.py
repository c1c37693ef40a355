"""Scores computed again on whole forms: a published return, and a template as it comes back."""

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from perfxl.engine.judge import judge
from perfxl.engine.selection import select_rules
from perfxl.model.finding import Finding, Severity
from perfxl.model.report import Entry
from perfxl.pipeline import Options, check_file
from perfxl.reader.tables import read_return
from perfxl.reader.workbook import read_book
from perfxl.rules.base import Subject
from perfxl.scheme.find import get_scheme
from perfxl.scheme.stamp import Stamp, stamp_constants
from perfxl.scheme.vocabulary import load_vocabulary
from tests.forms import shenzhen
from tests.forms.template import form_of

SATISFACTION = "公众或服务对象满意度"


@pytest.mark.parametrize("variant", ["as_meant", "as_printed", "moved", "text_scores"])
def test_published_return__satisfaction_is_above_its_tier(variant: str, tmp_path: Path) -> None:
    draft = shenzhen.form(variant)
    returned = read_return(read_book(draft.build(tmp_path / "a.xlsx")), load_vocabulary())
    scheme = get_scheme("shenzhen-2023")
    (form,) = returned.forms
    found = judge(Subject(returned, form=form, scheme=scheme), select_rules(["SC"])).findings
    (finding,) = [one for one in found if one.path[-1] == SATISFACTION]
    assert (finding.code, finding.severity) == ("SC104", Severity.VERIFY)
    assert finding.place.cell == draft.cell(SATISFACTION)
    assert finding.message.startswith(f"“{SATISFACTION}”满意度90%（目标完成情况!")
    assert finding.message.endswith("），按标准90%（含）至95%应得4分，填了6分")
    assert finding.fix == "请改正（改为4分的，总分减2分），或附达到95%的材料"


SCHEME = """
schema_version = 1
id = "town-2024"
version = "1"
kind = "dept_overall"
title = "小方案"
region = "某镇"
year = 2024
total_score = 30
caps = "fixed"
unknowns = ["等级划分未知"]

[[input]]
key = "planned"
name = "计划完成数"
unit = "个"

[[input]]
key = "done"
name = "实际完成数"
unit = "个"

[[measure]]
key = "finished"
name = "项目完成率"
numerator = ["done"]
denominator = ["planned"]

[[results]]
key = "results"
name = "产出完成率"
level1 = "产出"

[[group]]
name = "履职"
max_score = 10

[[group.indicator]]
name = "项目完成及时性"
max_score = 6
scoring = { shape = "proportional", actual = "finished" }

[[group.indicator]]
name = "产出完成情况"
max_score = 4
scoring = { shape = "mean_completion", rates = "results" }

[[group]]
name = "自设"
max_score = 20
custom = { rows = 3, by_completion = true }
"""
FORMULA = '=IF(COUNT(_perfxl_m_finished)=1,ROUND(6*_perfxl_m_finished,2),"")'


def template(
    path: Path, *, score: str | float = FORMULA, done: object = 9, own: object = 9
) -> Path:
    """The scheme's template as a unit sends it back."""
    book = xlsxwriter.Workbook(path)
    form, data = book.add_worksheet("自评表"), book.add_worksheet("基础数据")
    rows: list[list[object]] = [
        ["一级指标", "分值", "三级指标", "分值", "目标值", "实际完成值", "得分", "未达标原因"],
        ["履职", 10, "项目完成及时性", 6, None, None, score, "一个项目流标，已重新招标"],
        [None, None, "产出完成情况", 4, None, None, "=ROUND(4*AVERAGE(_perfxl_l_results),2)",
         "一项只完成一半"],
        ["自设", 20, "培训人次", 20, "≥10人次", f"{own}人次", "=2*9", "少办一期，次年补办"],
        [],
        [],
        ["总分", 30, None, None, None, None, "=SUM(G2:G6)"],
    ]  # fmt: skip
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value is not None:
                form.write(row, column, value)
    for first, last in ((1, 2), (3, 5)):
        for column in (0, 1):
            form.merge_range(first, column, last, column, rows[first][column])
    form.write_formula(4, 6, '=IF(C5="","",1)', None, "")
    data.write_column(0, 0, [10, done, '=IF(COUNT(A1:A2)=2,A2/A1,"")'])
    data.write_column(0, 1, [1, 0.5])
    names = {"_perfxl_in_planned": "A1", "_perfxl_in_done": "A2", "_perfxl_m_finished": "A3"}
    for name, cell in names.items():
        book.define_name(name, f"=基础数据!${cell[0]}${cell[1:]}")
    book.define_name("_perfxl_l_results", "=基础数据!$B$1:$B$8")
    for name, text in stamp_constants(Stamp("town-2024", "1")).items():
        book.define_name(name, f"={text}")
    book.close()
    return path


@pytest.fixture
def options(tmp_path: Path) -> Options:
    folder = tmp_path / "schemes" / "town-2024"
    folder.mkdir(parents=True)
    (folder / "scheme.toml").write_text(SCHEME, encoding="utf-8")
    return Options(select_rules(), schemes_folder=tmp_path / "schemes")


def check(path: Path, options: Options) -> Entry:
    checked = check_file(path, options)
    assert checked.failures == ()
    (entry,) = checked.entries
    assert entry.scheme is not None
    assert (entry.scheme.id, entry.scheme.how) == ("town-2024", "stamp")
    return entry


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(one.code, one.place.cell, one.severity.value) for one in findings]


def test_template_filled_as_meant__has_no_finding(tmp_path: Path, options: Options) -> None:
    entry = check(template(tmp_path / "a.xlsx"), options)
    # Not calculated since it was written: what is stored beside the formulas is stale.
    assert {one.code for one in entry.findings} <= {"FL209"}
    assert [(short.path[-1], short.score) for short in entry.shortfalls] == [
        ("项目完成及时性", Decimal("5.4")),
        ("产出完成情况", Decimal(3)),
        ("培训人次", Decimal(18)),
    ]


def test_score_typed_over_its_formula__is_an_error(tmp_path: Path, options: Options) -> None:
    entry = check(template(tmp_path / "a.xlsx", score=6.0), options)
    assert ("SC107", "G2", "error") in told(entry.findings)
    assert "SC101" not in {one.code for one in entry.findings}
    (finding,) = [one for one in entry.findings if one.code == "SC107"]
    assert (finding.provided, finding.expected, finding.difference) == ("6", "5.4", "0.6")
    assert "项目完成率90%（基础数据!A2、基础数据!A1）" in finding.message


def test_formula_changed__is_an_error(tmp_path: Path, options: Options) -> None:
    entry = check(template(tmp_path / "a.xlsx", score="=6*1"), options)
    assert ("SC101", "G2", "error") in told(entry.findings)


def test_input_left_blank__leaves_the_score_blank_and_says_so(
    tmp_path: Path, options: Options
) -> None:
    entry = check(template(tmp_path / "a.xlsx", done=None), options)
    (blank,) = [one for one in entry.findings if one.code == "RQ101"]
    assert (blank.place.cell, blank.severity) == ("G2", Severity.ERROR)
    assert blank.message == "“项目完成及时性”的得分还没有算出：缺实际完成数"
    assert "不要在这一格填数" in blank.fix
    assert not [one for one in entry.findings if one.code.startswith("SC")]
    entry = check(template(tmp_path / "b.xlsx", done=None, score=6.0), options)
    assert ("SC107", "G2", "verify") in told(entry.findings)
    assert "缺实际完成数：“项目完成及时性”" in {s.code: s.reason for s in entry.skipped}["SC101"]


def test_zero_is_a_value(tmp_path: Path, options: Options) -> None:
    entry = check(template(tmp_path / "a.xlsx", done=0), options)
    assert not [one for one in entry.findings if one.code.startswith(("SC", "RQ"))]


def test_own_indicator_scored_above_its_share__is_an_error(
    tmp_path: Path, options: Options
) -> None:
    entry = check(template(tmp_path / "a.xlsx", own=7), options)
    assert ("SC102", "G4", "error") in told(entry.findings)


@pytest.mark.parametrize("scheme", ["national-project-2020", "nanchang-xihu-2022"])
def test_blank_template__own_groups_are_to_be_filled_in__not_restored(
    scheme: str, tmp_path: Path
) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(form_of(scheme))
    (entry,) = check_file(path, Options(select_rules(["AR101"]))).entries

    (finding,) = entry.findings
    assert finding.message.startswith("自设指标一项也没有填：")
