"""The ledger of the grade: the total, the bands, and what bounds it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from perfxl.engine.ledger.entry import Entry, Footing, Kind, Reason
from perfxl.engine.ledger.replay import settled
from perfxl.formula.tree import Binary, Call, Literal, Name, Node
from perfxl.model.grade import GradeBand
from perfxl.model.number import plain
from perfxl.rules.base import Subject
from perfxl.scheme.grading import is_gradable
from perfxl.scheme.model import GradeCeiling
from perfxl.scheme.scoring import YES


def grade_ledger(subject: Subject, total: Entry) -> Entry | None:
    """The ledger of a form's grade; None where the form has none.

    Args:
        subject: a subject that has a form.
        total: the ledger of its total; the grade goes by what is stated there, else by the sum.
    """
    assert subject.form
    field = subject.form.grade
    if field is None:
        return None
    entry = Entry(
        Kind.GRADE,
        "grade",
        "评价等级",
        place=field.place,
        stated=field.stated[0].value if len(field.stated) == 1 else None,
        raw=field.raw,
        remark="" if len(field.stated) == 1 else "未填" if not field.stated else "勾了不止一个",
    )
    bands = subject.bands or subject.usual_bands
    if not bands:
        return replace(entry, obstacle="等级划分未知")
    ceilings = subject.scheme.ceilings if subject.scheme else ()
    entry = replace(
        entry,
        reason=Reason(_sentence(bands, ceilings), _footing(subject)),
        children=(_bare(total), *_answers(subject, ceilings)),
    )
    if not is_gradable(subject.form, subject.scheme):
        return replace(entry, obstacle="得分还没有填全")
    if entry.children[0].value is None:
        return replace(entry, obstacle="总分未知")
    return settled(replace(entry, expression=_expression(bands, ceilings)))


def _bare(total: Entry) -> Entry:
    """The total alone: what it comes from is its own ledger."""
    return Entry(
        Kind.TOTAL,
        "total",
        total.label,
        unit=total.unit,
        place=total.place,
        stated=total.computed if total.stated is None else total.stated,
        raw=total.raw,
        max_score=total.max_score,
    )


def _answers(subject: Subject, ceilings: Sequence[GradeCeiling]) -> list[Entry]:
    found = []
    for one in ceilings:
        number = subject.returned.inputs.get(one.key)
        said = number.raw.strip() if number else ""
        found.append(
            Entry(
                Kind.INPUT,
                one.key,
                one.name,
                place=number.place if number else None,
                stated=said or None,
                raw=said,
            )
        )
    return found


def _footing(subject: Subject) -> Footing:
    if subject.bands_assumed:
        return Footing.USUAL
    is_published = subject.scheme is not None and not subject.scheme.bands_assumed
    return Footing.PUBLISHED if is_published else Footing.PRINTED


def _sentence(bands: tuple[GradeBand, ...], ceilings: Sequence[GradeCeiling]) -> str:
    *better, last = bands
    said = [f"{plain(band.lower)}分及以上为{band.grade.value}" for band in better]
    said.append(f"以下为{last.grade.value}")
    bounds = [f"“{one.name}”为是的，最高为{one.grade.value}" for one in ceilings]
    return "；".join(["，".join(said), *bounds])


def _expression(bands: tuple[GradeBand, ...], ceilings: Sequence[GradeCeiling]) -> Node:
    """As the cell of a standard workbook has it: each band in turn, unless a ceiling bars it."""
    order = [band.grade for band in bands]
    expression: Node = Literal(order[-1].value)
    for band in reversed(bands[:-1]):
        tests: list[Node] = [Binary(">=", Name("total"), Literal(Decimal(band.lower)))]
        tests += [
            Binary("<>", Name(one.key), Literal(YES))
            for one in ceilings
            if one.grade in order and order.index(one.grade) > order.index(band.grade)
        ]
        test = tests[0] if len(tests) == 1 else Call("AND", tuple(tests))
        expression = Call("IF", (test, Literal(band.grade.value), expression))
    return expression
