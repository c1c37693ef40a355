"""得分汇总 and 取数来源: what each unit scored, and the cell of every figure."""

from collections.abc import Sequence
from decimal import Decimal

from perfxl.batch.model import Collection
from perfxl.batch.summary import reviews as reviewed
from perfxl.batch.summary.counted import Counted, counted, folded, group_paths
from perfxl.batch.summary.reviews import Review, fingerprint, review_of, status_text
from perfxl.batch.summary.table import Column, Kind, Source, Table, Value
from perfxl.model.number import shown
from perfxl.model.report import Subtotal

STATED, COMPUTED = "表上总分", "各项相加"
_MOST_SOURCES = 50_000  # rows on a sheet; a workbook of more opens slowly
_SUM_OF = "合计自该组各项"


def scores_table(collection: Collection, reviews: Sequence[Review] = ()) -> Table:
    """得分汇总: unit × group, total, grade, share of points, and the reviewer's columns."""
    tables = counted(collection)
    paths = group_paths(tables)
    table = Table(
        reviewed.SCORES_SHEET,
        (
            Column(reviewed.CODE, 14, Kind.CENTER),
            Column("单位名称", 26),
            Column("区县", 12),
            Column("状态", 10, Kind.CENTER),
            Column(STATED, 9, Kind.SCORE),
            Column(COMPUTED, 9, Kind.SCORE),
            Column("相差", 8, Kind.SCORE),
            Column("满分", 8, Kind.SCORE),
            Column("得分率", 9, Kind.RATE),
            Column("表上等级", 8, Kind.CENTER),
            Column("按得分等级", 9, Kind.CENTER),
            Column(reviewed.SCORE, 9, Kind.INPUT_SCORE),
            Column(reviewed.OPINION, 26, Kind.INPUT_TEXT),
            Column(reviewed.DIFFERENCE, 9, Kind.DIFFERENCE),
            Column(reviewed.STATUS, 22),
            *(Column(_group_head(path, tables), 10, Kind.SCORE) for path in paths),
            Column("来源文件", 34),
            Column(reviewed.SHEET, 12),
            Column("总分单元格", 10, Kind.CENTER),
            Column(reviewed.FINGERPRINT, 15, Kind.CENTER),
        ),
        frozen=2,
        note=(
            f"得分率＝{COMPUTED}÷满分，有得分空白的不算；复核差异＝复核得分－{COMPUTED}；"
            "空白是没有数，不是0；点数字打开来源单元格"
        ),
    )
    by_code: dict[str, list[Counted]] = {}
    for one in tables:
        by_code.setdefault(one.unit.code, []).append(one)
    for outcome in collection.outcomes:
        unit = outcome.unit
        head: list[Value] = [unit.code, unit.name, unit.district or None, outcome.state.value]
        for one in by_code.get(unit.code, []):
            _add(table, head, one, paths, review_of(one, reviews))
        if unit.code not in by_code:
            of_unit = [review for review in reviews if review.code == unit.code]
            for review in of_unit or (None,):
                _add_without_table(table, head, review)
    return table


def _group_head(path: tuple[str, ...], tables: Sequence[Counted]) -> str:
    """管理效率·预算管理（20分); the cap only where all forms give the same."""
    caps = {
        subtotal.max_score
        for one in tables
        for subtotal in one.entry.subtotals
        if folded(subtotal.path) == path
    }
    cap = next(iter(caps)) if len(caps) == 1 else None
    return "·".join(path) + ("" if cap is None else f"（{shown(cap)}分）")


