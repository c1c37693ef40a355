"""A report for people at a console."""

from collections.abc import Iterator, Sequence

from perfxl.model.finding import Finding, MissedTarget, Severity, Shortfall
from perfxl.model.form import Decision
from perfxl.model.number import shown
from perfxl.model.report import Entry, Outcome, Report
from perfxl.render.folding import Folded, fold
from perfxl.render.terminal import (
    Piece,
    Style,
    cut,
    display_width,
    gbk_safe,
    line,
    one_line,
    pad,
    wrap,
)
from perfxl.render.wording import (
    WAIVED,
    grade_text,
    leaf_name,
    outcome_text,
    percent_text,
    place_text,
    scheme_text,
    skipped_text,
    total_text,
    verdict_text,
    waived_text,
    written_text,
)

DEFAULT_WIDTH = 80
_MIN_WIDTH = 60
_MAX_NAME, _MAX_CELL = 40, 24  # columns of a table's cells
_MAX_PLACE = 18  # columns; a long sheet name goes on a line of its own
_STYLES = {Severity.ERROR: Style.RED, Severity.VERIFY: Style.BLUE, Severity.NOTICE: Style.DIM}
_OUTCOMES = {
    Outcome.PASS: Style.GREEN, Outcome.FAIL: Style.RED, Outcome.UNREADABLE: Style.RED,
}  # fmt: skip


def render_text(report: Report, color: bool = False, width: int = DEFAULT_WIDTH) -> str:
    """The report as text; its last line is the verdict on the whole run.

    Args:
        report: what a run found.
        color: whether to use ANSI colours.
        width: columns of the console; below 60 it is taken as 60.

    Returns:
        Lines that a GBK console can show, without a final line break.
    """
    writer = _Writer(color, max(width, _MIN_WIDTH))
    for entry in report.entries:
        writer.entry(entry)
    for failure in report.failures:
        detail = f"规则{failure.rule}运行出错：{failure.detail}"
        writer.hanging([(f"{failure.code} ", Style.RED)], detail)
    if report.failures:
        writer.blank()
    is_clean = not report.failures and all(e.outcome is Outcome.PASS for e in report.entries)
    verdict = verdict_text(report.entries, len(report.failures))
    writer.add([(verdict, Style.GREEN if is_clean else Style.BOLD)])
    return "\n".join(writer.lines)


