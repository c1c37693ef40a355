"""The published schema of `why --format json`, as models.

`docs/why.schema.json` is `schema_text()`; a test keeps the two equal and holds the output of
`perfxl.render.ledger_json` against them.
"""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Decimal = Annotated[str, Field(pattern=r"^-?\d+(\.\d*[1-9])?$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Number(_Model):
    """A number; a rate is a fraction."""

    number: Decimal


class Text(_Model):
    """An answer or another text."""

    text: str


class Logical(_Model):
    """A truth value."""

    logical: bool


class Error(_Model):
    """An error value such as `#DIV/0!`."""

    error: str


Value = Number | Text | Logical | Error | None


class Constant(_Model):
    """A constant; null is an argument left out."""

    value: Value


class Key(_Model):
    """The child of that key."""

    key: str


class Cells(_Model):
    """The children that stand in these cells; a null sheet is the entry's own."""

    sheet: str | None
    range: str


class Operation(_Model):
    """An operator as in Excel, with one or two operands."""

    op: str
    args: "list[Expression]"


class Function(_Model):
    """A function as in Excel."""

    call: str
    args: "list[Expression]"


class Unread(_Model):
    """Something that is not computed here."""

    unread: str


Expression = Constant | Key | Cells | Operation | Function | Unread


class Standard(_Model):
    """How the figure comes about, in words, and what that rests on."""

    sentence: str
    footing: Literal[
        "published", "derived", "borrowed", "usual", "printed", "judged", "formula"
    ]  # fmt: skip
    source: str


class LedgerEntry(_Model):
    """A figure, with all that it comes from."""

    kind: Literal[
        "total", "grade", "group", "score", "adjustment", "measure", "list", "input", "cell"
    ]
    key: str = Field(description="what the expression of the entry above calls it")
    label: str
    path: list[str]
    unit: str
    sheet: str | None
    cell: str | None
    raw: str = Field(description="what stands in the cell, as written")
    stated: Value
    max_score: Decimal | None
    computed: Value = Field(description="what the expression gives; null where something lacks")
    recomputed: Value = Field(
        description="of sums: with every score that a published standard gives"
    )
    difference: Decimal | None = Field(description="stated less computed; null where they agree")
    standard: Standard | None
    worked: str = Field(description="the expression with its figures put in")
    expression: Expression | None
    missing: list[str] = Field(description="the figures that lack, by their names")
    obstacle: str = Field(description="why it could not be computed though nothing lacks")
    remark: str
    children: "list[LedgerEntry]"


class SchemeUsed(_Model):
    """The scheme by which the table was read."""

    id: str
    version: str
    how: Literal["stamp", "header", "option"]


class Ledger(_Model):
    """A figure that was asked for, and its table."""

    sheet: str
    scheme: SchemeUsed | None
    entry: LedgerEntry


class WhyReport(_Model):
    """What `perfxl why --format json` prints."""

    perfxl: str
    path: str
    sha256: str
    unit: str
    year: str
    ledgers: list[Ledger]


def schema_text() -> str:
    """The JSON schema as it is published, with a final line break."""
    return json.dumps(WhyReport.model_json_schema(), ensure_ascii=False, indent=2) + "\n"
