"""自检 of the score table's rows: names, caps, scores, standards, reasons."""

from collections.abc import Callable, Iterator

from perfxl.formula.shapes import MeanCompletion, Proportional
from perfxl.formula.tree import Reference
from perfxl.model.number import plain
from perfxl.scheme.model import CapMode
from perfxl.writer.template.checks import (
    FALSE,
    Check,
    Fault,
    Scratch,
    Weight,
    both,
    cells_of,
    check,
    differ,
    is_among,
    is_blank,
    named,
    numbers,
    outside_text,
    quoted,
    ref,
    trimmed,
)
from perfxl.writer.template.grid import Grid, cell_at
from perfxl.writer.template.own_rows import levels_of
from perfxl.writer.template.places import LeafRow
from perfxl.writer.template.plan import Plan

NOT_APPLICABLE = ("不适用", "不涉及", "无此项", "不考核", "不评分", "N/A", "NA", "n/a")
"""What stands for a score where the indicator does not concern the unit."""

_NO_REASON = (
    "", "无", "没有", "暂无", "无原因", "同上", "同前", "同上述", "略", "空",
    "/", "\\", "-", "—", "——", "–", "－", "／", "--",
)  # fmt: skip
_REASONS = {
    "shortfall_reason": "原因",
    "deviation_analysis": "原因",
    "improvement_measures": "改进措施",
}
_POINTS = "0.01"  # scores may differ from their standard by so much


def score_checks(plan: Plan, grid: Grid, scratch: Scratch) -> Iterator[Check]:
    """The lines on the indicators' rows; `grid` is their sheet as drawn."""
    yield from _labels(plan, grid)
    yield from _caps(plan)
    yield from _scores(plan)
    yield from _standards(plan, scratch)
    yield from _levels(plan)
    yield from _reasons(plan)


def label(plan: Plan, leaf: LeafRow) -> str:
    """What a row is called, as a formula's expression."""
    if leaf.indicator is None:
        return named(leaf.name)
    part = f"（{leaf.indicator.part}）" if leaf.indicator.part else ""
    return quoted(leaf.indicator.name + part)


def is_used(leaf: LeafRow) -> str:
    """True of a row that counts: all of the scheme's, and own ones with something in them."""
    if leaf.indicator is not None:
        return ""
    texts = [cell for role, cell in leaf.texts.items() if role != "target_sign"]
    return f"COUNTA({','.join(ref(cell) for cell in (leaf.name, leaf.cap, leaf.score, *texts))})>0"


def kept(plan: Plan, leaf: LeafRow) -> str:
    """A row's score at the decimals that scores are kept at; 0 without one."""
    score = ref(leaf.score)
    return f"IF(ISNUMBER({score}),ROUND({score},{plan.scheme.score_decimals}),0)"


Test = Callable[[LeafRow], str]


def _faults(
    plan: Plan, test: Test, cell: Callable[[LeafRow], Reference] = lambda leaf: leaf.score
) -> Iterator[Fault]:
    """A fault for each row for which there is a test."""
    for leaf in plan.score.leaves:
        wrong = test(leaf)
        if wrong:
            used = is_used(leaf)
            tests = (used, wrong) if used else (wrong,)
            yield Fault(label(plan, leaf), cell(leaf), both(*tests))


def _labels(plan: Plan, grid: Grid) -> Iterator[Check]:
    score = plan.score
    rows = f"ROWS({ref(score.scores)})<>{len(score.leaves)}"
    moved = [Fault(quoted("评分表"), score.scores, rows)]
    told = "增减过行，本页没有核对新增的行，请自己核对"
    yield from check("评分表没有增减行", Weight.VERIFY, told, moved)
    nameless = _faults(
        plan, lambda x: "" if x.indicator else is_blank(ref(x.name)), lambda x: x.name
    )
    yield from check("自设指标都写了名称", Weight.VERIFY, "没有写指标名称", nameless)
    is_fixed = plan.scheme.cap_mode is CapMode.FIXED
    weight = Weight.MUST if is_fixed else Weight.VERIFY
    told = "的名称改过了，应照下发的表"
    yield from check("指标名称没有改动", weight, told, _renamed(plan, grid))


def _renamed(plan: Plan, grid: Grid) -> Iterator[Fault]:
    """A fault for each label that is printed and locked."""
    rows = range(plan.score.leaves[0].row, plan.score.leaves[-1].row + 1)
    columns = [p.column for p in plan.score.columns if p.file.role.startswith("level")]
    for row in rows:
        for column in columns:
            cell = grid.cells.get((row, column))
            if cell is None or cell.is_input or not isinstance(cell.content, str):
                continue
            here = cell_at(plan.score.sheet, row, column)
            text = f'SUBSTITUTE(SUBSTITUTE({ref(here)}," ",""),"\u3000","")'
            wanted = cell.content.replace(" ", "").replace("\u3000", "")
            yield Fault(quoted(cell.content), here, f"{text}<>{quoted(wanted)}")


