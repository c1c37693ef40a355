"""The scoring side of scheme.toml: inputs, measures, and one table for each shape."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from perfxl.tomlfile.models import FileModel, as_decimal

Name = Annotated[str, Field(min_length=1, max_length=120)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Term = Annotated[str, Field(pattern=r"^-?[a-z][a-z0-9_]*$", max_length=61)]
Cap = Annotated[Decimal, BeforeValidator(as_decimal), Field(gt=0, le=1000)]
Real = Annotated[Decimal, BeforeValidator(as_decimal)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class DatedFile(FileModel):
    """`{ from = 2024, value = 0.5 }`: a parameter's value from an evaluation year on."""

    first: Annotated[Year, Field(alias="from")]
    value: Real


# One value, or the values of several years, earliest first.
Parameter = Real | Annotated[list[DatedFile], Field(min_length=1)]


class InputFile(FileModel):
    """`[[input]]`: a figure that units enter, or with `options` an answer that they choose.

    A `unit` of % is typed as 95%. `additive`: subordinate units' figures add up to the whole's.
    """

    key: Key
    name: Name
    unit: Annotated[str, Field(max_length=10)] = ""
    options: list[Name] = []
    minimum: Real | None = Decimal(0)
    maximum: Real | None = None
    integer: bool = False
    additive: bool = True
    source: str = ""
    help: str = ""
    aliases: list[Name] = []


class MeasureFile(FileModel):
    """`[[measure]]`: terms added (or, with a leading -, subtracted), over others if it is a rate.

    Either `numerator` with or without `denominator`, or `mean_of`; all are keys of inputs and of
    measures above. `stated`: no inputs at all, the form itself states the value.
    """

    key: Key
    name: Name
    unit: Annotated[str, Field(max_length=10)] = "%"
    numerator: list[Term] = []
    denominator: list[Term] = []
    mean_of: list[Key] = []
    aliases: list[Name] = []

    @model_validator(mode="after")
    def _is_defined_once(self) -> "MeasureFile":
        if bool(self.numerator) == bool(self.mean_of):
            raise ValueError("应写 numerator（可再写 denominator）或 mean_of，只写一种")
        if self.denominator and not self.numerator:
            raise ValueError("有 denominator 时应有 numerator")
        return self


class ResultListFile(FileModel):
    """`[[results]]`: the completion rates of the own results under a first-level heading."""

    key: Key
    name: Name
    level1: Name


class _Shape(FileModel):
    """What every shape says of its source."""

    standard: Literal["published", "derived", "borrowed"] = "published"
    source: str = ""


class LevelFile(FileModel):
    """A level of a judged score, as shares of the cap from `lower` on and below `upper`."""

    name: Name
    lower: Annotated[Real, Field(ge=0, le=1)]
    upper: Annotated[Real, Field(ge=0, le=1)]


class ManualFile(_Shape):
    """A person sets the score, within the level reached where `levels` are known."""

    shape: Literal["manual"]
    levels: list[LevelFile] = []
    level_key: Key | Literal[""] = ""


class ProportionalFile(_Shape):
    """Cap × actual / target, at most the cap."""

    shape: Literal["proportional"]
    actual: Key
    target: Key | Parameter = Decimal(1)
    better: Literal["higher", "lower"] = "higher"
    reverse: Literal["platform", "plain"] = "platform"


class TierFile(FileModel):
    """An interval with its points; `ends` are its brackets, [) unless said."""

    score: Parameter
    lower: Parameter | None = None
    upper: Parameter | None = None
    ends: Literal["[)", "(]", "[]", "()"] = "[)"


class TiersFile(_Shape):
    """Points by the interval of a measure."""

    shape: Literal["tiers"]
    measure: Key
    tiers: Annotated[list[TierFile], Field(min_length=1)]


class DeductPerStepFile(_Shape):
    """`per_step` points off for each `step` beyond the threshold, down to zero."""

    shape: Literal["deduct_per_step"]
    measure: Key
    threshold: Parameter = Decimal(0)
    step: Parameter = Decimal(1)
    per_step: Parameter
    beyond: Literal["over", "under"] = "over"
    partial: Literal["whole", "pro_rata", "started"] = "whole"


class OptionFile(FileModel):
    """An answer with its points."""

    answer: Name
    score: Parameter


class ChecklistItemFile(FileModel):
    """A question: 是 earns `score`, 否 nothing, or other answers by `options`."""

    key: Key
    name: Name
    score: Parameter | None = None
    options: list[OptionFile] = []

    @model_validator(mode="after")
    def _has_points(self) -> "ChecklistItemFile":
        if (self.score is None) == (not self.options):
            raise ValueError("应写 score（答“是”的得分）或 options，只写一种")
        return self


class ChecklistFile(_Shape):
    """The sum of the answers' points; each question becomes an input of its own."""

    shape: Literal["checklist"]
    items: Annotated[list[ChecklistItemFile], Field(min_length=1)]


class MeanCompletionFile(_Shape):
    """Cap × the mean completion rate of a result list."""

    shape: Literal["mean_completion"]
    rates: Key


class PaceFile(_Shape):
    """Progress at several dates against the pace set for each, and the mean progress."""

    shape: Literal["pace"]
    rates: Annotated[list[Key], Field(min_length=1)]
    paces: list[Parameter]
    weights: list[Parameter]
    mean_weight: Parameter = Decimal(0)
    caps_each: bool = False

    @model_validator(mode="after")
    def _has_one_each(self) -> "PaceFile":
        if not len(self.rates) == len(self.paces) == len(self.weights):
            raise ValueError("rates、paces、weights 应一一对应，个数相同")
        return self


class ConditionFile(FileModel):
    """An input's answer `equals`, or its number is `over` a bound."""

    key: Key
    equals: str | None = None
    over: Parameter | None = None

    @model_validator(mode="after")
    def _asks_once(self) -> "ConditionFile":
        if (self.equals is None) == (self.over is None):
            raise ValueError("应写 equals 或 over，只写一种")
        return self


class ZeroIfFile(_Shape):
    """Nothing when the condition holds, else what `otherwise` gives."""

    shape: Literal["zero_if"]
    condition: ConditionFile
    otherwise: "ScoringFile"


class PartFile(FileModel):
    """A part with points and a standard of its own."""

    name: Name
    max_score: Parameter
    scoring: "ScoringFile"


class SumFile(_Shape):
    """The sum of parts."""

    shape: Literal["sum"]
    parts: Annotated[list[PartFile], Field(min_length=1)]


ScoringFile = Annotated[
    ManualFile
    | ProportionalFile
    | TiersFile
    | DeductPerStepFile
    | ChecklistFile
    | MeanCompletionFile
    | PaceFile
    | ZeroIfFile
    | SumFile,
    Field(discriminator="shape"),
]
ZeroIfFile.model_rebuild()
PartFile.model_rebuild()
SumFile.model_rebuild()
