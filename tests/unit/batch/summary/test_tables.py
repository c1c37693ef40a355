"""What the tables of a summary say: sums, blanks, what was left out and why."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from perfxl.batch.dashboard.page import dashboard_html
from perfxl.batch.dashboard.view import dashboard_view
from perfxl.batch.model import Collection, ReturnState, UnitOutcome
from perfxl.batch.summary.account import account_table
from perfxl.batch.summary.charts import facts_table
from perfxl.batch.summary.counted import counted, group_paths
from perfxl.batch.summary.faults import faults_table
from perfxl.batch.summary.grades import UNKNOWN, bands_table, grades_table
from perfxl.batch.summary.progress import district_table, other_files_table, returns_table
from perfxl.batch.summary.reviews import Review
from perfxl.batch.summary.scores import scores_table, sources_table
from perfxl.batch.summary.shortfalls import shortfalls_table, standings_table
from perfxl.batch.summary.slim import slim
from perfxl.batch.summary.table import Table, Value
from perfxl.model.finding import Failure, Severity
from tests.forms.mutate import Draft
from tests.unit.batch.summary.rounds import (
    absent,
    blank,
    collection,
    entry,
    filed,
    full_marks,
    half_in_words,
    mixed,
    received,
    same,
)
from tests.unit.render.reports import UNREADABLE


def lines(table: Table) -> list[Mapping[str, Value]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def line(table: Table, **wanted: str) -> Mapping[str, Value]:
    found = [row for row in lines(table) if all(row[k] == v for k, v in wanted.items())]
    assert len(found) == 1, found
    return found[0]


def test_returns__a_line_a_unit_in_the_ledgers_order() -> None:
    table = returns_table(mixed())
    assert list(table.values("单位代码")) == [
        "101", "102", "103", "104", "201", "202", "203", "204",
    ]  # fmt: skip
    assert line(table, 单位代码="102")["是否迟报"] == "迟报"
    assert line(table, 单位代码="101")["未计入的文件"] == 1
    missing = line(table, 单位代码="104")
    assert (missing["状态"], missing["计入的文件"], missing["收到日期"]) == ("未报", None, None)


def test_districts__exempt_is_not_due_and_late_has_come() -> None:
    first, second, whole = lines(district_table(mixed()))
    assert (first["应报"], first["迟报"], first["回收率"]) == (4, 1, Decimal("0.75"))
    assert (second["单位数"], second["应报"]) == (4, 3)
    assert (whole["区县"], whole["单位数"], whole["未报"]) == ("合计", 8, 1)


def test_scores__are_those_of_the_return() -> None:
    one = entry(1)
    row = line(scores_table(mixed()), 单位代码="101")
    assert (row["表上总分"], row["各项相加"], row["满分"]) == (
        one.total.stated, one.total.computed, Decimal(100),
    )  # fmt: skip
    assert row["相差"] == 0
    assert one.total.stated is not None
    assert row["得分率"] == one.total.stated / 100
    head = next(name for name in row if name.startswith("管理效率（"))
    assert row[head] == next(s.score for s in one.subtotals if s.path == ("管理效率",))


def test_scores__what_is_unknown_stays_blank_and_never_zero() -> None:
    table = scores_table(mixed())
    absent_unit = line(table, 单位代码="104")
    assert {absent_unit[c.name] for c in table.columns[4:]} == {None}
    in_words = line(table, 单位代码="103")
    assert (in_words["表上总分"], in_words["各项相加"], in_words["得分率"]) == (None, None, None)


def test_sources__name_file_sheet_and_cell_of_each_figure() -> None:
    table = scores_table(mixed())
    row = next(i for i, values in enumerate(table.rows) if values[0] == "101")
    source = table.sources[row, table.column("表上总分")]
    assert (source.file, source.sheet, source.cell) == ("回收/1.xlsx", "自评表", "H42")
    assert table.rows[row][table.column("总分单元格")] == "H42"
    every = sources_table(mixed())
    assert all(every.values("单元格"))
    zero = line(every, 单位代码="201", 项目="管理效率·采购管理·合同备案时效性")
    assert (zero["数值"], zero["原文"]) == (0, None)
    word = line(every, 单位代码="103", 项目="管理效率·采购管理·合同备案时效性")
    assert (word["数值"], word["原文"]) == (None, "半分")


def test_groups__follow_the_form_with_parts_behind_their_whole() -> None:
    paths = group_paths(counted(mixed()))
    assert paths[0] == ("履职效能",)
    assert paths[1][0] == "履职效能"
    assert len(paths) == len(set(paths))
    assert {len(path) for path in paths} == {1, 2}


def one_lost(draft: Draft) -> Draft:
    return (
        full_marks(draft)
        .with_leaf("合同备案时效性", score=Decimal("0.4"), reason="晚报", action="整改")
        .with_right_total()
    )


def test_standings__most_common_first_with_share_of_points() -> None:
    round_ = collection(
        filed("1", entry(1, one_lost)),
        filed("2", entry(2, one_lost)),
        filed("3", entry(3, full_marks)),
    )
    table = standings_table(round_)
    first = lines(table)[0]
    assert first["指标"] == "管理效率·采购管理·合同备案时效性"
    assert (first["有得分的表"], first["失分的表"]) == (3, 2)
    assert (first["失分面"], first["失分合计"], first["失分率"]) == (
        Decimal("0.6667"), Decimal("1.2"), Decimal("0.4"),
    )  # fmt: skip
    assert first["失分单位（失分多的在前）"] == "第1局（0.6）、第2局（0.6）"
    assert {row["失分的表"] for row in lines(table)[1:]} == {0}


def test_standings__a_score_that_is_no_number_is_counted_by_itself() -> None:
    row = line(standings_table(mixed()), 指标="管理效率·采购管理·合同备案时效性")
    assert (row["有得分的表"], row["得分空白或不是数字"]) == (3, 2)


def test_shortfalls_and_faults__are_all_there() -> None:
    tables = counted(mixed())
    short = [each for one in tables for each in one.entry.shortfalls]
    assert [row["单元格"] for row in lines(shortfalls_table(mixed()))] == [
        each.place.cell for each in short
    ]
    faults = lines(faults_table(mixed()))
    assert len(faults) == sum(len(one.entry.findings) for one in tables) > 0
    assert {row["级别"] for row in faults} <= {"必改", "请核实", "提示"}


def test_account__adds_up_and_names_every_exclusion() -> None:
    table = account_table(mixed())
    rows = lines(table)

    def amount(item: str) -> Value:
        return next(row["数量"] for row in rows if row["项目"] == item)

    assert amount("台账单位") == 8
    parts = [row["数量"] for row in rows if row["类别"] == "单位" and "其中" in str(row["项目"])]
    assert sum(part for part in parts if isinstance(part, int)) == 8
    assert (amount("计入汇总"), amount("没有计入")) == (5, 3)
    assert amount("收到的文件") == 7
    assert (amount("其中：计入"), amount("其中：内容相同的重复文件")) == (5, 1)
    assert [row["项目"] for row in rows if row["类别"] == "没有计入的单位"] == [
        "104 第104局", "203 第203局", "204 第204局",
    ]  # fmt: skip
    told = {str(row["说明"]) for row in rows if row["类别"] == "没有计入的数"}
    assert "“合同备案时效性”填的是“半分”，不是数字" in told
    assert "“合同备案时效性”得分空白" in told
    assert "有得分不是数字，各项相加算不出" in told
    assert "表上没有总分" in told


def test_account__sums_are_of_what_is_known() -> None:
    rows = {row["项目"]: row for row in lines(account_table(mixed()))}
    stated = [one.entry.total.stated for one in counted(mixed())]
    known = [value for value in stated if value is not None]
    assert rows["表上总分合计"]["数量"] == sum(known)
    assert rows["表上总分合计"]["说明"] == "4张表相加，1张没有数，未计入"


def test_other_files__with_the_reason() -> None:
    rows = {row["文件"]: row["为什么没有计入"] for row in lines(other_files_table(mixed()))}
    assert rows["回收/1 (1).xlsx"] == "与回收/1.xlsx内容相同"
    assert rows["回收/不明.xlsx"] == "单位不在台账"
    assert rows["图片3个"] == "不是电子表格"


def test_grades__unknown_ones_stand_by_themselves() -> None:
    def ungraded(draft: Draft) -> Draft:
        return full_marks(draft).with_grade()

    round_ = collection(filed("1", entry(1, ungraded)), filed("2", entry(2, full_marks)))
    rows = {row["等级"]: row for row in lines(grades_table(round_))}
    assert (rows["优"]["表上等级"], rows["优"]["按得分等级"]) == (1, 2)
    assert (rows[UNKNOWN]["表上等级"], rows["差"]["表上等级"]) == (1, 0)


def test_review__stands_beside_its_table_with_the_difference() -> None:
    one = entry(1)
    assert one.total.computed is not None
    review = Review("101", "自评表", one.total.computed - 2, "x", "扣2分", one.sha256[:12])
    row = line(scores_table(mixed(), [review]), 单位代码="101")
    assert (row["复核差异"], row["复核意见"], row["复核提示"]) == (-2, "扣2分", None)


def test_review__of_another_file_is_told() -> None:
    review = Review("101", "自评表", Decimal(90), "90", "", "0" * 12)
    row = line(scores_table(mixed(), [review]), 单位代码="101")
    assert row["复核提示"] == "复核的是之前报的表，现已换表，请再核"
    assert any("换表" in str(r["说明"]) for r in lines(account_table(mixed(), [review])))


def test_review__that_is_no_number_is_kept_and_told() -> None:
    review = Review("101", "自评表", None, "九十", "", entry(1).sha256[:12])
    row = line(scores_table(mixed(), [review]), 单位代码="101")
    assert (row["复核得分"], row["复核差异"]) == ("九十", None)
    assert row["复核提示"] == "复核得分“九十”不是数字，没有计入"


def test_review__of_a_unit_that_is_gone_is_told() -> None:
    rows = lines(account_table(mixed(), [Review("999", "自评表", Decimal(1), "1", "", "")]))
    assert [row["项目"] for row in rows if row["类别"] == "复核"] == ["999"]


def test_unit_of_two_forms__has_two_lines() -> None:
    second = replace(entry(2, same), sheet="附表")
    table = scores_table(collection(filed("1", entry(1), second)))
    assert list(table.values("工作表")) == ["自评表", "附表"]


def test_round_without_any_return__has_its_tables() -> None:
    empty: Collection = collection(absent("1", ReturnState.MISSING))
    assert len(scores_table(empty).rows) == 1
    assert standings_table(empty).rows == []
    assert lines(district_table(empty))[-1]["回收率"] == 0


def test_answer_of_the_unit__stands_beside_its_finding() -> None:
    one = entry(1, half_in_words)
    first, *rest = one.findings
    told = replace(one, findings=(replace(first, answer="已核对批复"), *rest))
    rows = lines(faults_table(slim(collection(filed("1", told)))))
    assert [row["规则"] for row in rows if row["单位说明"]] == [first.code]
    assert "已核对批复" in [row["单位说明"] for row in rows]


def test_answered_findings__count_as_before_and_alike_in_overview_and_dashboard() -> None:
    one = entry(1, half_in_words)
    verify = replace(one.findings[0], severity=Severity.VERIFY, message="请核")
    told = replace(one, findings=(replace(verify, answer="已核对批复"), verify, *one.findings))
    round_ = slim(collection(filed("1", told), filed("2", entry(2))))
    facts = facts_table(round_)
    view = dashboard_view(round_)
    count = line(facts, 项目="问题：请核实")["数"]
    levels = [row["级别"] for row in lines(faults_table(round_))]
    card = next(card for card in view.cards if card[0] == "请核实")
    units = sum(count for u in view.units for kind, _, count in u.counts if kind == "verify")
    assert count == levels.count("请核实") == int(card[1]) == units >= 2
    assert line(facts, 项目="其中已有单位说明")["数"] == 1
    assert card[2].startswith("其中1处已有单位说明；提示")
    findings = [x for u in view.units for f in u.forms for x in f.findings]
    assert [x.kind for x in findings if x.answer == "已核对批复"] == ["verify"]
    assert "<b>单位说明：</b>已核对批复</p>" in dashboard_html(round_)


def test_unanswered_round__tells_no_answers() -> None:
    round_ = slim(collection(filed("1", entry(1, half_in_words))))
    assert "其中已有单位说明" not in facts_table(round_).values("项目")
    assert "单位说明" not in dashboard_html(round_)


def test_unreadable_file__is_told_with_its_unit_and_its_finding() -> None:
    bad = received("1", UNREADABLE)
    outcome = replace(absent("1", ReturnState.UNREADABLE, "文件损坏"), others=(bad,))
    round_ = slim(collection(outcome))
    (row,) = lines(faults_table(round_))
    assert (row["单位代码"], row["规则"], row["单元格"]) == ("1", "FL103", "整个文件")
    told = line(account_table(round_), 类别="没有计入的单位")
    assert told["说明"] == "无法读取；文件损坏"


def test_tool_failure__is_told_in_the_account() -> None:
    round_ = collection(filed("1", entry(1)), failures=(Failure("PX000", "AR104", "KeyError"),))
    told = line(account_table(round_), 类别="程序自身出错")
    assert told["说明"] == "规则AR104运行出错，结果不全：KeyError"


def test_score_left_blank__is_no_zero_in_rate_average_or_bands() -> None:
    round_ = collection(filed("1", entry(5, blank)), filed("2", entry(2, full_marks)))
    row = line(scores_table(round_), 单位代码="1")
    assert (row["各项相加"], row["得分率"]) == (entry(5, blank).total.computed, None)
    assert lines(facts_table(round_))[-1] == {"项目": "平均得分率（1张）", "数": "100.00%"}
    assert lines(bands_table(round_))[-1]["表数"] == 1
    told = line(account_table(round_), 项目="各项相加合计")
    assert told["说明"] == "2张表相加；其中1张有得分空白，只加了填了的"


def unreadable(code: str, **fields: object) -> UnitOutcome:
    remark = "表上没有单位名称，按文件名认出；读不出自评表：文件损坏"
    bad = received(code, UNREADABLE, remark=remark, **fields)
    why = f"{bad.shown} 读不出自评表：文件损坏"
    return replace(absent(code, ReturnState.UNREADABLE, why), others=(bad,), is_late=True)


def test_faults__of_files_that_do_not_count_are_in_the_overview_too() -> None:
    round_ = slim(collection(filed("1", entry(1)), unreadable("2")))
    faults = [row["级别"] for row in lines(faults_table(round_))]
    assert line(facts_table(round_), 项目="问题：必改")["数"] == faults.count("必改") == 1


def test_files_of_nobody__stand_in_the_overview() -> None:
    assert line(facts_table(mixed()), 项目="认不出单位的文件")["数"] == 1
    assert "认不出单位的文件" not in facts_table(collection(filed("1", entry(1)))).values("项目")
    assert dashboard_view(mixed()).verdict.endswith("；另有1份文件认不出是哪家的，没有计入")


def test_unit_past_the_day_without_a_return__is_no_late_return() -> None:
    round_ = collection(filed("1", entry(1), late=True), unreadable("2"))
    assert list(returns_table(round_).values("是否迟报")) == ["迟报", "逾期"]


def test_other_files__say_why_and_not_only_whose_they_are() -> None:
    by_name = received("1", entry(2), path="回收/旧.xlsx", remark="按文件名认出")
    scan = replace(received("3", UNREADABLE), path="回收/丙.pdf", sha256="", remark="PDF或OFD")
    scan = replace(scan, entries=())
    only = replace(absent("3", ReturnState.SCAN_ONLY, "只有扫描件"), others=(scan,))
    first = replace(filed("1", entry(1)), others=(by_name,))
    round_ = slim(collection(first, unreadable("2"), only, passed_over=(("PDF或OFD", 3),)))
    rows = {row["文件"]: row["为什么没有计入"] for row in lines(other_files_table(round_))}
    assert rows["回收/旧.xlsx"] == "按文件名认出；计入的是回收/1.xlsx"
    assert rows[UNREADABLE.path] == (
        "表上没有单位名称，按文件名认出；送审/损坏.xlsx 读不出自评表：文件损坏"
    )
    assert rows["回收/丙.pdf"] == "PDF或OFD，不是电子表格；只有扫描件"


def test_scan_of_a_unit__is_counted_once() -> None:
    scan = replace(received("3", UNREADABLE), path="回收/丙.pdf", sha256="", remark="PDF或OFD")
    only = replace(absent("3", ReturnState.SCAN_ONLY, "只有扫描件"), others=(scan,))
    one = collection(only, passed_over=(("PDF或OFD", 3), ("图片", 1)))
    rows = {row["项目"]: row["数量"] for row in lines(account_table(slim(one)))}
    assert (rows["收到的文件"], rows["另有：PDF或OFD"], rows["另有：图片"]) == (1, 2, 1)
    assert [row["文件"] for row in lines(other_files_table(one))][1:] == ["PDF或OFD2个", "图片1个"]
    last = collection(only, passed_over=(("PDF或OFD", 1),))
    assert [row["文件"] for row in lines(other_files_table(last))] == ["回收/丙.pdf"]


def test_unit_that_need_not_file__is_told_once() -> None:
    round_ = collection(absent("1", ReturnState.EXEMPT, "免报，另收到1份，没有计入"))
    told = line(account_table(round_), 类别="没有计入的单位")
    assert told["说明"] == "免报，另收到1份，没有计入"


def test_review_of_a_unit_without_a_table_this_time__is_kept_with_its_words() -> None:
    review = Review("104", "自评表", Decimal(80), "80", "少报两项", "ab" * 6)
    row = line(scores_table(mixed(), [review]), 单位代码="104")
    assert (row["复核得分"], row["复核意见"]) == (80, "少报两项")
    assert row["复核提示"] == "这次没有计入的表，复核照留"
    told = line(account_table(mixed(), [review]), 类别="复核")
    assert told["说明"] == "上次汇总里有复核，这次没有对应的表；复核意见：少报两项"


def test_review_typed_before_the_table_came__is_told() -> None:
    review = Review("101", "", Decimal(80), "80", "", "")
    row = line(scores_table(mixed(), [review]), 单位代码="101")
    assert row["复核提示"] == "复核时还没有这份表，请再核"
