"""等级分布: how many returns have which grade and which share of the points, by district."""

from collections.abc import Sequence
from decimal import Decimal

from perfxl.batch.model import Collection
from perfxl.batch.summary.counted import Counted, counted
from perfxl.batch.summary.progress import NO_DISTRICT
from perfxl.batch.summary.table import Column, Kind, Table
from perfxl.model.grade import Grade

UNKNOWN = "未填或算不出"
GRADES: tuple[str, ...] = (*(grade.value for grade in Grade), UNKNOWN)
_BANDS = (
    ("95%及以上", Decimal("0.95"), None),
    ("90%至95%", Decimal("0.9"), Decimal("0.95")),
    ("80%至90%", Decimal("0.8"), Decimal("0.9")),
    ("60%至80%", Decimal("0.6"), Decimal("0.8")),
    ("不到60%", None, Decimal("0.6")),
)


def grades_table(collection: Collection) -> Table:
    """等级分布: grades as stated and as the scores earn."""
    tables = counted(collection)
    table = Table(
        "等级分布",
        (
            Column("等级", 16, Kind.CENTER),
            Column("表上等级", 11, Kind.COUNT),
            Column("按得分等级", 11, Kind.COUNT),
        ),
    )
    stated = [_grade(one.entry.grade.stated) for one in tables]
    computed = [_grade(one.entry.grade.computed) for one in tables]
    for grade in GRADES:
        table.add([grade, stated.count(grade), computed.count(grade)])
    return table


def _grade(grade: Grade | None) -> str:
    return grade.value if grade else UNKNOWN


def bands_table(collection: Collection) -> Table:
    """得分率分布: how many returns lie in which band; unknown ones by themselves."""
    rates = [one.rate for one in counted(collection)]
    known = [rate for rate in rates if rate is not None]
    table = Table("得分率分布", (Column("得分率", 16, Kind.CENTER), Column("表数", 11, Kind.COUNT)))
    for name, low, high in _BANDS:
        inside = [r for r in known if (low is None or r >= low) and (high is None or r < high)]
        table.add([name, len(inside)])
    table.add([UNKNOWN, len(rates) - len(known)])
    return table


def district_grades_table(collection: Collection) -> Table:
    """区县等级: stated grades and mean total by district."""
    table = Table(
        "区县等级",
        (
            Column("区县", 16),
            Column("计入的表", 11, Kind.COUNT),
            *(Column(grade, 11, Kind.COUNT) for grade in GRADES),
            Column("平均得分率", 11, Kind.RATE),
            Column("有得分率的表", 13, Kind.COUNT),
        ),
    )
    by_district: dict[str, list[Counted]] = {}
    for one in counted(collection):
        by_district.setdefault(one.unit.district or NO_DISTRICT, []).append(one)
    for district, tables in by_district.items():
        stated = [_grade(one.entry.grade.stated) for one in tables]
        rates = [one.rate for one in tables if one.rate is not None]
        counts = (stated.count(grade) for grade in GRADES)
        table.add([district, len(tables), *counts, mean(rates), len(rates)])
    return table


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The mean; None of nothing."""
    return sum(values, Decimal(0)) / len(values) if values else None
