"""A scheme's files held against their models; imported only where that is needed (pydantic)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from perfxl.errors import SchemeError
from perfxl.scheme.files import LayoutFile, SchemeFile
from perfxl.tomlfile.models import validated


def scheme_file(path: Path, data: Mapping[str, Any]) -> SchemeFile:
    """The content of a scheme.toml as its model.

    Raises:
        SchemeError: names file and key, what is there and what should be.
    """
    file = validated(SchemeFile, path, data, SchemeError)
    folder = path.resolve().parent.name
    if file.id != folder:
        raise SchemeError(f"{path}：id 写的是“{file.id}”，应与所在文件夹同名“{folder}”")
    for group in file.group:
        if any(deeper.group for deeper in group.group):
            raise SchemeError(f"{path}：group“{group.name}”分了三层组，最多两层（一级、二级指标）")
    return file


def layout_file(path: Path, data: Mapping[str, Any]) -> LayoutFile:
    """The content of a layout.toml as its model.

    Raises:
        SchemeError: as `scheme_file`.
    """
    return validated(LayoutFile, path, data, SchemeError)
