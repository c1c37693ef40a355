"""Text files of rows and columns, as lists and as figures alike."""

from pathlib import Path

import pytest

from perfxl.errors import UsageError
from perfxl.reader.delimited import Row, read_delimited


def saved(tmp_path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path = tmp_path / "名单.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rows__in_every_encoding__blanks_left_out(encoding: str, tmp_path: Path) -> None:
    rows = read_delimited(saved(tmp_path, "编码,单位\r\n\r\n ,甲局\r\n", encoding))
    assert rows == (Row(1, {1: "编码", 2: "单位"}), Row(3, {2: "甲局"}))


def test_number_of_a_row__after_a_cell_of_two_lines__is_that_of_excel(tmp_path: Path) -> None:
    rows = read_delimited(saved(tmp_path, '编码,"单位\n名称"\n01,甲局\n'))
    assert [row.number for row in rows] == [1, 2]


@pytest.mark.parametrize("mark", ["\t", ",", ";"])
def test_separator__under_a_title_without_any__is_that_of_most_lines(
    mark: str, tmp_path: Path
) -> None:
    text = "单位名单\n" + "".join(f"{n}{mark}甲局\n" for n in range(1, 4))
    assert read_delimited(saved(tmp_path, text))[1].texts == {1: "1", 2: "甲局"}


def test_quote_that_never_ends__is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不是规整的 CSV"):
        read_delimited(saved(tmp_path, '编码,单位\n01,"甲局\n02,乙局\n'))


def test_other_bytes__are_refused(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(b"\xff\xff\x00\x81")
    with pytest.raises(UsageError, match="编码看不懂"):
        read_delimited(path)
