"""Every other thing that differs between two versions of a return."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from perfxl.engine.difference.cells import number_change, text_change
from perfxl.engine.difference.pairs import FormPair
from perfxl.engine.difference.record import Change, What
from perfxl.model.form import (
    FundBlock,
    GradeField,
    Group,
    Indicator,
    Return,
    Target,
    TaskTable,
    Text,
)
from perfxl.model.number import Number
from perfxl.model.report import Entry
from perfxl.rules.funds import column_title, row_name
from perfxl.scheme.pairing import name_key
from perfxl.scheme.vocabulary import fold

_BUDGET_TITLES = {
    "total": "总预算", "basic": "基本支出", "project": "项目支出", "special": "专项资金",
    "other": "其他事业发展支出", "own": "本级资金", "passed_down": "对下转移支付",
}  # fmt: skip
_TASK_TITLES = {
    "budget_total": "预算数（总额）", "budget_fiscal": "预算数（财政拨款）",
    "executed_total": "执行数（总额）", "executed_fiscal": "执行数（财政拨款）",
}  # fmt: skip
_NUMBERS = ((What.MAX_SCORE, "max_score"), (What.SCORE, "score"))
_TEXTS = (
    (What.TARGET, "target_value"),
    (What.ACTUAL, "actual_value"),
    (What.REASON, "shortfall_reason"),
    (What.ACTION, "improvement_measures"),
    (What.DESCRIPTION, "description"),
    (What.CRITERIA, "scoring_criteria"),
)


def form_changes(pair: FormPair, entry: Entry | None, *, knows_formulas: bool) -> list[Change]:
    """What differs in a score table, in the second version's order; the total and grade last.

    Args:
        pair: the table in both versions.
        entry: the check of the second; says whether total and grade are what the scores give.
        knows_formulas: whether both files keep formulas that could be read.
    """
    changes = list(_in_rows(pair, knows_formulas))
    changes += _in_groups(pair, knows_formulas)
    # Rows of the second version in their order; what it lacks stands where it was, at the end.
    changes.sort(key=_row)
    changes += _closing(pair, entry, knows_formulas)
    old, new = pair.before.fund_block, pair.after.fund_block
    return changes + _amounts(_funds(old), _funds(new), knows_formulas)


def return_changes(
    before: Return, after: Return, names: Mapping[str, str], *, knows_formulas: bool
) -> list[Change]:
    """What differs outside the score tables: head, budgets, tasks, targets, entered figures.

    Args:
        before: the first version.
        after: the second.
        names: what the figures of a template are called, by key.
        knows_formulas: whether both files keep formulas that could be read.
    """
    changes = [
        text_change(What.HEAD, (), label, old, new)
        for label, old, new in (
            ("单位", before.unit, after.unit),
            ("年度", before.year, after.year),
            ("未能完成原因", before.unfinished_reason, after.unfinished_reason),
        )
    ]
    found = [change for change in changes if change]
    found += _amounts(_budgets(before), _budgets(after), knows_formulas)
    found += _amounts(_tasks(before.task_tables), _tasks(after.task_tables), knows_formulas)
    found += _target_changes(before, after)
    old, new = before.inputs, after.inputs
    if old and new:  # a version that is no template of ours has none to compare
        for key in dict.fromkeys((*new, *old)):
            label, pair = names.get(key, key), (old.get(key), new.get(key))
            change = number_change(What.INPUT, (), label, *pair, knows_formulas=knows_formulas)
            found += [change] if change else []
    return found


def _row(change: Change) -> tuple[bool, int]:
    place = change.after_place
    return place is None, int(place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) if place else 0


def _in_rows(pair: FormPair, knows_formulas: bool) -> Iterator[Change]:
    renamed = {id(leaf) for _, leaf in pair.leaves.renamed}
    for old, new in (*pair.leaves.same, *pair.leaves.renamed):
        if id(new) in renamed:
            yield _renamed(old, new)
        yield from _in_row(old, new, knows_formulas)
    for leaf in pair.leaves.left_only:
        yield Change(What.REMOVED, leaf.path, "", _told(leaf), "", leaf.name.place, None)
    for leaf in pair.leaves.right_only:
        yield Change(What.ADDED, leaf.path, "", "", _told(leaf), None, leaf.name.place)


def _renamed(old: Indicator | Group, new: Indicator | Group) -> Change:
    names = old.name.value.strip(), new.name.value.strip()
    return Change(What.NAME, new.path, "", *names, old.name.place, new.name.place)


def _told(leaf: Indicator) -> str:
    """A row in short: its name with score and cap."""
    cap = f"，分值{leaf.max_score.raw}" if leaf.max_score and leaf.max_score.raw else ""
    score = f"，得分{leaf.score.raw}" if leaf.score.raw else ""
    return " ".join(leaf.name.value.split()) + cap + score


def _in_row(old: Indicator, new: Indicator, knows_formulas: bool) -> Iterator[Change]:
    for what, field in _NUMBERS:
        pair: tuple[Number | None, Number | None] = getattr(old, field), getattr(new, field)
        change = number_change(what, new.path, "", *pair, knows_formulas=knows_formulas)
        if change and (None not in pair or what is not What.MAX_SCORE):
            yield change
    is_same_task = _task(old) == _task(new)
    for what, field in _TEXTS:
        texts: tuple[Text | None, Text | None] = getattr(old, field), getattr(new, field)
        if what in (What.DESCRIPTION, What.CRITERIA) and (is_same_task or None in texts):
            continue
        words = text_change(what, new.path, "", *texts)
        if words:
            yield words


def _task(leaf: Indicator) -> str:
    """The bureau's own words, which some layouts print in one column and some in two."""
    texts = (leaf.description, leaf.scoring_criteria)
    return fold("".join(text.value for text in texts if text))


