"""A score table read whole: heading, rows, tree, total and grade."""

from decimal import Decimal

from perfxl.model.address import Area
from perfxl.model.form import Decision, FundBlock, SelfEvaluationForm, Total
from perfxl.reader.tables.adjustments import mark_adjustments
from perfxl.reader.tables.arrange import choose
from perfxl.reader.tables.assemble import Assembler
from perfxl.reader.tables.closing import inline_total, read_grade, read_total
from perfxl.reader.tables.funds import rate_group, read_fund_block, repeated_scores
from perfxl.reader.tables.head_total import find_above
from perfxl.reader.tables.headings import Heading
from perfxl.reader.tables.parts import without_parts
from perfxl.reader.tables.sorting import FULL_MARKS, TableRows, sort_rows
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary


def read_score_table(
    view: SheetView, headings: list[Heading], vocabulary: Vocabulary, above: int = 0
) -> tuple[SelfEvaluationForm | None, int]:
    """Read the table that the first heading opens.

    Args:
        view: the sheet.
        headings: the headings of the sheet from this table's own on.
        vocabulary: the words of the forms.
        above: the last row of the table before, below which a 资金 block may stand.

    Returns:
        The form (None when no row under the heading holds an indicator) and how many of the
        headings it used: more than one where the header is printed again on a new page.
    """
    heading = headings[0]
    rows, used = sort_rows(view, headings, vocabulary)
    total = _total(view, heading, rows, vocabulary)
    said: list[Decision] = []
    on_top = find_above(view, vocabulary, above, heading.top) if total is None else None
    if on_top is not None:
        total, told = on_top.total, f"总分印在表的上方，按{on_top.total.score.place.cell}读取"
        said.append(Decision("total-above", on_top.total.score.place, told))
    full = total.max_score.value if total and total.max_score else None
    if not rows.candidates:
        return None, used
    counted, left_out = without_parts(view, rows.candidates)
    funds = read_fund_block(view, vocabulary, above, heading.top)
    paid = funds.max_score.value if funds and funds.max_score else None
    arrangement = choose(view, counted, (full or FULL_MARKS) - (paid or 0))
    if not arrangement.leaves:
        return None, used
    assembler = Assembler(view, rows, arrangement)
    roots = assembler.roots()
    mark_adjustments(roots, vocabulary)
    assembler.attach_subtotals(roots)
    area = Area(heading.top, heading.first_column, rows.last, heading.last_column)
    form = SelfEvaluationForm(
        sheet=view.sheet.name,
        area=area,
        roots=roots,
        has_reason_column="shortfall_reason" in heading.fields,
        has_measures_column="improvement_measures" in heading.fields,
        total=total,
        decisions=[*said, *left_out, *assembler.decisions],
    )
    if rows.grade:
        form.grade = read_grade(view, *rows.grade, vocabulary, heading.last_column)
    elif on_top and on_top.grade:
        form.grade = read_grade(view, *on_top.grade, vocabulary, heading.last_column)
    if funds:
        _put_funds(view, form, funds, vocabulary)
    return form, used


def _total(
    view: SheetView, heading: Heading, rows: TableRows, vocabulary: Vocabulary
) -> Total | None:
    if rows.total is None:
        return None
    if vocabulary.is_total(view.text(rows.total)):
        return read_total(view, heading, *rows.total)
    return inline_total(view, *rows.total)


def _put_funds(
    view: SheetView, form: SelfEvaluationForm, funds: FundBlock, vocabulary: Vocabulary
) -> None:
    """Add the 资金 block; its score becomes the first indicator unless the table lists it too."""
    form.fund_block = funds
    group = rate_group(funds)
    if group is None or funds.score is None:
        return
    listed = [x for x in form.leaves() if vocabulary.role_of(x.name.value) == "execution_rate"]
    if listed and not _makes_full(form, funds):
        told = f"资金表的执行率得分就是指标“{listed[0].name.value}”，只计一次"
        form.decisions.insert(0, Decision("fund-score-listed", funds.score.place, told))
        return
    form.roots.insert(0, group)
    for row in reversed(repeated_scores(view, funds)):
        told = f"“{row.name.value}”又填了得分，只计“{funds.total.name.value}”一行"
        form.decisions.insert(0, Decision("fund-part-scored", row.name.place, told))


def _makes_full(form: SelfEvaluationForm, funds: FundBlock) -> bool:
    """Whether the caps reach the full marks only together with the block's."""
    total = form.total.max_score.value if form.total and form.total.max_score else None
    caps = [leaf.max_score.value if leaf.max_score else None for leaf in form.leaves()]
    own = funds.max_score.value if funds.max_score else None
    known = [cap for cap in (*caps, own) if cap is not None]
    return sum(known, Decimal(0)) == (total or FULL_MARKS)
