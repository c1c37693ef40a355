"""The formats of scheme.toml and layout.toml: these models are their one definition."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from perfxl.scheme.vocabulary import load_vocabulary
from perfxl.tomlfile.models import Bound, FileModel, as_decimal

Name = Annotated[str, Field(min_length=1, max_length=120)]
Cap = Annotated[Decimal, BeforeValidator(as_decimal), Field(gt=0, le=1000)]


class ManualScoring(FileModel):
    """The score is set by a person; nothing is recomputed."""

    shape: Literal["manual"] = "manual"


# Becomes a union discriminated by `shape` when further shapes come.
ScoringFile = ManualScoring


class IndicatorFile(FileModel):
    """`[[group.group.indicator]]`: a leaf; `part` tells leaves of one name apart."""

    name: Name
    max_score: Cap
    part: str = ""
    aliases: list[Name] = []
    description: str = ""
    criteria: str = ""
    scoring: ScoringFile = ManualScoring()


class GroupFile(FileModel):
    """`[[group]]` or `[[group.group]]`: a first- or second-level indicator."""

    name: Name
    max_score: Cap
    aliases: list[Name] = []
    group: list["GroupFile"] = []
    indicator: list[IndicatorFile] = []

    @model_validator(mode="after")
    def _has_one_kind_of_children(self) -> "GroupFile":
        if bool(self.group) == bool(self.indicator):
            raise ValueError("组下应有 group 或 indicator，且只有其中一种")
        return self


class BandFile(FileModel):
    """`[[bands]]`: a grade and the least score that earns it."""

    grade: Literal["优", "良", "中", "差"]
    lower: Bound


class BasisFile(FileModel):
    """`[[basis]]`: a document on which the scheme rests."""

    doc_no: str
    title: Name
    article: str = ""


class SchemeFile(FileModel):
    """scheme.toml."""

    schema_version: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    version: Name
    kind: Literal["dept_overall"]
    title: Name
    region: Name
    year: Annotated[int, Field(ge=2000, le=2100)]
    total_score: Cap
    score_decimals: Annotated[int, Field(ge=0, le=4)] = 2
    caps: Literal["fixed", "reference"]
    bands_assumed: bool = False
    required_columns: list[Literal["shortfall_reason", "improvement_measures"]] = []
    unknowns: list[Name] = []
    basis: list[BasisFile] = []
    bands: list[BandFile] = []
    group: Annotated[list[GroupFile], Field(min_length=1)]


class ColumnFile(FileModel):
    """`[[sheet.column]]`: a column with its heading.

    `above` holds the headings over it, topmost first; `level` (1–3) says whose name or cap it is;
    `width` is in characters; units type into `input` columns.
    """

    role: str
    heading: Name
    above: list[Name] = []
    level: Annotated[int, Field(ge=0, le=3)] = 0
    width: Annotated[int, Field(ge=2, le=120)]
    input: bool = False
    help: str = ""

    @field_validator("role")
    @classmethod
    def _is_known(cls, role: str) -> str:
        known = load_vocabulary().role_names()
        if role not in known:
            raise ValueError(f"应为以下之一：{'、'.join(sorted(known))}")
        return role


class SheetFile(FileModel):
    """`[[sheet]]`: a sheet with one table; `unit` is that of its amounts."""

    kind: Literal["score", "tasks", "targets"]
    name: Annotated[str, Field(min_length=1, max_length=31)]
    title: Name
    unit: Literal["", "元", "万元"] = ""
    unit_label: str = ""
    year_label: str = ""
    total_label: str = ""
    grade_label: str = ""
    column: Annotated[list[ColumnFile], Field(min_length=1)]


class LayoutFile(FileModel):
    """layout.toml. `aliases`: role or label → further headings, see `Vocabulary.with_aliases`."""

    schema_version: Literal[1]
    aliases: dict[str, list[Name]] = {}
    sheet: Annotated[list[SheetFile], Field(min_length=1)]

    @field_validator("aliases")
    @classmethod
    def _are_known(cls, aliases: dict[str, list[str]]) -> dict[str, list[str]]:
        load_vocabulary().check_keys(aliases)
        return aliases
