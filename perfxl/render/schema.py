"""The published schema of `check --format json`, as models.

`docs/check.schema.json` is `schema_text()`; a test keeps the two equal. The check itself writes
its JSON without these models, for speed; a test holds its output against them.
"""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_DECIMAL = r"^-?\d+(\.\d*[1-9])?$"
Decimal = Annotated[str, Field(pattern=_DECIMAL)]
Grade = Literal["优", "良", "中", "差"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Table(_Model):
    """A table that was found in the workbook."""

    kind: Literal["score", "funds", "tasks", "targets"]
    sheet: str
    range: str = Field(description="A1:B2")


class SchemeUsed(_Model):
    """The scheme by which the table was judged."""

    id: str
    version: str
    how: Literal["stamp", "header", "option"]


class Total(_Model):
    """总分; null where unknown or not stated."""

    stated: Decimal | None
    computed: Decimal | None = Field(description="the leaves added up")
    max: Decimal | None
    capped: Decimal | None = Field(description="added up with each leaf held to its maximum")


class GradePair(_Model):
    """评价等级 as stated and as the computed total earns."""

    stated: Grade | None
    computed: Grade | None


class SubtotalLine(_Model):
    """A group's points against its maximum."""

    path: list[str]
    sheet: str
    max_score: Decimal | None
    score: Decimal | None


class ShortfallLine(_Model):
    """An indicator whose score is below its maximum: no error in itself."""

    path: list[str]
    sheet: str
    cell: str
    max_score: Decimal
    score: Decimal
    lost: Decimal
    reason: str | None = Field(description="null: the form has no such column")
    action: str | None = Field(description="null: the form has no such column")


class MissedTargetLine(_Model):
    """An actual value that misses its target."""

    path: list[str]
    sheet: str
    cell: str
    target: str
    actual: str


class BasisLine(_Model):
    """A document on which a rule rests; an empty doc_no means practice, not regulation."""

    doc_no: str
    title: str
    article: str


class CauseLine(_Model):
    """The finding of which another is a consequence."""

    code: str
    sheet: str
    cell: str


class Waiver(_Model):
    """Why a finding is waived, on whose word, and until which day, that day included."""

    reason: str
    who: str
    until: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class DocumentPlace(_Model):
    """A place in a Word document; null for workbooks."""

    paragraph: int | None = None
    page: int | None = None
    quote: str | None = None


class FindingLine(_Model):
    """One fault; texts are empty where there is nothing to say."""

    code: str = Field(pattern=r"^[A-Z]{2}\d{3}$")
    slug: str
    severity: Literal["error", "verify", "notice"]
    sheet: str = Field(description="empty when the whole file is meant")
    cell: str
    path: list[str]
    provided: str
    expected: str
    difference: str
    message: str
    fix: str
    basis: list[BasisLine]
    caused_by: CauseLine | None
    waived: Waiver | None = Field(description="null: the finding counts")
    place: DocumentPlace | None
    answer: str = Field(description="what the unit wrote beside it in an annotated copy")


class SkippedRule(_Model):
    """A rule that could not run, and why."""

    code: str
    reason: str


class DecisionLine(_Model):
    """Something the reader decided between several readings."""

    what: str
    sheet: str
    cell: str
    message: str


class FileEntry(_Model):
    """One score table, or one file in which none could be read."""

    path: str
    member: str | None = Field(description="the path inside a zip")
    sheet: str
    sha256: str
    tables: list[Table]
    scheme: SchemeUsed | None
    unit: str
    year: str
    verdict: Literal["pass", "fail", "unreadable"]
    total: Total
    grade: GradePair
    subtotals: list[SubtotalLine]
    shortfalls: list[ShortfallLine]
    missed_targets: list[MissedTargetLine]
    findings: list[FindingLine]
    skipped: list[SkippedRule]
    decisions: list[DecisionLine]


class FailureLine(_Model):
    """A rule that crashed: the tool's own fault."""

    code: Literal["PX000"]
    rule: str
    detail: str


class Summary(_Model):
    """Counts: files by the worst verdict of their tables, findings over all tables.

    `files` is `pass` + `fail` + `unreadable`; a file inside a zip counts as a file. The list
    `files` of the report has an entry for each table, so it may be longer.
    """

    model_config = ConfigDict(populate_by_name=True)

    files: int
    pass_: int = Field(alias="pass")
    fail: int
    unreadable: int
    error: int = Field(description="waived findings are counted under waived alone, as below")
    verify: int
    notice: int
    waived: int


class CheckReport(_Model):
    """What `perfxl check --format json` prints."""

    perfxl: str = Field(description="version of perfxl")
    rules: str = Field(description="version of the rule set")
    files: list[FileEntry]
    failures: list[FailureLine]
    summary: Summary


def schema_text() -> str:
    """The JSON schema as it is published, with a final line break."""
    schema = CheckReport.model_json_schema(by_alias=True)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
