"""The whole run as sheets of one workbook: 总览, 问题, 失分, 未达目标, 未核对, 校验依据."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.model.finding import MissedTarget, Severity, Shortfall, Skip
from perfxl.model.page import Item, Look, Page
from perfxl.model.report import Entry, Outcome, Report
from perfxl.render.folding import Folded, fold
from perfxl.render.marks import shortfall_kind
from perfxl.render.order import file_path, worst_first
from perfxl.render.terminal import one_line
from perfxl.render.wording import (
    WAIVED,
    grade_text,
    path_text,
    percent_text,
    place_text,
    scheme_text,
    verdict_text,
    waived_text,
)

_LEVELS = {
    Severity.ERROR: Look.ERROR, Severity.VERIFY: Look.VERIFY, Severity.NOTICE: Look.NOTICE,
}  # fmt: skip

Row = list[Item]
Columns = Sequence[tuple[str, float]]

_OVERVIEW: Columns = (
    ("序号", 5), ("文件", 28), ("工作表", 10), ("单位", 18), ("年度", 7), ("结论", 10), ("必改", 6),
    ("请核实", 7), ("提示", 6), ("失分项", 7), ("失分", 8), ("表上总分", 9), ("各项相加", 9),
    ("满分", 8), ("等级", 14), ("未核对规则", 7),
)  # fmt: skip
_FINDINGS: Columns = (
    ("序号", 5), ("文件", 24), ("单位", 16), ("级别", 8), ("位置", 16), ("指标", 22),
    ("问题", 46), ("怎么改", 32), ("现为", 9), ("应为", 9), ("相差", 8), ("规则", 8),
)  # fmt: skip
_ANSWERED: Columns = (*_FINDINGS, ("单位说明", 30))
_SHORTFALLS: Columns = (
    ("序号", 5), ("文件", 24), ("单位", 16), ("位置", 13), ("指标", 30), ("分值", 8), ("得分", 8),
    ("失分", 8), ("比例", 9), ("原因", 34), ("措施", 30),
)  # fmt: skip
_MISSED: Columns = (
    ("序号", 5), ("文件", 24), ("单位", 16), ("位置", 18), ("指标", 32), ("目标值", 26),
    ("实际完成值", 26),
)  # fmt: skip
_SKIPPED: Columns = (("序号", 5), ("文件", 24), ("单位", 16), ("规则", 9), ("为什么没有核对", 50))
_STAMPS: Columns = (
    ("序号", 5), ("文件", 34), ("工作表", 12), ("方案", 32), ("文件的 SHA-256", 68),
)  # fmt: skip


def report_pages(report: Report) -> list[Page]:
    """The sheets, worst table first; those of which there is nothing to say are left out.

    Each sheet is a title and one table, so that it can be filtered and sorted.
    """
    entries = worst_first(report.entries)
    is_answered = any(finding.answer for entry in entries for finding in entry.findings)
    columns = _ANSWERED if is_answered else _FINDINGS
    told = (
        ("问题", columns, [row[: len(columns) - 1] for e in entries for row in _findings(e)]),
        ("失分", _SHORTFALLS, [_shortfall(s, e) for e in entries for s in e.shortfalls]),
        ("未达目标", _MISSED, [_missed(m, e) for e in entries for m in e.missed_targets]),
        ("未核对", _SKIPPED, [_skipped(skip, e) for e in entries for skip in e.skipped]),
        ("校验依据", _STAMPS, [_stamp(entry) for entry in entries]),
    )
    pages = [_overview(entries, report)]
    for title, columns, rows in told:
        if rows:
            pages.append(_page(title, f"{title}：共{len(rows)}条", columns, rows))
    return pages


def _page(title: str, headline: str, columns: Columns, rows: Sequence[Row]) -> Page:
    page = Page(title, tuple(float(width) for _, width in columns))
    page.rows.append([Item(headline, Look.TITLE, len(columns))])
    page.rows.append([Item(name, Look.HEAD) for name, _ in columns])
    for number, row in enumerate(rows, 1):
        page.rows.append([Item(Decimal(number), Look.CENTER), *row])
    return page


def _overview(entries: Sequence[Entry], report: Report) -> Page:
    page = _page("总览", "绩效自评表校验结果", _OVERVIEW, [_overview_row(e) for e in entries])
    # The stamp and the verdict stand below the title, above the table's head.
    span = len(_OVERVIEW)
    is_clean = not report.failures and report.outcomes(Outcome.PASS) == len(entries)
    verdict = verdict_text(report.entries, len(report.failures))
    look = Look.VERDICT_PASS if is_clean else Look.VERDICT_FAIL
    page.rows[1:1] = [
        [Item(verdict, look, span)],
        [Item(f"perfxl {report.version}，规则版本 {report.rules}", Look.MUTED, span)],
    ]
    for failure in report.failures:
        text = f"{failure.code} 规则{failure.rule}运行出错：{failure.detail}"
        page.rows.append([Item(text, Look.ERROR, span)])
    return page


def _overview_row(entry: Entry) -> Row:
    lost = sum((shortfall.lost for shortfall in entry.shortfalls), Decimal(0))
    is_pass = entry.outcome is Outcome.PASS
    return [
        Item(file_path(entry)),
        Item(entry.sheet or "未找到"),
        Item(one_line(entry.unit)),
        Item(one_line(entry.year), Look.CENTER),
        Item(entry.outcome.label, Look.CENTER if is_pass else Look.ERROR),
        *(_count(entry.count(severity), _LEVELS[severity]) for severity in Severity),
        _count(len(entry.shortfalls), Look.SHORT_1),
        _score(lost if entry.sheet else None),
        _score(entry.total.stated),
        _score(entry.total.computed),
        _score(entry.total.max_score),
        Item(grade_text(entry.grade), Look.CENTER),
        _count(len(entry.skipped), Look.CENTER),
    ]


def _count(count: int, look: Look) -> Item:
    """A count, in the colour of what it counts; 0 is shown, uncoloured."""
    return Item(Decimal(count), look if count else Look.CENTER)


def _score(value: Decimal | None) -> Item:
    return Item("", Look.CENTER) if value is None else Item(value, Look.SCORE)


def _who(entry: Entry) -> Row:
    return [Item(file_path(entry)), Item(one_line(entry.unit))]


def _findings(entry: Entry) -> Iterator[Row]:
    """Every finding has a row; a consequence follows its cause and names it.

    The unit's answer is last: it is left out where no finding of the run has one.
    """
    for folded in fold(entry.findings):
        yield _finding(folded, None, entry)
        for index in range(len(folded.consequences)):
            yield _finding(folded, index, entry)


def _finding(folded: Folded, index: int | None, entry: Entry) -> Row:
    finding = folded.finding if index is None else folded.consequences[index]
    cause = place_text(folded.finding.place, entry.sheet)
    message = (
        finding.message if index is None else f"{finding.message}（由{cause}引起，先改{cause}）"
    )
    return [
        *_who(entry),
        Item(WAIVED, Look.WAIVED)
        if finding.waived
        else Item(finding.severity.label, _LEVELS[finding.severity]),
        Item(_place(finding.place.sheet, finding.place.cell)),
        Item(path_text(finding.path)),
        Item(message),
        Item(waived_text(finding.waived) if finding.waived else finding.fix),
        Item(finding.provided),
        Item(finding.expected),
        Item(finding.difference),
        Item(finding.code, Look.CENTER),
        Item(finding.answer),
    ]


def _place(sheet: str, cell: str) -> str:
    """Always with its sheet: the row is read away from its workbook."""
    if not cell:
        return sheet or "整个文件"
    return f"{sheet}!{cell}" if sheet else cell


def _shortfall(shortfall: Shortfall, entry: Entry) -> Row:
    return [
        *_who(entry),
        Item(_place(*shortfall.place)),
        Item(path_text(shortfall.path)),
        Item(shortfall.max_score, Look.SCORE),
        Item(shortfall.score, Look.SCORE),
        Item(shortfall.lost, Look.SCORE),
        Item(percent_text(shortfall.lost_rate), Look(shortfall_kind(shortfall).value)),
        _told(shortfall.reason),
        _told(shortfall.action),
    ]


def _told(text: str | None) -> Item:
    return Item("本表无此栏" if text is None else text.strip() or "未写")


def _missed(missed: MissedTarget, entry: Entry) -> Row:
    return [
        *_who(entry),
        Item(_place(*missed.place)),
        Item(path_text(missed.path)),
        Item(one_line(missed.target)),
        Item(one_line(missed.actual)),
    ]


def _skipped(skip: Skip, entry: Entry) -> Row:
    return [*_who(entry), Item(skip.code, Look.CENTER), Item(skip.reason)]


def _stamp(entry: Entry) -> Row:
    return [
        Item(file_path(entry)),
        Item(entry.sheet or "未找到"),
        Item(scheme_text(entry.scheme) if entry.sheet else ""),
        Item(entry.sha256),
    ]
