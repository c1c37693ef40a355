"""The score table: labels, caps, live scores, subtotals beside it, total and grade."""

from collections.abc import Iterator

from perfxl.formula.excel_text import excel_text
from perfxl.formula.tree import Reference
from perfxl.model.address import Area, column_letters
from perfxl.model.number import plain
from perfxl.scheme.files import GroupFile, IndicatorFile
from perfxl.writer.template.closing import draw_closing
from perfxl.writer.template.grid import (
    Formula,
    Grid,
    Highlight,
    Limit,
    Look,
    Tone,
    height_of,
    lines_of,
    local,
    spot_of,
)
from perfxl.writer.template.head import draw_head
from perfxl.writer.template.own_rows import draw_own_row, levels_of, levels_text
from perfxl.writer.template.places import GroupRows, LeafRow, PartRows
from perfxl.writer.template.plan import Plan
from perfxl.writer.template.sums import WORD, full_text, has_exempt, subtotal_text

_LEVELS = {"level1": 1, "level2": 2, "level3": 3}
_PROSE = (
    "description", "scoring_criteria", "shortfall_reason", "improvement_measures",
    "deviation_analysis", "evidence",
)  # fmt: skip
_OWN_ROW = 25.0  # points; units that write more make the row higher
_REASON_ROLES = ("shortfall_reason", "improvement_measures", "deviation_analysis")


def draw_score_table(plan: Plan, grid: Grid) -> None:
    """The score table, on a sheet whose columns have their widths."""
    score = plan.score
    draw_head(plan, grid, score.table)
    _draw_side_heads(plan, grid)
    texts = list(printed_texts(plan.file.group))
    for leaf, text in zip(score.leaves, texts, strict=True):
        _draw_leaf(plan, grid, leaf, text)
    for group in score.groups:
        _draw_group(plan, grid, group)
    for part in score.parts:
        _draw_part(plan, grid, part)
    draw_closing(plan, grid)
    _add_highlights(plan, grid)
    grid.frames.append(Area(score.heading[0], 1, score.foot_row - 1, score.last_column))


def _draw_side_heads(plan: Plan, grid: Grid) -> None:
    """The headings beside the print area; none of them is one that scores are looked for by."""
    score = plan.score
    top, bottom = score.heading
    heads = {score.side.word: "提示"}
    if score.side.sign:
        heads[score.side.sign] = "性质"
    if score.side.choice:
        heads[score.side.choice] = "不涉及的\n在此选"
    if score.side.reference:
        heads[score.side.reference] = "参考得分\n（未公布）"
    for level, (sum_, rate) in score.side.subtotals.items():
        name = "一级" if level == 1 else "二级"
        heads |= {sum_: f"{name}小计", rate: f"{name}得分率"}
    for column, text in heads.items():
        grid.put_area(Area(top, column, bottom, column), text, Look.SIDE_HEAD)


def printed_texts(groups: list[GroupFile]) -> Iterator[IndicatorFile | None]:
    """What the file says of each row, in the order of the rows; None for own indicators."""
    for group in groups:
        yield from printed_texts(group.group)
        yield from group.indicator
        if group.custom is not None:
            yield from [None] * (group.custom.rows or sum(part.rows for part in group.custom.parts))


def _draw_leaf(plan: Plan, grid: Grid, leaf: LeafRow, text: IndicatorFile | None) -> None:
    score = plan.score
    depth = len(leaf.path) - (1 if leaf.indicator else 0)  # how many groups stand over the row
    for place in score.columns:
        level = _LEVELS.get(place.file.role, 0)
        if level and (level <= depth or (level == 2 and _is_in_part(plan, leaf))):
            continue  # a label over several rows
        if place.file.role == "max_score":
            if place.file.level in (0, 3):
                cap = leaf.indicator.max_score if leaf.indicator else None
                grid.put(leaf.row, place.column, cap, Look.CAP, is_input=leaf.is_cap_open)
            elif place.file.level > depth and not _is_in_part(plan, leaf):
                grid.put(leaf.row, place.column, None, Look.CAP)
        elif level:
            _draw_name(plan, grid, leaf, place.column, is_leaf=level == 3)
        elif place.file.role != "score":
            content, is_input = _text_of(place.file.role, leaf, text)
            grid.put(leaf.row, place.column, content, _look_of(place.file.role), is_input=is_input)
    _draw_score(plan, grid, leaf)
    if leaf.indicator is None:
        draw_own_row(plan, grid, leaf)
    _draw_word(plan, grid, leaf)
    placed = ((p.file.width, grid.cells.get((leaf.row, p.column))) for p in score.columns)
    texts = [(c.content, width) for width, c in placed if c and isinstance(c.content, str)]
    lines = max((lines_of(content, width) for content, width in texts), default=1)
    # Reasons take some lines; those who write more may make the row higher.
    has_room = leaf.indicator is not None and _required(plan)
    grid.set_height(leaf.row, height_of(lines, least=46 if has_room else _OWN_ROW))


