"""Approved targets in the table of results: which row each gets, and how its cells read."""

from collections.abc import Iterator, Sequence

from perfxl.errors import UsageError
from perfxl.model.approved import ApprovedTarget
from perfxl.model.past import PastYear
from perfxl.model.target import parse_target
from perfxl.scheme.files import BlockFile, LayoutFile, PartRowsFile, SheetFile
from perfxl.scheme.model import Scheme
from perfxl.scheme.vocabulary import fold
from perfxl.writer.template.places import ResultBlock
from perfxl.writer.template.signs import AT_LEAST, AT_MOST, EQUAL, JUDGED

_SIGNS = {
    AT_LEAST: ("定量正向", "正向", "正向指标", "≥", ">", ">=", "＞", "大于等于", "越大越好"),
    AT_MOST: ("定量反向", "反向", "反向指标", "≤", "<", "<=", "＜", "小于等于", "越小越好"),
    EQUAL: ("=", "等于"),
    JUDGED: ("定性", "定性指标"),
}
_KINDS = {fold(word): kind for kind, words in _SIGNS.items() for word in words}
_SIGN_OF = {"≤": AT_MOST, "<": AT_MOST, "=": EQUAL}
_MOST_ROWS = 200  # of one group; a form of more pages is of no use to anybody


def fitted(scheme: Scheme, layout: LayoutFile, approved: Sequence[ApprovedTarget]) -> LayoutFile:
    """The layout with rows enough for the approved targets, none fewer than it has.

    Raises:
        UsageError: the scheme has no table for them, or not under their headings.
    """
    if not approved:
        return layout
    sheet = next((sheet for sheet in layout.sheet if sheet.kind == "targets"), None)
    if sheet is None:
        raise UsageError(f"方案 {scheme.id} 的表没有绩效指标完成情况页，不能预填批复目标")
    blocks = sheet.block or _open_blocks(scheme)
    counts: dict[tuple[str, str], int] = {}
    for target in approved:
        place = _place(target, blocks)
        counts[place] = counts.get(place, 0) + 1
        if counts[place] > _MOST_ROWS:
            raise UsageError(f"“{place[1] or place[0]}”的批复目标超过{_MOST_ROWS}条，请核对")
    grown = [
        block.model_copy(
            update={
                "parts": [
                    part.model_copy(
                        update={"rows": max(part.rows, counts.get((block.level1, part.level2), 0))}
                    )
                    for part in block.parts
                ]
            }
        )
        for block in blocks
    ]
    sheets: list[SheetFile] = [
        one.model_copy(update={"block": grown}) if one is sheet else one for one in layout.sheet
    ]
    return layout.model_copy(update={"sheet": sheets})


def suggested(
    scheme: Scheme, layout: LayoutFile, approved: Sequence[ApprovedTarget], past: PastYear
) -> Iterator[ApprovedTarget]:
    """The year before's indicators, without targets, that the form has a place for.

    Where targets are approved, they say what the indicators are: nothing is suggested.
    """
    if approved:
        return
    for path in past.indicators:
        one = ApprovedTarget(path, "", "", "")
        try:
            fitted(scheme, layout, [one])
        except UsageError:
            continue
        yield one


def _open_blocks(scheme: Scheme) -> list[BlockFile]:
    """Blocks whose second-level headings units write, as `plan_tables` lays them out."""
    part = PartRowsFile.model_construct(level2="", rows=12)
    names = [one.level1 for one in scheme.lists] or [""]
    return [BlockFile.model_construct(level1=name, parts=[part]) for name in names]


def _place(target: ApprovedTarget, blocks: Sequence[BlockFile]) -> tuple[str, str]:
    """The headings of the form under which a target belongs."""
    level1, level2, name = target.path
    block = next((b for b in blocks if not b.level1 or _is(b.level1, level1)), None)
    if block is None:
        known = "、".join(block.level1 for block in blocks)
        raise UsageError(f"批复目标“{name}”的一级指标“{level1}”不在表里，应为{known}之一")
    part = next((p for p in block.parts if not p.level2 or _is(p.level2, level2)), None)
    if part is None:
        known = "、".join(part.level2 for part in block.parts)
        raise UsageError(f"批复目标“{name}”的二级指标“{level2}”不在表里，应为{known}之一")
    return block.level1, part.level2


def _is(heading: str, text: str) -> bool:
    """Whether a heading is meant: 数量 is 数量指标."""
    return fold(heading).removesuffix("指标") == fold(text).removesuffix("指标")


def rows_of(
    results: Sequence[ResultBlock], approved: Sequence[ApprovedTarget]
) -> dict[int, ApprovedTarget]:
    """The row of each approved target, with the texts of its cells; of the first table only."""
    rows: dict[int, ApprovedTarget] = {}
    blocks = [block for block in results if block.table is results[0].table] if results else []
    for target in approved:
        for block, level2, row in _free(blocks, rows):
            level1 = block.level1
            if (level1 and not _is(level1, target.path[0])) or (
                level2 and not _is(level2, target.path[1])
            ):
                continue
            path = (level1 or target.path[0], level2 or target.path[1], target.name)
            rows[row] = _printed(target, path, block)
            break
    return rows


def _free(
    blocks: Sequence[ResultBlock], taken: dict[int, ApprovedTarget]
) -> Iterator[tuple[ResultBlock, str, int]]:
    for block in blocks:
        for part in block.parts:
            for row in range(part.first, part.last + 1):
                if row not in taken:
                    yield block, part.level2, row


def _printed(
    target: ApprovedTarget, path: tuple[str, str, str], block: ResultBlock
) -> ApprovedTarget:
    """A target as the columns of the table show it: 80 | 家, or ≥80家 in one cell."""
    has_sign = block.table.span("target_sign") is not None
    has_unit = block.table.span("target_unit") is not None
    bound = parse_target(target.target)
    kind = _KINDS.get(fold(target.sign), "")
    if not kind and bound and bound.comparator:
        kind = _SIGN_OF.get(bound.comparator, AT_LEAST)
    text, unit = target.target.strip(), target.unit.strip()
    if bound and kind in (AT_LEAST, AT_MOST, EQUAL) and has_sign:
        # The sign has a column of its own, the number stands alone so that it can be reckoned with.
        own_unit = bound.unit
        if has_unit and (not unit or not own_unit or fold(unit) == fold(own_unit)):
            unit = unit or own_unit
            text = f"{bound.value:f}"
    if not has_unit and unit and not text.endswith(unit):
        text, unit = text + unit, ""
    if not has_sign and bound and not bound.comparator and fold(target.sign) in _PRINTED:
        text = _PRINTED[fold(target.sign)] + text
    return ApprovedTarget(path, kind if has_sign else "", text, unit if has_unit else "")


_PRINTED = {fold(sign): sign for sign in ("≥", "≤", ">", "<", "=")}
