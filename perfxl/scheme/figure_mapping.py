"""The mapping file of `fill`: which row and column of an export belongs to which input."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from perfxl.scheme.figures import FigureMap, Mapped
from perfxl.tomlfile.models import FileModel, Said, validated
from perfxl.tomlfile.read import read_toml


class MappedFile(FileModel):
    """`[[figure]]`: the input (key or name), and the row, column and file of its figure.

    `unit` is that of the figure, where the export does not say it.
    """

    input: Said
    row: Said
    column: str = ""
    file: str = ""
    unit: Literal["元", "千元", "万元", "亿元", "%"] | None = None


class MappingFile(FileModel):
    """A mapping file. `columns`: of exports with several columns of values only these count."""

    schema_version: Literal[1]
    columns: list[Said] = Field(default_factory=list)
    figure: list[MappedFile] = Field(default_factory=list)

    @model_validator(mode="after")
    def _says_something(self) -> "MappingFile":
        if not self.columns and not self.figure:
            raise ValueError("应写 columns（取哪几栏）或 [[figure]]（哪一项取哪一行）")
        return self


def load_mapping(path: Path) -> FigureMap:
    """What a mapping file says.

    Raises:
        UsageError: the file is missing or wrong; names file and key.
    """
    file = validated(MappingFile, path, read_toml(path, "对照文件"))
    lines = tuple(Mapped(f.input, f.row, f.column, f.file, f.unit or "") for f in file.figure)
    return FigureMap(lines, tuple(file.columns))
