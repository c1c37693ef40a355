"""指标失分 and 失分明细: which indicators fell short where, the most common first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfxl.batch.model import Collection
from perfxl.batch.summary.counted import Counted, counted, folded, paths_by_place, rate_of
from perfxl.batch.summary.table import Column, Kind, Table
from perfxl.model.number import shown
from perfxl.model.report import LeafScore

_NAMED = 10  # units that are named in one cell


@dataclass(slots=True)
class Standing:
    """How an indicator stands over all units; the sums are of those with a score and a cap.

    `losers` are names with points lost. `blanks` counts units whose score is no number.
    """

    path: tuple[str, ...]
    units: int = 0
    blanks: int = 0
    caps: set[Decimal] = field(default_factory=set)
    cap_sum: Decimal = Decimal(0)
    lost: Decimal = Decimal(0)
    losers: list[tuple[Decimal, str]] = field(default_factory=list)

    def take(self, leaf: LeafScore, name: str) -> None:
        """Count a unit's score."""
        if leaf.score is None or leaf.max_score is None:
            self.blanks += 1
            return
        self.units += 1
        self.caps.add(leaf.max_score)
        self.cap_sum += leaf.max_score
        lost = leaf.max_score - leaf.score
        if lost > 0:
            self.lost += lost
            self.losers.append((lost, name))

    @property
    def share(self) -> Decimal | None:
        """Units that lost points among those with a score."""
        return rate_of(Decimal(len(self.losers)), Decimal(self.units))

    @property
    def lost_rate(self) -> Decimal | None:
        """Points lost among the points to be had."""
        return rate_of(self.lost, self.cap_sum)


def standings(tables: Sequence[Counted]) -> list[Standing]:
    """Every indicator, most units with points lost first, then most points, then the form's order.

    Adjustments and rows that do not concern a unit are left out.
    """
    found: dict[tuple[str, ...], Standing] = {}
    for one in tables:
        for path, leaf in one.scores():
            if leaf.is_applicable and not leaf.is_adjustment:
                found.setdefault(path, Standing(path)).take(leaf, one.unit.name)
    return sorted(found.values(), key=lambda each: (-len(each.losers), -each.lost))


def standings_table(collection: Collection) -> Table:
    """指标失分: a line per indicator."""
    table = Table(
        "指标失分",
        (
            Column("指标", 40),
            Column("分值", 10, Kind.CENTER),
            Column("有得分的表", 9, Kind.COUNT),
            Column("失分的表", 9, Kind.COUNT),
            Column("失分面", 9, Kind.RATE),
            Column("失分合计", 10, Kind.SCORE),
            Column("分值合计", 10, Kind.SCORE),
            Column("失分率", 9, Kind.RATE),
            Column("得分空白或不是数字", 11, Kind.COUNT),
            Column("失分单位（失分多的在前）", 60),
        ),
        frozen=1,
        note="失分面＝失分的表÷有得分的表；失分率＝失分合计÷分值合计；空白、文本不计入，单列",
    )
    for each in standings(counted(collection)):
        names = [f"{name}（{shown(lost)}）" for lost, name in _worst(each)]
        more = len(each.losers) - _NAMED
        told = "、".join(names[:_NAMED]) + (f" 等{len(each.losers)}家" if more > 0 else "")
        table.add(
            [
                "·".join(each.path),
                _caps_text(each.caps),
                each.units,
                len(each.losers),
                each.share,
                each.lost,
                each.cap_sum,
                each.lost_rate,
                each.blanks,
                told or None,
            ]
        )
    return table


def _worst(each: Standing) -> list[tuple[Decimal, str]]:
    return sorted(each.losers, key=lambda one: -one[0])


def _caps_text(caps: set[Decimal]) -> str | None:
    if not caps:
        return None
    least, most = min(caps), max(caps)
    return shown(least) if least == most else f"{shown(least)}至{shown(most)}"


def shortfalls_table(collection: Collection) -> Table:
    """失分明细: every shortfall with its reason and action and its cell."""
    table = Table(
        "失分明细",
        (
            Column("单位代码", 14, Kind.CENTER),
            Column("单位名称", 26),
            Column("指标", 40),
            Column("分值", 8, Kind.SCORE),
            Column("得分", 8, Kind.SCORE),
            Column("失分", 8, Kind.SCORE),
            Column("失分率", 9, Kind.RATE),
            Column("未达标原因", 40),
            Column("改进措施", 34),
            Column("文件", 34),
            Column("工作表", 12),
            Column("单元格", 9, Kind.CENTER),
        ),
        frozen=3,
    )
    for one in counted(collection):
        names = paths_by_place(one.entry)
        for each in one.entry.shortfalls:
            source = one.source(each.place)
            table.add(
                [
                    one.unit.code,
                    one.unit.name,
                    "·".join(names.get(each.place) or folded(each.path)),
                    each.max_score,
                    each.score,
                    each.lost,
                    rate_of(each.lost, each.max_score),
                    _told(each.reason),
                    _told(each.action),
                    source.shown,
                    source.sheet,
                    source.cell,
                ],
                {11: source},
            )
    return table


def _told(text: str | None) -> str:
    return "本表无此栏" if text is None else text.strip() or "未写"