def _draw_name(plan: Plan, grid: Grid, leaf: LeafRow, column: int, *, is_leaf: bool) -> None:
    """A leaf's name; one cell over the leaves that share a name, as the official forms have it."""
    if leaf.indicator is None or not is_leaf:
        is_own = leaf.indicator is None
        grid.put(leaf.row, column, None, Look.NAME, is_input=is_own)
        return
    rows = [other.row for other in plan.score.leaves if other.path == leaf.path]
    if leaf.row == rows[0]:
        area = Area(rows[0], column, rows[-1], column)
        grid.put_area(area, leaf.indicator.name, Look.NAME)


def label_of(leaf: LeafRow) -> str | None:
    """A leaf's printed name; a second leaf of the same name says which part it is."""
    if leaf.indicator is None:
        return None
    part = leaf.indicator.part
    return f"{leaf.indicator.name}（{part}）" if part else leaf.indicator.name


def _is_in_part(plan: Plan, leaf: LeafRow) -> bool:
    return any(part.first <= leaf.row <= part.last for part in plan.score.parts)


def _text_of(role: str, leaf: LeafRow, text: IndicatorFile | None) -> tuple[str | None, bool]:
    """What a cell beside an indicator holds, and whether units type into it."""
    if text is None:
        return None, True
    if role == "description":
        return text.description or None, False
    if role == "scoring_criteria":
        return text.criteria or None, False
    return None, True


def _look_of(role: str) -> Look:
    return Look.TEXT if role in _PROSE else Look.CENTER


def _draw_score(plan: Plan, grid: Grid, leaf: LeafRow) -> None:
    row, column = spot_of(leaf.score)
    cap, score = local(leaf.cap), local(leaf.score)
    if leaf.expression is not None:
        text = excel_text(leaf.expression, plan.names)
        formula = Formula(text)
        if leaf.choice is not None:
            formula = Formula(f'IF({local(leaf.choice)}="{WORD}","{WORD}",{text})')
            _draw_choice(grid, leaf.choice)
        if leaf.is_live:
            grid.put(row, column, formula, Look.SCORE)
            return
        if leaf.reference:
            grid.put(*spot_of(leaf.reference), formula, Look.SIDE_SCORE)
    decimals = plan.scheme.score_decimals
    grid.put(row, column, None, Look.SCORE, is_input=True)
    printed = leaf.indicator.max_score if leaf.indicator and not leaf.is_cap_open else None
    most = "本项分值" if printed is None else plain(printed)
    levels = levels_text(levels_of(leaf), printed)
    test = f"AND(ISNUMBER({score}),{score}>=0,{score}<={cap},ROUND({score},{decimals})={score})"
    exempt = ""
    if leaf.may_be_not_applicable:
        test = f'IF(ISTEXT({score}),{score}="{WORD}",{test})'
        exempt = f"不涉及的填“{WORD}”并写理由。"
    grid.limits.append(
        Limit(
            Area(row, column, row, column),
            "得分",
            f"填0至{most}之间的数，最多{decimals}位小数。{exempt}{levels}",
            f"得分应是0至{most}之间的数，最多{decimals}位小数。{exempt}",
            formula=test,
        )
    )


def _draw_choice(grid: Grid, cell: Reference) -> None:
    """Where a unit says that an indicator with a live score does not concern it."""
    row, column = spot_of(cell)
    grid.put(row, column, None, Look.SIDE_WORD, is_input=True)
    prompt = f"本单位不涉及的选“{WORD}”，并在原因栏写理由；涉及的不用选。"
    error = f"只能选“{WORD}”，或者清空。"
    area = Area(row, column, row, column)
    grid.limits.append(Limit(area, WORD, prompt, error, choices=(WORD,)))


def _draw_word(plan: Plan, grid: Grid, leaf: LeafRow) -> None:
    """The word beside the colours."""
    cap, score = local(leaf.cap), local(leaf.score)
    reasons = [local(leaf.texts[role]) for role in _required(plan) if role in leaf.texts]
    missing = "缺数据" if leaf.is_live else "未填"
    blank = "OR(" + ",".join(f'{cell}=""' for cell in reasons) + ")" if reasons else ""
    short = f'IF({blank},"必填原因","失分")' if reasons else '"失分"'
    other = '"不是数"'
    if leaf.may_be_not_applicable:
        reason = f'IF({reasons[0]}="","必填理由","{WORD}")' if reasons else f'"{WORD}"'
        other = f'IF({score}="{WORD}",{reason},"不是数")'
    word = (
        f'IF(COUNT({score})=0,IF({score}="","{missing}",{other}),'
        f'IF({score}<0,"负分",IF({score}>{cap},"超分值",IF({score}<{cap},{short},""))))'
    )
    if leaf.indicator is None:
        name = local(leaf.name)
        word = f'IF(AND({name}="",COUNT({cap},{score})=0),"",{word})'
    grid.put(leaf.row, plan.score.side.word, Formula(word), Look.SIDE_WORD)