def _caps(plan: Plan) -> Iterator[Check]:
    def missing(leaf: LeafRow) -> str:
        return f"NOT(ISNUMBER({ref(leaf.cap)}))"

    yield from check(
        "每项都有分值",
        Weight.MUST,
        "没有分值，或分值不是数",
        _faults(plan, missing, lambda x: x.cap),
    )
    if plan.scheme.cap_mode is not CapMode.FIXED:
        return
    wanted = [
        (quoted(group.group.name), group.cap, group.group.max_score)
        for group in plan.score.groups
        if group.cap is not None
    ]
    wanted += [
        (label(plan, leaf), leaf.cap, leaf.indicator.max_score)
        for leaf in plan.score.leaves
        if leaf.indicator is not None and leaf.indicator.max_score is not None
    ]
    changed = (
        Fault(name, cap, both(f"ISNUMBER({ref(cap)})", f"{ref(cap)}<>{plain(full)}"))
        for name, cap, full in wanted
    )
    yield from check("分值没有改动", Weight.MUST, "的分值改过了，应照下发的表", changed)


def _scores(plan: Plan) -> Iterator[Check]:
    decimals = plan.scheme.score_decimals

    def blank(leaf: LeafRow) -> str:
        return is_blank(ref(leaf.score))

    def text(leaf: LeafRow) -> str:
        cell = ref(leaf.score)
        written = f'IF({trimmed(cell)}="",FALSE,NOT({_not_applicable(cell)}))'
        return f"IF(ISNUMBER({cell}),FALSE,IF(ISERROR({cell}),TRUE,{written}))"

    def unexplained(leaf: LeafRow) -> str:
        if not leaf.may_be_not_applicable or not (reasons := _reason_cells(leaf)):
            return ""
        return both(_exempt(leaf), _says_nothing(ref(reasons[0])))

    def not_allowed(leaf: LeafRow) -> str:
        return "" if leaf.may_be_not_applicable else _exempt(leaf)

    def negative(leaf: LeafRow) -> str:
        return both(f"ISNUMBER({ref(leaf.score)})", f"{ref(leaf.score)}<0")

    def over(leaf: LeafRow) -> str:
        score, cap = ref(leaf.score), ref(leaf.cap)
        return both(numbers(score, cap), f"{score}>{cap}")

    def too_fine(leaf: LeafRow) -> str:
        score = ref(leaf.score)
        return both(f"ISNUMBER({score})", f"ABS({score}-ROUND({score},{decimals}))>0.000001")

    must, verify = Weight.MUST, Weight.VERIFY
    typed = _faults(plan, lambda leaf: "" if leaf.is_live else blank(leaf))
    yield from check("得分都填了", must, "没有填得分；得零分也要写0", typed)
    live = _faults(plan, lambda leaf: blank(leaf) if leaf.is_live else "")
    yield from check("自动计算的得分都算出来了", must, "还没有得分，基础数据没有填全", live)
    yield from check("得分都是数", must, "的得分不是数字，不能相加", _faults(plan, text))
    yield from check("得分不小于0", must, "的得分小于0，扣完为止", _faults(plan, negative))
    yield from check("得分不超过分值", must, "的得分超过分值", _faults(plan, over))
    told = f"的得分多于{decimals}位小数"
    yield from check(f"得分最多{decimals}位小数", verify, told, _faults(plan, too_fine))
    told = "填了不适用，没有写理由"
    yield from check("不适用的写了理由", verify, told, _faults(plan, unexplained))
    told = "填了不适用，方案没有说可以，请填得分"
    yield from check("不适用的是可以不适用的指标", verify, told, _faults(plan, not_allowed))


def _exempt(leaf: LeafRow) -> str:
    """True of a row that says in its score that it does not apply."""
    cell = ref(leaf.score)
    return both(f"ISTEXT({cell})", _not_applicable(cell))


def _reason_cells(leaf: LeafRow) -> list[Reference]:
    return [leaf.texts[role] for role in _REASONS if role in leaf.texts]


def _not_applicable(cell: str) -> str:
    return is_among(trimmed(cell), NOT_APPLICABLE)


