"""A form small enough to read: one group, two indicators, total and grade."""

from decimal import Decimal

from perfxl.model.address import Area, Place
from perfxl.model.form import (
    GradeField,
    Group,
    Indicator,
    Return,
    SelfEvaluationForm,
    Text,
    Total,
)
from perfxl.model.grade import Grade, GradeBand
from perfxl.model.number import Number, NumberKind

SHEET = "自评表"
BANDS = (
    GradeBand(Grade.EXCELLENT, Decimal(9)),
    GradeBand(Grade.GOOD, Decimal(8)),
    GradeBand(Grade.FAIR, Decimal(6)),
    GradeBand(Grade.POOR, Decimal(0)),
)


def number(cell: str, value: str | None, kind: NumberKind | None = None) -> Number:
    """A number cell; None is a blank one."""
    if value is None:
        return Number(Place(SHEET, cell), kind or NumberKind.BLANK, None, "")
    if kind not in (None, NumberKind.NUMBER, NumberKind.TEXT_NUMBER):
        return Number(Place(SHEET, cell), kind, None, value)
    return Number(Place(SHEET, cell), kind or NumberKind.NUMBER, Decimal(value), value)


def text(cell: str, value: str = "") -> Text:
    return Text(value, Place(SHEET, cell))


def leaf(name: str, row: int, cap: str, score: Number) -> Indicator:
    return Indicator(
        path=("管理效率", name),
        name=text(f"C{row}", name),
        row=row,
        max_score=number(f"D{row}", cap),
        score=score,
        shortfall_reason=text(f"F{row}"),
        improvement_measures=text(f"G{row}"),
    )


def form(
    first: str | None = "4", second: Number | None = None, total: str = "10"
) -> SelfEvaluationForm:
    """管理效率 10 = 数据质量 4 + 固定资产利用率 6, with scores as given."""
    group = Group(1, ("管理效率",), text("A2", "管理效率"), number("B2", "10"))
    group.children = [
        leaf("数据质量", 2, "4", number("E2", first)),
        leaf("固定资产利用率", 3, "6", second or number("E3", "6")),
    ]
    return SelfEvaluationForm(
        sheet=SHEET,
        area=Area(1, 1, 5, 7),
        roots=[group],
        has_reason_column=True,
        has_measures_column=True,
        total=Total(text("A4", "总分"), number("B4", "10"), number("E4", total)),
        grade=GradeField(Place(SHEET, "B5"), "优", (Grade.EXCELLENT,), BANDS),
    )


def returned(*forms: SelfEvaluationForm) -> Return:
    return Return(forms=list(forms))
