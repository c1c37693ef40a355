"""The published schema of `diff --format json`, as models.

`docs/diff.schema.json` is `schema_text()`; a test keeps the two equal and holds the output of
`perfxl.render.difference_json` against them.
"""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Decimal = Annotated[str, Field(pattern=r"^-?\d+(\.\d*[1-9])?$")]
Grade = Literal["优", "良", "中", "差"]
Severity = Literal["error", "verify", "notice"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Total(_Model):
    """总分; null where unknown or not stated."""

    stated: Decimal | None
    computed: Decimal | None


class GradePair(_Model):
    """评价等级 as stated and as the computed total earns."""

    stated: Grade | None
    computed: Grade | None


class Table(_Model):
    """A score table, or a file in which none could be read."""

    sheet: str
    scheme: str | None
    verdict: Literal["pass", "fail", "unreadable"]
    total: Total
    grade: GradePair


class Version(_Model):
    """One of the two files."""

    path: str
    sha256: str
    unit: str
    year: str
    tables: list[Table]


class Standing(_Model):
    """A finding as it stands in one of the files."""

    sheet: str
    cell: str
    provided: str
    expected: str
    difference: str
    message: str
    fix: str
    waived: bool


class FindingLine(_Model):
    """What became of a finding."""

    fate: Literal["new", "open", "unchecked", "answered", "fixed"] = Field(
        description="unchecked: its rule could not run on the second file"
    )
    code: str = Field(pattern=r"^[A-Z]{2}\d{3}$")
    slug: str
    severity: Severity
    path: list[str]
    before: Standing | None
    after: Standing | None
    answer: str = Field(description="what the unit wrote beside it in an annotated copy")
    counts: bool = Field(description="whether the second file still has to answer for it")


class Content(_Model):
    """A cell and what it holds, "" for a blank."""

    sheet: str
    cell: str
    value: str


class ChangeLine(_Model):
    """A cell that holds something else than before."""

    what: Literal[
        "score", "max_score", "target", "actual", "total", "subtotal", "grade", "reason", "action",
        "name", "description", "criteria", "amount", "input", "head", "added", "removed",
    ]  # fmt: skip
    path: list[str]
    label: str
    before: Content | None
    after: Content | None
    lost_formula: str = Field(description="the formula that gave way to a constant")
    asked_by: list[str] = Field(description="codes of the findings that asked for it")
    follows: bool = Field(description="a sum, grade or formula that follows from other changes")
    silent: bool = Field(description="nobody asked for it")
    severity: Severity | None = Field(description="of a silent change")


class FailureLine(_Model):
    """A rule that crashed: the tool's own fault."""

    code: Literal["PX000"]
    rule: str
    detail: str


class Summary(_Model):
    """Counts of the lists above; error, verify and notice are what decides the exit status."""

    identical: bool
    new: int
    open: int
    unchecked: int
    answered: int
    fixed: int
    changes: int
    silent: int
    error: int
    verify: int
    notice: int


class DiffReport(_Model):
    """What `perfxl diff --format json` prints."""

    perfxl: str
    rules: str
    before: Version
    after: Version
    findings: list[FindingLine]
    changes: list[ChangeLine]
    remarks: list[str]
    failures: list[FailureLine]
    summary: Summary


def schema_text() -> str:
    """The JSON schema as it is published, with a final line break."""
    return json.dumps(DiffReport.model_json_schema(), ensure_ascii=False, indent=2) + "\n"
