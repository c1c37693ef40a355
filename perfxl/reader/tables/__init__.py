"""Tables found by their headings, wherever they stand, and read into the model."""

from itertools import islice

from perfxl.model.address import Place
from perfxl.model.cells import Book
from perfxl.model.form import Decision, Return
from perfxl.reader.tables.budget import read_budget_blocks
from perfxl.reader.tables.head import read_titles, read_unfinished_reason, read_unit, read_year
from perfxl.reader.tables.headings import Heading, find_headings, twin_of
from perfxl.reader.tables.named_cells import read_named_cells
from perfxl.reader.tables.score_table import read_score_table
from perfxl.reader.tables.side_by_side import split_views
from perfxl.reader.tables.targets import read_target_table, targets_of_form
from perfxl.reader.tables.tasks import read_task_tables
from perfxl.reader.tables.texts import MOST_TEXTS, read_texts
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary

_LOOKED_FOR = "含“一级指标”“二级指标”等至少两级指标名称栏和“得分”栏的表头"
_SIDE_BY_SIDE = "同一行右边还有一张表的表头，并排的表没有读取；请把两张表上下放，或分放两个工作表"
_HEADING_ROWS = 60


def read_return(book: Book, vocabulary: Vocabulary) -> Return:
    """Read every table of a workbook.

    Sheets are taken in tab order. What was looked for and not found is listed in `unplaced`,
    saying what stood there instead.
    """
    result = Return()
    without: list[SheetView] = []
    for sheet in book.sheets:
        view = SheetView(book, sheet)
        before = len(result.forms)
        headings = find_headings(view, vocabulary)
        for part, found in split_views(book, view, headings, vocabulary):
            _read_indicator_tables(result, part, found, vocabulary)
        result.task_tables.extend(read_task_tables(view, vocabulary))
        if len(result.forms) == before and view.rows:
            without.append(view)
        result.budget_blocks.extend(read_budget_blocks(view, vocabulary))
        result.titles.extend(read_titles(view))
        result.texts.extend(islice(read_texts(view), MOST_TEXTS - len(result.texts)))
        result.unfinished_reason = result.unfinished_reason or read_unfinished_reason(
            view, vocabulary
        )
        result.unit = result.unit or read_unit(view, vocabulary)
        result.year = result.year or read_year(view, vocabulary)
    read_named_cells(book, result)
    _set_hidden_aside(result, book)
    if not result.forms:
        result.unplaced.extend(
            Decision("table-not-found", place, f"要找{_LOOKED_FOR}；{seen}")
            for place, seen in (_what_stands_there(view, vocabulary) for view in without)
        )
    return result


def _read_indicator_tables(
    result: Return, view: SheetView, headings: list[Heading], vocabulary: Vocabulary
) -> None:
    """Read the score and target tables of a view, from top to bottom."""
    index = above = 0  # above: the last row of the table before
    while index < len(headings):
        heading, used = headings[index], 1
        twin = twin_of(view, heading, vocabulary)
        if twin is not None:
            result.unplaced.append(Decision("table-not-found", twin, _SIDE_BY_SIDE))
        if heading.is_score_table:
            form, used = read_score_table(view, headings[index:], vocabulary, above)
            if form is not None:
                above = form.area.bottom
                result.forms.append(form)
                targets = targets_of_form(form)
                result.target_tables.extend([targets] if targets else [])
        elif heading.is_target_table:
            end = headings[index + 1].top if index + 1 < len(headings) else None
            targets = read_target_table(view, heading, end, vocabulary)
            if targets is not None:
                result.target_tables.append(targets)
        index += used


def _set_hidden_aside(result: Return, book: Book) -> None:
    """Keep the forms that people see; what a hidden sheet repeats is told, not judged."""
    hidden = {sheet.name for sheet in book.sheets if sheet.state != "visible"}
    seen = [form for form in result.forms if form.sheet not in hidden]
    if not seen or len(seen) == len(result.forms):
        return
    for form in result.forms:
        if form.sheet in hidden:
            place = Place(form.sheet, form.area.a1.partition(":")[0])
            message = f"隐藏的工作表“{form.sheet}”里也有一张评分表，没有校验"
            seen[0].decisions.append(Decision("hidden-table", place, message))
    result.hidden_forms = [form for form in result.forms if form.sheet in hidden]
    result.forms = seen


def _what_stands_there(view: SheetView, vocabulary: Vocabulary) -> tuple[Place, str]:
    """The row that looks most like a heading: most known words, then most texts."""

    def likeness(row: int) -> tuple[int, int]:
        texts = [view.text((row, column)) for column in view.rows[row]]
        known = sum(vocabulary.role_of(text) is not None for text in texts)
        return known, sum(1 for c in view.rows[row] if not view.is_numeric((row, c)))

    row = max(list(view.rows)[:_HEADING_ROWS], key=likeness)
    columns = view.rows[row]
    texts = "、".join(view.text((row, column))[:20] for column in columns[:8])
    name, count = view.sheet.name, len(view.rows)
    seen = f"工作表“{name}”有{count}行内容，最像表头的第{row}行是：{texts}"
    return view.place((row, columns[0])), seen
