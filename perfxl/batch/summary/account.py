"""对账: what went into the sums and what did not, and why; nothing becomes 0 in silence."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from perfxl.batch.model import Collection, ReturnState
from perfxl.batch.summary.counted import Counted, counted
from perfxl.batch.summary.progress import passed_over
from perfxl.batch.summary.reviews import Review, review_of, status_text
from perfxl.batch.summary.table import Column, Kind, Source, Table
from perfxl.model.finding import Severity

REVIEWED = "复核"  # lines that go by what reviewers typed
_NOTHING = Source("", None, "", "")


def account_table(collection: Collection, reviews: Sequence[Review] = ()) -> Table:
    """对账: counts that add up, then each unit, file and figure that was left out."""
    table = Table(
        "对账",
        (
            Column("类别", 20),
            Column("项目", 34),
            Column("数量", 12, Kind.SCORE),
            Column("说明", 64),
            Column("来源文件", 36),
            Column("单元格", 14, Kind.CENTER),
        ),
        frozen=1,
        note="单位数、文件数分别相加相等；没有数的不按0计",
    )
    tables = counted(collection)
    _count_units(table, collection, tables)
    _count_files(table, collection)
    _sum_scores(table, tables)
    _tell_units(table, collection, tables)
    _tell_figures(table, tables)
    _tell_reviews(table, tables, reviews)
    for typed in collection.overtyped:
        why = f"页面上是“{typed.shows}”，数据页是“{typed.counts}”，按数据页计"
        source = Source(typed.file, None, typed.sheet, typed.cell)
        _line(table, "下级汇总表与数据页不符", typed.sheet, None, why, source)
    for failure in collection.failures:
        why = f"规则{failure.rule}运行出错，结果不全：{failure.detail}"
        _line(table, "程序自身出错", failure.code, None, why)
    return table


def _line(
    table: Table,
    kind: str,
    item: str,
    amount: int | Decimal | None,
    why: str = "",
    source: Source = _NOTHING,
) -> None:
    at = f"{source.sheet}!{source.cell}" if source.cell else source.sheet
    linked = {5: source} if source.cell else {}
    table.add([kind, item, amount, why or None, source.shown or None, at or None], linked)


def _count_units(table: Table, collection: Collection, tables: Sequence[Counted]) -> None:
    states = Counter(outcome.state for outcome in collection.outcomes)
    within = {one.unit.code for one in tables}
    total = len(collection.outcomes)
    _line(table, "单位", "台账单位", total)
    for state in ReturnState:
        if states[state]:
            _line(table, "单位", f"其中：{state.value}", states[state])
    _line(table, "单位", "计入汇总", len(within), f"评分表{len(tables)}张")
    _line(table, "单位", "没有计入", total - len(within), "逐家见下")


def _count_files(table: Table, collection: Collection) -> None:
    chosen = sum(outcome.chosen is not None for outcome in collection.outcomes)
    others = [other for outcome in collection.outcomes for other in outcome.others]
    copies = sum(bool(other.is_copy_of) for other in others)
    received = chosen + len(others) + len(collection.strangers)
    _line(table, "文件", "收到的文件", received, "电子表格和认出单位的扫描件")
    _line(table, "文件", "其中：计入", chosen)
    _line(table, "文件", "其中：同一单位的其他文件", len(others) - copies, "见“未计入文件”")
    _line(table, "文件", "其中：内容相同的重复文件", copies, "见“未计入文件”")
    _line(table, "文件", "其中：认不出单位的", len(collection.strangers), "见“未计入文件”")
    for kind, count in passed_over(collection):
        _line(table, "文件", f"另有：{kind}", count, "不是电子表格，没有读")


def _sum_scores(table: Table, tables: Sequence[Counted]) -> None:
    summed = [one for one in tables if one.entry.total.computed is not None]
    blanks = sum(one.has_blanks for one in summed)
    partly = f"；其中{blanks}张有得分空白，只加了填了的" if blanks else ""
    for name, values, more in (
        ("表上总分", [one.entry.total.stated for one in tables], ""),
        ("各项相加", [one.entry.total.computed for one in tables], partly),
    ):
        known = [value for value in values if value is not None]
        missing = len(values) - len(known)
        why = f"{len(known)}张表相加" + (f"，{missing}张没有数，未计入" if missing else "") + more
        _line(table, "得分", f"{name}合计", sum(known, Decimal(0)) if known else None, why)


def _tell_units(table: Table, collection: Collection, tables: Sequence[Counted]) -> None:
    within = {one.unit.code for one in tables}
    for outcome in collection.outcomes:
        unit, chosen = outcome.unit, outcome.chosen
        if unit.code in within:
            continue
        is_told = outcome.why.startswith(outcome.state.value)
        state = "" if is_told else outcome.state.value
        why = "；".join(filter(None, (state, outcome.why)))
        source = _NOTHING
        if chosen:
            found = "；".join(
                finding.message
                for entry in chosen.entries
                for finding in entry.findings
                if finding.severity is Severity.ERROR
            )
            why = "；".join(filter(None, (why, "没有读到评分表", found)))
            source = Source(chosen.path, chosen.member, "", "")
        _line(table, "没有计入的单位", f"{unit.code} {unit.name}", None, why, source)


def _tell_figures(table: Table, tables: Sequence[Counted]) -> None:
    for one in tables:
        name, total = f"{one.unit.code} {one.unit.name}", one.entry.total
        if total.stated is None:
            raw = " ".join(total.unread.raw.split()) if total.unread else ""
            why = f"表上总分“{raw[:20]}”不是数字" if raw else "表上没有总分"
            _line(table, "没有计入的数", name, None, why, one.source(total.place))
        if total.computed is None:
            why = "有得分不是数字，各项相加算不出"
            _line(table, "没有计入的数", name, None, why, one.source())
        for path, leaf in one.scores():
            if leaf.score is None and leaf.is_applicable and not leaf.is_adjustment:
                raw = " ".join(leaf.raw.split())
                told = f"“{path[-1]}”" + (f"填的是“{raw[:20]}”，不是数字" if raw else "得分空白")
                _line(table, "没有计入的数", name, None, told, one.source(leaf.place))


def _tell_reviews(table: Table, tables: Sequence[Counted], reviews: Sequence[Review]) -> None:
    used: set[tuple[str, str]] = set()
    for one in tables:
        review = review_of(one, reviews)
        if review:
            used.add((review.code, review.sheet))
            if told := status_text(one, review):
                _line(table, REVIEWED, f"{one.unit.code} {one.unit.name}", review.score, told)
    for review in reviews:
        if (review.code, review.sheet) not in used:
            said = f"；复核意见：{review.opinion}" if review.opinion else ""
            why = f"上次汇总里有复核，这次没有对应的表{said}"
            _line(table, REVIEWED, review.code, review.score, why)
