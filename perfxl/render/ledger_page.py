"""A ledger as sheets: one row a step, so that it can be filtered, printed and filed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.engine.ledger.entry import SCORED, Entry, walk
from perfxl.engine.ledger.record import Asked, TracedFile
from perfxl.engine.ledger.worked import figure
from perfxl.model.page import Item, Look, Page
from perfxl.render.ledger_wording import (
    is_doubtful,
    is_wrong,
    kind_text,
    missing_text,
    recomputed_text,
    remark_text,
    standard_text,
    value_text,
    verdict_text,
)
from perfxl.render.wording import scheme_text

_COLUMNS = (
    ("层级", 6), ("类别", 12), ("项目", 34), ("位置", 24), ("分值", 8), ("表上", 12),
    ("算得", 12), ("核对", 20), ("标准或算法", 40), ("计算过程", 38), ("说明", 22),
)  # fmt: skip
_INDENT = "　"  # a full-width blank, which Excel keeps


def ledger_pages(traced: TracedFile, asked: Sequence[Asked]) -> list[Page]:
    """A sheet for each figure asked for; links lead to the cells of the workbook itself."""
    names: set[str] = set()
    return [_page(traced, one, names) for one in asked]


def _page(traced: TracedFile, one: Asked, names: set[str]) -> Page:
    page = Page(_sheet_name(one, names), tuple(float(width) for _, width in _COLUMNS))
    span = len(_COLUMNS)
    page.rows.append([Item(f"{one.entry.label}：从哪里来", Look.TITLE, span)])
    whose = "｜".join(filter(None, (traced.path, one.table.sheet, traced.unit, traced.year)))
    page.rows.append([Item(f"{whose}｜方案 {scheme_text(one.table.scheme)}", Look.MUTED, span)])
    page.rows.append([Item(f"文件的 SHA-256：{traced.sha256}", Look.MUTED, span)])
    page.rows.append([Item(name, Look.HEAD) for name, _ in _COLUMNS])
    page.rows += [_row(depth, entry) for depth, entry in walk(one.entry)]
    return page


def _sheet_name(one: Asked, taken: set[str]) -> str:
    """Short, without what Excel forbids in the name of a sheet, each once."""
    kept = "".join(c for c in one.entry.label if c not in "[]:*?/\\'")[:20] or "说明"
    name, number = kept, 1
    while name.casefold() in taken:
        number += 1
        name = f"{kept}{number}"
    taken.add(name.casefold())
    return name


def _row(depth: int, entry: Entry) -> list[Item]:
    place = entry.place
    told = " ".join(filter(None, (verdict_text(entry), recomputed_text(entry))))
    look = Look.ERROR if is_wrong(entry) else Look.VERIFY if is_doubtful(entry) else Look.TEXT
    return [
        Item(Decimal(depth + 1), Look.CENTER),
        Item(kind_text(entry)),
        Item(_INDENT * depth + entry.label),
        Item(f"{place.sheet}!{place.cell}", Look.LINK, link=place) if place else Item(""),
        _cap(entry.max_score),
        _figure(entry, entry.stated),
        _figure(entry, entry.computed),
        Item(told, look if told else Look.TEXT),
        Item(standard_text(entry)),
        Item(entry.worked),
        Item("；".join(_remarks(entry))),
    ]


def _cap(value: Decimal | None) -> Item:
    return Item("", Look.CENTER) if value is None else Item(value, Look.SCORE)


def _figure(entry: Entry, value: object) -> Item:
    """Points as numbers, other figures as they are said: 89.51%, 3个, 是."""
    if isinstance(value, Decimal):
        if entry.kind in SCORED:
            return Item(value, Look.SCORE)
        return Item(figure(value, entry.unit), Look.CENTER)
    return Item(value_text(value, entry.unit) if isinstance(value, str) else "", Look.CENTER)


def _remarks(entry: Entry) -> Iterator[str]:
    yield from filter(None, (missing_text(entry), remark_text(entry)))
