"""The formats of scheme.toml and layout.toml: these models are their one definition."""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from perfxl.scheme.scoring_files import (
    Cap,
    InputFile,
    Key,
    LevelFile,
    ManualFile,
    MeasureFile,
    Name,
    ResultListFile,
    ScoringFile,
)
from perfxl.scheme.vocabulary import load_vocabulary
from perfxl.tomlfile.models import Bound, FileModel


class IndicatorFile(FileModel):
    """`[[group.group.indicator]]`: a leaf; `part` tells leaves of one name apart.

    A `max_score` of "open" is set by the unit; the group's sum holds. `may_be_not_applicable`:
    units that it does not concern may say so; the scheme's `not_applicable` tells how that counts.
    """

    name: Name
    max_score: Cap | Literal["open"]
    part: str = ""
    aliases: list[Name] = []
    description: str = ""
    criteria: str = ""
    may_be_not_applicable: bool = False
    scoring: ScoringFile = Field(default_factory=lambda: ManualFile(shape="manual"))


class PartRowsFile(FileModel):
    """The rows prepared under a second-level heading."""

    level2: Name
    rows: Annotated[int, Field(ge=1, le=60)]


class CustomFile(FileModel):
    """`custom` of a group: rows that a unit fills with indicators of its own.

    A first-level group may prepare them under second-level headings (`parts`) that have no caps.
    """

    rows: Annotated[int, Field(ge=1, le=60)] | None = None
    parts: list[PartRowsFile] = []
    by_completion: bool = False
    reverse: Literal["platform", "plain"] = "platform"
    levels: list[LevelFile] = []
    standard: Literal["published", "derived", "borrowed"] = "published"
    source: str = ""
    examples: list[Name] = []

    @model_validator(mode="after")
    def _has_rows(self) -> "CustomFile":
        if (self.rows is None) == (not self.parts):
            raise ValueError("应写 rows（预留行数）或 parts（按二级指标预留），只写一种")
        return self


class GroupFile(FileModel):
    """`[[group]]` or `[[group.group]]`: a first- or second-level indicator."""

    name: Name
    max_score: Cap
    aliases: list[Name] = []
    group: list["GroupFile"] = []
    indicator: list[IndicatorFile] = []
    custom: CustomFile | None = None

    @model_validator(mode="after")
    def _has_one_kind_of_children(self) -> "GroupFile":
        if bool(self.group) + bool(self.indicator) + bool(self.custom) != 1:
            raise ValueError("组下应有 group、indicator 或 custom，且只有其中一种")
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


class AdjustmentFile(FileModel):
    """`[[adjustment]]`: 加分项 or 扣分项 beyond the indicators, at most `limit` points."""

    name: Name
    kind: Literal["bonus", "deduction"]
    limit: Cap
    help: str = ""


class CeilingFile(FileModel):
    """`[[ceiling]]`: when it applies (an answer 是), the grade is `grade` at best."""

    key: Key
    name: Name
    grade: Literal["优", "良", "中", "差"]


class SchemeFile(FileModel):
    """scheme.toml."""

    schema_version: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    version: Name
    kind: Literal["dept_overall", "project"]
    title: Name
    region: Name
    year: Annotated[int, Field(ge=2000, le=2100)]
    total_score: Cap
    score_decimals: Annotated[int, Field(ge=0, le=4)] = 2
    caps: Literal["fixed", "reference", "assumed"]
    bands_assumed: bool = False
    not_applicable: Literal["full", "within_level2", "rescale_100"] | None = None
    required_columns: list[Literal["shortfall_reason", "improvement_measures"]] = []
    unknowns: list[Name] = []
    basis: list[BasisFile] = []
    bands: list[BandFile] = []
    input: list[InputFile] = []
    measure: list[MeasureFile] = []
    results: list[ResultListFile] = []
    adjustment: list[AdjustmentFile] = []
    ceiling: list[CeilingFile] = []
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


class HeadCellFile(FileModel):
    """A cell of a head row: fixed `text`, or a place that `holds` something.

    Cells follow one another from the left as those of a web page's table do: `cols` of the
    table's columns wide, `rows` rows deep, skipping what a deeper cell of a row above covers.
    `holds`: the `unit` or the `year` as 填报信息 has them, a `text` or an `amount` that units type,
    or the value of the `input` or measure whose key is given.
    """

    text: str = ""
    holds: Literal["", "unit", "year", "text", "amount", "number", "input"] = ""
    input: Key | Literal[""] = ""
    cols: Annotated[int, Field(ge=1, le=40)] = 1
    rows: Annotated[int, Field(ge=1, le=20)] = 1
    help: str = ""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "HeadCellFile":
        if bool(self.text) == bool(self.holds):
            raise ValueError("应写 text（固定文字）或 holds（填写的内容），只写一种")
        if bool(self.input) != (self.holds == "input"):
            raise ValueError('写了 input（基础数据的 key）的，holds 应为 "input"，反之亦然')
        return self


class HeadRowFile(FileModel):
    """`[[sheet.head]]`: a row between the title and the headings; `height` in points."""

    height: Annotated[int, Field(ge=12, le=409)] = 22
    cells: Annotated[list[HeadCellFile], Field(min_length=1)]


class BlockFile(FileModel):
    """`[[sheet.block]]` of a sheet of targets: the rows prepared under a first-level heading.

    The `[[results]]` of scheme.toml with the same `level1` is the block's completion rates.
    """

    level1: Name
    parts: Annotated[list[PartRowsFile], Field(min_length=1)]


class SheetFile(FileModel):
    """`[[sheet]]`: a sheet with one table; `unit` is that of its amounts.

    `rows` are prepared in a table of tasks, `block` says what is in one of targets. `foot` holds
    the labels of the signatures, `notes` what stands below them.
    """

    kind: Literal["score", "tasks", "targets"]
    name: Annotated[str, Field(min_length=1, max_length=31)]
    title: Name
    unit: Literal["", "元", "万元"] = ""
    unit_label: str = ""
    year_label: str = ""
    total_label: str = ""
    grade_label: str = ""
    rows: Annotated[int, Field(ge=0, le=60)] = 0
    head: list[HeadRowFile] = []
    column: Annotated[list[ColumnFile], Field(min_length=1)]
    block: list[BlockFile] = []
    foot: list[Name] = []
    notes: list[Name] = []

    @model_validator(mode="after")
    def _head_fits(self) -> "SheetFile":
        _check_head(self.head, len(self.column))
        return self


def _check_head(rows: list[HeadRowFile], width: int) -> None:
    """Every cell within the table's columns, every column of every row taken."""
    covered = [0] * width  # how many more rows a cell above reaches down, by column
    for number, row in enumerate(rows, start=1):
        taken = covered.copy()
        for cell in row.cells:
            left = next((i for i, deep in enumerate(taken) if not deep), width)
            free = taken[left : left + cell.cols]
            if len(free) < cell.cols or any(free):
                said = cell.text or cell.holds
                raise ValueError(f"head 第{number}行“{said}”放不下：本表{width}栏")
            taken[left : left + cell.cols] = [cell.rows] * cell.cols
        if not all(taken):
            raise ValueError(f"head 第{number}行只占{width - taken.count(0)}栏，本表{width}栏")
        covered = [deep - 1 for deep in taken]
    if any(covered):
        raise ValueError("head 最后一行有单元格向下超出")


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