def _standards(plan: Plan, scratch: Scratch) -> Iterator[Check]:
    """Live scores against what their standards give, written again beside."""
    live = [leaf for leaf in plan.score.leaves if leaf.is_live and leaf.expression is not None]
    if not live:
        return
    trees = [leaf.expression for leaf in live if leaf.expression is not None]
    again = scratch.column([outside_text(tree, plan.score.sheet, plan.names) for tree in trees])
    expected = {leaf.row: ref(cell) for leaf, cell in zip(live, cells_of(again), strict=True)}

    def overtyped(leaf: LeafRow) -> str:
        if leaf.row not in expected:
            return ""
        score, wanted = ref(leaf.score), expected[leaf.row]
        tests = [numbers(score, wanted)]
        if _is_bound_to_cap(leaf) and leaf.indicator and leaf.indicator.max_score is not None:
            tests.append(f"{ref(leaf.cap)}={plain(leaf.indicator.max_score)}")
        rounded = f"ROUND({score},{plan.scheme.score_decimals})"
        return both(*tests, differ(rounded, wanted, least=_POINTS))

    def baseless(leaf: LeafRow) -> str:
        if leaf.row not in expected:
            return ""
        return f"AND(ISNUMBER({ref(leaf.score)}),NOT(ISNUMBER({expected[leaf.row]})))"

    told = "不等于按标准算出的；请恢复公式，数据有误的改基础数据"
    yield from check("自动计算的得分没有改动", Weight.MUST, told, _faults(plan, overtyped))
    told = "是手填的，按数据算不出来；请恢复公式，填全数据"
    yield from check("自动计算的得分有数据", Weight.VERIFY, told, _faults(plan, baseless))


def _is_bound_to_cap(leaf: LeafRow) -> bool:
    """Whether the standard's points hold for the printed cap only."""
    scoring = leaf.indicator.scoring if leaf.indicator else None
    return scoring is not None and not isinstance(scoring.shape, Proportional | MeanCompletion)


def _levels(plan: Plan) -> Iterator[Check]:
    """Judged scores within the level that was chosen for them."""
    for weight, is_published in ((Weight.MUST, True), (Weight.VERIFY, False)):

        def outside(leaf: LeafRow, is_published: bool = is_published) -> str:
            chosen = _chosen_level(plan, leaf)
            if chosen is None or _is_published(leaf) is not is_published:
                return ""
            return _outside_level(leaf, chosen)

        told = "的得分不在所选档次的分数内"
        yield from check("定性得分在档次内", weight, told, _faults(plan, outside))


def _is_published(leaf: LeafRow) -> bool:
    if leaf.custom is not None:
        return leaf.custom.standard.value == "published"
    return bool(leaf.indicator and leaf.indicator.scoring and leaf.indicator.scoring.is_published)


def _chosen_level(plan: Plan, leaf: LeafRow) -> Reference | None:
    """The cell with the level that a judged row reached; None where none is known."""
    if not levels_of(leaf):
        return None
    scoring = leaf.indicator.scoring if leaf.indicator else None
    key = getattr(scoring.shape, "level_key", "") if scoring else ""
    return plan.names.get(key) if key in plan.names else leaf.texts.get("actual_value")


def _outside_level(leaf: LeafRow, chosen: Reference) -> str:
    score, cap = ref(leaf.score), ref(leaf.cap)
    test = FALSE
    for level in reversed(levels_of(leaf)):
        low, high = (f"ROUND({cap}*{plain(share)},6)" for share in (level.lower, level.upper))
        above = f"{score}>={high}" if level.upper != 1 else FALSE
        is_level = f"{trimmed(ref(chosen))}={quoted(level.name)}"
        test = f"IF({is_level},OR({score}<{low},{above}),{test})"
    return both(numbers(score, cap), f"{score}<={cap}", test)


def _reasons(plan: Plan) -> Iterator[Check]:
    told: set[str] = set()
    for role, what in _REASONS.items():
        if what in told or not any(role in leaf.texts for leaf in plan.score.leaves):
            continue
        told.add(what)

        def lacking(leaf: LeafRow, role: str = role) -> str:
            score, cap = ref(leaf.score), ref(leaf.cap)
            lost = f"AND({cap}>0,{score}<{cap})"
            return both(numbers(score, cap), lost, _says_nothing(ref(leaf.texts[role])))

        yield from check(
            f"失分的都写了{what}",
            Weight.MUST,
            f"失了分，没有写{what}（“无”“同上”不算）",
            _faults(plan, lacking, lambda leaf, role=role: leaf.texts[role]),  # type: ignore[misc]
        )


def _says_nothing(cell: str) -> str:
    text = trimmed(cell)
    for end in ("。", ".", "，"):
        text = f'SUBSTITUTE({text},"{end}","")'
    return is_among(text, _NO_REASON)
