"""What two cells hold, compared as people mean it: values, not spellings."""

from perfxl.engine.difference.record import Change, What
from perfxl.model.counting import DASHES
from perfxl.model.form import Text
from perfxl.model.number import Number, NumberKind, parse_stored, parse_typed, plain, shown
from perfxl.scheme.vocabulary import fold

Path = tuple[str, ...]
_NOTHING = frozenset((*DASHES, "无"))  # said in words, or left blank


def number_change(
    what: What,
    path: Path,
    label: str,
    before: Number | None,
    after: Number | None,
    *,
    knows_formulas: bool,
) -> Change | None:
    """The change of a cell that should hold a number; None where it says the same.

    A number typed as text is the number. Where both versions compute the cell by the formula
    that it came with, another value only follows from what the formula reads.

    Args:
        what: which kind of thing.
        path: the indicator.
        label: which one of its kind.
        before: the cell; None where the version has none.
        after: the same of the second version.
        knows_formulas: whether both files keep formulas that could be read.
    """
    if before is None and after is None:
        return None
    old_formula = before.formula if before and knows_formulas else None
    new_formula = after.formula if after and knows_formulas else None
    lost = old_formula if old_formula and not new_formula else None
    is_same = _said(before) == _said(after)
    if is_same and (lost is None or _is_blank(after)):
        return None
    if before is not None and after is not None and _is_unknown(before, after):
        return None
    is_kept = before is not None and after is not None and before.place != after.place
    return Change(
        what,
        path,
        label,
        _shown(before),
        _shown(after),
        before.place if before else None,
        after.place if after else None,
        lost_formula=lost or "",
        follows=bool(old_formula and new_formula) and (is_kept or old_formula == new_formula),
    )


def text_change(
    what: What, path: Path, label: str, before: Text | None, after: Text | None
) -> Change | None:
    """The change of a cell of words; spaces, line breaks and full-width letters are none.

    A column that only one of the versions has is a blank cell in the other.
    """
    if _words(before) == _words(after):
        return None
    return Change(
        what,
        path,
        label,
        before.value.strip() if before else "",
        after.value.strip() if after else "",
        before.place if before else None,
        after.place if after else None,
    )


def _said(number: Number | None) -> str:
    if number is None or number.kind is NumberKind.BLANK:
        return ""
    return plain(number.value) if number.value is not None else fold(number.raw)


def _is_blank(number: Number | None) -> bool:
    return number is None or number.kind is NumberKind.BLANK


def _is_unknown(before: Number, after: Number) -> bool:
    """Whether a formula without a known value stands in either: nothing can be said of it."""
    unknown = NumberKind.UNKNOWN
    return (before.kind is unknown and bool(after.formula)) or (
        after.kind is unknown and bool(before.formula)
    )


def _shown(number: Number | None) -> str:
    if number is None or number.kind is NumberKind.BLANK:
        return ""
    if number.value is None or number.unit == "%":
        return number.raw.strip()
    return shown(number.value)


def _words(text: Text | None) -> str:
    """Words as they are compared; a number in a cell of words by its value: 95.0 is 95."""
    folded = fold(text.value) if text else ""
    if folded in _NOTHING:
        return ""
    value = parse_stored(folded)
    if value is None:
        typed = parse_typed(folded)
        value = typed[0] if typed and typed[1] in ("", "%") else None
    return plain(value) if value is not None else folded