def _add(
    table: Table,
    head: list[Value],
    one: Counted,
    paths: Sequence[tuple[str, ...]],
    review: Review | None,
) -> None:
    entry, total, grade = one.entry, one.entry.total, one.entry.grade
    groups: dict[tuple[str, ...], Subtotal] = {}
    for subtotal in entry.subtotals:
        groups.setdefault(folded(subtotal.path), subtotal)
    typed = None if review is None else review.score
    first = table.column(reviewed.STATUS) + 1
    sources: dict[int, Source] = {
        first + index: Source(entry.path, entry.member, groups[path].sheet, groups[path].cell)
        for index, path in enumerate(paths)
        if path in groups and groups[path].score is not None
    }
    if total.place:
        sources[table.column(STATED)] = one.source(total.place)
    if grade.place:
        sources[table.column("表上等级")] = one.source(grade.place)
    sources[table.column("来源文件")] = one.source()
    table.add(
        [
            *head,
            total.stated,
            total.computed,
            _difference(total.stated, total.computed),
            total.max_score,
            one.rate,
            grade.stated.value if grade.stated else None,
            grade.computed.value if grade.computed else None,
            (typed if typed is not None else review.raw or None) if review else None,
            (review.opinion or None) if review else None,
            _difference(typed, total.computed),
            status_text(one, review) or None,
            *(groups[path].score if path in groups else None for path in paths),
            one.source().shown,
            entry.sheet,
            total.place.cell if total.place else None,
            fingerprint(one.received.sha256) or None,
        ],
        sources,
    )


def _add_without_table(table: Table, head: list[Value], review: Review | None) -> None:
    """A unit of which nothing counts; what a reviewer typed of it before stays."""
    row = [*head, *[None] * (len(table.columns) - len(head))]
    if review:
        score = review.score if review.score is not None else review.raw or None
        row[table.column(reviewed.SCORE)] = score
        row[table.column(reviewed.OPINION)] = review.opinion or None
        row[table.column(reviewed.STATUS)] = "这次没有计入的表，复核照留"
    table.add(row)


def _difference(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else left - right


def sources_table(collection: Collection, *, is_for_sheet: bool = False) -> Table:
    """取数来源: every figure of the sums with its file, sheet and cell."""
    table = Table(
        "取数来源",
        (
            Column("单位代码", 14, Kind.CENTER),
            Column("单位名称", 26),
            Column("项目", 44),
            Column("分值", 9, Kind.SCORE),
            Column("数值", 9, Kind.SCORE),
            Column("原文", 14),
            Column("文件", 38),
            Column("工作表", 12),
            Column("单元格", 10, Kind.CENTER),
            Column("备注", 18),
        ),
        frozen=3,
        most=_MOST_SOURCES,
        is_for_sheet=is_for_sheet,
    )
    for one in counted(collection):
        _add_total(table, one)
        for subtotal in one.entry.subtotals:
            source = Source(one.entry.path, one.entry.member, subtotal.sheet, subtotal.cell)
            figures = subtotal.max_score, subtotal.score
            _add_figure(table, one, "·".join(folded(subtotal.path)), figures, "", source, _SUM_OF)
        for path, leaf in one.scores():
            remark = "不适用" if not leaf.is_applicable else "加减分" if leaf.is_adjustment else ""
            figures = leaf.max_score, leaf.score
            source = one.source(leaf.place)
            _add_figure(table, one, "·".join(path), figures, leaf.raw, source, remark)
    return table


def _add_total(table: Table, one: Counted) -> None:
    total, grade = one.entry.total, one.entry.grade
    raw = " ".join(total.unread.raw.split()) if total.unread else ""
    if total.place:
        figures = total.max_score, total.stated
        _add_figure(table, one, STATED, figures, raw, one.source(total.place), "")
    if grade.place:
        told = grade.stated.value if grade.stated else ""
        _add_figure(table, one, "表上等级", (None, None), told, one.source(grade.place), "")


def _add_figure(
    table: Table,
    one: Counted,
    item: str,
    figures: tuple[Decimal | None, Decimal | None],
    raw: str,
    source: Source,
    remark: str,
) -> None:
    if table.is_full:
        table.dropped += 1
        return
    table.add(
        [
            one.unit.code,
            one.unit.name,
            item,
            *figures,
            raw or None,
            source.shown,
            source.sheet,
            source.cell,
            remark or None,
        ]
    )
