"""Tables found by their headings, wherever they stand, and read into the model."""

from perfxl.model.address import Place
from perfxl.model.cells import Book
from perfxl.model.form import Decision, Return
from perfxl.reader.tables.head import read_unit, read_year
from perfxl.reader.tables.headings import find_headings
from perfxl.reader.tables.score_table import read_score_table
from perfxl.reader.tables.targets import read_target_table
from perfxl.reader.tables.tasks import read_task_tables
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary

_LOOKED_FOR = "含“一级指标”“二级指标”等至少两级指标名称栏和“得分”栏的表头"


def read_return(book: Book, vocabulary: Vocabulary) -> Return:
    """Read every table of a workbook.

    Sheets are taken in tab order. What was looked for and not found is listed in `unplaced`,
    saying what stood there instead.
    """
    result = Return()
    found_instead: list[tuple[Place, str]] = []
    for sheet in book.sheets:
        view = SheetView(book, sheet)
        headings = find_headings(view, vocabulary)
        before = len(result.forms)
        index = 0
        while index < len(headings):
            heading, used = headings[index], 1
            if heading.is_score_table:
                form, used = read_score_table(view, headings[index:], vocabulary)
                if form is not None:
                    result.forms.append(form)
            elif heading.is_target_table:
                end = headings[index + 1].top if index + 1 < len(headings) else None
                targets = read_target_table(view, heading, end)
                if targets is not None:
                    result.target_tables.append(targets)
            index += used
        result.task_tables.extend(read_task_tables(view, vocabulary))
        if len(result.forms) == before and view.rows:
            found_instead.append(_what_stands_there(view))
        result.unit = result.unit or read_unit(view, vocabulary)
        result.year = result.year or read_year(view, vocabulary)
    if not result.forms:
        result.unplaced.extend(
            Decision("table-not-found", place, f"要找{_LOOKED_FOR}；{seen}")
            for place, seen in found_instead
        )
    return result


def _what_stands_there(view: SheetView) -> tuple[Place, str]:
    row, columns = next(iter(view.rows.items()))
    texts = "、".join(view.text((row, column))[:20] for column in columns[:6])
    count = len(view.rows)
    name = view.sheet.name
    return view.place((row, columns[0])), f"工作表“{name}”有{count}行内容，首行是：{texts}"
