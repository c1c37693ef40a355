"""The format of waivers.toml; imported only where such a file exists (pydantic)."""

import re
from datetime import date
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from perfxl.model.address import Place, from_a1, to_a1
from perfxl.model.finding import Waiver
from perfxl.rules.base import Scope
from perfxl.rules.registry import find_rule
from perfxl.tomlfile.models import FileModel, Said
from perfxl.waivers.filed import FiledWaiver

_REFUSAL = re.compile(r"FL1\d\d")


class WaiverFile(FileModel):
    """`[[waiver]]`: one finding that is let pass."""

    rule: Said
    file: str = ""
    unit: str = ""
    sheet: str = ""
    cell: str = ""
    value: str
    reason: Said
    who: Said
    until: date

    @field_validator("rule")
    @classmethod
    def _is_one_rule(cls, name: str) -> str:
        rule = find_rule(name)
        if rule is None:
            raise ValueError(f"写的是“{name}”，应为一条规则的编号，如 AR102")
        if _REFUSAL.fullmatch(rule.code):
            raise ValueError(f"写的是“{name}”，读不了的文件不能豁免")
        if rule.scope is Scope.ROUND:
            raise ValueError(f"写的是“{name}”，比较各单位的规则不能豁免，不想看可用 --ignore")
        return rule.code

    @field_validator("cell")
    @classmethod
    def _is_a_cell(cls, cell: str) -> str:
        if not cell.strip():
            return ""
        try:
            return to_a1(*from_a1(cell.strip().upper()))
        except ValueError:
            raise ValueError(f"写的是“{cell}”，应为一个单元格，如 H8") from None

    @model_validator(mode="after")
    def _says_where(self) -> "WaiverFile":
        if not (self.file.strip() or self.unit.strip()):
            raise ValueError("没有写 file（文件名）或 unit（单位），应至少写一个")
        if self.cell and not self.sheet:
            raise ValueError("写了 cell，没有写 sheet（工作表名）")
        return self

    def filed(self) -> FiledWaiver:
        """The waiver at work."""
        return FiledWaiver(
            self.rule,
            self.file.strip(),
            self.unit.strip(),
            Place(self.sheet, self.cell),
            self.value,
            Waiver(self.reason, self.who, self.until),
        )


class WaiversFile(FileModel):
    """waivers.toml."""

    waiver: Annotated[list[WaiverFile], Field(max_length=10_000)] = []
