"""A score table read whole: heading, rows, tree, total and grade."""

from perfxl.model.address import Area
from perfxl.model.form import SelfEvaluationForm, Total
from perfxl.reader.tables.arrange import choose
from perfxl.reader.tables.assemble import Assembler
from perfxl.reader.tables.closing import inline_total, read_grade, read_total
from perfxl.reader.tables.headings import Heading
from perfxl.reader.tables.parts import without_parts
from perfxl.reader.tables.sorting import FULL_MARKS, TableRows, sort_rows
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary


def read_score_table(
    view: SheetView, headings: list[Heading], vocabulary: Vocabulary
) -> tuple[SelfEvaluationForm | None, int]:
    """Read the table that the first heading opens.

    Args:
        view: the sheet.
        headings: the headings of the sheet from this table's own on.
        vocabulary: the words of the forms.

    Returns:
        The form (None when no row under the heading holds an indicator) and how many of the
        headings it used: more than one where the header is printed again on a new page.
    """
    heading = headings[0]
    rows, used = sort_rows(view, headings, vocabulary)
    total = _total(view, heading, rows, vocabulary)
    full = total.max_score.value if total and total.max_score else None
    if not rows.candidates:
        return None, used
    counted, left_out = without_parts(view, rows.candidates)
    arrangement = choose(view, counted, full or FULL_MARKS)
    if not arrangement.leaves:
        return None, used
    assembler = Assembler(view, rows, arrangement)
    roots = assembler.roots()
    assembler.attach_subtotals(roots)
    area = Area(heading.top, heading.first_column, rows.last, heading.last_column)
    form = SelfEvaluationForm(
        sheet=view.sheet.name,
        area=area,
        roots=roots,
        has_reason_column="shortfall_reason" in heading.fields,
        has_measures_column="improvement_measures" in heading.fields,
        total=total,
        decisions=[*left_out, *assembler.decisions],
    )
    if rows.grade:
        form.grade = read_grade(view, *rows.grade, vocabulary, heading.last_column)
    return form, used


def _total(
    view: SheetView, heading: Heading, rows: TableRows, vocabulary: Vocabulary
) -> Total | None:
    if rows.total is None:
        return None
    if vocabulary.is_total(view.text(rows.total)):
        return read_total(view, heading, *rows.total)
    return inline_total(view, *rows.total)
