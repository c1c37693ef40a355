"""The format of round.toml; imported only where such a file exists (pydantic)."""

import string
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from perfxl.tomlfile.models import FileModel

_Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
_KEYS = {"code", "name", "year"}


class RoundFile(FileModel):
    """round.toml."""

    schema_version: Annotated[int, Field(ge=1, le=1)] = 1
    year: Annotated[int, Field(ge=2000, le=2100)]
    doc_no: _Line = ""
    notice: _Line = ""
    due: date | None = None
    resubmission_due: date | None = None
    reply_due: date | None = None
    office: _Line = ""
    bureau: _Line = ""
    contact: _Line = ""
    phone: _Line = ""
    file_name: _Line = "{code}_{name}_自评表"

    @field_validator("file_name")
    @classmethod
    def _names_a_unit(cls, pattern: str) -> str:
        try:
            keys = {key for _, key, spec, _ in string.Formatter().parse(pattern) if key is not None}
            specs = [spec for _, _, spec, _ in string.Formatter().parse(pattern) if spec]
        except ValueError:
            raise ValueError(f"写的是“{pattern}”，花括号不成对") from None
        if keys - _KEYS or specs:
            raise ValueError(f"写的是“{pattern}”，花括号里只能写 {{code}}、{{name}}、{{year}}")
        if not keys & {"code", "name"}:
            raise ValueError(f"写的是“{pattern}”，要有 {{code}} 或 {{name}}，否则各单位同名")
        return pattern
