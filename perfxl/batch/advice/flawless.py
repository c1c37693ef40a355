"""BT103 all full marks and BT104 every target met to the digit: too good to pass unread."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.batch.advice.model import Advice
from perfxl.batch.summary.counted import Counted
from perfxl.model.number import plain
from perfxl.model.target import parse_target

_FEWEST_ROWS = 5


def all_full_marks(tables: Sequence[Counted]) -> Iterator[Advice]:
    """BT103: a return with full marks in every row."""
    for one in tables:
        leaves = [leaf for _, leaf in one.scores() if leaf.is_applicable and not leaf.is_adjustment]
        if len(leaves) >= _FEWEST_ROWS and all(
            leaf.score is not None and leaf.score == leaf.max_score for leaf in leaves
        ):
            yield Advice(
                "BT103",
                "all-full-marks",
                "各项都是满分",
                (one.unit.code,),
                (one.unit.name,),
                (one.source(one.entry.total.place),),
                Decimal(3) + Decimal(len(leaves)) / 100,
                f"{len(leaves)}项指标都得满分，没有一项失分，可抽查佐证材料",
            )


def targets_met_exactly(tables: Sequence[Counted]) -> Iterator[Advice]:
    """BT104: a return whose actual values all repeat the targets, whatever is measured.

    Full rates are left out: 100% of 100% is the usual case.
    """
    for one in tables:
        pairs = [
            (bound, reached, each)
            for each in one.entry.results
            if (bound := parse_target(each.target)) and (reached := parse_target(each.actual))
        ]
        telling = [p for p in pairs if not (p[0].unit == "%" and p[0].value == 100)]
        if len(telling) < _FEWEST_ROWS:
            continue
        if all(bound.value == reached.value for bound, reached, _ in pairs):
            examples = "、".join(
                f"{each.path[-1]}{plain(reached.value)}{reached.unit}"
                for _, reached, each in telling[:3]
            )
            yield Advice(
                "BT104",
                "targets-met-exactly",
                "实际值都等于目标值",
                (one.unit.code,),
                (one.unit.name,),
                (one.source(telling[0][2].place),),
                Decimal(2) + Decimal(len(telling)) / 10,
                f"{len(pairs)}个指标的实际完成值都正好等于目标值，如{examples}",
            )