class _Writer:
    """Collects the lines."""

    def __init__(self, color: bool, width: int) -> None:
        self.lines: list[str] = []
        self._color = color
        self._width = width

    def add(self, pieces: list[Piece]) -> None:
        self.lines.append(line(pieces, color=self._color))

    def blank(self) -> None:
        self.lines.append("")

    def hanging(self, lead: list[Piece], text: str, style: Style = Style.PLAIN) -> None:
        """A lead, then the text wrapped beside it; further lines start under the text."""
        indent = sum(display_width(gbk_safe(piece)) for piece, _ in lead)
        rows = list(wrap(gbk_safe(one_line(text)), max(20, self._width - indent)))
        for number, row in enumerate(rows or [""]):
            self.add([*(lead if number == 0 else [(" " * indent, Style.PLAIN)]), (row, style)])

    def entry(self, entry: Entry) -> None:
        """One table, or one file in which none could be read."""
        self._head(entry)
        folded = fold(entry.findings)
        standing = [one for one in folded if one.finding.waived is None]
        for severity in Severity:
            level = [one for one in standing if one.finding.severity is severity]
            self._findings(entry, severity.label, level, _STYLES[severity])
        passed = [one for one in folded if one.finding.waived is not None]
        self._findings(entry, WAIVED, passed, Style.DIM)
        if entry.shortfalls:
            self._shortfalls(entry, entry.shortfalls)
        if entry.missed_targets:
            self._missed(entry, entry.missed_targets)
        if entry.decisions:
            self._decisions(entry, entry.decisions)
        if entry.skipped:
            text = f"未核对的规则{len(entry.skipped)}条：{skipped_text(entry.skipped)}"
            self.hanging([("  ", Style.PLAIN)], text, Style.DIM)
        self.blank()

    def _head(self, entry: Entry) -> None:
        inside = f"（压缩包内 {entry.member}）" if entry.member else ""
        sheet = f" > {entry.sheet}" if entry.sheet else ""
        self.hanging([], f"{entry.path}{inside}{sheet}", Style.BOLD)
        for text in _facts(entry):
            self.hanging([("  ", Style.PLAIN)], text, Style.DIM)
        self.hanging([("  ", Style.PLAIN)], outcome_text(entry), _OUTCOMES[entry.outcome])

    def _title(self, text: str, style: Style = Style.BOLD) -> None:
        self.add([(f"  {text}", style)])

    def _findings(self, entry: Entry, title: str, folded: Sequence[Folded], style: Style) -> None:
        if not folded:
            return
        self._title(title, style)
        places = [place_text(one.finding.place, entry.sheet) for one in folded]
        room = min(_MAX_PLACE, max(map(display_width, map(gbk_safe, places))))
        for one, place in zip(folded, places, strict=True):
            self._finding(one, gbk_safe(one_line(place)), room, entry)

    def _finding(self, folded: Folded, place: str, room: int, entry: Entry) -> None:
        finding = folded.finding
        lead = f"    {pad(place, room)}  "
        if display_width(place) > room:
            self.add([(f"    {place}", Style.BOLD)])
            lead = " " * (room + 6)
        self.hanging([(lead, Style.BOLD)], finding.message)
        margin = " " * (room + 6)
        for consequence in folded.consequences:
            self.hanging([(f"{margin}连带：", Style.DIM)], _consequence(consequence, entry))
        codes = [finding.code, *(consequence.code for consequence in folded.consequences)]
        code = "、".join(dict.fromkeys(codes))
        if finding.waived is not None:
            self.hanging([(margin, Style.DIM)], waived_text(finding.waived), Style.DIM)
            self._append(f"  {code}")
            return
        if finding.answer:
            self.hanging([(f"{margin}单位说明：", Style.DIM)], finding.answer)
            self._append(f"  {code}")
            return
        if not finding.fix:
            self.add([(f"{margin}{code}", Style.DIM)])
            return
        self.hanging([(f"{margin}怎么改：", Style.DIM)], finding.fix)
        self._append(f"  {code}")

    def _append(self, tail: str) -> None:
        """Put a small remark at the end of the last line, or on one of its own."""
        last = self.lines[-1]
        if display_width(_uncolored(last)) + display_width(tail) <= self._width:
            self.lines[-1] = last + line([(tail, Style.DIM)], color=self._color)
        else:
            self.add([(" " * max(0, self._width - display_width(tail)) + tail, Style.DIM)])

    def _shortfalls(self, entry: Entry, shortfalls: Sequence[Shortfall]) -> None:
        lost = shown(sum((s.lost for s in shortfalls), start=shortfalls[0].lost * 0))
        self._title(f"失分{len(shortfalls)}项，共{lost}分")
        self._table(
            ("位置", "指标", "分值", "得分", "失分", "比例", "原因", "措施"),
            [_shortfall_row(shortfall, entry) for shortfall in shortfalls],
            flexible=1,
            right=(2, 3, 4, 5),
            style=Style.AMBER,
        )

    def _missed(self, entry: Entry, missed: Sequence[MissedTarget]) -> None:
        self._title(f"未达目标{len(missed)}项")
        rows = [
            (place_text(m.place, entry.sheet), leaf_name(m.path), m.target, m.actual)
            for m in missed
        ]
        self._table(("位置", "指标", "目标值", "实际完成值"), rows, flexible=1)

    def _decisions(self, entry: Entry, decisions: Sequence[Decision]) -> None:
        self._title("读表说明", Style.DIM)
        for decision in decisions:
            place = place_text(decision.place, entry.sheet)
            self.hanging([(f"    {place}  ", Style.DIM)], decision.message, Style.DIM)

    def _table(
        self,
        head: tuple[str, ...],
        rows: Sequence[tuple[str, ...]],
        *,
        flexible: int,
        right: tuple[int, ...] = (),
        style: Style = Style.PLAIN,
    ) -> None:
        """Aligned columns; the flexible one gives way where the console is narrow."""
        limits = [_MAX_NAME if i == flexible else _MAX_CELL for i in range(len(head))]
        safe = [
            tuple(cut(gbk_safe(one_line(c)), n) for c, n in zip(row, limits, strict=True))
            for row in rows
        ]
        widths = [max(display_width(row[i]) for row in (head, *safe)) for i in range(len(head))]
        spare = self._width - 4 - 2 * (len(head) - 1) - sum(widths)
        if spare < 0:
            widths[flexible] = max(8, widths[flexible] + spare)
        for number, row in enumerate((head, *safe)):
            cells = [
                pad(cut(cell, width), width, right=i in right)
                for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            self.add([("    " + "  ".join(cells), style if number else Style.DIM)])


def _facts(entry: Entry) -> Iterator[str]:
    """What the table says of itself: unit and year, scheme, total and grade."""
    named = (("单位", entry.unit), ("年度", entry.year), ("方案", _scheme_of(entry)))
    known = [f"{name} {value}" for name, value in named if value]
    if known:
        yield "｜".join(known)
    if entry.sheet:
        grade = grade_text(entry.grade)
        yield f"总分 {total_text(entry.total)}" + (f"｜等级 {grade}" if grade else "")


def _scheme_of(entry: Entry) -> str:
    return scheme_text(entry.scheme) if entry.sheet else ""


def _consequence(finding: Finding, entry: Entry) -> str:
    return f"{place_text(finding.place, entry.sheet)} {finding.message}"


def _shortfall_row(shortfall: Shortfall, entry: Entry) -> tuple[str, ...]:
    return (
        place_text(shortfall.place, entry.sheet),
        leaf_name(shortfall.path),
        shown(shortfall.max_score),
        shown(shortfall.score),
        shown(shortfall.lost),
        percent_text(shortfall.lost_rate),
        written_text(shortfall.reason),
        written_text(shortfall.action),
    )


def _uncolored(text: str) -> str:
    while "\x1b[" in text:
        before, _, after = text.partition("\x1b[")
        text = before + after.partition("m")[2]
    return text
