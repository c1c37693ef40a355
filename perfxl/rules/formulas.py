"""Which cells a stated sum's formula reads, followed through the form's own subtotals."""

from collections.abc import Mapping, Sequence

from perfxl.formula.parse import parse_formula
from perfxl.formula.tree import Name, Opaque, Reference, walk
from perfxl.model.address import Place, from_a1
from perfxl.model.form import SelfEvaluationForm
from perfxl.model.number import Number


def known_scores(form: SelfEvaluationForm) -> dict[Place, Number]:
    """The form's scores and subtotals by their cells."""
    numbers = [leaf.score for leaf in form.leaves()]
    numbers += [group.subtotal for group in form.groups() if group.subtotal is not None]
    return {number.place: number for number in numbers}


def cells_read(stated: Number, known: Mapping[Place, Number]) -> list[Reference] | None:
    """What a sum reads, each with its sheet; None where that cannot be told.

    A formula among the known cells that it reads is followed. A single cell that is not known, a
    name, or a construct that is not computed here leaves the answer open.
    """
    found: list[Reference] = []
    waiting, seen = [stated], {stated.place}
    while waiting:
        number = waiting.pop()
        references = _references(number)
        if references is None:
            return None
        for reference in references:
            inside = [place for place in known if is_read(place, [reference])]
            if not inside:
                return None
            found.append(reference)
            further = [p for p in inside if known[p].formula is not None and p not in seen]
            seen.update(further)
            # What a score's own formula reads is its own affair; only sums are followed.
            waiting.extend(known[p] for p in further if _is_sum_of_known(known[p], known))
    return found


def is_read(place: Place, references: Sequence[Reference]) -> bool:
    """Whether a cell is among those that are read."""
    row, column = from_a1(place.cell)
    return any(
        (reference.sheet or "").casefold() == place.sheet.casefold()
        and reference.area.contains(row, column)
        for reference in references
    )


def _references(number: Number) -> list[Reference] | None:
    found: list[Reference] = []
    for node in walk(parse_formula(number.formula or "")):
        if isinstance(node, Reference):
            found.append(Reference(node.sheet or number.place.sheet, node.area))
        elif isinstance(node, Opaque | Name):
            return None
    return found


def _is_sum_of_known(number: Number, known: Mapping[Place, Number]) -> bool:
    references = _references(number)
    return bool(references) and all(
        any(is_read(place, [reference]) for place in known) for reference in references or ()
    )
