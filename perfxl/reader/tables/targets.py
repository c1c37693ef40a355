"""Targets against actual values: a table of their own, or columns of the score table."""

from perfxl.model.address import Area
from perfxl.model.form import SelfEvaluationForm, Target, TargetTable
from perfxl.reader.tables.headings import Heading
from perfxl.reader.tables.view import SheetView


def read_target_table(view: SheetView, heading: Heading, end: int | None) -> TargetTable | None:
    """Read the rows under a heading with 目标值 and 实际完成值 columns.

    Args:
        view: the sheet.
        heading: the table's heading.
        end: the row at which the next table begins, or None.
    """
    targets: list[Target] = []
    names = [""] * len(heading.levels)
    last = heading.bottom
    for row in view.rows:
        if row <= heading.bottom or (end is not None and row >= end):
            continue
        own = _spread(view, heading, row)
        for index, level in enumerate(heading.levels):
            if level.name in own:
                names[index] = view.text((row, own[level.name]))
                names[index + 1 :] = [""] * (len(names) - index - 1)
        columns = heading.fields["target_value"], heading.fields["actual_value"]
        if not any(column in own for column in columns):
            continue
        target, actual = (view.field((row, own.get(column, column))) for column in columns)
        targets.append(Target(tuple("".join(n.split()) for n in names if n), target, actual))
        last = row
    if not targets:
        return None
    area = Area(heading.top, heading.first_column, last, heading.last_column)
    return TargetTable(view.sheet.name, area, targets)


def targets_of_form(form: SelfEvaluationForm) -> TargetTable | None:
    """The targets that stand in a score table's own columns; None without any."""
    targets = [
        Target(leaf.path, leaf.target_value, leaf.actual_value, leaf)
        for leaf in form.leaves()
        if leaf.target_value is not None and leaf.actual_value is not None
        if leaf.target_value.value or leaf.actual_value.value
    ]
    return TargetTable(form.sheet, form.area, targets) if targets else None


def _spread(view: SheetView, heading: Heading, row: int) -> dict[int, int]:
    """Which column of the row stands for which column of the table.

    An actual value may stand in a column without a heading beside its own, where the heading was
    merged over both. A row that begins left of the table has been moved: its last two values are
    the target and the actual value, those before them names.
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
    beside = [c for c in columns if c > target and c not in heading.titled]
    if actual not in own and beside:
        own[actual] = beside[0]
    return own
