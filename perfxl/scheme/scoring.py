"""From the scoring side of a scheme.toml to inputs, measures and shapes.

Takes the file as plain mappings, so that a check of a shipped scheme needs no validation library;
what is wrong in them raises as it comes, and the loader has the models say it properly.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from perfxl.formula.dated import Dated, constant
from perfxl.formula.expression import amount, mean, ratio, signed_sum
from perfxl.formula.shapes import (
    Better,
    Checklist,
    ChecklistItem,
    DeductPerStep,
    Level,
    Manual,
    MeanCompletion,
    Option,
    Pace,
    Part,
    Partial,
    Proportional,
    Reverse,
    Shape,
    Sum,
    Tier,
    Tiers,
    ZeroIf,
)
from perfxl.formula.tree import Name, Node
from perfxl.scheme.model import CustomRows, Measure, SchemeInput, Scoring, Standard

File = Mapping[str, Any]
YES, NO = "是", "否"


def read_scoring(data: File) -> Scoring:
    """The standard of an indicator."""
    return Scoring(_shape(data), _standard(data), data.get("source", ""))


def read_custom(data: File) -> CustomRows:
    """The own rows of a group."""
    parts = tuple([(part["level2"], part["rows"]) for part in data.get("parts", ())])
    return CustomRows(
        rows=sum(rows for _, rows in parts) or data["rows"],
        by_completion=data.get("by_completion", False),
        reverse=Reverse(data.get("reverse", "platform")),
        levels=_levels(data),
        standard=_standard(data),
        source=data.get("source", ""),
        parts=parts,
    )


def read_input(data: File) -> SchemeInput:
    """A figure or an answer that units enter."""
    return SchemeInput(
        key=data["key"],
        name=data["name"],
        unit=data.get("unit", ""),
        options=tuple(data.get("options", ())),
        minimum=_bound(data.get("minimum", 0)),
        maximum=_bound(data.get("maximum")),
        is_integer=data.get("integer", False),
        is_additive=data.get("additive", True),
        source=data.get("source", ""),
        help=data.get("help", ""),
        aliases=tuple(data.get("aliases", ())),
    )


def read_measure(data: File) -> Measure:
    """A quantity computed from inputs."""
    return Measure(
        key=data["key"],
        name=data["name"],
        expression=_definition(data),
        unit=data.get("unit", "%"),
        aliases=tuple(data.get("aliases", ())),
    )


def questions(data: File) -> Iterator[SchemeInput]:
    """The inputs that the questions of checklists make, anywhere in a standard."""
    for item in data.get("items", ()):
        answers = tuple(option["answer"] for option in item.get("options", ())) or (YES, NO)
        yield SchemeInput(
            item["key"], item["name"], options=answers, minimum=None, is_additive=False
        )
    if "otherwise" in data:
        yield from questions(data["otherwise"])
    for part in data.get("parts", ()):
        yield from questions(part["scoring"])


def _definition(data: File) -> Node:
    if "mean_of" in data:
        return mean([Name(key) for key in data["mean_of"]])
    above = [_term(term) for term in data["numerator"]]
    below = [_term(term) for term in data.get("denominator", ())]
    needed = [node for _, node in (*above, *below)]
    if not below:
        return amount(signed_sum(above), needed)
    return ratio(signed_sum(above), signed_sum(below), needed)


def _term(text: str) -> tuple[int, Node]:
    return (-1 if text.startswith("-") else 1), Name(text.removeprefix("-"))


def _shape(data: File) -> Shape:
    match data["shape"]:
        case "manual":
            return Manual(_levels(data), data.get("level_key", ""))
        case "proportional":
            target = data.get("target", 1)
            return Proportional(
                data["actual"],
                target if isinstance(target, str) else _dated(target),
                Better(data.get("better", "higher")),
                Reverse(data.get("reverse", "platform")),
            )
        case "tiers":
            return Tiers(data["measure"], tuple(_tier(tier) for tier in data["tiers"]))
        case "deduct_per_step":
            return DeductPerStep(
                data["measure"],
                threshold=_dated(data.get("threshold", 0)),
                step=_dated(data.get("step", 1)),
                per_step=_dated(data["per_step"]),
                is_over=data.get("beyond", "over") == "over",
                partial=Partial(data.get("partial", "whole")),
            )
        case "checklist":
            return Checklist(tuple(_item(item) for item in data["items"]))
        case "mean_completion":
            return MeanCompletion(data["rates"])
        case "pace":
            return Pace(
                rates=tuple(data["rates"]),
                paces=tuple(map(_dated, data["paces"])),
                weights=tuple(map(_dated, data["weights"])),
                mean_weight=_dated(data.get("mean_weight", 0)),
                caps_each=data.get("caps_each", False),
            )
        case "zero_if":
            condition = data["condition"]
            over = condition.get("over")
            return ZeroIf(
                condition["key"],
                _shape(data["otherwise"]),
                equals=condition.get("equals"),
                over=None if over is None else _dated(over),
            )
        case "sum":
            return Sum(
                tuple(
                    Part(part["name"], _dated(part["max_score"]), _shape(part["scoring"]))
                    for part in data["parts"]
                )
            )
    raise ValueError(data["shape"])


def _tier(data: File) -> Tier:
    ends = data.get("ends", "[)")
    lower, upper = data.get("lower"), data.get("upper")
    return Tier(
        score=_dated(data["score"]),
        lower=None if lower is None else _dated(lower),
        upper=None if upper is None else _dated(upper),
        has_lower=ends[0] == "[",
        has_upper=ends[1] == "]",
    )


def _item(data: File) -> ChecklistItem:
    if "options" not in data:
        return ChecklistItem(
            data["key"], (Option(YES, _dated(data["score"])), Option(NO, constant(0)))
        )
    options = tuple(Option(o["answer"], _dated(o["score"])) for o in data["options"])
    return ChecklistItem(data["key"], options)


def _levels(data: File) -> tuple[Level, ...]:
    return tuple(
        Level(level["name"], Decimal(level["lower"]), Decimal(level["upper"]))
        for level in data.get("levels", ())
    )


def _standard(data: File) -> Standard:
    return Standard(data.get("standard", "published"))


def _dated(value: Any) -> Dated:
    if isinstance(value, list):
        return Dated(tuple(sorted((step["from"], Decimal(step["value"])) for step in value)))
    return constant(value)


def _bound(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
