"""Rows for own indicators of a unit: the scores by completion, and what bounds judged ones."""

from decimal import Decimal

from perfxl.formula.excel_text import excel_text
from perfxl.formula.expression import score_expression
from perfxl.formula.shapes import Better, Level, Manual, Proportional
from perfxl.formula.tree import Reference
from perfxl.model.address import Area
from perfxl.model.number import plain
from perfxl.writer.template.grid import Formula, Grid, Limit, Look, local, spot_of
from perfxl.writer.template.places import LeafRow
from perfxl.writer.template.plan import Plan
from perfxl.writer.template.signs import AT_LEAST, AT_MOST, EQUAL, ERROR, PROMPT, SIGNS, TITLE


def draw_own_row(plan: Plan, grid: Grid, leaf: LeafRow) -> None:
    """What an own indicator's row has besides cells to fill."""
    examples = plan.examples_of(leaf)
    if examples:
        row, column = spot_of(leaf.name)
        said = f"填本单位的指标，如：{'、'.join(examples)}。"
        grid.limits.append(Limit(Area(row, column, row, column), "三级指标", said, ""))
    sign = leaf.texts.get("target_sign")
    if sign is None:
        return
    row, column = spot_of(sign)
    is_beside = column == plan.score.side.sign
    grid.put(row, column, None, Look.SIDE_WORD if is_beside else Look.CENTER, is_input=True)
    area = Area(row, column, row, column)
    grid.limits.append(Limit(area, TITLE, PROMPT, ERROR, choices=SIGNS))
    if leaf.reference is not None:
        text = _by_completion(plan, leaf, local(sign))
        grid.put(*spot_of(leaf.reference), Formula(text), Look.SIDE_SCORE)


def _by_completion(plan: Plan, leaf: LeafRow, sign: str) -> str:
    """Full marks when the target is met, else its share; "" for what is judged."""
    assert leaf.custom
    names = {
        "actual": Reference(None, leaf.texts["actual_value"].area),
        "target": Reference(None, leaf.texts["target_value"].area),
    }
    said = []
    for better in (Better.HIGHER, Better.LOWER):
        shape = Proportional("actual", "target", better, leaf.custom.reverse)
        cap = Reference(None, leaf.cap.area)
        tree = score_expression(shape, cap, decimals=plan.scheme.score_decimals)
        assert tree is not None
        said.append(excel_text(tree, names))
    higher = f'OR({sign}="{AT_LEAST}",{sign}="{EQUAL}")'
    counted = f'IF({higher},{said[0]},IF({sign}="{AT_MOST}",{said[1]},""))'
    return f'IF(COUNT({local(leaf.cap)})=0,"",{counted})'


def levels_of(leaf: LeafRow) -> tuple[Level, ...]:
    """The levels of a judged score, where the standard has any."""
    if leaf.custom is not None:
        return leaf.custom.levels
    scoring = leaf.indicator.scoring if leaf.indicator else None
    return scoring.shape.levels if scoring and isinstance(scoring.shape, Manual) else ()


def levels_text(levels: tuple[Level, ...], cap: Decimal | None) -> str:
    """The levels in points, or as shares of 分值 where that is open."""
    said = []
    for level in levels:
        if cap is None:
            said.append(f"{level.name}：分值的{_percent(level.lower)}至{_percent(level.upper)}")
        else:
            said.append(f"{level.name}：{plain(cap * level.lower)}至{plain(cap * level.upper)}分")
    return "；".join(said)


def _percent(share: Decimal) -> str:
    return f"{plain(share * 100)}%"
