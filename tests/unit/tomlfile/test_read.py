from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.errors import SchemeError, UsageError
from perfxl.tomlfile.read import read_toml


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.toml"
    path.write_bytes(data)
    return path


def test_numbers_are_decimals__a_byte_order_mark_aside(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbfa = 0.10\nb = 1")

    assert read_toml(path, "设置") == {"a": Decimal("0.10"), "b": 1}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a = ", "不合 TOML 格式"),
        ("a = '部'".encode("gbk"), "不是 UTF-8 编码"),
        (b"#" * 1_000_001, "文件太大，不像是设置"),
    ],
)
def test_what_cannot_be_read_is_told__with_the_file(data: bytes, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, data)
    with pytest.raises(UsageError) as caught:
        read_toml(path, "设置")

    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)


def test_error_is_of_the_class_asked_for__a_folder(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match="无法读取"):
        read_toml(tmp_path, "评分方案", SchemeError)
