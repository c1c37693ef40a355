"""抽查建议: what a look across units suggests to look at first."""

from collections.abc import Sequence

from perfxl.batch.advice.model import Advice
from perfxl.batch.summary.table import Column, Kind, Source, Table

_NAMED = 10


def advice_table(advice: Sequence[Advice]) -> Table:
    """抽查建议: the most telling first; advice only, no finding against anybody."""
    table = Table(
        "抽查建议",
        (
            Column("次序", 7, Kind.COUNT),
            Column("规则", 8, Kind.CENTER),
            Column("情形", 16, Kind.CENTER),
            Column("单位数", 8, Kind.COUNT),
            Column("单位", 40),
            Column("说明", 60),
            Column("例如：文件", 36),
            Column("工作表", 12),
            Column("单元格", 9, Kind.CENTER),
        ),
        frozen=2,
        note="只供抽查参考，不是错误，不影响报送",
    )
    for number, each in enumerate(advice, 1):
        place = each.places[0]
        source = Source(place.file, place.member, place.sheet, place.cell)
        names = "、".join(each.units[:_NAMED])
        more = f" 等{len(each.units)}家" if len(each.units) > _NAMED else ""
        table.add(
            [
                number,
                each.code,
                each.title,
                len(each.units),
                names + more,
                each.message,
                source.shown,
                place.sheet,
                place.cell or None,
            ],
            {8: source},
        )
    return table
