"""抽查建议: what a look across units suggests to look at first."""

from perfxl.batch.advice.model import Advised
from perfxl.batch.summary.table import Column, Kind, Source, Table

ADVICE = "抽查建议"  # the sheet
_NAMED = 10


def advice_table(advised: Advised) -> Table:
    """抽查建议: the most telling first; advice only, no finding against anybody."""
    table = Table(
        ADVICE,
        (
            Column("次序", 7, Kind.COUNT),
            Column("规则", 8, Kind.CENTER),
            Column("情形", 16, Kind.CENTER),
            Column("单位数", 8, Kind.COUNT),
            Column("单位", 40),
            Column("说明", 60),
            Column("怎么看", 30),
            Column("例如：文件", 36),
            Column("工作表", 12),
            Column("单元格", 9, Kind.CENTER),
        ),
        frozen=2,
        note="；".join(("只供抽查参考，不是错误，不影响报送", *_left_aside(advised))),
    )
    for number, each in enumerate(advised.advice, 1):
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
                each.fix,
                source.shown,
                place.sheet,
                place.cell or None,
            ],
            {table.column("单元格"): source},
        )
    return table


def _left_aside(advised: Advised) -> list[str]:
    """The rules that did not run, and why: what is not listed is then no sign of anything."""
    by_reason: dict[str, list[str]] = {}
    for one in advised.skipped:
        by_reason.setdefault(one.reason, []).append(one.code)
    told = [f"未核对{'、'.join(codes)}：{reason}" for reason, codes in by_reason.items()]
    return told + [f"{one.rule}运行出错（{one.code}），没有结果" for one in advised.failures]
