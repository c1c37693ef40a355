"""The mapping file of `fill`: which row and column of an export belongs to which input."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from perfxl.scheme.figures import Mapped
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
    unit: Literal["", "元", "千元", "万元", "亿元", "%"] = ""


class MappingFile(FileModel):
    """A mapping file."""

    schema_version: Literal[1]
    figure: Annotated[list[MappedFile], Field(min_length=1)]


def load_mapping(path: Path) -> tuple[Mapped, ...]:
    """The lines of a mapping file.

    Raises:
        UsageError: the file is missing or wrong; names file and key.
    """
    file = validated(MappingFile, path, read_toml(path, "对照文件"))
    return tuple(Mapped(f.input, f.row, f.column, f.file, f.unit) for f in file.figure)
