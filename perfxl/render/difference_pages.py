"""Two versions of a return as sheets: 问题变化, 改动."""

from decimal import Decimal

from perfxl.engine.difference.record import Change, Difference, Fate, Traced
from perfxl.model.finding import Finding, Severity
from perfxl.model.page import Item, Look, Page
from perfxl.render.difference_wording import (
    change_name,
    places_text,
    summary_text,
    values_text,
    why_text,
)
from perfxl.render.terminal import one_line
from perfxl.render.wording import WAIVED, path_text, place_text

_FINDINGS = (
    ("序号", 6), ("结果", 10), ("级别", 9), ("原位置", 16), ("现位置", 16), ("指标", 24),
    ("问题", 46), ("怎么改", 32), ("单位说明", 24), ("规则", 8),
)  # fmt: skip
_CHANGES = (
    ("序号", 6), ("是否提出过", 16), ("位置", 24), ("项目", 38), ("原为", 30), ("现为", 30),
    ("对应问题", 18),
)  # fmt: skip
_LEVELS = {
    Severity.ERROR: Look.ERROR, Severity.VERIFY: Look.VERIFY, Severity.NOTICE: Look.NOTICE,
}  # fmt: skip


def difference_pages(difference: Difference) -> list[Page]:
    """A sheet of findings and one of changes, both fit to be filtered."""
    files = f"前：{difference.before[0].path}　后：{difference.after[0].path}"
    summary = "；".join((summary_text(difference), *difference.remarks))
    is_clean = not difference.count(Severity.ERROR)
    look = Look.VERDICT_PASS if is_clean else Look.VERDICT_FAIL
    pages = []
    for title, columns in (("问题变化", _FINDINGS), ("改动", _CHANGES)):
        span = len(columns)
        page = Page(title, tuple(float(width) for _, width in columns))
        page.rows.append([Item(title, Look.TITLE, span)])
        page.rows.append([Item(summary, look, span)])
        page.rows.append([Item(files, Look.MUTED, span)])
        page.rows.append([Item(name, Look.HEAD) for name, _ in columns])
        pages.append(page)
    found, changed = pages
    found.rows += [_finding(n, traced) for n, traced in enumerate(difference.findings, 1)]
    changed.rows += [_change(n, change) for n, change in enumerate(difference.changes, 1)]
    return pages


def _finding(number: int, traced: Traced) -> list[Item]:
    finding = traced.finding
    is_open = traced.fate in (Fate.NEW, Fate.OPEN)
    look = _LEVELS[finding.severity] if traced.counts else Look.CENTER
    return [
        Item(Decimal(number), Look.CENTER),
        Item(WAIVED if finding.waived else traced.fate.label, look),
        Item(finding.severity.label, look),
        Item(_place(traced.before)),
        Item(_place(traced.after)),
        Item(path_text(finding.path)),
        Item(finding.message),
        Item(finding.fix if is_open else ""),
        Item(one_line(traced.answer)),
        Item(finding.code, Look.CENTER),
    ]


def _place(finding: Finding | None) -> str:
    return place_text(finding.place, "") if finding else ""


def _change(number: int, change: Change) -> list[Item]:
    before, after = values_text(change)
    severity = change.severity
    return [
        Item(Decimal(number), Look.CENTER),
        Item(
            "没有提出" if severity else "提出过或随之而变",
            _LEVELS[severity] if severity else Look.CENTER,
        ),
        Item(places_text(change)),
        Item(change_name(change)),
        Item(before),
        Item(after),
        Item(why_text(change)),
    ]
