"""The examples of docs/schemes.md are valid, and each shape has one."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from perfxl.scheme.files import CustomFile, LayoutFile, SheetFile
from perfxl.scheme.scoring import read_scoring
from perfxl.scheme.scoring_files import InputFile, MeasureFile, ResultListFile, ScoringFile
from tests.unit.scheme.forms import TEMPLATES

TEXT = (Path(__file__).parents[3] / "docs" / "schemes.md").read_text(encoding="utf-8")
BLOCKS = [
    tomllib.loads(block, parse_float=Decimal)
    for block in re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
]
SHAPES = {
    "manual", "proportional", "tiers", "deduct_per_step", "checklist", "mean_completion", "pace",
    "zero_if", "sum",
}  # fmt: skip


def standards() -> list[dict[str, Any]]:
    nested = [block["group"]["group"]["indicator"]["scoring"] for block in BLOCKS
              if isinstance(block.get("group"), dict)]  # fmt: skip
    return [*nested, *(block["scoring"] for block in BLOCKS if "scoring" in block)]


def test_docs__every_shape_has_a_valid_example() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(ScoringFile)
    for standard in standards():
        adapter.validate_python(standard)
        read_scoring(standard)
    assert {standard["shape"] for standard in standards()} == SHAPES


def test_docs__figures_and_own_rows_are_valid() -> None:
    (figures,) = (block for block in BLOCKS if "measure" in block)
    for one in figures["input"]:
        InputFile.model_validate(one)
    for one in figures["measure"]:
        MeasureFile.model_validate(one)
    ResultListFile.model_validate(figures["results"][0])
    groups = [block["group"] for block in BLOCKS if isinstance(block.get("group"), list)]
    custom = [group[0]["custom"] for group in groups if "custom" in group[0]]
    assert len([CustomFile.model_validate(one) for one in custom]) == 1


def test_docs__head_fits_the_table_it_is_meant_for() -> None:
    sheets = [block["sheet"] for block in BLOCKS if isinstance(block.get("sheet"), list)]
    ((sheet,),) = sheets
    layout = tomllib.loads((TEMPLATES / "guangzhou-2022" / "layout.toml").read_text("utf-8"))
    columns = next(one["column"] for one in layout["sheet"] if one["kind"] == "score")
    assert SheetFile.model_validate({**sheet, "column": columns}).head
    assert LayoutFile.model_validate({"schema_version": 1, "sheet": layout["sheet"]})


def test_docs__every_shipped_scheme_is_listed() -> None:
    for folder in filter(Path.is_dir, TEMPLATES.iterdir()):
        assert f"| {folder.name} |" in TEXT
