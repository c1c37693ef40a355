"""A ledger for people at a console: each figure, and below it what it comes from."""

from collections.abc import Iterator, Sequence

from perfxl.engine.ledger.entry import SCORED, Entry, Kind
from perfxl.engine.ledger.record import Asked, TracedFile, TracedTable
from perfxl.model.number import shown
from perfxl.render.ledger_wording import (
    is_doubtful,
    is_wrong,
    missing_text,
    recomputed_text,
    remark_text,
    standard_text,
    stated_text,
    value_text,
    verdict_text,
)
from perfxl.render.terminal import Piece, Style, display_width, gbk_safe, line, one_line, wrap
from perfxl.render.wording import path_text, place_text, scheme_text

DEFAULT_WIDTH = 80
_MIN_WIDTH = 60
_STEP = 2
_DEEPEST = 12  # steps to the right; deeper ones stay in line
_MOST_NAMED = 2  # figures that lack, in one line
_FEW = 8  # items of a list that are all shown


def render_ledger(
    traced: TracedFile, asked: Sequence[Asked], *, color: bool = False, width: int = DEFAULT_WIDTH
) -> str:
    """The figures asked for, each with what it comes from; the last line says the result.

    Args:
        traced: the ledgers of a workbook.
        asked: what of them is shown; a total or a group down to its indicators.
        color: whether to use ANSI colours.
        width: columns of the console; below 60 it is taken as 60.
    """
    writer = _Writer(traced, color, max(width, _MIN_WIDTH))
    writer.head()
    for one in asked:
        writer.asked(one)
    return "\n".join(writer.lines)


class _Writer:
    def __init__(self, traced: TracedFile, color: bool, width: int) -> None:
        self.lines: list[str] = []
        self._traced = traced
        self._color = color
        self._width = width
        self._home = ""

    def head(self) -> None:
        """The file, and whose return it is."""
        self._hanging([], self._traced.path, Style.BOLD)
        named = (("单位", self._traced.unit), ("年度", self._traced.year))
        known = [f"{name} {one_line(value)}" for name, value in named if value]
        if known:
            self._hanging([("  ", Style.PLAIN)], "｜".join(known), Style.DIM)

    def asked(self, one: Asked) -> None:
        """A figure with its table, and below it what it comes from."""
        self._home = one.table.sheet
        self.lines.append("")
        self._hanging([], self._where(one.entry, one.table), Style.DIM)
        is_sum = one.entry.kind in (Kind.TOTAL, Kind.GROUP)
        self._figure(one.entry, 0, down_to=Kind.SCORE if is_sum else None)
        self.lines.append("")
        self._hanging([], _result(one.entry), _style(one.entry) or Style.BOLD)

    def _where(self, entry: Entry, table: TracedTable) -> str:
        path = f"｜{path_text(entry.path[:-1])}" if len(entry.path) > 1 else ""
        return f"工作表 {table.sheet}｜方案 {scheme_text(table.scheme)}{path}"

    def _figure(self, entry: Entry, depth: int, down_to: Kind | None) -> None:
        self._headline(entry, depth)
        is_last = entry.kind is down_to
        details = _short_details(entry) if is_last else _details(entry, is_asked=depth == 0)
        margin = " " * (_STEP * (min(depth, _DEEPEST) + 1))
        for name, text, style in details:
            self._hanging([(f"{margin}{name} ", Style.DIM)], text, style)
        if is_last:
            return
        for child in _shown(entry):
            self._figure(child, depth + 1, down_to)
        if entry.kind is Kind.LIST and len(entry.children) > _FEW:
            hidden = len(entry.children) - sum(1 for _ in _shown(entry))
            if hidden:
                self._hanging([(f"{margin}  ", Style.DIM)], f"其余{hidden}项为100%", Style.DIM)

    def _headline(self, entry: Entry, depth: int) -> None:
        value = stated_text(entry) or value_text(entry.computed, entry.unit) or _absent(entry)
        cap = f" / {shown(entry.max_score)}分" if entry.max_score is not None else ""
        is_label = entry.kind is Kind.GROUP and entry.stated is None
        at = "" if entry.place is None or is_label else place_text(entry.place, self._home)
        margin = " " * (_STEP * min(depth, _DEEPEST))
        self._hanging(
            [(margin, Style.PLAIN)],
            f"{entry.label}  {value}{cap}{f'  （{at}）' if at else ''}",
            Style.BOLD if entry.kind in SCORED else Style.PLAIN,
        )

    def _hanging(self, lead: list[Piece], text: str, style: Style = Style.PLAIN) -> None:
        indent = sum(display_width(gbk_safe(piece)) for piece, _ in lead)
        rows = list(wrap(gbk_safe(one_line(text)), max(20, self._width - indent)))
        for number, row in enumerate(rows or [""]):
            head = lead if number == 0 else [(" " * indent, Style.PLAIN)]
            self.lines.append(line([*head, (row, style)], color=self._color))


def _details(entry: Entry, *, is_asked: bool) -> Iterator[tuple[str, str, Style]]:
    """Lines below a figure: name, text, style."""
    style = _style(entry) or Style.PLAIN
    # Said once, where the question was; further down the blank figures show it.
    missing = missing_text(entry) if is_asked else ""
    for name, text, how in (
        ("核对", verdict_text(entry), style),
        ("重算", recomputed_text(entry), Style.AMBER),
        ("标准", standard_text(entry) if entry.kind is Kind.SCORE else "", Style.PLAIN),
        ("算法", standard_text(entry) if entry.kind is not Kind.SCORE else "", Style.PLAIN),
        ("计算", _worked(entry), Style.PLAIN),
        ("未算", missing, Style.AMBER),
        ("说明", remark_text(entry), Style.DIM),
    ):
        if text:
            yield name, text, how


def _worked(entry: Entry) -> str:
    """The line, unless it only repeats the one figure below."""
    only = entry.children[0] if len(entry.children) == 1 else None
    is_same = only is not None and entry.worked == value_text(only.value, only.unit)
    return "" if is_same else entry.worked


def _short_details(entry: Entry) -> Iterator[tuple[str, str, Style]]:
    """What of an indicator matters for the sum: how it compares, or why nobody can tell."""
    if entry.difference is not None:
        yield "核对", verdict_text(entry), _style(entry) or Style.PLAIN
    if entry.worked:
        yield "计算", entry.worked, Style.DIM
    elif missing := missing_text(entry, _MOST_NAMED):
        yield "未算", missing, Style.DIM


def _shown(entry: Entry) -> Iterator[Entry]:
    """The children; of a long list those that are not full."""
    if entry.kind is not Kind.LIST or len(entry.children) <= _FEW:
        yield from entry.children
        return
    yield from (child for child in entry.children if child.value != 1)


def _absent(entry: Entry) -> str:
    if entry.kind in (Kind.LIST, Kind.GROUP, Kind.TOTAL):
        return ""
    if entry.kind is Kind.MEASURE and entry.children:
        return "未算出"
    return "未填" if entry.place else "表上没有"


def _style(entry: Entry) -> Style | None:
    if is_wrong(entry):
        return Style.RED
    return Style.BLUE if is_doubtful(entry) else None


def _result(entry: Entry) -> str:
    """One line: what stands there, and whether it holds."""
    value = stated_text(entry) or value_text(entry.computed, entry.unit) or "未知"
    told = verdict_text(entry) or missing_text(entry, _MOST_NAMED)
    told = "；".join(filter(None, (told, recomputed_text(entry))))
    if not told and entry.kind is Kind.SCORE:
        told = "由人评定，不能复算"
    return f"{entry.label} {value}{f'：{told}' if told else ''}"
