from pathlib import Path

import pytest

from perfxl.cli.main import run
from perfxl.reader.workbook import read_book
from perfxl.scheme.stamp import read_stamp


def test_new_writes_a_form_for_the_unit_and_year(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "自评表.xlsx"
    words = ["new", "guangzhou-2022", "--unit", "某局", "--year", "2024", "-o", str(target)]
    assert run(words) == 0
    book = read_book(target)
    stamp = read_stamp(book.names, book.properties)
    assert stamp
    assert (stamp.scheme_id, stamp.unit) == ("guangzhou-2022", "某局")
    assert any(
        cell.raw == "2024年度某局部门整体支出绩效自评表"
        for sheet in book.sheets
        for cell in sheet.cells.values()
    )
    assert capsys.readouterr().err.strip() == f"已写好：{target}"
    assert run(["check", str(target), "--fail-on", "never"]) == 0


def test_new_leaves_a_different_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "自评表.xlsx"
    target.write_bytes(b"mine")
    assert run(["new", "guangzhou-2022", "-o", str(target)]) == 0
    assert target.read_bytes() == b"mine"
    assert (tmp_path / "自评表-2.xlsx").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new", "guangzhou-202"], "guangzhou-2022"),
        (["new", "guangzhou-2022", "-o", "表.xls"], ".xlsx"),
        (["new", "guangzhou-2022", "--year", "24"], "year"),
    ],
)
def test_new_says_what_is_wrong(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) != 0
    assert said in capsys.readouterr().err


def _own_scheme(folder: Path) -> Path:
    from shutil import copytree

    from perfxl.scheme.find import scheme_folder

    own = folder / "own-2024"
    copytree(scheme_folder("guangzhou-2022"), own)
    (own / "form.xlsx").unlink()
    text = (own / "scheme.toml").read_text(encoding="utf-8")
    text = text.replace('id = "guangzhou-2022"', 'id = "own-2024"')
    (own / "scheme.toml").write_text(text, encoding="utf-8")
    return own


def test_scheme_build_keeps_the_form_up_to_date(tmp_path: Path) -> None:
    own = _own_scheme(tmp_path)
    words = ["scheme", "build", "own-2024", "--schemes", str(tmp_path)]
    assert run([*words, "--check"]) == 1
    assert not (own / "form.xlsx").exists()
    assert run(words) == 0
    assert run([*words, "--check"]) == 0
    (own / "form.xlsx").write_bytes(b"old")
    assert run([*words, "--check"]) == 1
