"""Phrases about two versions of a return that text, sheet and notes share."""

from collections.abc import Sequence

from perfxl.engine.difference.record import Change, Difference, Fate, What
from perfxl.model.address import Place
from perfxl.model.finding import Severity
from perfxl.render.wording import path_text

SILENT = "没有对应问题的改动"
ASKED = "按问题改动的"


def silent_heading(changes: Sequence[Change]) -> str:
    """Over the silent changes: how many, and how much they weigh; mere words are no 请核实."""
    counts = [(one, sum(change.severity is one for change in changes)) for one in Severity]
    told = [(one.label, count) for one, count in counts if count]
    weighed = told[0][0] if len(told) == 1 else "、".join(f"{name}{n}处" for name, n in told)
    return f"{SILENT}（{len(changes)}处，{weighed}）"


def change_text(change: Change, before: str, after: str) -> str:
    """A change with what stood and stands there; a row that came or went has one side only."""
    one_side = {What.ADDED: after, What.REMOVED: before}.get(change.what)
    return f"{change_name(change)}：{f'{before} → {after}' if one_side is None else one_side}"


def change_name(change: Change) -> str:
    """What was changed: 产出·数量指标·培训场次 得分; 总分."""
    return " ".join(filter(None, (path_text(change.path), change.label, change.what.label)))


def places_text(change: Change) -> str:
    """Where it stood and stands: 自评表!H8; 自评表!H8→J10; 目标表!C3→（无）."""
    before, after = change.before_place, change.after_place
    if change.what in (What.ADDED, What.REMOVED):
        return _place(before or after)
    if before and after and before.sheet == after.sheet and before != after:
        return f"{before.sheet}!{before.cell}→{after.cell}"
    return _place(before) if before == after else f"{_place(before)}→{_place(after)}"


def _place(place: Place | None) -> str:
    return f"{place.sheet}!{place.cell}" if place else "（无）"


def values_text(change: Change) -> tuple[str, str]:
    """What stood there and what stands there; a formula is told with what it gave."""
    before = change.before or "空白"
    if change.lost_formula:
        before += f"（公式={change.lost_formula}）"
        return before, f"{change.after or '空白'}（改成了常数）"
    return before, change.after or "空白"


def why_text(change: Change) -> str:
    """The findings that asked for it, or that it only follows; "" for a silent change."""
    if change.asked_by:
        return "、".join(change.asked_by)
    return "随其他改动而变" if change.follows else ""


def summary_text(difference: Difference) -> str:
    """The whole comparison in one line: 已改1处，未改4处，新增3处；没有对应问题的改动2处."""
    if difference.is_same_file:
        return "两份文件完全相同"
    order = (Fate.FIXED, Fate.ANSWERED, Fate.OPEN, Fate.UNCHECKED, Fate.NEW)
    counts = [(fate, len(difference.of(fate))) for fate in order]
    always = (Fate.FIXED, Fate.OPEN, Fate.NEW)
    told = [f"{fate.label}{n}处" for fate, n in counts if n or fate in always]
    line = "，".join(told) + f"；{SILENT}{len(difference.silent)}处"
    errors = difference.count(Severity.ERROR)
    line += f"；仍有必改{errors}处" if errors else ""
    failures = len(difference.failures)
    return line + (f"；程序自身出错{failures}处，结果不全" if failures else "")
