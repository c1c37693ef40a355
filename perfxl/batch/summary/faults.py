"""问题清单: every finding of every return that counts, with its file and cell.

Of a unit without such a return, what is wrong with the files that came.
"""

from collections.abc import Iterable, Iterator

from perfxl.batch.model import Collection, Received, Unit, UnitOutcome
from perfxl.batch.summary.counted import folded
from perfxl.batch.summary.table import Column, Kind, Source, Table
from perfxl.model.finding import Finding
from perfxl.model.report import Entry

WAIVED = "已豁免"


def faults_table(collection: Collection) -> Table:
    """问题清单: a line per finding, in the ledger's order."""
    table = Table(
        "问题清单",
        (
            Column("单位代码", 14, Kind.CENTER),
            Column("单位名称", 26),
            Column("级别", 8, Kind.CENTER),
            Column("规则", 8, Kind.CENTER),
            Column("指标", 30),
            Column("问题", 50),
            Column("怎么改", 36),
            Column("现为", 10),
            Column("应为", 10),
            Column("文件", 34),
            Column("工作表", 12),
            Column("单元格", 9, Kind.CENTER),
            Column("由何处引起", 12, Kind.CENTER),
            Column("单位说明", 30),
        ),
        frozen=2,
        note="点单元格打开来源文件；压缩包内的文件请先解压",
    )
    for outcome in collection.outcomes:
        for received in told_of(outcome):
            _add_all(table, outcome.unit, received)
    return table


def told_of(outcome: UnitOutcome) -> tuple[Received, ...]:
    """The files whose findings concern a unit: the one that counts, else all but copies."""
    if outcome.chosen:
        return (outcome.chosen,)
    return tuple(other for other in outcome.others if not other.is_copy_of)


def told_entries(outcomes: Iterable[UnitOutcome]) -> Iterator[Entry]:
    """The checks whose findings 问题清单 lists."""
    for outcome in outcomes:
        for received in told_of(outcome):
            yield from received.entries


def answered(entries: Iterable[Entry]) -> int:
    """Findings that their unit wrote an answer to; they count as 请核实 all the same."""
    return sum(
        bool(finding.answer) and finding.waived is None
        for entry in entries
        for finding in entry.findings
    )


def _add_all(table: Table, unit: Unit, chosen: Received) -> None:
    for entry in chosen.entries:
        for finding in sorted(entry.findings, key=lambda each: each.severity.rank):
            _add(table, unit, entry, finding)


def _add(table: Table, unit: Unit, entry: Entry, finding: Finding) -> None:
    source = Source(entry.path, entry.member, finding.place.sheet, finding.place.cell)
    cause = finding.caused_by
    table.add(
        [
            unit.code,
            unit.name,
            WAIVED if finding.waived else finding.severity.label,
            finding.code,
            "·".join(folded(finding.path)) or None,
            finding.message,
            finding.fix or None,
            finding.provided or None,
            finding.expected or None,
            source.shown,
            finding.place.sheet or None,
            finding.place.cell or "整个文件",
            cause.place.cell if cause else None,
            finding.answer or None,
        ],
        {11: source},
    )
