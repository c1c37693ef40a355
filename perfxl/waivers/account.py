"""What is said of waivers after a run: those that were of no use, one line each."""

from collections.abc import Iterable, Sequence

from perfxl.waivers.apply import Fate, Use
from perfxl.waivers.filed import FiledWaiver

_NAMED = 3  # waivers of other files that are named; a folder may have hundreds
_LONGEST = 40  # letters of a value


def account(waivers: Sequence[FiledWaiver], uses: Iterable[Use]) -> list[str]:
    """One line for each waiver that is expired, void or unused; one for all of other files.

    Args:
        waivers: all that are filed.
        uses: what became of them in every table that was checked.
    """
    best: dict[FiledWaiver, Use] = {}
    for use in uses:
        known = best.get(use.filed)
        if known is None or use.fate.value < known.fate.value:
            best[use.filed] = use
    lines = [_line(best[waiver]) for waiver in waivers if waiver in best]
    others = [waiver.label for waiver in waivers if waiver not in best]
    if others:
        more = "等" if len(others) > _NAMED else ""
        lines.append(
            f"有{len(others)}条豁免不涉及本次所查的文件、单位或规则："
            f"{'；'.join(others[:_NAMED])}{more}"
        )
    return [line for line in lines if line]


def _line(use: Use) -> str:
    label, waiver = use.filed.label, use.filed.waiver
    match use.fate:
        case Fate.USED:
            return ""
        case Fate.EXPIRED:
            return f"豁免已过期：{label}，有效期到{waiver.until}；仍需豁免的请改期限，否则请删去"
        case Fate.VOID:
            then, now = _quoted(use.filed.value), _quoted(use.found)
            return f"豁免已作废：{label}，豁免的值是{then}，现为{now}"
        case Fate.UNUSED:
            return f"豁免没有用上：{label}，没有这处问题，可以删去"


def _quoted(value: str) -> str:
    flat = " ".join(value.split())
    return f"“{flat[:_LONGEST]}…”" if len(flat) > _LONGEST else f"“{flat}”" if flat else "空"
