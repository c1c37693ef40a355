"""Frames, CSV and Parquet of the summary's tables."""

import csv
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.batch.summary.frames import frame, write_frames
from perfxl.batch.summary.table import Column, Kind, Table
from perfxl.batch.summary.workbook import summary_tables
from perfxl.errors import UsageError
from tests.unit.batch.summary.rounds import mixed


def small(*rows: list[object]) -> Table:
    table = Table(
        "表",
        (Column("名", 9), Column("数", 9, Kind.COUNT), Column("分", 9, Kind.SCORE)),
    )
    for row in rows:
        table.add(row)  # type: ignore[arg-type]
    return table


def test_frame__keeps_zero_blank_and_exact_scores_apart() -> None:
    one = frame(small(["a", 0, Decimal("0.10")], ["b", None, None]))
    assert one["数"].isna().tolist() == [False, True]
    assert one["数"].tolist()[0] == 0
    assert one["分"].tolist() == [Decimal("0.10"), None]


def test_frames_of_a_round__have_the_tables_heads() -> None:
    for table in summary_tables(mixed()):
        assert list(frame(table).columns) == [column.name for column in table.columns]
        assert len(frame(table)) == len(table.rows)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "\t=1", " =1", "＝1", "－1", "\r=1", "＠a", "＋1"]
)
def test_csv__text_that_computes_gets_an_apostrophe(tmp_path: Path, text: str) -> None:
    (path,) = write_frames([small([text, -1, Decimal("-0.5")])], tmp_path / "新", "csv")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file)
    assert head == ["名", "数", "分"]
    assert row[0].startswith("'")
    assert row[1:] == ["-1", "-0.5"]


def test_csv__all_tables_beside_one_another(tmp_path: Path) -> None:
    paths = write_frames(summary_tables(mixed()), tmp_path, "csv")
    assert {"得分汇总.csv", "对账.csv", "取数来源.csv"} <= {path.name for path in paths}
    assert len({path.name for path in paths}) == len(paths)
    text = (tmp_path / "得分汇总.csv").read_text(encoding="utf-8-sig")
    assert "第104局,甲区,未报,,,,,,,,,,,," in text


def test_parquet__without_its_library_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyarrow", "fastparquet"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match="pyarrow"):
        write_frames([small(["a", 1, None])], tmp_path, "parquet")
    assert list(tmp_path.iterdir()) == []


def test_csv__noise_of_binary_figures_is_not_shown(tmp_path: Path) -> None:
    row = ["a", 1, Decimal("93.4000000000000")], ["b", 1, Decimal("50.00")]
    (path,) = write_frames([small(*row)], tmp_path, "csv")
    assert path.read_text(encoding="utf-8-sig").splitlines()[1:] == ["a,1,93.4", "b,1,50.00"]


def test_csv__head_that_computes_gets_an_apostrophe(tmp_path: Path) -> None:
    table = Table("表", (Column("=1+1（50分）", 9, Kind.SCORE), Column("名", 9)))
    table.add([Decimal(1), "a"])
    (path,) = write_frames([table], tmp_path, "csv")
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["'=1+1（50分）,名", "1,a"]
