"""Grades 优/良/中/差 and their half-open bands."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Grade(Enum):
    """评价等级, best first."""

    EXCELLENT = "优"
    GOOD = "良"
    FAIR = "中"
    POOR = "差"


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade and the least score that earns it; a band ends where the next better one begins."""

    grade: Grade
    lower: Decimal


# 财预〔2020〕10号: what is usual for 100 points; a place may divide them otherwise.
USUAL_BANDS = tuple(
    GradeBand(grade, Decimal(lower)) for grade, lower in zip(Grade, (90, 80, 60, 0), strict=True)
)
USUAL_FULL_MARKS = Decimal(100)


def grade_for(total_score: Decimal, bands: tuple[GradeBand, ...]) -> Grade:
    """The grade of a total; bands are half-open (≥ lower), best first, the last takes the rest.

    The score is never rounded first: 89.996 is 良 under ≥ 90.
    """
    for band in bands:
        if total_score >= band.lower:
            return band.grade
    return bands[-1].grade
