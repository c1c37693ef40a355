"""A TOML file as plain data, numbers with a point as Decimal."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from perfxl.errors import UsageError

_BIGGEST = 1_000_000  # bytes; the largest file that a person wrote had 50,000


def read_toml(path: Path, meant: str, error: type[UsageError] = UsageError) -> dict[str, Any]:
    """The content of a file.

    Args:
        path: the file.
        meant: what the file should be, in Chinese, for the sentence about one that is too large.
        error: the class of error to raise.

    Raises:
        UsageError: of the class given; the file is missing, cannot be read, or is no TOML.
    """
    try:
        if path.stat().st_size > _BIGGEST:
            raise error(f"{path}：文件太大，不像是{meant}")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        raise error(f"{path}：没有这个文件") from None
    except OSError as problem:
        raise error(f"{path}：无法读取（{problem.strerror}）") from problem
    except UnicodeDecodeError:
        raise error(f"{path}：不是 UTF-8 编码，请另存为 UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        raise error(f"{path}：不合 TOML 格式（{problem}）") from None
