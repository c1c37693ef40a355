"""What each button does with the book that is open; one place for live mode and file mode.

The grid comes from a saved copy or out of the running program; what is to change comes back as
`Changes`. Nothing is written but the report that 导出结果 puts beside the book.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from perfxl import __version__
from perfxl.addin.changes import Action, Changes, Message, PutFormula, Tone, refusal
from perfxl.addin.highlights import highlights_of
from perfxl.engine.ledger.entry import Entry as Figure
from perfxl.engine.ledger.entry import Kind, walk
from perfxl.engine.ledger.record import Asked, TracedFile
from perfxl.errors import OutputError, RefusedFile
from perfxl.model.address import from_a1
from perfxl.model.annotation import RESULT_SHEET
from perfxl.model.cells import Book
from perfxl.model.report import Outcome
from perfxl.pipeline import Checked, Options, check_book, report_of

_LONGEST = 900  # letters; a message box holds 1,023
_MOST = 6  # lines of one kind
_MARKED = "FL206"
_SCORES = (Kind.SCORE, Kind.GROUP, Kind.TOTAL)


@dataclass(frozen=True, slots=True)
class Request:
    """What was pressed.

    Attributes:
        action: the button.
        path: the open book's own full name; settings and reports lie beside it.
        sheet: the sheet that was shown, "" when not told.
        cell: the cell that was selected, A1, "" when not told.
    """

    action: Action
    path: Path
    sheet: str = ""
    cell: str = ""


def perform(request: Request, read: Callable[[], Book], options: Options) -> Changes:
    """Carry out a button.

    Args:
        request: what was pressed.
        read: gives the grid, our own annotation taken out, the answers in it kept in
            `Book.answers`; called at most once. A RefusedFile that it raises is told.
        options: what forms are judged by.

    Raises:
        SchemeError: a scheme is broken.
    """
    match request.action:
        case Action.CHECK:
            return _check(request, read, options)
        case Action.FILL:
            return _fill(read, options)
        case Action.WHY:
            return _why(request, read, options)
        case Action.CLEAN:
            return Changes(Message(Tone.INFO, "标色、批注和校验结果页已清除。"), clears=True)
        case Action.EXPORT:
            return _export(request, read, options)
        case Action.DOCTOR:
            return _doctor(request)


def _check(request: Request, read: Callable[[], Book], options: Options) -> Changes:
    from perfxl.render.page import marks, result_page

    seen: list[Book] = []

    def keep() -> Book:
        seen.append(_unremarked(read()))
        return seen[0]

    checked = check_book(request.path, None, keep, options)
    trouble = _unreadable(checked)
    if trouble:
        return refusal(trouble)
    found = [mark for entry in checked.entries for mark in marks(entry)]
    highlights, notes = highlights_of(seen[0], found)
    return Changes(
        _verdict(checked),
        clears=True,
        highlights=highlights,
        notes=notes,
        page=result_page(checked.entries, answers=checked.answers),
    )


def _unremarked(book: Book) -> Book:
    """The book without the remark on our marks: they are her own last press, and are replaced."""
    book.remarks = [remark for remark in book.remarks if remark.code != _MARKED]
    return book


def _unreadable(checked: Checked) -> str:
    """Why there is nothing to mark, "" when a table was read."""
    if checked.is_findings_list:
        return "这是本工具另存的问题清单，不是自评表。请打开原表再按“校验”。"
    if any(entry.outcome is not Outcome.UNREADABLE for entry in checked.entries):
        return ""
    findings = [finding for entry in checked.entries for finding in entry.findings]
    refused = next((f for f in findings if f.code.startswith("FL1")), None)
    if refused:
        return f"这个文件读不了：{refused.message}。\n{refused.fix}".rstrip()
    return "这个工作簿里没有找到自评表。\n请打开自评表，把它放到最前面，再按一次。"


def _verdict(checked: Checked) -> Message:
    from perfxl.render.wording import outcome_text

    several = len(checked.entries) > 1
    # The tables with errors come first, so that none is hidden behind those that pass.
    worst = sorted(checked.entries, key=lambda entry: entry.outcome is Outcome.PASS)
    lines = [
        f"{entry.sheet}　{outcome_text(entry)}" if several else outcome_text(entry)
        for entry in worst[:_MOST]
    ]
    if rest := worst[_MOST:]:
        bad = sum(entry.outcome is not Outcome.PASS for entry in rest)
        lines.append(f"另有{len(rest)}张表，" + (f"其中{bad}张没有通过。" if bad else "都通过。"))
    lost = sum(len(entry.shortfalls) for entry in checked.entries)
    if lost:
        lines.append(f"失分{lost}项，已标黄。")
    lines.append(f"详见“{RESULT_SHEET}”页；按“下一处”逐个看。改完再按“校验”。")
    if checked.failures:
        lines.append(f"有{len(checked.failures)}条规则运行出错，结果可能不全，请告诉维护者。")
    is_pass = all(entry.outcome is Outcome.PASS for entry in checked.entries)
    tone = Tone.INFO if is_pass and not checked.failures else Tone.MIND
    return Message(tone, "\n".join(lines))


def _fill(read: Callable[[], Book], options: Options) -> Changes:
    from perfxl.pipeline.filling import closing_of

    try:
        filling = closing_of(read(), options)
    except RefusedFile as refused:
        return refusal(f"这个文件读不了：{refused.detail}。")
    lines = [
        *_listed("写了公式", [f"{one.label} {one.place.cell}" for one in filling.formulas]),
        *_listed(
            "没有改动，请核对",
            [
                f"{one.label} {one.place.cell} 写的是“{one.stands}”，算得{one.offered}"
                for one in filling.kept
            ],
        ),
        *_listed("没有写公式", filling.blocked),
    ]
    if not lines:
        return Changes(Message(Tone.INFO, "没有要补的公式：合计、执行率、等级都已有公式或读不到。"))
    puts = tuple(PutFormula(one.place.sheet, one.place.cell, one.source, one.stood) for one in
                 filling.formulas)  # fmt: skip
    tone = Tone.MIND if filling.kept or filling.blocked else Tone.INFO
    return Changes(Message(tone, _clipped("\n".join(lines))), formulas=puts)


def _listed(title: str, lines: list[str]) -> list[str]:
    more = [f"　另有{len(lines) - _MOST}处"] if len(lines) > _MOST else []
    shown = [f"　{line}" for line in lines[:_MOST]]
    return [f"{title}{len(lines)}处：", *shown, *more] if lines else []


def _why(request: Request, read: Callable[[], Book], options: Options) -> Changes:
    from perfxl.pipeline.ledger import trace_book
    from perfxl.render.ledger_text import render_ledger

    try:
        traced = trace_book(request.path, read(), options.scheme_id, options.schemes_folder)
    except RefusedFile as refused:
        return refusal(f"这个文件读不了：{refused.detail}。")
    if not traced.tables:
        return refusal("这个工作簿里没有找到自评表，说明不了得分。")
    asked = _asked(traced, request)
    if asked is None:
        at = f"{request.sheet}!{request.cell}" if request.cell else "没有选单元格"
        return refusal(f"选中的不是得分（{at}）。\n请选中自评表“得分”栏里的一格，再按“得分说明”。")
    told = render_ledger(traced, [asked]).splitlines()
    start = told.index("") + 1 if "" in told else 0  # the file and the unit are before her eyes
    return Changes(Message(Tone.INFO, _clipped("\n".join(told[start:]))))


def _asked(traced: TracedFile, request: Request) -> Asked | None:
    """The figure in the selected cell, else the score that stands in its row."""
    try:
        row, _ = from_a1(request.cell)
    except ValueError:
        return None
    known = [
        Asked(table, figure)
        for table in traced.tables
        for _, figure in walk(table.total)
        if figure.place and figure.place.sheet == request.sheet
    ]
    exact = [one for one in known if one.entry.place and one.entry.place.cell == request.cell]
    beside = [one for one in known if one.entry.kind in _SCORES and _row(one.entry) == row]
    scores_first = sorted(exact, key=lambda one: one.entry.kind not in _SCORES)
    return next(iter([*scores_first, *(beside if len(beside) == 1 else [])]), None)


def _row(figure: Figure) -> int:
    return from_a1(figure.place.cell)[0] if figure.place and figure.place.cell else 0


def _export(request: Request, read: Callable[[], Book], options: Options) -> Changes:
    from perfxl.render.html import render_html
    from perfxl.writer.output import write_new

    checked = check_book(request.path, None, lambda: _unremarked(read()), options)
    trouble = _unreadable(checked)
    if trouble:
        return refusal(trouble)
    page = render_html(report_of([checked])).rstrip("\n") + "\n"
    target = request.path.with_name(f"{request.path.stem}.校验报告.html")
    try:
        written = write_new(target, page.encode(errors="replace"))
    except OutputError as error:
        return refusal(f"报告没有存成：{error}。")
    return Changes(Message(Tone.INFO, f"校验报告已存到：\n{written}"), opens=written)


def _doctor(request: Request) -> Changes:
    from perfxl.addin.diagnosis import diagnosis_short
    from perfxl.addin.doctor import diagnose
    from perfxl.addin.system import System

    open_books = [request.path] if request.path.is_file() else []
    diagnosis = diagnose(System(), open_books)
    tone = Tone.INFO if diagnosis.is_well else Tone.MIND
    told = f"校验程序 perfxl {__version__}\n{diagnosis_short(diagnosis)}"
    return Changes(Message(tone, _clipped(told)))


def _clipped(text: str) -> str:
    """What a message box can hold, cut at a line."""
    if len(text) <= _LONGEST:
        return text
    kept = text[:_LONGEST].rpartition("\n")[0] or text[:_LONGEST]
    return f"{kept}\n……（其余略）"