def _required(plan: Plan) -> list[str]:
    """The roles of the columns that must be filled where points were lost."""
    roles = [place.file.role for place in plan.score.columns]
    return [role for role in _REASON_ROLES if role in roles]


def _draw_group(plan: Plan, grid: Grid, group: GroupRows) -> None:
    score = plan.score
    column = score.column(f"level{group.level}")
    if column is not None:
        area = Area(group.first, column, group.last, column)
        grid.put_area(area, _group_label(group), Look.LABEL)
    if group.cap is not None:
        row, at = spot_of(group.cap)
        area = Area(row, at, group.last, at)
        grid.put_area(area, group.group.max_score, Look.CAP, is_input=group.is_cap_open)
    cap = local(group.cap) if group.cap else plain(group.group.max_score)
    sum_ = Formula(subtotal_text(plan, group.first, group.last, local))
    subtotal, full = local(group.subtotal), full_text(plan, group.first, group.last, cap, local)
    rate = Formula(f'IF(COUNT({subtotal},{cap})=2,IF({full}>0,ROUND({subtotal}/{full},4),""),"")')
    for cell, content, look in (
        (group.subtotal, sum_, Look.SIDE_SCORE),
        (group.rate, rate, Look.SIDE_RATE),
    ):
        at = spot_of(cell)[1]
        grid.put_area(Area(group.first, at, group.last, at), content, look)


def _group_label(group: GroupRows) -> str:
    """A group's name, with its cap where the table has no column for it."""
    if group.cap is not None:
        return group.group.name
    return f"{group.group.name}\n（{plain(group.group.max_score)}分）"


def _draw_part(plan: Plan, grid: Grid, part: PartRows) -> None:
    column = plan.score.column("level2")
    if column is not None:
        grid.put_area(Area(part.first, column, part.last, column), part.level2, Look.LABEL)
    at = plan.score.column("max_score", 2)
    if at is not None:
        area = plan.score.caps.area
        caps = local(Reference(None, Area(part.first, area.left, part.last, area.left)))
        sum_ = Formula(f'IF(COUNT({caps})=0,"",SUM({caps}))')
        grid.put_area(Area(part.first, at, part.last, at), sum_, Look.CAP)


def _add_highlights(plan: Plan, grid: Grid) -> None:
    """Amber in three depths for lost points, red for too many, amber where a reason is due."""
    score = plan.score
    first, last = score.scores.area.top, score.scores.area.bottom
    own, cap = f"${_letters(score.scores)}{first}", f"${_letters(score.caps)}{first}"
    numbers = f"COUNT({own},{cap})=2,{cap}>0"
    lost = f"({cap}-{own})/{cap}"
    area = score.scores.area
    exempt = f',{own}<>"{WORD}"' if has_exempt(plan) else ""
    text = f'AND(COUNT({own})=0,{own}<>""{exempt})'
    wrong = f"OR(AND(COUNT({own},{cap})=2,OR({own}>{cap},{own}<0)),{text})"
    for formula, tone in (
        (wrong, Tone.ERROR),
        (f"AND({numbers},{lost}>=0.5)", Tone.SHORT_3),
        (f"AND({numbers},{lost}>=0.1,{lost}<0.5)", Tone.SHORT_2),
        (f"AND({numbers},{lost}>0,{lost}<0.1)", Tone.SHORT_1),
    ):
        grid.highlights.append(Highlight(area, formula, tone))
    for number, role in enumerate(_required(plan)):
        column = score.column(role)
        if column is None:
            continue
        cells = Area(first, column, last, column)
        here = f"${_letters(Reference(None, cells))}{first}"
        due = f'AND({numbers},{own}<{cap},{here}="")'
        if has_exempt(plan) and not number:
            due = f'OR({due},AND({own}="{WORD}",{here}=""))'
        grid.highlights.append(Highlight(cells, due, Tone.REQUIRED))
    words = Area(first, score.side.word, last, score.side.word)
    word = f"${_letters(Reference(None, words))}{first}"
    red = f'OR({word}="超分值",{word}="负分",{word}="不是数")'
    grid.highlights.append(Highlight(words, red, Tone.ERROR))
    grid.highlights.append(Highlight(words, f'{word}<>""', Tone.REQUIRED))
    for group in score.groups:
        if group.cap is None:
            continue
        cell = group.subtotal.area
        over = f"AND(COUNT({local(group.subtotal)})=1,{local(group.subtotal)}>{local(group.cap)})"
        grid.highlights.append(
            Highlight(Area(group.first, cell.left, group.last, cell.left), over, Tone.ERROR)
        )


def _letters(reference: Reference) -> str:
    return column_letters(reference.area.left)