def _in_groups(pair: FormPair, knows_formulas: bool) -> Iterator[Change]:
    for old, new in (*pair.groups.same, *pair.groups.renamed):
        if (old, new) in pair.groups.renamed:
            yield _renamed(old, new)
        caps = old.max_score, new.max_score
        # Some layouts print a group's cap, others leave it to the sum.
        if None not in caps:
            change = number_change(
                What.MAX_SCORE, new.path, "", *caps, knows_formulas=knows_formulas
            )
            if change:
                yield change
        if old.subtotal and new.subtotal:
            change = number_change(
                What.SUBTOTAL, new.path, "", old.subtotal, new.subtotal,
                knows_formulas=knows_formulas,
            )  # fmt: skip
            if change:
                yield _following(change, new.subtotal.value == _sum(new))


def _sum(group: Group) -> Decimal | None:
    values = [leaf.score.value for leaf in group.leaves()]
    return None if None in values else sum((v for v in values if v is not None), Decimal(0))


def _closing(pair: FormPair, entry: Entry | None, knows_formulas: bool) -> Iterator[Change]:
    old, new = pair.before.total, pair.after.total
    if old or new:
        change = number_change(
            What.TOTAL, (), "", old.score if old else None, new.score if new else None,
            knows_formulas=knows_formulas,
        )  # fmt: skip
        if change:
            yield _following(change, _is_right_total(entry))
    if old and new and old.max_score and new.max_score:
        change = number_change(
            What.MAX_SCORE, (), "总分", old.max_score, new.max_score, knows_formulas=knows_formulas
        )
        if change:
            yield change
    grade = text_change(What.GRADE, (), "", _grade(pair.before.grade), _grade(pair.after.grade))
    if grade:
        is_right = entry is not None and entry.grade.stated is not None
        is_right = is_right and entry is not None and entry.grade.stated is entry.grade.computed
        yield _following(grade, is_right)


def _is_right_total(entry: Entry | None) -> bool:
    stated = entry.total.stated if entry else None
    return stated is not None and entry is not None and stated == entry.total.computed


def _following(change: Change, follows: bool) -> Change:
    return replace(change, follows=True) if follows else change


def _grade(field: GradeField | None) -> Text | None:
    """The grades stated; the field itself also prints the bands, which are the bureau's."""
    return Text("、".join(g.value for g in field.stated), field.place) if field else None


Amounts = Mapping[tuple[str, ...], tuple[str, Number]]


def _amounts(old: Amounts, new: Amounts, knows_formulas: bool) -> list[Change]:
    """What differs between amounts of one table; a table that one version lacks is passed over."""
    if not old or not new:
        return []
    found = []
    for key in dict.fromkeys((*new, *old)):
        label, _ = new.get(key) or old[key]
        pair = [side[key][1] if key in side else None for side in (old, new)]
        change = number_change(What.AMOUNT, (), label, *pair, knows_formulas=knows_formulas)
        found += [change] if change else []
    return found


def _funds(block: FundBlock | None) -> Amounts:
    if block is None:
        return {}
    return {
        (name_key(row_name(row)), column): (f"{row_name(row)}·{column_title(block, column)}", n)
        for row in block.rows
        for column, n in row.amounts.items()
    }


def _budgets(returned: Return) -> Amounts:
    return {
        (str(number), key): (f"年度预算·{_BUDGET_TITLES.get(key, key)}", amount)
        for number, block in enumerate(returned.budget_blocks)
        for key, amount in block.amounts.items()
    }


def _tasks(tables: Iterable[TaskTable]) -> Amounts:
    found: dict[tuple[str, ...], tuple[str, Number]] = {}
    for table in tables:
        for task in (*table.tasks, *([table.total] if table.total else [])):
            name = " ".join(task.name.value.split())
            for column, amount in task.amounts.items():
                key: tuple[str, ...] = (name_key(name), column)
                while key in found:  # two tasks of one name
                    key = (*key, "+")
                found[key] = (f"{name}·{_TASK_TITLES.get(column, column)}", amount)
    return found


def _target_changes(before: Return, after: Return) -> list[Change]:
    old, new = _targets(before), _targets(after)
    if not old or not new:
        return []
    found: list[Change | None] = []
    for key in dict.fromkeys((*new, *old)):
        a, b = old.get(key), new.get(key)
        path = (b or old[key]).path
        for what, mine, yours in (
            (What.TARGET, a.target_value if a else None, b.target_value if b else None),
            (What.ACTUAL, a.actual_value if a else None, b.actual_value if b else None),
        ):
            found.append(text_change(what, path, "", mine, yours))
    return [change for change in found if change]


def _targets(returned: Return) -> dict[tuple[str, ...], Target]:
    """The targets of tables of their own; those in score tables belong to their rows."""
    found: dict[tuple[str, ...], Target] = {}
    for table in returned.target_tables:
        for target in table.targets:
            if target.indicator is None:
                key = tuple(map(name_key, target.path))
                while key in found:
                    key = (*key, "+")
                found[key] = target
    return found
