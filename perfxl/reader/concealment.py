"""What a workbook keeps out of sight: hidden scores and sheets, scores that do not show."""

from collections.abc import Iterator, Sequence

from perfxl.model.address import Place, from_a1, to_a1
from perfxl.model.cells import Book, Remark, Sheet, Style
from perfxl.model.form import Return, SelfEvaluationForm
from perfxl.model.number import Number, NumberKind

HIDDEN_SCORES = "FL214"
HIDDEN_SHEET = "FL211"
INVISIBLE_SCORE = "FL212"

_PAPER = "FFFFFF"
_NEAR = 24  # of 255 a channel: white on the palest grey or yellow, which no one reads
_NOTHING_SHOWN = (";;;", ";;")
# What Excel shows of a sheet decides what its user can do about it.
_STATES = {"hidden": "隐藏的", "veryHidden": "深度隐藏的（右键“取消隐藏”里看不到）"}


def remark_concealment(book: Book, returned: Return) -> None:
    """Note scores that a reader of the sheet does not see, and hidden sheets without any."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    forms = [*returned.forms, *returned.hidden_forms]
    for form in forms:
        sheet = sheets.get(form.sheet)
        if sheet is None:
            continue
        if sheet.state != "visible":
            detail = f"评分表所在的工作表“{sheet.name}”是{_STATES[sheet.state]}"
            book.remarks.append(Remark(HIDDEN_SCORES, detail, sheet.place(form.area.top, 1)))
        else:
            book.remarks.extend(_hidden_lines(sheet, form))
        book.remarks.extend(_invisible(sheet, form, book.styles))
    with_scores = {form.sheet for form in forms}
    for sheet in book.sheets:
        if sheet.state != "visible" and sheet.cells and sheet.name not in with_scores:
            detail = f"“{sheet.name}”是{_STATES[sheet.state]}，有{len(sheet.cells)}格内容"
            book.remarks.append(Remark(HIDDEN_SHEET, detail))


def _scores(form: SelfEvaluationForm) -> Iterator[tuple[str, Number]]:
    """Every score of a form that holds anything, with what it is called."""
    for leaf in form.leaves():
        if leaf.score.kind is not NumberKind.BLANK:
            yield f"“{leaf.path[-1]}”得分", leaf.score
    if form.total is not None and form.total.score.kind is not NumberKind.BLANK:
        yield "总分", form.total.score


def _hidden_lines(sheet: Sheet, form: SelfEvaluationForm) -> Iterator[Remark]:
    """A remark for each hidden row, and one for each hidden column, that holds scores."""
    columns: set[int] = set()
    rows: set[int] = set()
    for what, number in _scores(form):
        row, column = from_a1(number.place.cell)
        if row in sheet.hidden_rows and row not in rows:
            rows.add(row)
            yield Remark(HIDDEN_SCORES, f"第{row}行隐藏了，里面有{what}", number.place)
        if column in sheet.hidden_columns and column not in columns:
            columns.add(column)
            letters = number.place.cell.rstrip("0123456789")
            yield Remark(HIDDEN_SCORES, f"{letters}列隐藏了，里面有得分", number.place)


def _invisible(sheet: Sheet, form: SelfEvaluationForm, styles: list[Style]) -> Iterator[Remark]:
    """A remark for each way in which scores do not show, at the first cell, that names them all."""
    found: dict[str, list[tuple[str, Place]]] = {}
    for what, number in _scores(form):
        cell = sheet.cells.get(from_a1(number.place.cell))
        if cell is None or cell.style >= len(styles):
            continue
        style = styles[cell.style]
        ink, ground = style.font_color, style.fill_color or _PAPER
        if ink is not None and _is_near(ink, ground):
            same = "相同" if ink == ground else "几乎相同"
            found.setdefault(f"的字与底色{same}", []).append((what, number.place))
        elif style.number_format in _NOTHING_SHOWN:
            found.setdefault("设了不显示内容的数字格式", []).append((what, number.place))
    for how, scores in found.items():
        what, first = scores[0]
        if len(scores) > 1:
            what = f"{what}等{len(scores)}格（{_listed([place for _, place in scores])}）"
        yield Remark(INVISIBLE_SCORE, f"{what}{how}", first)


def _listed(places: Sequence[Place]) -> str:
    """Cells in words, runs down a column joined: D2:D9、D12."""
    runs: list[list[tuple[int, int]]] = []
    for column, row in sorted(from_a1(place.cell)[::-1] for place in places):
        if runs and runs[-1][1] == (column, row - 1):
            runs[-1][1] = (column, row)
        else:
            runs.append([(column, row)] * 2)
    names = ((to_a1(*start[::-1]), to_a1(*end[::-1])) for start, end in runs)
    return "、".join(start if start == end else f"{start}:{end}" for start, end in names)


def _is_near(color: str, other: str) -> bool:
    """Whether two colours cannot be told apart in print or on a screen."""
    return all(
        abs(int(color[at : at + 2], 16) - int(other[at : at + 2], 16)) <= _NEAR for at in (0, 2, 4)
    )
