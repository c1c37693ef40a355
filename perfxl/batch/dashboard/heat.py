"""The heat map: unit by indicator, deeper where more of the points were lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.batch.summary.counted import Counted, indicator_paths
from perfxl.model.number import shown
from perfxl.model.report import LeafScore

_MAX_CELLS = 100_000  # more open slowly; then rows are left out and the page says so
_MAX_COLUMNS = 1_000
_PRINTED = 60  # columns that a sheet of paper holds
_SMALL, _LARGE = Decimal("0.1"), Decimal("0.5")


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """An indicator: its name, the whole path and the group it belongs to."""

    name: str
    path: str
    group: str


@dataclass(frozen=True, slots=True)
class HeatCell:
    """`kind` is full, short-1 … short-3, over, unknown or absent; `text` stands in the cell.

    `told` is what the page's script makes a sentence of, short because there are very many cells:
    score/cap, or in words what there is instead.
    """

    kind: str
    text: str
    told: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A table: the unit's number on the page, its name, points lost (for sorting) and cells."""

    number: int
    name: str
    rate: str
    order: int
    lost: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatView:
    """The map; `groups` are first-level names with how many columns they span.

    It `is_printed` where it is not too wide for paper.
    """

    columns: tuple[HeatColumn, ...]
    groups: tuple[tuple[str, int], ...]
    rows: tuple[HeatRow, ...]
    note: str
    is_printed: bool


def heat_view(tables: Sequence[Counted], numbers: Mapping[str, int]) -> HeatView:
    """The map of all tables; of very many only those that lost most, which the note says."""
    all_paths = indicator_paths(tables)
    paths = all_paths[:_MAX_COLUMNS]
    columns = tuple(HeatColumn(path[-1], "·".join(path), path[0]) for path in paths)
    shown_tables = list(tables)
    notes = []
    most = _MAX_CELLS // max(len(paths), 1)
    if len(tables) > most:
        by_loss = sorted(range(len(tables)), key=lambda i: (-_lost(tables[i]), i))[:most]
        shown_tables = [tables[i] for i in sorted(by_loss)]
        notes.append(f"共{len(tables)}张表，这里只列失分最多的{most}张，其余见汇总表“得分汇总”页")
    if len(all_paths) > len(paths):
        left_out = len(all_paths) - len(paths)
        notes.append(f"另有{left_out}项指标没有列出，见汇总表“指标失分”页")
    rows = tuple(
        _row(order, one, paths, numbers[one.unit.code]) for order, one in enumerate(shown_tables)
    )
    is_printed = len(columns) <= _PRINTED
    return HeatView(columns, _groups(columns), rows, "；".join(notes), is_printed)


def _groups(columns: Sequence[HeatColumn]) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for column in columns:
        if found and found[-1][0] == column.group:
            found[-1] = (column.group, found[-1][1] + 1)
        else:
            found.append((column.group, 1))
    return tuple(found)


def _lost(one: Counted) -> Decimal:
    return sum((each.lost for each in one.entry.shortfalls), Decimal(0))


def _row(order: int, one: Counted, paths: Sequence[tuple[str, ...]], number: int) -> HeatRow:
    leaves = dict(one.scores())
    rate = "—" if one.entry.total.computed is None else shown(one.entry.total.computed)
    cells = tuple(_cell(leaves.get(path)) for path in paths)
    return HeatRow(number, one.unit.name, rate, order, shown(_lost(one)), cells)


def _cell(leaf: LeafScore | None) -> HeatCell:
    if leaf is None or not leaf.is_applicable:
        why = "本表没有这个指标" if leaf is None else "不适用"
        return HeatCell("absent", "", why)
    if leaf.score is None or leaf.max_score is None:
        raw = " ".join(leaf.raw.split())[:20]
        why = f"填的是“{raw}”，不是数字" if raw else "空白"
        return HeatCell("unknown", "?", why)
    told = f"{shown(leaf.score)}/{shown(leaf.max_score)}"
    lost = leaf.max_score - leaf.score
    if lost == 0:
        return HeatCell("full", "", told)
    if lost < 0:
        return HeatCell("over", f"+{shown(-lost)}", told)
    return HeatCell(_depth(lost, leaf.max_score), shown(lost), told)


def _depth(lost: Decimal, cap: Decimal) -> str:
    if not cap or lost >= cap * _LARGE:
        return "short-3"
    return "short-2" if lost >= cap * _SMALL else "short-1"
