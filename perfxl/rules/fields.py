"""The numeric cells of a form with the names users know them by, for rules over all of them."""

from collections.abc import Iterator
from typing import NamedTuple

from perfxl.model.address import Place
from perfxl.model.counting import DASHES
from perfxl.model.form import Group, Indicator, SelfEvaluationForm
from perfxl.model.number import Number


class Field(NamedTuple):
    """A numeric cell: whose it is (path), what it is called, and whether it holds a score.

    `leaf` is the indicator whose own cell it is, `is_adjustment` whether it is one of a bonus or
    deduction, or of a group of these.
    """

    number: Number
    path: tuple[str, ...]
    label: str  # 得分, 分值, 小计, 总分, 总分的分值
    is_score: bool
    leaf: Indicator | None = None
    is_adjustment: bool = False


def numeric_fields(form: SelfEvaluationForm) -> Iterator[Field]:
    """Every score, cap, subtotal and total of a form."""
    for group in form.groups():
        if group.max_score is not None:
            yield Field(
                group.max_score, group.path, "分值", False, is_adjustment=group.is_adjustment
            )
        for child in group.children:
            if isinstance(child, Indicator):
                yield from _leaf_fields(child)
        if group.subtotal is not None:
            yield Field(group.subtotal, group.path, "小计", True, is_adjustment=group.is_adjustment)
    if form.total is not None:
        if form.total.max_score is not None:
            yield Field(form.total.max_score, (), "总分的分值", False)
        yield Field(form.total.score, (), "总分", True)


def _leaf_fields(leaf: Indicator) -> Iterator[Field]:
    is_adjustment = leaf.adjustment is not None
    if leaf.max_score is not None:
        yield Field(leaf.max_score, leaf.path, "分值", False, leaf, is_adjustment)
    yield Field(leaf.score, leaf.path, "得分", True, leaf, is_adjustment)


def whose(path: tuple[str, ...], label: str) -> str:
    """“合同备案时效性”得分, or the label alone for the total's own cells."""
    return f"“{path[-1]}”{label}" if path else label


def corner(form: SelfEvaluationForm) -> Place:
    """The form's first cell, for what concerns the form as a whole."""
    return Place(form.sheet, form.area.a1.partition(":")[0])


def cap_of(field: Group | Indicator) -> Number | None:
    """The cap's number cell, or None where there is no cap that can be read."""
    cap = field.max_score
    return cap if cap is not None and cap.value is not None else None


# What people write where a reason is asked for, and which gives none.
PLACEHOLDERS = ("无", "没有", "暂无", "无原因", "同上", "同前", "同上述", "略", "空")


def is_blank_text(text: str) -> bool:
    """Whether a reason or action says nothing: blank, a dash, 无, 同上."""
    return text.strip().rstrip("。.，") in ("", *PLACEHOLDERS, *DASHES)
