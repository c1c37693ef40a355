"""All advice on a round, the most telling first."""

from collections.abc import Sequence

from perfxl.batch.advice.flawless import all_full_marks, targets_met_exactly
from perfxl.batch.advice.model import Advice
from perfxl.batch.advice.outliers import outliers
from perfxl.batch.advice.same import copied_reasons, same_numbers
from perfxl.batch.summary.counted import Counted

_RULES = (copied_reasons, same_numbers, all_full_marks, targets_met_exactly, outliers)


def advise(tables: Sequence[Counted]) -> list[Advice]:
    """Advice for spot checks, ranked by weight, then by code and unit: the same for any order."""
    found = [each for rule in _RULES for each in rule(tables)]
    return sorted(found, key=lambda each: (-each.weight, each.code, each.codes, each.message))
