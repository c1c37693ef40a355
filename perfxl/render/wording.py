"""Phrases that the console text, the sheet and the notes share."""

from collections.abc import Sequence
from decimal import Decimal

from perfxl.model.address import Place
from perfxl.model.annotation import WHOLE_FILE
from perfxl.model.finding import Severity, Shortfall, Skip, Waiver
from perfxl.model.number import NumberKind, round_half_up, shown
from perfxl.model.report import Entry, GradeSummary, Outcome, SchemeRef, TotalSummary

WAIVED = "已豁免"
_LONGEST_QUOTE = 20
_LARGEST_RATE = 15  # beyond this it is damage, and rounding would overflow the context
_HOW_FOUND = {"stamp": "按模板标记识别", "header": "按表头识别", "option": "由命令指定"}


def place_text(place: Place, home: str) -> str:
    """H8; with its sheet when that is not `home`; 整个文件 when it is no cell."""
    if not place.cell:
        return place.sheet or WHOLE_FILE
    return place.cell if place.sheet in ("", home) else f"{place.sheet}!{place.cell}"


def path_text(path: Sequence[str]) -> str:
    """The names from the first level down: 产出·数量指标·培训场次."""
    return "·".join(" ".join(name.split()) for name in path)


def leaf_name(path: Sequence[str]) -> str:
    """The last name of a path."""
    return " ".join(path[-1].split()) if path else ""


def number_text(value: Decimal | None) -> str:
    """The number, or 未知."""
    return "未知" if value is None else shown(value)


def percent_text(rate: Decimal) -> str:
    """0.5 → 50%, with one decimal where there is one; never 0% or 100% for what is neither."""
    if rate.adjusted() > _LARGEST_RATE:
        return f"{shown(rate * 100)}%"
    percent = round_half_up(rate * 100, 1)
    if percent in (0, 100) and rate not in (0, 1):
        return "不到0.1%" if rate < Decimal("0.5") else "99.9%以上"
    return f"{shown(percent)}%"


def counts_text(counts: Sequence[int], *, zeros: bool = False, waived: int = 0) -> str:
    """必改1处，请核实2处，已豁免1处; no zeros unless asked for; "" when there is nothing."""
    pairs = zip(Severity, counts, strict=True)
    parts = [f"{severity.label}{n}处" for severity, n in pairs if n or zeros]
    return "，".join([*parts, f"{WAIVED}{waived}处"] if waived else parts)


def waived_text(waiver: Waiver) -> str:
    """已豁免：the reason（who, until when）."""
    reason, who = (" ".join(text.split()) for text in (waiver.reason, waiver.who))
    return f"{WAIVED}：{reason}（{who}，有效期到{waiver.until}）"


def outcome_text(entry: Entry) -> str:
    """The verdict on one table in one line: 有必改：必改2处，提示1处."""
    counts = counts_text([entry.count(severity) for severity in Severity], waived=entry.waived)
    return f"{entry.outcome.label}：{counts}" if counts else f"{entry.outcome.label}，未发现问题"


def total_text(total: TotalSummary) -> str:
    """表上95.70，各项相加95.20，满分100; the sum only where it says something new."""
    parts = [_stated_text(total)]
    if total.computed is None:
        parts.append("各项相加无法算出")
    elif total.computed != total.stated:
        parts.append(f"各项相加{shown(total.computed)}")
    if total.capped is not None and total.capped != total.computed:
        parts.append(f"超出分值的不计则为{shown(total.capped)}")
    if total.max_score is not None:
        parts.append(f"满分{shown(total.max_score)}")
    return "，".join(parts)


def _stated_text(total: TotalSummary) -> str:
    """What stands in the total's cell; a formula that gave no number is not a blank."""
    if total.stated is not None:
        return f"表上{shown(total.stated)}"
    if total.unread is None:
        return "表上没有总分"
    raw = " ".join(total.unread.raw.split())
    match total.unread.kind:
        case NumberKind.BLANK:
            return "表上未填"
        case NumberKind.UNKNOWN:
            return "表上是公式，未能算出"
        case NumberKind.ERROR:
            return f"表上是错误值{raw}"
    quoted = raw if len(raw) <= _LONGEST_QUOTE else f"{raw[:_LONGEST_QUOTE]}…"
    return f"表上写的“{quoted}”不是数字"


def grade_text(grade: GradeSummary) -> str:
    """良，按得分应为优; 勾了优、良; "" when nothing is known."""
    stated = grade.stated.value if grade.stated else ""
    if grade.ticked:
        stated = "勾了" + "、".join(one.value for one in grade.ticked)
    if grade.computed is None or grade.computed is grade.stated:
        return stated
    return f"{stated or '未填'}，按得分应为{grade.computed.value}"


def scheme_text(scheme: SchemeRef | None) -> str:
    """The scheme's id, version and how it was found."""
    if scheme is None:
        return "未识别"
    how = _HOW_FOUND.get(scheme.how, scheme.how)
    version = f" {scheme.version}" if scheme.version else ""
    return f"{scheme.id}{version}（{how}）"


def written_text(text: str | None) -> str:
    """Whether a reason or an action stands there: 已写, 未写, or 无此栏."""
    if text is None:
        return "无此栏"
    return "已写" if text.strip() else "未写"


def lost_text(shortfall: Shortfall) -> str:
    """Points lost with their share: 1.5（75%）."""
    return f"{shown(shortfall.lost)}（{percent_text(shortfall.lost_rate)}）"


def skipped_text(skipped: Sequence[Skip]) -> str:
    """The rules that could not run, by reason: 本表无总分行（AR104、RQ102）；…."""
    by_reason: dict[str, list[str]] = {}
    for skip in skipped:
        by_reason.setdefault(skip.reason, []).append(skip.code)
    return "；".join(f"{reason}（{'、'.join(codes)}）" for reason, codes in by_reason.items())


def verdict_text(entries: Sequence[Entry], failures: int = 0) -> str:
    """The whole run in one line: 共2个文件2张表：1张通过，1张有必改；必改1处，提示1处."""
    if not entries and not failures:
        return "没有可校验的文件"
    files = len({(entry.path, entry.member) for entry in entries})
    readable = [entry for entry in entries if entry.outcome is not Outcome.UNREADABLE]
    tables = f"{len(readable)}张表" if readable else ""
    parts = [f"共{files}个文件{tables}：{_outcomes_text(entries)}"]
    counts = [sum(entry.count(severity) for entry in entries) for severity in Severity]
    waived = sum(entry.waived for entry in entries)
    parts.append(counts_text(counts, waived=waived) or "未发现问题")
    if failures:
        parts.append(f"程序自身出错{failures}处，结果不全")
    return "；".join(parts)


def _outcomes_text(entries: Sequence[Entry]) -> str:
    units = {Outcome.PASS: "张", Outcome.FAIL: "张", Outcome.UNREADABLE: "个"}
    counted = {kind: sum(entry.outcome is kind for entry in entries) for kind in Outcome}
    parts = [f"{n}{units[kind]}{kind.label}" for kind, n in counted.items() if n]
    return "，".join(parts) or "无"
