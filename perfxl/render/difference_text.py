"""Two versions of a return for people at a console."""

from collections.abc import Iterator

from perfxl.engine.difference.record import Change, Difference, Fate, Traced
from perfxl.model.finding import Severity
from perfxl.model.report import Entry
from perfxl.render.difference_wording import (
    ASKED,
    change_text,
    places_text,
    silent_heading,
    summary_text,
    values_text,
    why_text,
)
from perfxl.render.terminal import (
    Piece,
    Style,
    cut,
    display_width,
    gbk_safe,
    line,
    one_line,
    wrap,
)
from perfxl.render.wording import (
    grade_text,
    outcome_text,
    place_text,
    total_text,
    waived_text,
)

DEFAULT_WIDTH = 80
_LONGEST = 60  # columns of a text as it stood and stands
_STYLES = {Severity.ERROR: Style.RED, Severity.VERIFY: Style.BLUE, Severity.NOTICE: Style.DIM}


def render_difference(
    difference: Difference, color: bool = False, width: int = DEFAULT_WIDTH
) -> str:
    """What became of the findings and what else was changed; the last line sums it up.

    Args:
        difference: the two versions compared.
        color: whether to use ANSI colours.
        width: columns of the console.
    """
    lines: list[str] = []
    for pieces, text in _all(difference):
        lead = sum(display_width(gbk_safe(piece)) for piece, _ in pieces)
        rows = list(wrap(gbk_safe(one_line(text)), max(20, width - lead))) or [""]
        for number, row in enumerate(rows):
            start = pieces if number == 0 else [(" " * lead, Style.PLAIN)]
            lines.append(line([*start, (row, Style.PLAIN)], color=color).rstrip())
    return "\n".join(lines)


Line = tuple[list[Piece], str]


def _all(difference: Difference) -> Iterator[Line]:
    for name, entries in (("前", difference.before), ("后", difference.after)):
        for entry in entries:
            yield from _head(name, entry)
    for remark in difference.remarks:
        yield [("说明 ", Style.DIM)], remark
    yield [], ""
    for fate in Fate:
        found = difference.of(fate)
        if found:
            yield [(f"{fate.label}（{len(found)}处）", Style.BOLD)], ""
            for traced in found:
                yield from _finding(traced)
            yield [], ""
    yield from _changes(difference)
    for failure in difference.failures:
        yield [(f"{failure.code} ", Style.RED)], f"规则{failure.rule}运行出错：{failure.detail}"
    yield [], summary_text(difference)


def _head(name: str, entry: Entry) -> Iterator[Line]:
    sheet = f" > {entry.sheet}" if entry.sheet else ""
    yield [(f"{name} ", Style.BOLD)], f"{entry.path}{sheet}"
    if entry.sheet:
        grade = grade_text(entry.grade)
        grade = f"｜等级 {grade}" if grade else ""
        yield [("   ", Style.DIM)], f"总分 {total_text(entry.total)}{grade}"
    yield [("   ", Style.DIM)], outcome_text(entry)


def _finding(traced: Traced) -> Iterator[Line]:
    finding = traced.finding
    label = f"  {finding.severity.label} "
    if traced.fate is Fate.FIXED:
        yield (
            [("  ", Style.PLAIN)],
            f"{_where(traced)} {finding.message}（{finding.code}）",
        )
        return
    yield [(label, _STYLES[finding.severity])], f"{_where(traced)} {finding.message}"
    indent = [(" " * display_width(label), Style.DIM)]
    if finding.waived:
        yield indent, f"{waived_text(finding.waived)}  {finding.code}"
        return
    if traced.answer:
        yield indent, f"单位说明：{traced.answer}"
    if traced.fate in (Fate.NEW, Fate.OPEN) and finding.fix:
        yield indent, f"怎么改：{finding.fix}  {finding.code}"
    else:
        yield indent, finding.code


def _where(traced: Traced) -> str:
    """The cell now; with the one before where the row has moved."""
    now = place_text(traced.finding.place, "")
    if traced.before and traced.after and traced.before.place != traced.after.place:
        return f"{now}（原{place_text(traced.before.place, '')}）"
    return now


def _changes(difference: Difference) -> Iterator[Line]:
    silent = difference.silent
    if silent:
        yield [(silent_heading(silent), Style.BOLD)], ""
        for change in silent:
            yield from _change(change)
        yield [], ""
    asked = [change for change in difference.changes if not change.is_silent]
    if asked:
        yield [(f"{ASKED}（{len(asked)}处）", Style.BOLD)], ""
        for change in asked:
            yield from _change(change)
        yield [], ""


def _change(change: Change) -> Iterator[Line]:
    before, after = (cut(gbk_safe(one_line(text)), _LONGEST) for text in values_text(change))
    why = why_text(change)
    told = change_text(change, before, after) + (f"（{why}）" if why else "")
    style = Style.AMBER if change.is_silent else Style.DIM
    yield [("  · ", style)], f"{told}  {places_text(change)}"
