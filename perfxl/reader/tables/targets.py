"""Targets against actual values: a table of their own, or columns of the score table."""

from perfxl.model.address import Area
from perfxl.model.form import SelfEvaluationForm, Target, TargetTable
from perfxl.reader.tables.headings import Heading
from perfxl.reader.tables.view import SheetView
from perfxl.scheme.vocabulary import Vocabulary


def read_target_table(
    view: SheetView, heading: Heading, end: int | None, vocabulary: Vocabulary
) -> TargetTable | None:
    """Read the rows under a heading with 目标值 and 实际完成值 columns.

    Args:
        view: the sheet.
        heading: the table's heading.
        end: the row at which the next table begins, or None.
        vocabulary: the words of the forms.
    """
    targets: list[Target] = []
    names = [""] * len(heading.levels)
    last = heading.bottom
    for row in view.rows:
        if row <= heading.bottom or (end is not None and row >= end):
            continue
        own = _spread(view, heading, row, vocabulary)
        for index, level in enumerate(heading.levels):
            if level.name in own:
                names[index] = view.text((row, own[level.name]))
                names[index + 1 :] = [""] * (len(names) - index - 1)
        if len(names) > 2 and heading.levels[0].name not in own:
            names[0] = _right_parent(names, vocabulary)
        columns = heading.fields["target_value"], heading.fields["actual_value"]
        if not any(column in own for column in columns):
            continue
        target, actual = (view.field((row, own.get(column, column))) for column in columns)
        sign, unit = (
            view.field((row, own.get(heading.fields[role], heading.fields[role])))
            if role in heading.fields
            else None
            for role in ("target_sign", "target_unit")
        )
        path = tuple("".join(name.split()) for name in names if name)
        targets.append(Target(path, target, actual, sign=sign, unit=unit))
        last = row
    if not targets:
        return None
    area = Area(heading.top, heading.first_column, last, heading.last_column)
    return TargetTable(view.sheet.name, area, targets)


def _right_parent(names: list[str], vocabulary: Vocabulary) -> str:
    """The first-level name for a row that prints none: the one above, unless it cannot be that.

    社会效益指标 below 产出指标 stands under 效益指标, whose label was lost with a row that slid.
    """
    belongs = vocabulary.parent_of(names[1])
    is_other = belongs is not None and vocabulary.is_parent(names[0])
    return belongs if belongs is not None and is_other else names[0]


def targets_of_form(form: SelfEvaluationForm) -> TargetTable | None:
    """The targets that stand in a score table's own columns; None without any."""
    targets = [
        Target(leaf.path, leaf.target_value, leaf.actual_value, leaf)
        for leaf in form.leaves()
        if leaf.target_value is not None and leaf.actual_value is not None
        if leaf.target_value.value or leaf.actual_value.value
    ]
    return TargetTable(form.sheet, form.area, targets) if targets else None


def _spread(view: SheetView, heading: Heading, row: int, vocabulary: Vocabulary) -> dict[int, int]:
    """Which column of the row stands for which column of the table.

    An actual value may stand in a column without a heading beside its own, where the heading was
    merged over both. A row that begins left of the table has been moved: its last two values are
    the target and the actual value, those before them names. One with a first-level name in the
    second level's column has slid one column to the right.
    """
    columns = view.rows[row]
    target, actual = heading.fields["target_value"], heading.fields["actual_value"]
    if columns[0] < heading.first_column and len(columns) > 2:
        *named, before, end = columns
        names = [level.name for level in heading.levels][-len(named) :]
        return dict(
            zip([*names, target, actual], [*named[-len(names) :], before, end], strict=True)
        )
    own = {column: column for column in columns}
    if len(heading.levels) > 2:
        upper, second = heading.levels[0].name, heading.levels[1].name
        if upper not in own and second in own and vocabulary.is_parent(view.text((row, second))):
            own = {column - 1: column for column in columns}
    beside = [c for c in own if c > target and c not in heading.titled]
    if actual not in own and beside:
        own[actual] = own[beside[0]]
    return own
